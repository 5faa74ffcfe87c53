"""House rules of the theme, read from its files: names, sizes, contrast, and nothing that a strict policy forbids."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.theme.conftest import THEME

TEMPLATES = sorted((THEME / "templates").rglob("*.html"))
STYLES = sorted((THEME / "static" / "css").rglob("*.css"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
)


def named(paths: Iterable[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.name)


@named(TEMPLATES)
def test_a_template_needs_no_unsafe_policy(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:", text)
    assert not re.search(r'<script(?![^>]*(\ssrc=| type="application/ld\+json"))', text)


@named(STYLES)
def test_a_style_is_short_and_knows_no_left_and_right(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not PHYSICAL.search(re.sub(r"@media[^{]*", "", text))


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
@pytest.mark.parametrize("text", ["ink", "ink-soft", "accent"])
def test_every_colour_of_text_stands_out_seven_to_one(scheme: str, ground: str, text: str) -> None:
    light, dark = (THEME / "static" / "css" / "tokens.css").read_text("utf-8").split("@media")
    found = colours(light) if scheme == "light" else colours(light) | colours(dark)
    lighter, darker = sorted((luminance(found[ground]), luminance(found[text])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 7


def test_the_bar_of_the_browser_has_the_colour_of_the_paper() -> None:
    light, dark = (THEME / "static" / "css" / "tokens.css").read_text("utf-8").split("@media")
    base = (THEME / "templates" / "base.html").read_text("utf-8")
    shown = re.findall(r'name="theme-color" content="(#[0-9a-f]{6})"', base)
    assert [luminance(colour) for colour in shown] == [luminance(colours(part)["paper"]) for part in (light, dark)]


def test_the_script_of_old_pages_is_tiny() -> None:
    assert len((THEME / "static" / "js" / "rails.js").read_bytes()) <= 1024
