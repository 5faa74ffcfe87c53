"""House rules of the theme, read from its files: names, sizes, contrast, and nothing that a strict
policy forbids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import msgspec
import pytest
from jinja2 import Environment, nodes

from broadside.look.data import BASES, Brand, Style, look_of
from tests.theme.conftest import THEME

PLUGINS = THEME.parent / "plugins"
TEMPLATES = sorted([*(THEME / "templates").rglob("*.html"), *PLUGINS.glob("*/templates/**/*.html")])
STYLES = sorted([*(THEME / "static" / "css").rglob("*.css"), *PLUGINS.glob("*/static/*.css")])
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
)


def found(
    pattern: str | re.Pattern[str], paths: Iterable[Path], but: str | re.Pattern[str] = "$^"
) -> dict[str, list[str]]:
    """What a pattern finds in each file, apart from what is left out."""
    texts = {path.name: re.sub(but, "", path.read_text("utf-8")) for path in paths}
    return {
        name: [each[0] for each in hits]
        for name, text in texts.items()
        if (hits := [*re.finditer(pattern, text)])
    }


def test_a_template_needs_no_unsafe_policy() -> None:
    assert found(r"\sstyle=|\son[a-z]+=|<style|javascript:", TEMPLATES) == {}
    assert found(r'<script(?![^>]*(\ssrc=| type="application/ld\+json"))', TEMPLATES) == {}


def test_a_style_knows_no_left_and_right() -> None:
    assert found(PHYSICAL, STYLES, but=r"@media[^{]*") == {}


SPEAK = {
    "_",
    "gettext",
    "ngettext",
    "pgettext",
    "npgettext",
    "label",
    "note",
    "comma",
    "separators",
}
WRITE = {
    "long_date",
    "clock",
    "date_and_hour",
    "to_the_minute",
    "number",
    "digits",
    "listed",
    "playing_time",
}
"""The functions and the filters of templates whose words are those of a language."""
OF_SITE = {"status_note.html", "copy_field.html"}
"""What is handed a story or its language, and speaks to those who work on this outlet or another
one.
"""


def of_no_language(macro: nodes.Macro) -> Iterator[str]:
    """The words of a macro for which it names no language, so that they are in that of the site,
    with their lines.
    """
    for call in macro.find_all(nodes.Call):
        name = getattr(call.node, "name", "")
        if name in SPEAK and "lang" not in {word.key for word in call.kwargs}:
            yield f"{call.lineno}: {name}"
    for written in macro.find_all(nodes.Filter):
        if written.name in WRITE and not written.args:
            yield f"{written.lineno}: {written.name}"


def test_whatever_is_handed_a_story_says_its_words_in_a_language_that_it_names() -> None:
    """A story may be in another language than the site."""
    read = Environment(extensions=["jinja2.ext.i18n"])
    found, seen = [], set()
    for path in TEMPLATES:
        macros = read.parse(path.read_text("utf-8")).find_all(nodes.Macro)
        for macro in macros:
            if path.name not in OF_SITE and {"article", "story", "lang"} & {
                each.name for each in macro.args
            }:
                seen.add(macro.name)
                found += [f"{path.name}:{words}" for words in of_no_language(macro)]
    assert found == []
    assert {"byline", "feedback", "share", "series_box", "sponsor"} <= seen


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
    for scheme, ground, text in product(
        (look.light, look.dark), ("paper", "wash"), ("ink", "soft", "accent")
    ):
        lights = sorted(luminance(getattr(scheme, name)) for name in (ground, text))
        assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 7, (scheme, ground, text)


COLOUR = re.compile(r"#[0-9a-f]{3}(?:[0-9a-f]{3})?\b", re.I)
OF_PAPER = "print.css"
"""Ink on paper is black, whatever the look."""


def test_no_style_cuts_words() -> None:
    """Where an opening ends, the build decides: a style sheet cuts within words."""
    assert [path.name for path in STYLES if "line-clamp" in path.read_text("utf-8")] == []


def test_a_colour_is_written_in_the_look_alone() -> None:
    paths = [
        path
        for path in (*TEMPLATES, *STYLES, THEME / "templates" / "roundup.mjml")
        if path.name != OF_PAPER
    ]
    assert (
        found(COLOUR, paths, but=re.compile(r"(?:href|url\()[\"']?#\w+|#0000\b|/\*.*?\*/", re.S))
        == {}
    )


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
