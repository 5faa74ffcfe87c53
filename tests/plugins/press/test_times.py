"""The times of folders: found, changed and digested like the mapping that they stand for."""

from __future__ import annotations

from pathlib import Path

from broadside.plugins.press.times import MISSING, Times
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

FOLDERS = st.text("ab/-. é\n", max_size=4)
TIMES = st.tuples(st.integers(MISSING, 3), st.integers(MISSING, 3))
NOWHERE = (MISSING, MISSING)


def times_of(known: dict[str, tuple[int, int]], turned: bool = False) -> Times:
    times = Times([], turned)
    for folder, (one, other) in known.items():
        times.set(folder, one, other)
    return times


@given(st.dictionaries(FOLDERS, TIMES), st.dictionaries(FOLDERS, TIMES), FOLDERS, st.booleans())
def test_times_are_those_that_were_last_set(
    first: dict[str, tuple[int, int]], then: dict[str, tuple[int, int]], folder: str, turned: bool
) -> None:
    times = times_of(first, turned)
    for each, (one, other) in then.items():
        times.set(each, one, other)
    said = first | then
    assert times.get(folder) == (None if said.get(folder, NOWHERE) == NOWHERE else said[folder])
    assert times.mark == times_of(dict(sorted(said.items())), turned).mark


@given(st.dictionaries(FOLDERS, TIMES))
def test_an_exchange_only_turns_the_times(known: dict[str, tuple[int, int]]) -> None:
    assert times_of(known).mark == times_of({folder: each[::-1] for folder, each in known.items()}, turned=True).mark


@given(st.dictionaries(FOLDERS, TIMES), st.dictionaries(FOLDERS, TIMES))
def test_equal_marks_are_equal_times(one: dict[str, tuple[int, int]], other: dict[str, tuple[int, int]]) -> None:
    there = [{folder: times for folder, times in each.items() if times != NOWHERE} for each in (one, other)]
    assert (times_of(one).mark == times_of(other).mark) == (there[0] == there[1])


def test_times_are_those_of_the_folders_on_the_disk(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    (one / "a").mkdir(parents=True)
    (other / "a" / "b").mkdir(parents=True)
    times = Times.of({"", "a", "a/b", "c"}, one, other)
    assert times == replace(Times.of({"", "a", "a/b", "c"}, other, one, turned=True), turned=False)
    for folder in ("", "a"):
        assert times.get(folder) == ((one / folder).stat().st_mtime_ns, (other / folder).stat().st_mtime_ns)
    assert times.get("a/b") == (MISSING, (other / "a" / "b").stat().st_mtime_ns)
    assert times.get("c") is None
    known = {folder: found for folder in ("", "a", "a/b") if (found := times.get(folder))}
    assert times.mark == times_of(known).mark
