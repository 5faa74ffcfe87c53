"""Stories that share few words with others are followed by those next to them in time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.related.corpus import Doc
from broadside.plugins.related.nearby import best
from broadside.plugins.related.ranking import lang_of, rank
from tests.plugins.related.conftest import archives, doc


def odd(slug: str, date: int, section: str = "europe", lang: str = "en") -> Doc:
    """A story that shares no word with others."""
    return doc(slug, "".join(chr(ord(letter) + 1) for letter in slug) * 3, date, section, lang, key=slug)


def test_those_before_it_in_its_section_come_first_then_those_after_it_then_all() -> None:
    docs = [odd("ab", 1), odd("cd", 2), odd("ef", 3), odd("gh", 4), odd("ij", 2, "asia"), odd("kl", 3, "asia", "fr")]
    found = best(rank(docs, 4))
    assert found["ef"] == ["cd", "ab", "gh", "ij"]
    assert found["ab"][:3] == ["cd", "ef", "gh"]
    assert found["kl"] == []


def test_related_stories_come_before_nearby_ones() -> None:
    found = best(rank([doc("a", "dam rice", 1, key="a"), doc("b", "dam rice", 900, key="b"), odd("cd", 2, "")], 2))
    assert found["a"] == ["b", "cd"]


def test_lists_that_are_full_get_nothing_added() -> None:
    ranking = rank([doc(f"s{number}", "dam rice court", number) for number in range(6)], 3)
    assert best(ranking) == {key: row.keys_of_best for key, row in ranking.rows.items()}


@given(archives(), st.integers(0, 4))
def test_each_story_has_as_many_as_there_are(docs: list[Doc], want: int) -> None:
    ranking = rank(docs, want)
    for key, found in best(ranking).items():
        others = {other.key for other in docs if lang_of(other) == lang_of(ranking.docs[key])} - {key}
        assert len(found) == len(set(found)) == min(want, len(others))
        assert others.issuperset(found)
        assert found[: len(ranking.rows[key].best)] == ranking.rows[key].keys_of_best


def test_what_is_published_later_moves_no_list_that_is_full() -> None:
    docs = [odd(f"{letter}x", number) for number, letter in enumerate("abcdefgh")]
    before, after = best(rank(docs, 3)), best(rank([*docs, odd("zx", 99)], 3))
    assert all("zx" not in after[key] for key in before)
