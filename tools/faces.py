"""Makes the typefaces that the engine ships: python -m tools.faces FOLDER.

FOLDER has the npm packages @fontsource-variable/source-serif-4 and
@fontsource-variable/source-sans-3, each unpacked from what npm pack brings into a folder of its
name. These divide a family into files by its letters; the Latin ones are put together again.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from typing import Any

import msgspec
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from msgspec.structs import replace

from broadside.look.faces import MEASURES, SHIPPED, cut

Axes = dict[str, float | tuple[float, float]]
MADE_OF: dict[str, tuple[str, str, str, Axes]] = {
    "serif": ("source-serif-4", "standard", "Broadside Serif", {"wght": (400, 700), "opsz": 22}),
    "sans": ("source-sans-3", "wght", "Broadside Sans", {"wght": (400, 600)}),
    "italic": ("source-serif-4", "standard", "Broadside Serif", {"wght": 400, "opsz": 22}),
}
"""Face -> the package, the files in it, the name within, because "Source" is reserved, and what
stays of the axes: the weights that the theme sets, and an optical size between text and headlines.
The italic has one weight, and the letters of Western Europe.
"""
PARTS = ("latin", "latin-ext")
NAMES = {1: "{}", 2: "Regular", 4: "{}", 6: "{}"}
FEATURES = ("kern", "liga", "locl")
"""What the fonts can do with letters.

Both together may have 60 KB, so they have no fractions; the italic, with 14 KB, does not kern.
"""
TABLES = ("HVAR", "MVAR", "STAT")
"""Tables of a font that are only a shorter way to say what others do, and would not fit a font with
more letters.
"""


def main(packages: Path) -> None:
    """Write each face, its licence and its measures."""
    measures = {}
    for face, (package, kind, name, axes) in MADE_OF.items():
        folder = packages / package
        style, parts = ("italic", PARTS[:1]) if face == "italic" else ("normal", PARTS)
        files = [
            loaded(folder / "files" / f"{package}-{part}-{kind}-{style}.woff2", axes)
            for part in parts
        ]
        font = named(joined(*files) if len(files) > 1 else files[0], name)
        made = cut(woff2(font), ["latin"], FEATURES if len(files) > 1 else FEATURES[1:2])
        (SHIPPED / f"{face}.woff2").write_bytes(made.data)
        if style == "normal":
            shutil.copy(folder / "LICENSE", SHIPPED / f"OFL-{face}.txt")
        measures[face] = replace(made, data=b"")
        print(f"{face}: {len(made.data):,} bytes")
    (SHIPPED / MEASURES).write_bytes(msgspec.json.format(msgspec.json.encode(measures)) + b"\n")


def loaded(path: Path, axes: Axes) -> Any:
    """A variable font with only so much of its axes."""
    font = instancer.instantiateVariableFont(TTFont(path), axes)
    font.flavor = None
    file = io.BytesIO()
    font.save(file)
    file.seek(0)
    return TTFont(file)


def joined(font: Any, other: Any) -> Any:
    """The font with the letters that the other has besides; both are of one family, and vary
    alike.
    """
    known, more = font.getBestCmap(), other.getBestCmap()
    same = {name: known[code] for code, name in more.items() if code in known}
    order: list[str] = list(font.getGlyphOrder())
    brought: dict[str, str] = {}

    def bring(name: str) -> str:
        if name in same or name in brought:
            return str(same.get(name) or brought[name])
        new = brought[name] = f"more.{name}"
        glyph = other["glyf"][name]
        for part in glyph.components if glyph.isComposite() else ():
            part.glyphName = bring(part.glyphName)
        order.append(new)
        font["glyf"].glyphs[new] = glyph
        font["hmtx"].metrics[new] = other["hmtx"].metrics[name]
        font["gvar"].variations[new] = other["gvar"].variations.get(name, [])
        return new

    found = {code: bring(name) for code, name in more.items() if code not in known}
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    font["maxp"].numGlyphs = len(order)
    for table in font["cmap"].tables:
        table.cmap.update(
            {code: name for code, name in found.items() if code <= 0xFFFF or table.format == 12}
        )
    for tag in TABLES:
        if tag in font:
            del font[tag]
    font["post"].formatType = 3.0
    return font


def named(font: Any, name: str) -> Any:
    """The font under another name."""
    for number, text in NAMES.items():
        font["name"].setName(text.format(name), number, 3, 1, 0x409)
    return font


def woff2(font: Any) -> bytes:
    """A font as a file."""
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
