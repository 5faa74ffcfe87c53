"""Logos and icons are checked before they are on the site."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from broadside.look.pictures import DrawingRefused, check_svg, coloured, logo
from tests.repository import PROJECT

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 240 60">\n{}\n</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<SCRIPT>alert(1)</SCRIPT>",
        '<a xmlns:s="http://www.w3.org/2000/svg"><s:script/></a>',
        '<path onload="alert(1)" d="M0 0"/>',
        '<path ONCLICK="alert(1)" d="M0 0"/>',
        "<foreignObject><p/></foreignObject>",
        '<image href="https://example.org/a.png"/>',
        '<use href="https://example.org/a.svg#b"/>',
        '<use xlink:href="other.svg#b"/>',
        '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        '<path style="fill: url(https://example.org/a.svg#b)" d="M0 0"/>',
        '<path fill="url(//example.org/a.svg#b)" d="M0 0"/>',
        "<style>@import 'https://example.org/a.css';</style>",
        "<style>path { fill: url( 'https://example.org/a.svg' ) }</style>",
        "<style>path { fill: \\75rl(https://example.org/a.svg) } @x</style>",
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        "<?xml-stylesheet href='a.css'?>",
    ],
)
def test_a_drawing_that_runs_or_loads_anything_is_refused_with_its_line(inside: str) -> None:
    with pytest.raises(DrawingRefused) as refused:
        check_svg(SVG.format(inside).encode())
    assert refused.value.line == 2


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&a;</svg>',
        b"<html/>",
        b"",
        b"<svg",
        b"\xff",
    ],
)
def test_what_is_no_plain_drawing_is_refused(data: bytes) -> None:
    with pytest.raises(DrawingRefused):
        check_svg(data)


def test_a_plain_drawing_says_its_size() -> None:
    parts = '<defs><linearGradient id="g"/></defs><style>path{fill:url(#g)}</style><use href="#g"/><path fill="url(#g)" d="M0 0"/>'
    assert check_svg(SVG.format(parts).encode()) == (240, 60)
    assert check_svg(b'<svg xmlns="http://www.w3.org/2000/svg" width="12px" height="3"/>') == (12, 3)
    assert check_svg(b'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"/>') == (0, 0)


@pytest.mark.parametrize("icon", [*PROJECT.glob("*/icons/*.svg"), *PROJECT.glob("*/*/icons/*.svg")], ids=str)
def test_our_own_icons_pass(icon: Path) -> None:
    assert check_svg(icon.read_bytes()) == (32, 32)


def test_the_themes_own_mark_takes_an_outlets_colours() -> None:
    icons = PROJECT / "theme" / "icons"
    drawing, picture = (icons / "mark.svg").read_bytes(), (icons / "mark.png").read_bytes()
    assert b"#0b4f6c" in coloured(drawing, ".svg", "#0b4f6c", "#fffaf0")
    assert b'#fff"' not in coloured(drawing, ".svg", "#0b4f6c", "#fffaf0")
    with Image.open(io.BytesIO(coloured(picture, ".png", "#0b4f6c", "#fffaf0"))) as made:
        shown = {colour for _, colour in made.convert("RGB").getcolors() or []}
    assert {(0x0B, 0x4F, 0x6C), (0xFF, 0xFA, 0xF0)} <= shown
    assert (0x10, 0x16, 0x1B) not in shown


def test_a_logo_is_a_drawing_or_a_png(tmp_path: Path) -> None:
    found = logo(PROJECT / "theme" / "icons" / "mark.png")
    assert (found.width, found.height, found.ending) == (256, 256, ".png")
    for name, data in (("a.png", b"GIF89a"), ("a.jpg", b"\xff\xd8"), ("a.svg", b"<svg/>"), ("b.svg", b" " * 600_000)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(DrawingRefused):
            logo(tmp_path / name)
