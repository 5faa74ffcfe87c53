"""Typefaces: what is cut away, what is measured, and that it is done once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from broadside.look import HEAVY, OWN, css, examined, faces, of_base, preloaded
from broadside.look.data import BASES, look_of
from broadside.look.faces import Unusable, cut, kept_or_cut, letters_for, measured, shipped
from broadside.settings import Settings

SERIF = faces.SHIPPED / "serif.woff2"
PAIR = ("serif", "sans")


def letters(data: bytes) -> set[str]:
    return {chr(code) for code in TTFont(io.BytesIO(data)).getBestCmap()}


@pytest.mark.parametrize("name", PAIR)
def test_the_shipped_pair_is_measured_has_its_licence_and_the_names_of_europe(name: str) -> None:
    face = shipped(name)
    assert measured(TTFont(io.BytesIO(face.data))) == replace(face, data=b"")
    assert "SIL Open Font License" in (faces.SHIPPED / f"OFL-{name}.txt").read_text("utf-8")
    assert set("aZ09“”‘’–—…éßñøåæœłęřńşğıőűāžţȘ€×−") <= letters(face.data)
    names = {
        str(record)
        for record in TTFont(io.BytesIO(face.data))["name"].names
        if record.nameID in (1, 4, 6)
    }
    assert not any("Source" in each for each in names)  # a reserved name


@pytest.mark.parametrize("name", PAIR)
def test_latin_has_every_letter_of_the_shipped_pair(name: str) -> None:
    ranges = (*faces.COMMON, *faces.LETTERS["latin"])
    assert letters(shipped(name).data) <= {
        chr(code) for first, last in ranges for code in range(first, last + 1)
    }


def test_the_shipped_faces_keep_to_their_budget() -> None:
    assert sum(len(shipped(name).data) for name in (*PAIR, "italic")) <= HEAVY
    assert len(shipped("italic").data) <= 14_000


def test_the_italic_is_of_the_serif_and_no_page_loads_it_at_once() -> None:
    italic = shipped("italic")
    assert (italic.italic, italic.weights) == (True, (400, 400))
    assert measured(TTFont(io.BytesIO(italic.data))) == replace(italic, data=b"")
    assert set("aZ09“”‘’–—…éßñøåæœ€") <= letters(italic.data)
    for base in BASES:
        look = of_base(base)
        assert not any(look.faces[role][number].italic for role, number in preloaded(look))


@pytest.mark.parametrize("base", BASES)
def test_a_page_asks_for_two_faces_at_most(base: str) -> None:
    assert len(preloaded(of_base(base))) <= 2


def test_a_face_is_cut_to_its_letters_once_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    face = kept_or_cut(SERIF, ("greek",), tmp_path / "kept")
    assert "ł" not in letters(face.data)
    assert "é" in letters(face.data)
    assert len(face.data) < len(SERIF.read_bytes())
    assert (face.weights, face.width) == ((400, 700), shipped("serif").width)
    (kept,) = (tmp_path / "kept").iterdir()
    monkeypatch.setattr(faces, "cut", None)
    assert kept_or_cut(SERIF, ("greek",), tmp_path / "kept") == face
    monkeypatch.undo()
    kept.write_bytes(kept.read_bytes()[:-1])
    assert kept_or_cut(SERIF, ("greek",), tmp_path / "kept") == face


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda data: b"wOF2" + data))
def test_a_file_that_is_no_font_is_unusable_and_no_traceback(data: bytes) -> None:
    with pytest.raises(Unusable):
        cut(data, ["latin"])


def test_a_damaged_font_is_unusable() -> None:
    whole = SERIF.read_bytes()
    with pytest.raises(Unusable):
        cut(whole[: len(whole) // 2], ["latin"])


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("en", ("latin",)),
        ("pt-BR", ("latin",)),
        ("ar", ("latin", "arabic")),
        ("uk", ("latin", "cyrillic")),
    ],
)
def test_the_language_of_an_outlet_says_which_letters_it_needs(
    lang: str, wanted: tuple[str, ...]
) -> None:
    assert letters_for(lang) == wanted


def test_stand_ins_take_up_the_room_of_the_face() -> None:
    face = shipped("serif")
    look = look_of({"faces": {"serif": "broadside"}})
    text = css.tokens(look, {"serif": [css.Served(face, "fonts/a.woff2")]})
    georgia = css.STAND_INS["serif"][0]
    assert f"size-adjust:{face.width / georgia.widths[0] * 100:.1f}%" in text
    assert '--serif:"site-serif","serif-georgia"' in text
    assert "font-display:optional" in text  # what arrives late would move what is being read


def test_an_outlet_has_the_engines_own_faces_where_its_look_says_so(tmp_path: Path) -> None:
    (tmp_path / "look.toml").write_text(f'[faces]\nserif = "{OWN}"\nsans = "system"\n', "utf-8")
    settings = {
        "OUTLET_THEME": str(tmp_path),
        "DEFAULT_LANG": "en",
        "PHOTO_STORE": str(tmp_path / "photos"),
    }
    found = examined(Settings(settings))
    assert found.faults == []
    assert found.faces == {"serif": faces.own("serif")}
