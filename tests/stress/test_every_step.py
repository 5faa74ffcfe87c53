"""A build that is killed at any step of the exchange, or at any moment, leaves the old site or the
new one, and the next build is clean.
"""

from __future__ import annotations

from typing import Any

import pytest

import broadside.build.staging
from tests.changing import EDITS, Changing
from tests.doomed import SYSTEM_CALLS, killed_at, steps_of, untidy
from tests.stress.test_kills import Killer, span

KILLS = 8
"""Builds that are killed at random moments; test_kills.py has hundreds."""


def kill_at_each_step(changing: Changing, blinks: int = 0, **options: Any) -> int:
    """Kill builds of ever new states, each one step later, from when all is printed; how many were
    killed.

    So many `blinks` without any site are allowed.
    """
    outlet, at = changing.outlet, 0
    killed = True
    while killed:
        at += 1
        old = outlet.files()
        changing.edit(*EDITS)
        new = changing.whole()
        killed = killed_at(outlet, at, since="syncfs", group=bool(at % 2), **options)
        if outlet.output.exists():
            assert outlet.files() in (old, new), f"step {at}"
        else:
            blinks -= 1
        assert "published," in outlet.rebuild(), f"after step {at}"
        assert outlet.files() == new, f"after step {at}"
        assert untidy(outlet) == [], f"after step {at}"
    assert blinks == 0
    return at - 1


@pytest.mark.parametrize("clean", [False, True])
def test_at_every_step_of_the_exchange(changing: Changing, clean: bool) -> None:
    assert kill_at_each_step(changing, clean=clean) >= 4


def test_at_random_moments_of_the_whole_build(changing: Changing) -> None:
    killer, spans = Killer(changing, seed=3), span(changing)
    while killer.killed < KILLS:
        killer.round(span=next(spans))


def test_at_every_step_where_folders_cannot_be_exchanged(
    changing: Changing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broadside.build.staging, "exchange", lambda one, other: False)
    assert kill_at_each_step(changing, blinks=1) >= 6


def test_all_is_on_the_disk_before_the_exchange_and_after_it(changing: Changing) -> None:
    changing.edit(*EDITS)
    steps = steps_of(changing.outlet)
    assert changing.outlet.files() == changing.whole()
    assert [kind for kind in steps if kind in SYSTEM_CALLS] == ["syncfs", "renameat2", "syncfs"]
    first = steps.index("syncfs")
    assert steps[first : first + 3] == [
        "syncfs",
        "renameat2",
        "syncfs",
    ], "nothing is written in between"


def test_a_clean_build_forgets_nothing_that_it_took_away(changing: Changing) -> None:
    """What it removed lies in the second tree, and must not come back with it."""
    changing.edit(*EDITS)
    assert "published," in changing.outlet.rebuild(clean=True)
    for edit in ("headline", "body"):
        changing.edit(edit)
        assert "published," in changing.outlet.rebuild()
        assert changing.outlet.files() == changing.whole()
