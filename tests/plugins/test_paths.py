"""Paths below the output folder: those that leave it are known, all at once as one by one, and so are their folders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins import paths
from broadside.plugins.paths import are_inside, folders_of, is_inside


@pytest.mark.parametrize("name", ["", "/a", "a//b", "../a", "a/../b", "./a", "a\\b", "a\0b", "a/"])
def test_paths_that_leave_the_output_or_have_two_spellings_are_not_inside(name: str) -> None:
    assert not is_inside(name)


@given(st.lists(st.text("a./\\\n\0", max_size=6), unique=True, max_size=4))
def test_all_paths_at_once_are_judged_as_one_by_one(names: list[str]) -> None:
    assert are_inside(names) == all(map(is_inside, names))


@given(st.lists(st.text("ab.", min_size=1, max_size=4).filter(lambda name: name.strip(".")), unique=True))
def test_usual_paths_need_no_second_look(names: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paths, "is_inside", lambda _: pytest.fail("it was looked at by itself"))
        assert are_inside([f"{name}/{name}.html" for name in names])


def test_the_folders_of_paths_go_up_to_the_top() -> None:
    assert folders_of(["a/b/c.html", "a/b/d.html", "e.html"]) == {"a/b", "a", ""}
    assert folders_of([]) == set()
