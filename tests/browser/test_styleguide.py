"""The style guide in a browser: every example is there, drawn, and fits a small phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from broadside.desk.styleguide import UNSEEN, write
from broadside.desk.styleguide.examples import names
from broadside.plugins.look.data import BASES
from tests.browser.conftest import served

pytestmark = pytest.mark.browser


SETTLED = """() => [...document.querySelectorAll("iframe")].every(
    frame => frame.clientHeight >= frame.contentDocument.body.scrollHeight)"""
"""Whether each window has grown to its example; one of a tall picture, which is half a window high, takes several steps."""


def test_every_example_fits_320_pixels_and_its_window_fits_it(visit: Any, tmp_path: Path) -> None:
    with served(write(tmp_path).parent) as base:
        trip = visit(base)
        page = trip.to("index.html")
        page.locator("#w320").check()
        page.wait_for_function(SETTLED)
        found = page.evaluate("""() => [...document.querySelectorAll("iframe")].map(frame => {
            const root = frame.contentDocument.documentElement;
            return [frame.title, frame.clientWidth, root.scrollWidth, frame.clientHeight, frame.contentDocument.body.scrollHeight];
        })""")
        assert {title.partition(":")[0] for title, *_ in found} == set(names()) - set(UNSEEN)
        assert [title for title, wide, needed, *_ in found if (wide, needed) != (320, 320)] == []
        assert [title for title, _, _, high, needed in found if high < max(needed, 40)] == []
        undrawn = """() => [...document.querySelectorAll("iframe")].flatMap(frame => [...frame.contentDocument.images])
            .filter(image => image.complete && !image.naturalWidth).length"""
        assert page.evaluate(undrawn) == 0
        assert (trip.errors, trip.outside) == ([], [])


def test_the_guide_shows_dark_examples_on_a_light_computer(visit: Any, tmp_path: Path) -> None:
    with served(write(tmp_path).parent) as base:
        page = visit(base, color_scheme="null").to("index.html")
        shade = "getComputedStyle(document.querySelector('iframe').contentDocument.body).backgroundColor"
        light = page.evaluate(shade)
        page.locator("#dark").check()
        page.wait_for_timeout(200)
        assert page.evaluate(shade) != light


def test_the_guide_itself_fits_a_phone_with_its_examples_in_full_width(visit: Any, tmp_path: Path) -> None:
    with served(write(tmp_path).parent) as base:
        page = visit(base, viewport={"width": 320, "height": 640}).to("index.html")
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert page.locator("iframe").first.bounding_box()["width"] > 280


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
