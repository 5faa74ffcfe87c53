"""What an outlet writes in theme/look.toml: its keys, their values, and what is wrong with a file,
by line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field
from msgspec.structs import fields, replace

from broadside.faults import Fault, did_you_mean
from broadside.folders import ENGINE
from broadside.look.colours import contrast, least_contrast, mixed, passing
from broadside.look.faces import LETTERS
from broadside.typed import like, mismatch

FILE = "look.toml"
LOOKS = ENGINE / "theme" / "looks"
BASES = ("quiet", "modern")

READ, GLANCED = 7.0, 4.5
"""The least contrast of text, and of the accent, which only a few words have."""
LEAST = {"ink": READ, "soft": READ, "accent": GLANCED}
GROUNDS = ("paper", "wash")
WASH, RULE, SOFT = 0.05, 0.2, 0.2
"""How far a colour that is not given is from paper or, for soft words, from ink."""

TABLE = re.compile(r"\s*\[([\w.\s\"'-]+)\]")
KEY = re.compile(r"\s*([\w.\"'-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=")
EXPLAINED = "./inv docs your-look explains every key"

Colour = Annotated[str, like("^#([0-9a-fA-F]{3}){1,2}$", 'a colour, such as "#9e1512" or "#fff"')]
Name = Annotated[str, Meta(min_length=1)]
Files = Name | Annotated[list[Name], Meta(min_length=1)]
Letters = Annotated[str, like(f"^({'|'.join(LETTERS)})$", f"one of {', '.join(LETTERS)}")]


class Brand(Struct, frozen=True, forbid_unknown_fields=True):
    """The name plate: a picture from theme/ instead of the name, one for dark colours, and its
    position.
    """

    logo: str = ""
    logo_dark: str = ""
    alt: str = ""
    nameplate: Literal["left", "centred"] = "left"
    tagline: bool = True


class Scheme(Struct, frozen=True, forbid_unknown_fields=True):
    """Colours by their roles; tokens.css explains them."""

    paper: Colour = ""
    wash: Colour = ""
    ink: Colour = ""
    soft: Colour = ""
    rule: Colour = ""
    accent: Colour = ""


class Faces(Struct, frozen=True, forbid_unknown_fields=True):
    """Typefaces: "system", "broadside" (the engine's own), or WOFF2 files in theme/fonts/.

    Text and display may name serif or sans.
    """

    serif: Files = "system"
    sans: Files = "system"
    display: Files = "serif"
    text: Literal["serif", "sans"] = "serif"
    letters: list[Letters] = field(default_factory=list)


class Style(Struct, frozen=True, forbid_unknown_fields=True):
    """Choices with a few values each; all but the base's are files
    theme/static/css/look/KEY-VALUE.css.
    """

    opinion: Literal["italic", "light", "plain"] = "italic"
    corners: Literal["square", "round"] = "square"
    rules: Literal["heavy", "fine"] = "heavy"
    density: Literal["airy", "regular", "compact"] = "regular"


class Look(Struct, frozen=True, forbid_unknown_fields=True):
    """The look of an outlet: what its file says, on top of the base that it names."""

    base: Literal["quiet", "modern"] = "quiet"
    brand: Brand = Brand()
    light: Scheme = Scheme()
    dark: Scheme = Scheme()
    faces: Faces = Faces()
    style: Style = Style()


TABLES: dict[str, type[Struct]] = {
    "brand": Brand,
    "light": Scheme,
    "dark": Scheme,
    "faces": Faces,
    "style": Style,
}


class LookFile(Struct, frozen=True):
    """The file of a look, and the line of each of its keys, such as "light.accent"."""

    path: Path
    lines: Mapping[str, int]

    def fault(self, key: str, message: str, hint: str = "", code: str = "look") -> Fault:
        """A fault at a key, or at the table that it would be in."""
        line = self.lines.get(key) or self.lines.get(key.partition(".")[0], 1)
        return Fault(str(self.path), line, 0, "error", code, message, hint)


def read(path: Path) -> tuple[Look, LookFile, list[Fault]]:
    """The look in a file, which may be missing; wherever it has faults, the look is that of its
    base.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        text = ""
    except UnicodeDecodeError:
        return (
            look_of({}),
            LookFile(path, {}),
            [LookFile(path, {}).fault("", "is not UTF-8", "save it as UTF-8")],
        )
    source = LookFile(path, dict(_lines(text)))
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        message = f"is not TOML: {problem}"
        hint = "each line is a [table] or a key with = and a value; texts are in quotes"
        return (
            look_of({}),
            source,
            [Fault(str(path), _unreadable_line(text), 0, "error", "look", message, hint)],
        )
    except RecursionError:
        return (
            look_of({}),
            source,
            [source.fault("", "has brackets nested too deeply", "delete them")],
        )
    faults = list(_slips(written, source))
    if faults:
        return look_of({}), source, faults
    look = look_of(written)
    return look, source, [*_faint(look, source)]


def _unreadable_line(text: str) -> int:
    """The line below the longest beginning of a text that is valid TOML."""
    lines = text.splitlines()
    for number in range(len(lines) - 1, 0, -1):
        try:
            tomllib.loads("\n".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue
        return number + 1
    return 1


def look_of(written: Mapping[str, Any]) -> Look:
    """The look in a valid file's tables: what they do not say is the base's, or follows from what
    they say.
    """
    base = tomllib.loads((LOOKS / f"{written.get('base', 'quiet')}.toml").read_text("utf-8"))
    tables = {key: {**base.get(key, {}), **written.get(key, {})} for key in base}
    look = msgspec.convert({**tables, "base": written.get("base", "quiet")}, Look)
    light = _completed(look.light, written.get("light", {}))
    dark = _completed(look.dark, written.get("dark", {}))
    if "accent" in written.get("light", {}) and "accent" not in written.get("dark", {}):
        accent = passing(light.accent, (dark.paper, dark.wash), READ)
        dark = replace(dark, accent=accent or dark.accent)
    return replace(look, light=light, dark=dark)


def _completed(scheme: Scheme, written: Mapping[str, str]) -> Scheme:
    """A scheme in which colours that depend on paper and ink follow them unless they were given."""
    made: dict[str, str] = {}
    if "paper" in written:
        end = max("#000000", "#ffffff", key=lambda end: contrast(end, scheme.paper))
        made = {"wash": mixed(scheme.paper, end, WASH), "rule": mixed(scheme.paper, end, RULE)}
    scheme = replace(
        scheme, **{name: colour for name, colour in made.items() if name not in written}
    )
    if {"paper", "ink"} & written.keys() and "soft" not in written:
        soft = passing(mixed(scheme.ink, scheme.paper, SOFT), _grounds(scheme), READ)
        scheme = replace(scheme, soft=soft or scheme.ink)
    return scheme


def _grounds(scheme: Scheme) -> tuple[str, str]:
    return scheme.paper, scheme.wash


def _slips(written: Mapping[str, Any], source: LookFile) -> Iterator[Fault]:
    """The faults of all keys."""
    for name, value in written.items():
        if name in TABLES and isinstance(value, dict):
            for key, each in value.items():
                yield from _slip(f"{name}.{key}", each, TABLES[name], source)
        else:
            yield from _slip(name, value, Look, source)


def _slip(name: str, value: object, table: type[Struct], source: LookFile) -> Iterator[Fault]:
    """The fault of one key of a table, if it has one."""
    kinds = {each.name: each.type for each in fields(table)}
    key = name.rpartition(".")[2]
    if key not in kinds:
        yield source.fault(
            name, f"{name} is not a known key", did_you_mean(key, kinds) or EXPLAINED
        )
    elif problem := mismatch(value, kinds[key]):
        yield source.fault(name, f"{name} {problem}", EXPLAINED)


def _faint(look: Look, source: LookFile) -> Iterator[Fault]:
    """A fault for each colour of text with too little contrast on a background, with the nearest
    one that has enough.
    """
    for name, scheme in (("light", look.light), ("dark", look.dark)):
        grounds = _grounds(scheme)
        for role, least in LEAST.items():
            colour = getattr(scheme, role)
            found = least_contrast(colour, grounds)
            if found >= least:
                continue
            worst = min(GROUNDS, key=lambda ground: contrast(colour, getattr(scheme, ground)))
            key = next(
                (
                    f"{name}.{each}"
                    for each in (role, worst, *GROUNDS, "ink")
                    if f"{name}.{each}" in source.lines
                ),
                name,
            )
            better = passing(colour, grounds, least)
            hint = "make paper and wash more alike"
            if better:
                hint = f'the nearest that has is {role} = "{better}"'
            message = (
                f"{name}.{role} is {colour}, and its contrast with {worst}"
                f" ({getattr(scheme, worst)}) is {int(found * 100) / 100:g} to 1; it needs"
                f" {least:g}"
            )
            yield source.fault(key, message, hint, "contrast")


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Each table and each key with its line; of a repeated one, the first."""
    table = ""
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if found := TABLE.match(line):
            name = table = _plain(found[1])
        elif found := KEY.match(line):
            if table:
                name = f"{table}.{_plain(found[1])}"
            else:
                name = _plain(found[1])
        else:
            continue
        for each in (name, name.partition(".")[0]):
            if each not in seen:
                seen.add(each)
                yield each, number


def _plain(name: str) -> str:
    return re.sub(r"[\s\"']", "", name)
