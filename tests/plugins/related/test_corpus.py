"""What stories are found under."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given

from plugins.related import corpus
from plugins.related.corpus import Corpus, Doc
from plugins.related.terms import parse
from plugins.related.weights import KEYS, rarity, reach
from tests.plugins.related.conftest import archives, doc


@given(archives())
def test_spread_counts_stories_not_mentions(docs: list[Doc]) -> None:
    for counts in Corpus(docs).spreads:
        assert all(counts[term] == sum(term in dict(parse(one.signature.text)) for one in docs) for term in counts)


def test_keys_are_the_heaviest_terms() -> None:
    docs = [doc("one", "dam dam dam canal tax")]
    assert Corpus(docs).keys("one.md") == "dam canal tax"


def test_keys_are_limited_in_number() -> None:
    docs = [doc("one", " ".join(f"word{number}" for number in range(3 * KEYS)))]
    assert len(Corpus(docs).keys("one.md").split()) == KEYS


@pytest.mark.parametrize(("limit", "keys"), [(63, "canal tax"), (67, "dam"), (68, "dam tax"), (100, "dam canal tax")])
def test_keys_are_limited_in_reach_and_the_next_take_their_place(
    monkeypatch: pytest.MonkeyPatch, limit: int, keys: str
) -> None:
    monkeypatch.setattr(corpus, "REACH", limit)
    counts = Counter({"dam": 64, "canal": 32, "tax": 4})
    assert Corpus([doc("one", "dam dam dam canal canal tax")], [counts]).keys("one.md") == keys


def test_a_term_of_very_many_stories_is_no_key() -> None:
    counts = Counter({"dam": 1024, "tax": 1023})
    assert Corpus([doc("one", "dam dam tax")], [counts]).keys("one.md") == "tax"


def test_rarity_moves_only_at_powers_of_two() -> None:
    moves = [count for count in range(2, 10_000) if rarity(count) != rarity(count - 1)]
    assert moves == [2**power for power in range(3, 11)]
    assert all(reach(rarity(count)) > count / 2 for count in range(1, 1024))
    assert reach(rarity(1024)) == 0


@given(archives())
def test_stories_are_found_under_their_keys(docs: list[Doc]) -> None:
    known = Corpus(docs)
    keys = {one.key: known.keys(one.key) for one in docs}
    for key, terms in keys.items():
        known.seek(key, terms)
    for key, terms in keys.items():
        assert all(key in found for found in known.sought(terms))
