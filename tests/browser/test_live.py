"""Running coverage in a browser: new entries come by themselves, only while the page is seen and
only while it runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Quiet, built, served
from tests.sample import Outlet

pytestmark = pytest.mark.browser

PAGE = "2026/11/a-story/"
FIRST, SECOND = "## 09:10 The doors open\n\nThey open.\n\n", "## 14:05 A break\n\nFor coffee.\n\n"


class Counted(Quiet):
    """Counts how often the page was asked for."""

    asked = 0

    def do_GET(self) -> None:  # noqa: N802 -- the name that the server calls
        Counted.asked += self.path == f"/{PAGE}"
        super().do_GET()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[str, Any]]:
    """The address of a site with coverage that runs, and a function that publishes it with another
    text.
    """
    outlet = Outlet(tmp_path)

    def publish(text: str, live: str) -> Path:
        outlet.story(body=text, live=live)
        return built(outlet.content, outlet.output)

    with served(publish(FIRST, "running"), Counted) as base:
        yield base, publish


def headlines(page: Any) -> list[str]:
    return [each.strip() for each in page.locator(".story-body h2").all_inner_texts()]


def test_new_entries_are_put_in_and_told_until_it_is_over(
    visit: Any, running: tuple[str, Any]
) -> None:
    base, publish = running
    trip = visit(base)
    trip.page.clock.install()
    page = trip.to(PAGE)
    said = page.locator(".live [role=status]")
    assert said.inner_text() == ""
    publish(FIRST + SECOND, "running")
    page.clock.run_for(61_000)
    page.get_by_text("A break").wait_for()
    assert len(headlines(page)) == 2
    assert "A break" in headlines(page)[0]
    assert said.inner_text() != ""
    publish(FIRST + SECOND + "## 16:00 The end\n\nIt is over.\n\n", "over")
    page.clock.run_for(61_000)
    page.get_by_text("It is over.").wait_for()
    asked = Counted.asked
    page.clock.run_for(200_000)
    assert Counted.asked == asked
    assert trip.errors == trip.outside == []


def test_an_address_that_reads_like_another_host_asks_this_one(
    visit: Any, running: tuple[str, Any]
) -> None:
    """Some hosts serve a page at such an address, and some send no policy that would stop the
    request.
    """
    base, publish = running
    trip = visit(base)
    trip.page.clock.install()
    page = trip.to(f"/other.example/..%2f{PAGE}")
    publish(FIRST + SECOND, "running")
    page.clock.run_for(61_000)
    page.get_by_text("A break").wait_for()
    assert trip.errors == trip.outside == []


def test_without_a_script_a_link_leads_to_what_is_new(visit: Any, running: tuple[str, Any]) -> None:
    base, _ = running
    page = visit(base, java_script_enabled=False).to(PAGE)
    page.locator(".live a").click()
    assert page.url == f"{base}/{PAGE}"
