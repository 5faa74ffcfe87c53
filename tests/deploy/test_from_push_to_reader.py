"""A writer pushes a story, and a reader's browser opens it through nginx."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import visit
from tests.deploy.own_server import OwnServer
from tests.deploy.real_nginx import RealNginx
from tests.sample import HARBOUR

__all__ = ["visit"]

HOST = "halyard.example"
ADDRESS = "2026/11/the-ice-road/"


@pytest.mark.browser
def test_a_story_that_is_pushed_is_in_the_readers_browser(
    tmp_path: Path, visit: Any, record_property: Any
) -> None:
    server = OwnServer(tmp_path)
    server.outlet.photo()
    server.outlet.story("before-it")
    server.push()
    with RealNginx(server.place.generated / f"{HOST}.conf", tmp_path / "nginx", HOST) as site:
        trip = visit(site.base)
        assert site.ask(f"/{ADDRESS}").status == 404
        server.outlet.story("the-ice-road", body="The road **waits** for its ice.", **HARBOUR)
        begun = time.monotonic()
        server.push()
        record_property(
            "seconds from git push until its end, live", round(time.monotonic() - begun, 2)
        )
        page = trip.to(ADDRESS)
        record_property(
            "seconds from git push to the page in Chromium", round(time.monotonic() - begun, 2)
        )
        assert page.locator("h1.headline").inner_text() == "Headline of the-ice-road"
        assert page.locator(".story-body strong").first.inner_text() == "waits"
        assert page.evaluate("document.querySelector('figure.photo img').naturalWidth") > 0
        assert page.evaluate("[...document.styleSheets].every(sheet => sheet.cssRules.length)")
        assert page.request.get(f"{site.base}/{ADDRESS}").headers["content-encoding"] in (
            "br",
            "gzip",
        )
        front = trip.to("")
        assert front.locator(f"a[href='/{ADDRESS}']").count()
        assert (trip.errors, trip.outside) == ([], [])
        server.publish("--rollback")
        assert site.ask(f"/{ADDRESS}").status == 404
