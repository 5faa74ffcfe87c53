"""What an outlet writes in theme/look.toml: its keys, what each may be, and what is wrong with a file, by line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field
from msgspec.structs import replace

from broadside.faults import Fault, near, quoted
from broadside.folders import ENGINE
from broadside.look.colours import contrast, least_contrast, mixed, passing
from broadside.look.faces import LETTERS

FILE = "look.toml"
LOOKS = ENGINE / "theme" / "looks"
BASES = ("quiet", "modern")

READ, GLANCED = 7.0, 4.5
"""The least contrast of what is read, and of the accent, in which only a few words are set."""
LEAST = {"ink": READ, "soft": READ, "accent": GLANCED}
GROUNDS = ("paper", "wash")
WASH, RULE, SOFT = 0.05, 0.2, 0.2
"""How far a colour that is not written is from paper or, for soft words, from ink."""

TABLE = re.compile(r"\s*\[([\w.\s\"'-]+)\]")
KEY = re.compile(r"\s*([\w.\"'-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=")
AT = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
UNKNOWN = re.compile(r"unknown field `(.*)`")

Colour = Annotated[str, Meta(pattern=r"^#([0-9a-fA-F]{3}){1,2}\Z")]
Name = Annotated[str, Meta(min_length=1)]
Files = Name | Annotated[list[Name], Meta(min_length=1)]


class Brand(Struct, frozen=True, forbid_unknown_fields=True):
    """The name plate: a picture from theme/ in its place, also one for dark colours, and how it stands."""

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
    """Typefaces: "system", "broadside" (the engine's own), or WOFF2 files in theme/fonts/. Text and display may name serif or sans."""

    serif: Files = "system"
    sans: Files = "system"
    display: Files = "serif"
    text: Literal["serif", "sans"] = "serif"
    letters: list[str] = field(default_factory=list)


class Style(Struct, frozen=True, forbid_unknown_fields=True):
    """Choices with a few values each; every one but the base's is a file theme/static/css/look/KEY-VALUE.css."""

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


TABLES: dict[str, type[Struct]] = {"brand": Brand, "light": Scheme, "dark": Scheme, "faces": Faces, "style": Style}


class LookFile(Struct, frozen=True):
    """The file of a look, and the line of each of its keys, such as "light.accent"."""

    path: Path
    lines: Mapping[str, int]

    def fault(self, key: str, message: str, hint: str = "", code: str = "look") -> Fault:
        """A fault at a key, or at the table that it would be in."""
        line = self.lines.get(key) or self.lines.get(key.partition(".")[0], 1)
        return Fault(str(self.path), line, 0, "error", code, message, hint)


def read(path: Path) -> tuple[Look, LookFile, list[Fault]]:
    """The look in a file, which may be missing; if it has faults, the look is that of its base as far as they go."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        text = ""
    except UnicodeDecodeError:
        return look_of({}), LookFile(path, {}), [LookFile(path, {}).fault("", "is not UTF-8", "save it as UTF-8")]
    source = LookFile(path, dict(_lines(text)))
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        at = AT.search(str(problem))
        line = int(at[1]) if at and at[1] else text.count("\n") + 1
        words = AT.sub("", str(problem))
        hint = "each line is a [table] or a key with = and a value; texts are in quotes"
        return look_of({}), source, [Fault(str(path), line, 0, "error", "look", f"is not TOML: {words}", hint)]
    except RecursionError:
        return look_of({}), source, [source.fault("", "has brackets in brackets, too deep to be read", "delete them")]
    faults = list(_slips(written, source))
    if faults:
        return look_of({}), source, faults
    look = look_of(written)
    return look, source, [*_faint(look, source)]


def look_of(written: Mapping[str, Any]) -> Look:
    """The look that a valid file's tables mean: what it does not say is its base's, or follows from what it says."""
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
    """A scheme in which what depends on paper and ink follows them if it was not written itself."""
    made: dict[str, str] = {}
    if "paper" in written:
        end = max("#000000", "#ffffff", key=lambda end: contrast(end, scheme.paper))
        made = {"wash": mixed(scheme.paper, end, WASH), "rule": mixed(scheme.paper, end, RULE)}
    scheme = replace(scheme, **{name: colour for name, colour in made.items() if name not in written})
    if {"paper", "ink"} & written.keys() and "soft" not in written:
        soft = passing(mixed(scheme.ink, scheme.paper, SOFT), _grounds(scheme), READ)
        scheme = replace(scheme, soft=soft or scheme.ink)
    return scheme


def _grounds(scheme: Scheme) -> tuple[str, str]:
    return scheme.paper, scheme.wash


def _slips(written: Mapping[str, Any], source: LookFile) -> Iterator[Fault]:
    """The faults of all keys, each of which is looked at by itself."""
    for table, value in written.items():
        is_table = isinstance(value, dict) and table in Look.__struct_fields__
        keys = value.items() if is_table else [("", value)]
        for key, each in keys:
            name = f"{table}.{key}" if key else table
            try:
                msgspec.convert({table: {key: each}} if key else {table: each}, Look)
            except msgspec.ValidationError as problem:
                yield source.fault(name, *_in_words(name, each, str(problem)))
    letters = written.get("faces", {}) if isinstance(written.get("faces"), dict) else {}
    for each in letters.get("letters", []) if isinstance(letters.get("letters"), list) else []:
        if isinstance(each, str) and each not in LETTERS:
            hint = near(each, list(LETTERS)) or f"these are: {', '.join(LETTERS)}"
            yield source.fault("faces.letters", f"faces.letters names {quoted(each)}, which are no letters", hint)


def _in_words(name: str, value: object, problem: str) -> tuple[str, str]:
    """What is wrong with a key's value, and what to do."""
    table, _, key = name.partition(".")
    if UNKNOWN.search(problem):
        known = Look.__struct_fields__ if "`$." not in problem else _fields(table)
        wrong, among = (table, "look.toml") if "`$." not in problem else (key, f"[{table}]")
        return f"{among} has no key {quoted(wrong)}", near(wrong, known) or f"it has: {', '.join(known)}"
    if "matching regex" in problem:
        return f"{name} is {quoted(str(value))}, which is no colour", 'write it as "#9e1512" or "#fff"'
    said = problem.partition(" - at ")[0]
    choices = [each for each in _choices(name) if isinstance(each, str)]
    if choices:
        return f"{name} cannot be {quoted(str(value))}", near(str(value), choices) or f"it may be {', '.join(choices)}"
    return (
        f"{name} cannot be {quoted(str(value))}: {said[:1].lower()}{said[1:]}",
        "./inv docs your-look explains every key",
    )


def _fields(table: str) -> tuple[str, ...]:
    kind = TABLES.get(table)
    return kind.__struct_fields__ if kind else ()


def _choices(name: str) -> tuple[object, ...]:
    """The values of a key that has only a few."""
    table, _, key = name.partition(".")
    kind, key = (TABLES[table], key) if table in TABLES else (Look, table)
    for each in msgspec.structs.fields(kind):
        if each.name == key:
            return getattr(each.type, "__args__", ()) if "Literal" in str(each.type) else ()
    return ()


def _faint(look: Look, source: LookFile) -> Iterator[Fault]:
    """A fault for each colour of text that has too little contrast with a ground, with the nearest one that has enough."""
    for name, scheme in (("light", look.light), ("dark", look.dark)):
        grounds = _grounds(scheme)
        for role, least in LEAST.items():
            colour = getattr(scheme, role)
            found = least_contrast(colour, grounds)
            if found >= least:
                continue
            worst = min(GROUNDS, key=lambda ground: contrast(colour, getattr(scheme, ground)))
            key = next(
                (f"{name}.{each}" for each in (role, worst, *GROUNDS, "ink") if f"{name}.{each}" in source.lines), name
            )
            better = passing(colour, grounds, least)
            hint = f'the nearest that has is {role} = "{better}"' if better else "make paper and wash more alike"
            message = (
                f"{name}.{role} is {colour}, and its contrast with {worst} ({getattr(scheme, worst)}) is "
                f"{int(found * 100) / 100:g} to 1; it needs {least:g}"
            )
            yield source.fault(key, message, hint, "contrast")


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Each table and each key with its line; of one that is there twice, the first."""
    table = ""
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if found := TABLE.match(line):
            name = table = _plain(found[1])
        elif found := KEY.match(line):
            name = f"{table}.{_plain(found[1])}" if table else _plain(found[1])
        else:
            continue
        for each in (name, name.partition(".")[0]):
            if each not in seen:
                seen.add(each)
                yield each, number


def _plain(name: str) -> str:
    return re.sub(r"[\s\"']", "", name)
