"""The whole archive: at once or step by step, the result is the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.related import corpus, matrix, ranking, score, weights
from plugins.related.corpus import Doc
from plugins.related.ranking import EMPTY, rank, update
from plugins.related.score import Row
from tests.plugins.related.conftest import archives, doc


@given(archives(), archives(), archives())
@settings(max_examples=300)
def test_brought_up_to_date_equals_computed_at_once(first: list[Doc], second: list[Doc], third: list[Doc]) -> None:
    then = rank(first)
    for docs in (second, third):
        then = update(then, docs)
        assert then == rank(docs)


@given(archives(), st.data())
@settings(max_examples=300)
def test_one_story_at_a_time_with_narrow_limits(docs: list[Doc], data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(score, "SHORTLIST", 3)
        patch.setattr(corpus, "KEYS", 3)
        patch.setattr(corpus, "REACH", 12)
        patch.setattr(weights, "RAREST", 0)
        patch.setattr(weights, "COMMONEST", 3)
        patch.setattr(weights, "HEAVIEST", 4)
        now, kept = EMPTY, list[Doc]()
        for one in docs:
            kept.append(one)
            if len(kept) > 2 and data.draw(st.booleans()):
                del kept[data.draw(st.integers(0, len(kept) - 1))]
            now = update(now, kept)
            assert now == rank(kept)


@given(archives(), st.booleans(), st.integers(1, 8))
@settings(max_examples=300)
def test_in_arrays_and_one_by_one_the_rows_are_the_same(docs: list[Doc], narrow: bool, want: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        if narrow:
            patch.setattr(score, "SHORTLIST", 3)
            patch.setattr(matrix, "SHORTLIST", 3)
            patch.setattr(corpus, "KEYS", 3)
            patch.setattr(corpus, "REACH", 12)
        one_by_one = rank(docs, want)
        patch.setattr(ranking, "MANY", 0)
        assert rank(docs, want) == one_by_one


def test_from_nothing_and_to_nothing() -> None:
    docs = [doc("a", "gas"), doc("b", "gas")]
    assert update(EMPTY, docs) == rank(docs)
    assert update(rank(docs), []) == rank([])


def test_another_length_of_the_lists_is_computed_at_once() -> None:
    docs = [doc(name, "gas") for name in "abcdef"]
    assert update(rank(docs, 2), docs, 4) == rank(docs, 4)


def test_what_is_unchanged_is_not_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def row(*given: object) -> Row:
        compared.append(given)
        return score.row(*given)  # type: ignore[arg-type]

    docs = [doc("a", "gas"), doc("b", "gas"), doc("c", "rice"), doc("d", "rice")]
    before = rank(docs)
    monkeypatch.setattr(ranking, "row", row)
    assert update(before, docs) == before
    assert compared == []
    update(before, [*docs, doc("e", "gas canal")])
    assert len(compared) == 3


def test_the_work_can_be_shared_out() -> None:
    def threads(compare: Callable[[Doc], Row], docs: Iterable[Doc]) -> Iterable[Row]:
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(compare, docs))

    docs = [doc(f"s{number}", f"gas word{number % 5}", number) for number in range(30)]
    assert rank(docs, each=threads) == rank(docs)


@pytest.mark.parametrize("size", [100, 400])
def test_a_new_story_moves_few_lists_in_an_archive_of_any_size(size: int) -> None:
    dice = random.Random(1)
    subjects = [f"subject{number}" for number in range(60)]
    docs = [doc(f"s{n}", " ".join(dice.choices(subjects, k=6)), n) for n in range(size + 10)]
    moved = []
    now = rank(docs[:size])
    for count in range(size + 1, size + 11):
        now, old = update(now, docs[:count]), now
        moved.append(sum(picks(row) != picks(now.rows[key]) for key, row in old.rows.items()))
    assert sum(moved) / len(moved) < 12


def picks(row: Row) -> list[str]:
    return [scored.key for scored in row.best]
