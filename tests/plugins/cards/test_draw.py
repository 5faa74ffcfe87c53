"""Cards as pictures: their size and weight, where the words stand, and what is left out where it
cannot be right.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from broadside.plugins.cards.draw import opened, without_font
from broadside.plugins.cards.values import HEIGHT, MOST_BYTES, WIDTH, CardsFailed, Design
from tests.plugins.cards.conftest import DARK, DESIGN, MARK, Draw, data, words

FORTY = " ".join(
    ["When the ice road no longer freezes and the barges no longer float, towns must decide"] * 3
)
SIX = (
    "Bronisław Zięba, Daniel Okonkwo-Reyes, Eloïse Marchetti, Grace Nakagawa, Kofi Asante-Boateng,"
    " Margit Søndergaard"
)
HEADLINES = {
    "Latin": ("The sea floor has no police", "en"),
    "Arabic": ("القاهرة تعيد حساب مياه النيل", "ar"),
    "Arabic with Latin in it": ("ماذا يريد الناتو (NATO) في 2026؟", "ar"),
    "Hebrew": ("הים התיכון מתחמם מהר יותר", "he"),
    "Devanagari": ("गंगा के पानी का बँटवारा", "hi"),
    "forty-five words": (FORTY, "en"),
    "one long word": ("Donaudampfschifffahrtsgesellschaftskapitän" * 3, "de"),
}
HEADLINE_AREA = (0, 110, WIDTH, 460)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture that is as hard to compress as any: noise, coarse and fine."""
    layers = [Image.effect_noise((960 // n, 640 // n), 90).resize((960, 640)) for n in (1, 3, 20)]
    Image.merge("RGB", layers).save(tmp_path / "noise.jpg", quality=95)
    return tmp_path / "noise.jpg"


@pytest.mark.parametrize("script", HEADLINES)
def test_a_headline_of_any_script_stands_on_the_card(draw: Draw, script: str) -> None:
    headline, lang = HEADLINES[script]
    said = words(headline, lang=lang, rtl=lang in ("ar", "he"), byline=SIX)
    assert without_font(said, DESIGN) == []
    with_words, without = draw(said), draw(words("\u200b", lang=lang, rtl=said.rtl, byline=SIX))
    assert (with_words.size, with_words.format) == ((WIDTH, HEIGHT), "PNG")
    said_at = inked(with_words, without)
    assert said_at is not None
    assert said_at[0] >= 40
    assert said_at[2] <= WIDTH - 40
    assert said_at[1] >= 100
    assert said_at[3] <= 490


@pytest.fixture
def without_fribidi(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine with nothing but Python, where Pillow cannot join letters."""
    monkeypatch.setattr("broadside.plugins.cards.draw.SHAPES", False)
    opened.cache_clear()
    yield
    opened.cache_clear()


@pytest.mark.usefixtures("without_fribidi")
def test_a_bare_machine_draws_letters_that_stand_side_by_side(draw: Draw) -> None:
    said_at = inked(draw(words("Żółć: the sea floor")), draw(words("\u200b")))
    assert said_at is not None
    assert said_at[2] <= WIDTH - 40


@pytest.mark.usefixtures("without_fribidi")
@pytest.mark.parametrize("script", ["Arabic with Latin in it", "Hebrew", "Devanagari"])
def test_a_bare_machine_says_what_it_lacks_for_other_scripts(draw: Draw, script: str) -> None:
    headline, lang = HEADLINES[script]
    with pytest.raises(CardsFailed, match="apt install libfribidi0"):
        draw(words(headline, lang=lang, rtl=lang != "hi"))


def inked(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    """Where two cards differ."""
    return ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox()


def test_words_begin_at_the_left_or_where_the_story_is_read_from_the_right_there(
    draw: Draw,
) -> None:
    for rtl in (False, True):
        card = draw(words("Why", rtl=rtl)).convert("RGB").crop(HEADLINE_AREA)
        left, _, right, _ = ImageChops.difference(
            card, Image.new("RGB", card.size, DESIGN.colours.ground)
        ).getbbox() or (0, 0, 0, 0)
        assert (left < 80) != rtl
        assert (right > WIDTH - 80) == rtl


@pytest.mark.parametrize("rtl", [False, True])
def test_a_photo_fills_its_column_and_carries_its_credit(
    draw: Draw, tmp_path: Path, rtl: bool
) -> None:
    Image.new("RGB", (900, 700), (250, 200, 40)).save(tmp_path / "sun.png")
    card = draw(words(credit="Photo by A. Person/Agency", rtl=rtl), tmp_path / "sun.png")
    assert (card.size, card.format) == ((WIDTH, HEIGHT), "JPEG")
    column = card.crop((0, 0, 500, HEIGHT) if rtl else (700, 0, WIDTH, HEIGHT)).convert("RGB")
    assert is_like(column.getpixel((250, 100)), (250, 200, 40))
    assert is_like(column.getpixel((499 if not rtl else 0, 5)), (250, 200, 40))
    strip = column.crop((0, 595, 500, HEIGHT))
    shades = set(strip.convert("L").tobytes())
    assert min(shades) < 70  # the strip is dark, and light letters stand on it
    assert max(shades) > 170
    other = draw(words(credit="Photo by B. Person/Agency", rtl=rtl), tmp_path / "sun.png")
    assert inked(card, other) is not None


def is_like(one: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def test_a_photo_whose_credit_cannot_be_set_is_not_shown(draw: Draw, photo: Path) -> None:
    said = words(credit="图片：新华社")
    assert without_font(said, DESIGN) == ["credit"]
    column = draw(said, photo).convert("RGB").crop((720, 0, WIDTH, 100))
    assert all(
        is_like(colour, DESIGN.colours.ground) for _, colour in column.getcolors(100_000) or []
    )


def test_a_headline_that_no_font_has_leaves_the_mark_and_the_name_and_never_boxes(
    draw: Draw,
) -> None:
    assert without_font(words("三十年后的恒河水协议"), DESIGN) == ["headline"]
    one, other = draw(words("三十年后的恒河水协议")), draw(words("The 🌍 summit"))
    assert inked(one, other) is None
    assert inked(one, draw(words("The summit"))) is not None


def test_an_outlets_own_font_is_tried_first_and_a_small_one_serves_small_lines_only(
    draw: Draw, tmp_path: Path
) -> None:
    ours = {path.stem: path for path in DESIGN.fonts}
    (tmp_path / "a.ttf").write_bytes(ours["hebrew"].read_bytes())
    design = Design.of(tmp_path, MARK, DARK)
    assert design.digest != DESIGN.digest
    assert inked(draw(words()), draw(words(), design=design)) is not None
    (tmp_path / "a.ttf").rename(tmp_path / "a-text.ttf")
    small = Design.of(tmp_path, MARK, DARK)
    assert (
        inked(draw(words()).crop(HEADLINE_AREA), draw(words(), design=small).crop(HEADLINE_AREA))
        is None
    )
    assert inked(draw(words()), draw(words(), design=small)) is not None


def test_chinese_is_set_in_an_outlets_own_font_and_breaks_between_signs(
    draw: Draw, tmp_path: Path
) -> None:
    # the signs of this headline, of Noto Serif SC
    shutil.copy(Path(__file__).with_name("cjk.woff2"), tmp_path)
    design, said = (
        Design.of(tmp_path, MARK, DARK),
        words("三十年后的恒河水协议：下一步怎么走？三十年后的恒河水协议", lang="zh"),
    )
    assert without_font(said, design) == []
    card = draw(said, design=design).convert("RGB").crop(HEADLINE_AREA)
    box = ImageChops.difference(card, Image.new("RGB", card.size, DESIGN.colours.ground)).getbbox()
    assert box is not None
    assert box[3] - box[1] > 150  # two lines at least
    assert box[2] > 800


@pytest.mark.parametrize("headline", ["Why", FORTY])
def test_the_hardest_photo_is_under_the_limit(photo: Path, headline: str) -> None:
    assert (
        len(data(words(headline, credit="Photo by A. Person/Agency", byline=SIX), photo))
        <= MOST_BYTES
    )
