"""What a story is about: words of any script, markup left out, strongest first."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.related.key_terms import TERMS, Lexicon, parse, signature, tally


def terms(text: str, lang: str = "en") -> list[str]:
    return list(parse(signature("", "", text, Lexicon(lang))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dams and the DAM", ["dam"]), ("Évian, Evian and E\u0301vian", ["evian"]), ("The parties’ party", ["party"]),
        ("Churches, boxes and classes of a church", ["box", "church", "class"]), ("Straße, Strasse", ["strasse"]),
        ("Turkey's it's a1", ["a1", "turkey"]), ("In 1989, not 47 or 12345", ["1989"]), ("l’Europe", ["europe"]),
        ("مُحَمَّد", ["محمد"]), ("हिन्दी हिन्दी", ["हिन्दी"]), ("Москва", ["москва"]), ("欧州連合", ["欧州", "州連", "連合"]),
        ("水 NATO", ["nato", "水"]),
        ("ダム", ["ダム"]), ("タム", ["タム"]), ("ﷺ", ["الله"]), ("snake_case", ["snake"]), ("the of and it’s", []), ("", []),
    ],
)  # fmt: skip
def test_words_of_any_script_become_terms(text: str, expected: list[str]) -> None:
    assert sorted(terms(text)) == sorted(expected)


@pytest.mark.parametrize("text", ["dam https://example.org/harbour", "&nbsp;dam&amp;"])
def test_addresses_and_entities_are_no_words(text: str) -> None:
    assert terms(text) == ["dam"]


def test_headline_outweighs_dek_outweighs_body() -> None:
    weights = parse(signature("dam", "canal", "strike", Lexicon("en")))
    assert weights["dam"] > weights["canal"] > weights["strike"]


def test_a_name_outweighs_a_word() -> None:
    weights = parse(
        signature("", "", "He crossed Narva by bridge. Narva waits at the bridge.", Lexicon("en"))
    )
    assert weights["narva"] > weights["bridge"]


def test_stop_words_are_of_the_storys_language() -> None:
    assert terms("die Wahl", "de-AT") == ["wahl"]
    assert sorted(terms("die Wahl", "en")) == ["die", "wahl"]


def test_only_the_strongest_terms_are_kept() -> None:
    kept = terms(
        " ".join(f"word{number} " * (1 + (number < 3)) for number in range(10, 10 + 2 * TERMS))
        + " dam dam"
    )
    assert len(kept) == TERMS
    assert kept[0] == "dam"


@given(st.text(), st.text(), st.text())
def test_a_signature_reads_back_and_survives_json(headline: str, dek: str, body: str) -> None:
    text = signature(headline, dek, body, Lexicon("en"))
    terms = parse(text)
    assert (
        " ".join(f"{term}:{weight}" for term, weight in terms.items())
        == text
        == json.loads(json.dumps(text))
    )
    assert all(weight > 0 for weight in terms.values())
    assert list(terms.values()) == sorted(terms.values(), reverse=True)


@given(st.lists(st.text(), max_size=5), st.text())
def test_what_a_process_read_before_changes_nothing(before: list[str], text: str) -> None:
    lexicon = Lexicon("en")
    for other in before:
        signature(other, "", "", lexicon)
    assert signature("", "", text, lexicon) == signature("", "", text, Lexicon("en"))


def test_a_lexicon_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadside.plugins.related.key_terms.REMEMBERED", 10)
    lexicon = Lexicon("en")
    text = " ".join(f"word{number}" for number in range(100))
    assert tally(text, lexicon) == tally(text, Lexicon("en"))
    assert len(lexicon) <= 10
