"""The whole archive: at once or step by step, the result is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.plugins.related import ranking, score
from broadside.plugins.related.corpus import Doc
from broadside.plugins.related.ranking import EMPTY, rank, update
from broadside.plugins.related.score import Row
from tests.plugins.related.conftest import ERAS, archives, doc, limits, texts


def step_by_step(archive: list[list[Doc]], era: int, narrow: bool, want: int) -> None:
    """Bring the ranking of each version of an archive up to date with the next, and hold it against one of all stories."""
    with limits(era, narrow):
        then = rank(archive[0], want)
        for docs in archive[1:]:
            then = update(then, docs, want)
            assert then == rank(docs, want)


@given(archives(), archives(), archives(), ERAS, st.booleans(), st.integers(0, 3))
@settings(max_examples=50)  # tests/stress has thousands
def test_a_ranking_brought_up_to_date_equals_one_computed_at_once(
    first: list[Doc], second: list[Doc], third: list[Doc], era: int, narrow: bool, want: int
) -> None:
    step_by_step([first, second, third], era, narrow, want)


@given(archives(), ERAS, st.integers(1, 3), st.data())
@settings(max_examples=150)
def test_stories_added_one_at_a_time_with_narrow_limits_give_the_same_ranking(
    docs: list[Doc], era: int, want: int, data: st.DataObject
) -> None:
    with limits(era):
        now, kept = EMPTY, list[Doc]()
        for one in docs:
            kept.append(one)
            if len(kept) > 2:
                at = data.draw(st.integers(0, len(kept) - 1))
                what = data.draw(st.sampled_from(["stands", "goes", "is redated", "is edited"]))
                if what == "goes":
                    del kept[at]
                elif what == "is redated":
                    kept[at] = kept[at]._replace(date=data.draw(st.integers(-5, 405)))
                elif what == "is edited":
                    kept[at] = kept[at]._replace(signature=doc("", data.draw(texts())).signature)
            now = update(now, kept, want)
            assert now == rank(kept, want)


@given(archives(), ERAS, st.booleans(), st.integers(1, 8))
@settings(max_examples=150)
def test_comparing_in_arrays_gives_the_same_rows_as_one_by_one(
    docs: list[Doc], era: int, narrow: bool, want: int
) -> None:
    with limits(era, narrow) as patch:
        one_by_one = rank(docs, want)
        patch.setattr(ranking, "MANY", 0)
        assert rank(docs, want) == one_by_one


@given(archives(), texts(), st.integers(1, 4))
@settings(max_examples=150)
def test_where_the_first_era_is_complete_the_newest_story_moves_only_lists_that_it_stands_in(
    docs: list[Doc], text: str, era: int
) -> None:
    docs = [one._replace(lang="en") for one in docs]
    newest = doc("newest", text, 500)
    with limits(era) as patch:
        patch.setattr(score, "SHORTLIST", len(docs) + 1)  # so that it takes nobody's place on a shortlist
        before, after = rank(docs), rank([*docs, newest])
        if len(docs) >= era:
            for key, row in before.rows.items():
                assert after.rows[key] == row or newest.key in after.rows[key].keys_of_best
                assert after.rows[key].keys == row.keys
                assert [one for one in after.rows[key].best if one.key != newest.key] == list(row.best)[
                    : 3 - (newest.key in after.rows[key].keys_of_best)
                ]


def test_an_empty_archive_can_be_updated_from_and_to() -> None:
    docs = [doc("a", "gas"), doc("b", "gas")]
    assert update(EMPTY, docs) == rank(docs)
    assert update(rank(docs), []) == rank([])


def test_lists_of_another_length_are_computed_at_once() -> None:
    docs = [doc(name, "gas") for name in "abcdef"]
    assert update(rank(docs, 2), docs, 4) == rank(docs, 4)


def test_the_work_can_be_shared_out() -> None:
    def threads(compare: Callable[[Doc], Row], docs: Iterable[Doc]) -> Iterable[Row]:
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(compare, docs))

    docs = [doc(f"s{number}", f"gas word{number % 5}", number) for number in range(30)]
    assert rank(docs, each=threads) == rank(docs)
