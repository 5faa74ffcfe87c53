"""./inv due: what is next, and what fell due; tests/stress/test_due.py sees that the site changes
then, and then only.
"""

from __future__ import annotations

import json
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadside.build.due import NOTHING, due
from broadside.config.options import Options
from tests.examples import times
from tests.sample import NOW, Outlet

BRUSSELS = ZoneInfo("Europe/Brussels")
START = datetime(2026, 11, 25, 9, tzinfo=BRUSSELS)


@given(st.integers(-5000, 5000), st.integers(0, 5000))
@settings(max_examples=times(0.2), deadline=None)
def test_what_fell_due_is_what_was_next_on_the_way(
    planned: Outlet, start: int, minutes: int
) -> None:
    begin, end = START + timedelta(minutes=start), START + timedelta(minutes=start + minutes)
    met, moment = [], begin
    while (coming := due(Options(content=str(planned.content), now=moment.isoformat())).next)[
        0
    ].moment <= end:
        met += coming
        moment = coming[0].moment
    calendar = due(Options(content=str(planned.content), now=end.isoformat()), begin.isoformat())
    assert calendar.fell == met
    assert calendar.exit_code == (0 if met else NOTHING)
    assert str(calendar).startswith("Fell due since " if met else "Nothing fell due since ")


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet with something of everything that waits for its hour."""
    outlet = Outlet(tmp_path_factory.mktemp("planned"))
    outlet.story("out", date="2026-11-24T09:00")
    outlet.story("held", date="2026-11-26T09:00")
    outlet.story("quiet", date="2026-11-27T09:00", status="hidden")
    outlet.story("back", date="2026-11-27T10:00", status="withdrawn")
    outlet.story("draft", date="2026-11-25T10:00", status="draft")
    outlet.page("about", date="2026-11-27T11:00")
    outlet.write(
        "front_page.yml",
        "- slot: lead\n  story: draft\n  until: 2026-11-25T11:00\n- slot: lead\n  story: out\n  until: 2026-11-25T12:00\n",
    )
    outlet.write(
        "support.yml", "- {title: A, text: B, since: 2026-11-26T12:00, until: 2026-11-28T12:00}\n"
    )
    outlet.write("banner.yml", "- {text: C, until: 2026-11-28T13:00}\n")
    return outlet


def asked(outlet: Outlet, *flags: str) -> subprocess.CompletedProcess[str]:
    return outlet.run("due", "--content", "content", *flags)


def test_the_moments_are_told(planned: Outlet) -> None:
    done = asked(planned, "--now", "2027-01-01", "--since", "2026-11-25T10:30Z", "--format", "json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["since"] == "2026-11-25T11:30:00+01:00"
    story, slots = "content/articles/{}.md".format, "content/front_page.yml"
    assert [(each["moment"][:13], each["kind"], each["path"]) for each in found["fell"]] == [
        ("2026-11-25T12", "slot", slots),
        ("2026-11-26T09", "news", story("out")),
        ("2026-11-26T09", "story", story("held")),
        ("2026-11-26T12", "campaign", "content/support.yml"),
        ("2026-11-27T09", "story", story("quiet")),
        ("2026-11-27T10", "story", story("back")),
        ("2026-11-27T11", "page", "content/pages/about.md"),
        ("2026-11-28T09", "news", story("held")),
        ("2026-11-28T12", "campaign", "content/support.yml"),
        ("2026-11-28T13", "banner", "content/banner.yml"),
        ("2027-01-01T00", "year", ""),
    ]
    assert [(each["moment"][:13], each["kind"]) for each in found["next"]] == [
        ("2028-01-01T00", "year")
    ]
    assert (
        asked(planned, "--now", "2026-11-25T13:00", "--since", "2026-11-25T12:30").returncode == 3
    ), "as docs name it"
    assert asked(planned, "--now", NOW).returncode == 0


def test_content_with_faults_is_never_due(planned: Outlet, tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story(section="Eurpoe")
    done = asked(outlet, "--since", NOW)
    assert done.returncode == 1
    assert "unknown-section" in done.stderr
    assert asked(planned, "--since", "yesterday").returncode == 2


def test_moments_are_those_of_the_zone_whatever_zone_the_clock_is_stated_in(
    planned: Outlet,
) -> None:
    """New Year in Brussels comes an hour before that of the Greenwich clock, and a stated clock
    keeps to it.
    """
    for now, year in (("2026-12-31T22:59:59Z", 2027), ("2026-12-31T23:00:00Z", 2028)):
        found = due(Options(content=str(planned.content), now=now)).next
        assert [(each.kind, each.moment) for each in found] == [
            ("year", datetime(year, 1, 1, tzinfo=BRUSSELS))
        ]
    midnight = "2027-01-01T00:00+01:00"
    assert due(Options(content=str(planned.content), now=midnight), midnight).fell == [], (
        "what came then is done"
    )
