"""The style guide in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from broadside.look.data import BASES
from broadside.plugins.styleguide.command.guide import write
from tests.browser.conftest import served
from tests.browser.waiting import wait_until

pytestmark = pytest.mark.browser


def test_the_guide_shows_every_look(visit: Any, tmp_path: Path) -> None:
    with served(write(tmp_path).parent) as base:
        trip = visit(base)
        page = trip.to("index.html")
        faces = "getComputedStyle(document.querySelector('iframe').contentDocument.body).fontFamily"
        for look in ("site", *BASES):
            face = {"site": "site-serif", "quiet": "", "modern": "site-sans"}[look]
            page.locator(f"[name=look][value={look}]").check()
            wait_until(
                page, f"face => {faces}.startsWith(face || 'site-') === (face !== '')", arg=face
            )
        frames = page.locator("iframe")
        assert frames.count() > 100
        last = frames.last
        assert last.evaluate("each => each.contentDocument.body.childElementCount") == 0, (
            "loaded when it is scrolled to"
        )
        last.scroll_into_view_if_needed()
        wait_until(
            page,
            "[...document.querySelectorAll('iframe')].at(-1).contentDocument.querySelector('[href=\"modern.css\"]')"
            " !== null",
        )
        assert (trip.errors, trip.outside) == ([], [])
