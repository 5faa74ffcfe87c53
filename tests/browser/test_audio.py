"""A recording in the browser: nothing is loaded before it is asked for, and chapters lead to their
minutes with and without a script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Quiet, built, served
from tests.browser.waiting import wait_until
from tests.plugins.recordings.test_site import VTT
from tests.repository import PROJECT
from tests.sample import Outlet

pytestmark = pytest.mark.browser

HEARD = "2026/11/heard/"
AT_30 = (
    "() => { const player = document.querySelector('video, audio'); return player &&"
    " player.currentTime >= 30 }"
)


class Parts(Quiet):
    """Sends the part of a file that is asked for, as good hosts do; players jump only then."""

    def do_GET(self) -> None:  # noqa: N802 -- the name that http.server looks for
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if not asked:
            super().do_GET()
            return
        data = Path(self.translate_path(self.path)).read_bytes()
        first, last = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(self.path))
        self.send_header("Content-Length", str(last + 1 - first))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.end_headers()
        self.wfile.write(data[first : last + 1])


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an outlet with a story that can be heard, and another in whose text something
    can.
    """
    outlet = Outlet(tmp_path_factory.mktemp("heard"))
    outlet.file("a.mp3", (PROJECT / "content/files/two-navies-and-one-lake.mp3").read_bytes())
    outlet.file("a.vtt", VTT.encode())
    chapters = ["0:00 One", "0:30 Two"]
    outlet.story(
        "heard",
        audio="files/a.mp3",
        transcript="files/a.vtt",
        chapters=chapters,
        date="2026-11-02T09:00",
    )
    outlet.story("gulls", body="Words.\n\n[!audio] [Gulls](files/a.mp3)", date="2026-11-01T09:00")
    with served(built(outlet.content, outlet.output), Parts) as base:
        yield base


def test_without_a_script_a_chapter_opens_the_recording_at_its_time(visit: Any, heard: str) -> None:
    page = visit(heard, viewport={"width": 360, "height": 740}, java_script_enabled=False).to(HEARD)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.locator(".audio summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert not [url for url in loaded if url.endswith(".mp3")], (
        "nothing is loaded before it is asked for"
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/files/a.mp3#t=30")
    wait_until(page, AT_30)


def test_with_the_script_a_chapter_starts_the_player_on_the_page(visit: Any, heard: str) -> None:
    page = visit(heard).to(HEARD)
    page.locator(".audio summary").first.click()
    page.locator(".audio ol a", has_text="Two").click()
    wait_until(page, AT_30)
    page.wait_for_url(lambda url: url.endswith(HEARD))


def test_the_transcript_opens_by_keyboard(visit: Any, heard: str) -> None:
    page = visit(heard, java_script_enabled=False).to(HEARD)
    words = page.locator(".audio p", has_text="zymurgist")
    assert not words.is_visible()
    page.locator(".audio summary", has_text="Transcript").focus()
    page.keyboard.press("Space")
    words.wait_for()


def test_a_player_in_a_text_has_its_styles_in_the_stream_too(visit: Any, heard: str) -> None:
    page = visit(heard).to("2026/11/gulls/")
    widths = page.eval_on_selector_all(
        "figure.audio audio", "all => all.map(each => each.offsetWidth)"
    )
    assert widths
    assert min(widths) > 500
