"""What look.toml may say, and what is said of a mistake in it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.look.colours import contrast
from broadside.look.data import BASES, LOOKS, Look, look_of, read


def faults(tmp_path: Path, text: str) -> list[tuple[int, str, str]]:
    """The line, code and text with hint of each fault."""
    (tmp_path / "look.toml").write_text(text, "utf-8")
    _, _, found = read(tmp_path / "look.toml")
    return [(fault.line, fault.code, f"{fault.message}; {fault.hint}") for fault in found]


@pytest.mark.parametrize("base", BASES)
def test_a_base_says_everything(base: str) -> None:
    tables = tomllib.loads((LOOKS / f"{base}.toml").read_text("utf-8"))
    left_open = {"brand": {"logo", "logo_dark", "alt"}, "faces": {"letters"}}
    for name in ("brand", "light", "dark", "faces", "style"):
        kind = type(getattr(Look(), name))
        assert {*kind.__struct_fields__} - left_open.get(name, set()) == {*tables[name]}
    assert look_of({"base": base}).base == base


def test_without_a_file_the_look_is_the_quiet_one(tmp_path: Path) -> None:
    look, _, found = read(tmp_path / "look.toml")
    assert (look, found) == (look_of({}), [])


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('base = "quite"', 1, "quiet"),
        ("\n[light]\nacent = '#000'", 3, "accent"),
        ("[ligth]\naccent = '#000'", 1, "light"),
        ("# a note\n[light]\npaper = '#fff'\naccent = 'red'", 4, "#9e1512"),
        ("[light]\nink = '#12'", 2, "#fff"),
        ("[light]\nink = 3", 2, "light.ink"),
        ("light.ink = 3", 1, "light.ink"),
        ("[style]\ncorners = 'rounded'", 2, "round"),
        ("[brand]\nnameplate = 'center'", 2, "centred"),
        ("[brand]\n\ntagline = 'no'", 3, "brand.tagline"),
        ("[faces]\nserif = []", 2, "faces.serif"),
        ("[faces]\nletters = ['latin', 'greeek']", 2, "greek"),
        ("light = 3", 1, "light"),
        ("[light]\nink = ", 2, "TOML"),
        ("[light\n", 1, "TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_what_was_meant(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    ((at, code, words),) = faults(tmp_path, text)
    assert (at, code) == (line, "look")
    assert said in words


def test_a_file_of_other_bytes_is_a_fault_and_no_traceback(tmp_path: Path) -> None:
    for data in (
        b"\xff\xfe",
        b"x = " + b"[" * 2000,
        b"x = " + b"{a=" * 2000,
        b"a." * 2000 + b"x = 1",
    ):
        (tmp_path / "look.toml").write_bytes(data)
        faults = read(tmp_path / "look.toml")[2]
        assert [(fault.path, fault.code) for fault in faults] == [
            (str(tmp_path / "look.toml"), "look")
        ]


@given(st.text(max_size=60) | st.text("[]={}\"'#.\n abclightink=", max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    path = Path("/nowhere/look.toml")
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    from broadside.look.data import LookFile, _lines, _slips

    found = list(_slips(written, LookFile(path, dict(_lines(text)))))
    if not found:
        look_of(written)


@pytest.mark.parametrize(
    ("text", "line", "role", "least"),
    [
        ("[light]\naccent = '#e5483a'", 2, "accent", 4.5),
        ("[light]\nsoft = '#6b7680'", 2, "soft", 7),
        ("[dark]\nink = '#777'", 2, "ink", 7),
    ],
)
def test_too_little_contrast_is_refused_with_the_nearest_colour_that_passes(
    tmp_path: Path, text: str, line: int, role: str, least: float
) -> None:
    (at, code, words), *_ = [fault for fault in faults(tmp_path, text) if f'{role} = "' in fault[2]]
    assert (at, code) == (line, "contrast")
    table, better = text[1:].partition("]")[0], words.rpartition('"')[0].rpartition('"')[2]
    assert faults(tmp_path, f"[{table}]\n{role} = '{better}'") == []
    assert contrast(better, getattr(look_of({}), table).paper) < least + 1


def test_a_ground_that_makes_the_bases_accent_faint_is_the_line_at_fault(tmp_path: Path) -> None:
    ((line, code, words),) = faults(tmp_path, "[light]\nink = '#000'\npaper = '#e0b0a0'")
    assert (line, code) == (3, "contrast")
    assert "light.accent" in words


def test_what_is_not_written_follows_what_is() -> None:
    look = look_of({"light": {"paper": "#fff8e7", "accent": "#0b4f6c"}})
    assert look.light.wash not in ("#f1f4f5", "#fff8e7")
    assert contrast(look.light.soft, look.light.wash) >= 7
    assert look.dark.accent != look_of({}).dark.accent
    assert contrast(look.dark.accent, look.dark.paper) >= 7
    red, _, blue = (int(look.dark.accent[place : place + 2], 16) for place in (1, 3, 5))
    assert blue > red  # still the outlet's blue, not the engine's red
    assert msgspec.structs.replace(look.dark, accent="") == msgspec.structs.replace(
        look_of({}).dark, accent=""
    )
