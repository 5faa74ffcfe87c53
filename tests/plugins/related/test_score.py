"""How much stories are related."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.related.corpus import Doc
from broadside.plugins.related.ranking import rank
from broadside.plugins.related.score import Bar, factor
from broadside.plugins.related.weights import SHORTLIST
from tests.plugins.related.conftest import archives, doc


def best(docs: Sequence[Doc], key: str, want: int = 3) -> list[str]:
    ranking = rank(docs, want)
    return [ranking.docs[scored.key].slug for scored in ranking.rows[key].best]


def test_more_in_common_is_more_related() -> None:
    docs = [doc("own", "gas canal strike"), doc("one", "gas rice"), doc("two", "gas canal"), doc("none", "tax vote")]
    assert best(docs, "own.md") == ["two", "one"]


def test_the_same_section_is_more_related() -> None:
    docs = [doc("own", "gas", 0, "asia"), doc("a", "gas", 0, "europe"), doc("b", "gas", 0, "asia"), doc("c", "gas")]
    assert best(docs, "own.md") == ["b", "a", "c"]


def test_no_section_is_not_a_section() -> None:
    assert factor(doc("a", ""), doc("b", "")) < factor(doc("a", "", 0, "asia"), doc("b", "", 0, "asia"))


def test_nearer_in_time_is_more_related() -> None:
    docs = [doc("own", "gas", 100), doc("far", "gas", 400), doc("near", "gas", 80)]
    assert best(docs, "own.md") == ["near", "far"]


def test_text_outweighs_section_and_time() -> None:
    docs = [
        doc("own", "gas canal strike", 0, "asia"),
        doc("far", "gas canal strike", 9000),
        doc("near", "gas", 0, "asia"),
    ]
    assert best(docs, "own.md") == ["far", "near"]


def test_ties_are_broken_by_date_then_slug() -> None:
    docs = [doc("own", "gas", 10), doc("b", "gas", 5), doc("a", "gas", 5), doc("c", "gas", 15)]
    assert best(docs, "own.md") == ["c", "a", "b"]


@pytest.mark.parametrize(("lang", "found"), [("en", ["b"]), ("en-GB", ["b"]), ("EN-us", ["b"]), ("fr", [])])
def test_only_stories_in_the_same_language_are_related(lang: str, found: list[str]) -> None:
    assert best([doc("own", "gas"), doc("b", "gas", lang=lang)], "own.md") == found


@given(archives(), st.integers(1, 4))
def test_a_list_has_never_itself_never_one_twice_never_more_than_wanted(docs: list[Doc], want: int) -> None:
    for key, row in rank(docs, want).rows.items():
        keys = [scored.key for scored in row.best]
        assert key not in keys
        assert len(set(keys)) == len(keys) <= want
        assert [scored.score for scored in row.best] == sorted((scored.score for scored in row.best), reverse=True)


@given(archives(), st.randoms(use_true_random=False))
def test_the_order_of_the_stories_does_not_matter(docs: list[Doc], random: st.DataObject) -> None:
    shuffled = list(docs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rank(shuffled).rows == rank(docs).rows


def test_of_many_equal_candidates_the_nearest_in_time_are_compared() -> None:
    crowd = [doc(f"s{number:03}", "gas", number) for number in range(3 * SHORTLIST)]
    row = rank(crowd).rows["s000.md"]
    assert [scored.key for scored in row.best] == ["s001.md", "s002.md", "s003.md"]
    assert row.bar == Bar(1, SHORTLIST)


def test_the_bar_lets_in_what_shares_more_or_is_nearer() -> None:
    bar = Bar(3, 10)
    assert bar.lets(4, 999)
    assert bar.lets(3, 10)
    assert not bar.lets(3, 11)
    assert not bar.lets(2, 0)
    assert Bar().lets(1, 9999)
