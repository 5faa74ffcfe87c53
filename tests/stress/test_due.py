"""At each moment that ./inv due names the site changes, between two of them it does not."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from broadside.build.due import due
from broadside.config.options import Options
from broadside.dates import Due
from tests.sample import Outlet

BRUSSELS = ZoneInfo("Europe/Brussels")
START = datetime(2026, 11, 25, 9, tzinfo=BRUSSELS)
INSTANT = timedelta(microseconds=1)
MINUTES = st.sampled_from([*range(-3 * 1440, 0, 361), -1, 0, 1, 60, 600, 601, 2000, 60_000])
STATUSES = st.sampled_from(["published"] * 4 + ["draft", "hidden", "withdrawn"])
STORIES = st.lists(
    st.fixed_dictionaries(
        {
            "minutes": MINUTES,
            "status": STATUSES,
            "section": st.sampled_from(["Europe", "Asia", "Briefs"]),
        }
    ),
    min_size=1,
    max_size=4,
)
PAGES = st.lists(st.tuples(MINUTES, st.sampled_from(["published", "hidden", "draft"])), max_size=1)
SLOTS = st.lists(
    st.tuples(st.sampled_from(["lead", "extra"]), st.integers(0, 3), MINUTES),
    max_size=2,
    unique_by=lambda slot: slot[::2],
)


def at(minutes: int) -> str:
    return (START + timedelta(minutes=minutes)).isoformat()


def filled(
    folder: Path, stories: list[dict[str, Any]], pages: list[tuple[int, str]], slots: list[Any]
) -> Outlet:
    outlet = Outlet(folder)
    outlet.story("always", date="2026-11-01")
    for i, story in enumerate(stories):
        outlet.story(
            f"story-{i}",
            date=at(story["minutes"]),
            status=story["status"],
            section=story["section"],
        )
    for i, (minutes, status) in enumerate(pages):
        outlet.page(f"page-{i}", date=at(minutes), status=status)
    lines = [
        f"- slot: {slot}\n  story: {f'story-{story}' if story < len(stories) else 'always'}\n "
        f" until: {at(minutes)}\n"
        for slot, story, minutes in slots
    ]
    outlet.write("front_page.yml", "".join(lines) or "slots: []\n")
    return outlet


def site(outlet: Outlet, moment: datetime) -> dict[str, bytes]:
    """What readers see at a moment; every build is for production."""
    said = outlet.rebuild(now=moment.isoformat(), production=True, siteurl="https://outlet.example")
    assert "published," in said, said
    return outlet.files()


@settings(max_examples=30, deadline=None)
@given(STORIES, PAGES, SLOTS, st.integers(0, 3))
# nothing before New Year
@example([{"minutes": -4320, "status": "published", "section": "Europe"}], [], [], 0)
@example([{"minutes": 60, "status": "hidden", "section": "Europe"}], [], [], 0)
@example([{"minutes": -60, "status": "published", "section": "Europe"}], [], [("lead", 9, 600)], 0)
def test_the_site_changes_at_each_due_moment_and_not_between(
    stories: list[dict[str, Any]], pages: list[tuple[int, str]], slots: list[Any], further: int
) -> None:
    with tempfile.TemporaryDirectory(prefix="broadside-due-") as folder:
        outlet = filled(Path(folder), stories, pages, slots)
        before = START
        for _ in range(further):  # not only the first moment of each outlet
            before = next_of(outlet, before)[0].moment
        next_ones = next_of(outlet, before)
        moment = next_ones[0].moment
        old = site(outlet, before)
        assert site(outlet, moment - INSTANT) == old, f"something else changed before {moment}"
        if {one.kind for one in next_ones} != {"slot"}:  # another story may be in the slot already
            assert site(outlet, moment) != old, f"nothing changed at {moment}"


def next_of(outlet: Outlet, now: datetime) -> list[Due]:
    return due(Options(content=str(outlet.content), now=now.isoformat())).next
