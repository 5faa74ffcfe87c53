"""House rules of the theme, read from its files: names, sizes, contrast, and nothing that a strict policy forbids."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from broadside.look.data import BASES, Brand, Style, look_of
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


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
@pytest.mark.parametrize("text", ["ink", "soft", "accent"])
def test_every_colour_of_text_stands_out_seven_to_one(base: str, scheme: str, ground: str, text: str) -> None:
    found = getattr(look_of({"base": base}), scheme)
    lighter, darker = sorted((luminance(getattr(found, ground)), luminance(getattr(found, text))), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 7


COLOUR = re.compile(r"#[0-9a-f]{3}(?:[0-9a-f]{3})?\b", re.I)
OF_PAPER = "print.css"
"""Ink on paper is black, whatever the look."""


@named([path for path in (*TEMPLATES, *STYLES, THEME / "templates" / "roundup.mjml") if path.name != OF_PAPER])
def test_a_colour_is_written_in_the_look_alone(path: Path) -> None:
    text = re.sub(r"(?:href|url\()[\"']?#\w+|#0000\b|/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
    assert COLOUR.findall(text) == []


def test_every_choice_is_a_style_sheet_or_what_the_theme_does_anyway() -> None:
    kinds: tuple[type[msgspec.Struct], ...] = (Style, Brand)
    values = {
        f"{field.name}-{value}"
        for kind in kinds
        for field in msgspec.structs.fields(kind)
        for value in (getattr(field.type, "__args__", ()) if "Literal" in str(field.type) else ())
    }
    files = {path.stem for path in (THEME / "static" / "css" / "look").glob("*.css")}
    assert files <= values | {f"base-{base}" for base in BASES}
    plain = {"opinion-plain", "corners-square", "rules-heavy", "density-regular", "nameplate-left"}
    assert values - files == plain


def test_the_script_of_old_pages_is_tiny() -> None:
    assert len((THEME / "static" / "js" / "rails.js").read_bytes()) <= 1024
