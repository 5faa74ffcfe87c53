"""Paths below the output folder: those that leave it are known, and so are their folders."""

from __future__ import annotations

import pytest

from broadside.paths import folders_of, is_inside


@pytest.mark.parametrize("name", ["", "/a", "a//b", "../a", "a/../b", "./a", "a\\b", "a\0b", "a/"])
def test_paths_that_leave_the_output_or_have_two_spellings_are_not_inside(name: str) -> None:
    assert not is_inside(name)


def test_the_folders_of_paths_go_up_to_the_top() -> None:
    assert folders_of(["a/b/c.html", "a/b/d.html", "e.html"]) == {"a/b", "a", ""}
    assert folders_of([]) == set()
