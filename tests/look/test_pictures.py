"""What a logo may be and how large it is, and the theme's own mark."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from broadside.look.pictures import NotALogo, coloured, logo, svg_size
from tests.repository import PROJECT


@pytest.mark.parametrize(
    ("tag", "size"),
    [
        ('<svg viewBox="0 0 240 60" stroke-width="3">', (240, 60)),
        ("<!-- drawn by hand -->\n<svg\n viewBox='-1,-1,24.5,8'>", (24.5, 8)),
        ('<svg width="12px" height="3">', (12, 3)),
    ],
)
def test_a_drawing_says_its_size(tag: str, size: tuple[float, float]) -> None:
    assert svg_size(f"{tag}</svg>".encode()) == size


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"<svg/>", b'<svg width="100%" height="100%"/>', b'<svg width="9"/>']
)
def test_a_drawing_without_a_size_is_refused(data: bytes) -> None:
    with pytest.raises(NotALogo):
        svg_size(data)


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
    for name, data in (
        ("a.png", b"GIF89a"),
        ("a.jpg", b"\xff\xd8"),
        ("a.svg", b"<svg/>"),
        ("b.svg", b" " * 600_000),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(NotALogo):
            logo(tmp_path / name)
