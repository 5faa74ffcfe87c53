"""House rules of the theme, read from its files: names, sizes, contrast, and nothing that a strict policy forbids."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import product
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


def found(
    pattern: str | re.Pattern[str], paths: Iterable[Path], but: str | re.Pattern[str] = "$^"
) -> dict[str, list[str]]:
    """What a pattern finds in each file, apart from what is left out."""
    texts = {path.name: re.sub(but, "", path.read_text("utf-8")) for path in paths}
    return {name: [each[0] for each in hits] for name, text in texts.items() if (hits := [*re.finditer(pattern, text)])}


def test_a_template_needs_no_unsafe_policy() -> None:
    assert found(r"\sstyle=|\son[a-z]+=|<style|javascript:", TEMPLATES) == {}
    assert found(r'<script(?![^>]*(\ssrc=| type="application/ld\+json"))', TEMPLATES) == {}


def test_a_style_knows_no_left_and_right() -> None:
    assert found(PHYSICAL, STYLES, but=r"@media[^{]*") == {}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("base", BASES)
def test_every_colour_of_text_stands_out_seven_to_one(base: str) -> None:
    look = look_of({"base": base})
    for scheme, ground, text in product((look.light, look.dark), ("paper", "wash"), ("ink", "soft", "accent")):
        lights = sorted(luminance(getattr(scheme, name)) for name in (ground, text))
        assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 7, (scheme, ground, text)


COLOUR = re.compile(r"#[0-9a-f]{3}(?:[0-9a-f]{3})?\b", re.I)
OF_PAPER = "print.css"
"""Ink on paper is black, whatever the look."""


def test_a_colour_is_written_in_the_look_alone() -> None:
    paths = [path for path in (*TEMPLATES, *STYLES, THEME / "templates" / "roundup.mjml") if path.name != OF_PAPER]
    assert found(COLOUR, paths, but=re.compile(r"(?:href|url\()[\"']?#\w+|#0000\b|/\*.*?\*/", re.S)) == {}


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
