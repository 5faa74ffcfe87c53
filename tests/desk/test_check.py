"""./inv check foresees what would stop a build at an hour at which nobody may be there."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.check import check
from desk.options import Options
from tests.outlet import NOW, Outlet


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.story("out")
    return made


def faults(outlet: Outlet) -> list[str]:
    return [
        f"{fault.path.rpartition('/')[2]}: {fault.code}: {fault.message}"
        for fault in check(Options(content=str(outlet.content), now=NOW))
    ]


def test_two_held_stories_that_will_meet_at_one_address_are_an_error_now(outlet: Outlet) -> None:
    outlet.story("peace", date="2026-11-28", where="articles/one")
    outlet.story("peace", date="2026-11-29", where="articles/two")
    assert "published" in outlet.rebuild(), "today's site is sound"
    (found,) = faults(outlet)
    assert found == (
        "peace.md: same-address: when what is held has come out, articles/one/peace.md and articles/two/peace.md would "
        "both be at /2026/11/peace/"
    )
    assert "same-address" in outlet.rebuild(now="2026-11-29T00:00"), "and so it is"


def test_a_held_story_that_will_take_a_former_address_is_an_error_now(outlet: Outlet) -> None:
    outlet.story("out", redirect_from=["/2026/11/held/"])
    outlet.story("held", date="2026-11-28")
    assert [line.partition(": when")[0] for line in faults(outlet)] == ["out.md: redirect-taken"]


def test_a_fault_of_today_is_told_once(outlet: Outlet) -> None:
    outlet.story("out", body="[x](/2026/11/nowhere/)")
    outlet.story("held", date="2026-11-28", body="[to come](/2026/11/later/)")
    outlet.story("later", date="2026-11-27")
    assert [line.partition(": ")[2].partition(":")[0] for line in faults(outlet)] == ["unpublished-link", "broken-link"]


def test_what_is_held_and_sound_is_no_fault(outlet: Outlet) -> None:
    outlet.story("held", date="2026-11-28", related=["out"], redirect_from=["/2020/held/"])
    outlet.page("later", date="2026-12-01")
    assert faults(outlet) == []
