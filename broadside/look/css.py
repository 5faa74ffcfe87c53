"""The look as CSS: colours, typefaces with their fallbacks, and the files of the choices that an
outlet made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from broadside.look.data import Look, Scheme
from broadside.look.faces import Face

TOKENS = {"soft": "ink-soft"}
"""Roles whose custom property has another name."""
SERIF = (
    '"Iowan Old Style", "Palatino Linotype", Palatino, P052, Charter, Georgia, "Noto Serif", serif'
)
SANS = "system-ui, sans-serif"
SYSTEM = {"serif": SERIF, "sans": SANS}
GENERIC = {"serif": "serif", "sans": "sans-serif"}


class StandIn(Struct, frozen=True):
    """A font family that machines have: the names of its fonts, and the mean width of their letters
    in ems (faces.FREQUENT).
    """

    name: str
    regular: tuple[str, ...]
    bold: str
    italic: tuple[str, ...]
    widths: tuple[float, float, float]


STAND_INS = {
    "serif": (
        StandIn(
            "georgia", ("Georgia",), "Georgia Bold", ("Georgia Italic",), (0.4485, 0.5232, 0.4577)
        ),
        StandIn("noto", ("Noto Serif",), "Noto Serif Bold", (), (0.4889, 0.519, 0.4741)),
    ),
    "sans": (
        StandIn(
            "arial",
            ("Arial", "Liberation Sans"),
            "Arial Bold",
            ("Arial Italic", "Liberation Sans Italic", "Roboto Italic"),
            (0.4489, 0.4864, 0.4489),
        ),
        StandIn("roboto", ("Roboto",), "Roboto Bold", (), (0.4515, 0.4575, 0.4387)),
    ),
}
"""The families of Windows and Apple's systems, then of Android; every page carries their rules, so
there are no more. Measured in Gelasio, Arimo, Noto Serif and Roboto; the first two have the metrics
of Georgia and Arial.
"""
BOLD = 550
"""The weight from which a stand-in's bold font is taken."""


class Served(Struct, frozen=True):
    """A typeface and its address, relative to the style sheet."""

    face: Face
    url: str


def tokens(look: Look, faces: Mapping[str, Sequence[Served]]) -> str:
    """The whole look as custom properties and typefaces; `faces` has those of serif, sans and
    display that are files.
    """
    light, dark = _colours(look.light), _colours(look.dark)
    stacks = {name: _stack(name, look, faces) for name in ("serif", "sans")}
    stacks["display"] = (
        _stack("display", look, faces)
        if faces.get("display")
        else f"var(--{_kind('display', look)})"
    )
    stacks["text"] = f"var(--{look.faces.text})"
    fonts = "".join(f"--{name}:{stack};" for name, stack in stacks.items())
    blocks = "".join(
        rule for name, served in faces.items() for rule in _faces(name, _kind(name, look), served)
    )
    return (
        f"{blocks}:root{{color-scheme:light dark;{light}{fonts}}}@media"
        f" (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    )


def choices(look: Look, css: Path) -> list[Path]:
    """The files of the choices that differ from what the theme's own style sheets do, and that of
    the base.
    """
    values = {**asdict(look.style), "nameplate": look.brand.nameplate}
    names = [f"base-{look.base}", *(f"{key}-{value}" for key, value in sorted(values.items()))]
    return [path for name in names if (path := css / "look" / f"{name}.css").is_file()]


def _kind(name: str, look: Look) -> str:
    """Whether a typeface is a serif or a sans, to choose its stand-ins; a display typeface from
    files counts as the text's kind.
    """
    if name != "display":
        return name
    if look.faces.display in GENERIC:
        return look.faces.display
    return look.faces.text


def _colours(scheme: Scheme) -> str:
    return "".join(
        f"--{TOKENS.get(role, role)}:{colour};" for role, colour in asdict(scheme).items()
    )


def _stack(name: str, look: Look, faces: Mapping[str, Sequence[Served]]) -> str:
    kind = _kind(name, look)
    if not faces.get(name):
        return SYSTEM[kind]
    stand_ins = ",".join(f'"{name}-{each.name}"' for each in STAND_INS[kind])
    return f'"site-{name}",{stand_ins},{GENERIC[kind]}'


def _faces(name: str, kind: str, served: Sequence[Served]) -> Iterator[str]:
    """The rules of a family: its files, and stand-ins that take up the same room."""
    for each in served:
        low, high = each.face.weights
        weight = f"{low} {high}" if low != high else low
        style = "font-style:italic;" if each.face.italic else ""
        source = f'font-family:"site-{name}";src:url({each.url})format("woff2")'
        yield f"@font-face{{{source};font-weight:{weight};{style}font-display:optional}}"
    face = next((each.face for each in served if not each.face.italic), served[0].face)
    has_italics = any(each.face.italic for each in served)
    for stand_in in STAND_INS[kind]:
        regular, bold, italic = stand_in.widths
        family = f"{name}-{stand_in.name}"
        yield _stand_in(family, stand_in.regular, face, face.width / regular)
        yield _stand_in(
            family, (stand_in.bold,), face, face.bold / bold, f"font-weight:{BOLD} 900;"
        )
        # nothing is slanted that has no italics, so another family's take their place
        if stand_in.italic:
            of = family if has_italics else f"site-{name}"
            yield _stand_in(of, stand_in.italic, face, face.width / italic, "font-style:italic;")


def _stand_in(family: str, fonts: Sequence[str], face: Face, scale: float, more: str = "") -> str:
    source = ",".join(f'local("{font}")' for font in fonts)
    # No line here has a gap of the font's.
    heights = (("ascent", face.ascent), ("descent", face.descent))
    measures = "".join(
        f"{name}-override:{round(value / scale * 100, 1):g}%;" for name, value in heights
    )
    size = f"size-adjust:{round(scale * 100, 1):g}%"
    return f'@font-face{{font-family:"{family}";src:{source};{more}{size};{measures}}}'
