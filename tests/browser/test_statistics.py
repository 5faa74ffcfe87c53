"""Readers are counted by a service, here one on this machine, under the policy of the live site;
without scripts by a picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from msgspec import convert

from broadside.plugins.statistics.services import allowed
from broadside.plugins.statistics.settings import Statistics
from broadside.publish.headers import Allowed
from tests.browser.conftest import guarded, served
from tests.commands.running import until
from tests.sample import Outlet
from tests.servers import running

pytestmark = pytest.mark.browser

PAGE = "2026/11/a-story/"
SCRIPT = b"""
const { goatcounter } = document.querySelector("script[data-goatcounter]").dataset;
const told = goatcounter + "?p=" + location.pathname;
fetch(told + "&by=fetch", { method: "POST", mode: "no-cors" });
new Image().src = told + "&by=picture";
"""
"""What such a script does: it may have to ask in either way."""


@contextmanager
def service() -> Iterator[tuple[str, list[str]]]:
    """The address of a service, and what it is asked."""
    asked: list[str] = []

    class Counting(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            kind, body = (
                ("text/javascript", SCRIPT)
                if self.path == "/count.js"
                else ("image/svg+xml", b"<svg/>")
            )
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 -- the name that the server wants

        def log_message(self, *_: Any) -> None:
            pass

    with running(ThreadingHTTPServer(("127.0.0.1", 0), Counting)) as url:
        yield url, asked


@contextmanager
def site(path: Path, setting: dict[str, Any]) -> Iterator[str]:
    """The address of an outlet whose readers are counted, served with the headers of the live
    site.
    """

    outlet = Outlet(path)
    outlet.story()
    outlet.page("privacy")
    assert "published," in outlet.rebuild(production=True, settings={"STATISTICS": setting})
    with served(
        outlet.output, guarded(Allowed(origins=tuple(allowed(convert(setting, Statistics)))))
    ) as base:
        yield base


def test_a_script_counts_a_reader_and_the_policy_lets_it(visit: Any, tmp_path: Path) -> None:
    with service() as (url, asked), site(tmp_path, {"service": "goatcounter", "url": url}) as base:
        trip = visit(base)
        trip.context.route(f"{url}/**", lambda route: route.continue_())
        trip.to(PAGE)
        until(lambda: len(asked) == 3, "the script and both of its questions")
        assert sorted(asked) == [
            "/count.js",
            f"/count?p=/{PAGE}&by=fetch",
            f"/count?p=/{PAGE}&by=picture",
        ]
        assert (trip.outside, trip.errors) == ([], [])


def test_a_picture_counts_a_reader_without_scripts_and_takes_no_room(
    visit: Any, tmp_path: Path
) -> None:
    setting = {"service": "goatcounter", "picture": True}
    with service() as (url, asked), site(tmp_path, setting | {"url": url}) as base:
        trip = visit(base, java_script_enabled=False)
        trip.context.route(f"{url}/**", lambda route: route.continue_())
        page = trip.to(PAGE)
        until(lambda: asked, "the picture")
        assert asked == [f"/count?p=/{PAGE}"]
        assert page.locator("body > img").is_hidden()
        assert trip.errors == []
