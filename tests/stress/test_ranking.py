"""A ranking that is brought up to date is as if it were computed at once, after thousands of changes of small archives."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.plugins.related.corpus import Doc
from tests.plugins.related.conftest import ERAS, archives
from tests.plugins.related.test_change import archives_of_versions, check
from tests.plugins.related.test_ranking import step_by_step


@given(archives_of_versions(), st.data(), ERAS, st.integers(0, 4))
@settings(max_examples=3_000, deadline=None)
def test_after_edits_of_the_same_words(
    chosen: tuple[Doc | None, ...], data: st.DataObject, era: int, want: int
) -> None:
    check(chosen, data, era, want)


@given(archives(), archives(), archives(), ERAS, st.booleans(), st.integers(0, 3))
@settings(max_examples=2_000, deadline=None)
def test_after_other_words(
    first: list[Doc], second: list[Doc], third: list[Doc], era: int, narrow: bool, want: int
) -> None:
    step_by_step([first, second, third], era, narrow, want)
