"""The style guide in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from broadside.desk.styleguide import write
from broadside.plugins.look.data import BASES
from tests.browser.conftest import served

pytestmark = pytest.mark.browser


def test_the_guide_shows_every_look(visit: Any, tmp_path: Path) -> None:
    with served(write(tmp_path).parent) as base:
        trip = visit(base)
        page = trip.to("index.html")
        face = "getComputedStyle(document.querySelector('iframe').contentDocument.body).fontFamily"
        shown = [page.evaluate(face)]
        for name in BASES:
            page.locator(f"#{name}").check()
            page.wait_for_timeout(500)
            shown.append(page.evaluate(face))
        own, quiet, modern = shown
        assert own.startswith("site-serif")  # the demo's faces
        assert "site-" not in quiet
        assert modern.startswith("site-sans")
        assert (trip.errors, trip.outside) == ([], [])
