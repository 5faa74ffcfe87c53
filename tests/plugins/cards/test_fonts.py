"""Which font has the letters of a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadside.plugins.cards.draw import font_for, opened
from broadside.plugins.cards.values import CardsFailed
from tests.plugins.cards.conftest import DESIGN

OURS = {path.stem: path for path in DESIGN.fonts}


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("Plain €5 – “quoted”", "serif-display"),
        ("Čeština, Türkçe, Việt", "serif-display"),
        ("Русский і українська", "serif-display"),
        ("Ελληνικά", "serif-display"),
        ("עברית", "hebrew"),
        ("العربية، فارسی، اردو ۲۰۲۶", "arabic"),
        ("हिन्दी\u200dहै", "devanagari"),
    ],
)
def test_the_first_font_that_has_all_letters_is_taken(text: str, font: str) -> None:
    assert font_for(text, DESIGN.fonts) == OURS[font]


def test_small_lines_have_a_font_of_their_own_and_fall_back_to_the_others() -> None:
    assert font_for("Analysis", DESIGN.fonts, small=True) == OURS["serif-text"]
    assert font_for("ניתוח", DESIGN.fonts, small=True) == OURS["hebrew"]


@pytest.mark.parametrize("text", ["中文", "🌍", "a\ue000", "ა", "עברית и русский"])
def test_no_font_is_better_than_boxes(text: str) -> None:
    assert font_for(text, DESIGN.fonts) is None


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_text("no font")
    with pytest.raises(CardsFailed, match=r"a\.ttf"):
        opened(tmp_path / "a.ttf", 24)


def test_the_fonts_and_their_licence_travel_together() -> None:
    folder = DESIGN.fonts[0].parent
    licence = (folder / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert all(path.name in licence for path in DESIGN.fonts)
    assert sum(path.stat().st_size for path in folder.iterdir()) < 1_500_000
