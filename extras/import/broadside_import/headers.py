"""Reads headers and data files: YAML, TOML, JSON, plain `Key: value` lines and the settings in a
program; also dates and names in them.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from msgspec import Struct

from broadside_import.readable import json_in

BLOCK = re.compile(r"(-{3,}|\+{3,})[ \t]*\n(.*?\n)?\1[ \t]*(?:\n|$)", re.S)
OPEN = re.compile(r"-{3,}[ \t]*\n")
KEY = re.compile(r"""["']?([^\W\d][\w .@/-]{0,60}?)["']?[ \t]*:(?:[ \t]+|$)(.*)""")
PLAIN = re.compile(r"[ ]{0,3}([A-Za-z0-9_-]+):[ \t]*(.*)")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
MOST_NESTED = 500
"""The maximum depth of YAML; deeper nesting could overflow the stack of the reader, which is
written in C.
"""
MOST_WITHIN = 9
"""How many dictionaries within one another are looked through for their words."""
NUMERIC = re.compile(
    r"""(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})
        (?:(?:[T_,]|\s)\s*(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([AaPp][Mm]\b)?)?
        \s*(Z|UTC|GMT|[+-]\s?\d{1,2}(?::?\d\d)?|[A-Z]{2,4}|[A-Z][a-z]+/[A-Z]\w+)?""",
    re.X,
)
WRITTEN = (
    *(
        f"{day}{hour}"
        for day in ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y")
        for hour in ("", " %H:%M", " %H:%M:%S", " %I:%M %p")
    ),
    "%Y%m%d",
    "%Y-%m",
    "%a, %d %b %Y",
)
ABBREVIATED = {
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "BST": 1,
    "CET": 1,
    "CEST": 2,
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
}


QUARTER = timedelta(minutes=15)
ZONES = (
    "Europe/London Europe/Berlin Europe/Athens America/New_York America/Chicago America/Denver"
    " America/Los_Angeles America/Halifax America/St_Johns America/Sao_Paulo America/Santiago"
    " Australia/Sydney Australia/Adelaide Pacific/Auckland Asia/Jerusalem Asia/Tehran Asia/Kabul"
    " Asia/Kolkata Asia/Kathmandu Asia/Yangon Australia/Darwin"
).split()
"""Zones with summer time, or half an hour off; any other clock gets a zone with a fixed offset from
UTC.
"""


class TextHeader(Struct):
    """The header of a text, with keys in lower case."""

    values: dict[str, Any]
    body: str
    line: int = 1
    """The line where the body begins."""
    problem: str = ""
    """Why the header could not be read in the format that it seems to have; it was then read line
    by line.
    """


def split(text: str, *, plain: bool = False) -> TextHeader:
    """The header of a text and its body.

    A text without a header is all body, unless `plain`: Pelican's headers need no delimiters.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    blank = len(text) - len(text.lstrip("\n"))
    skipped, text = "\n" * blank, text[blank:]
    if text.startswith("{") and (header := _json(text, blank)):
        return header
    match = BLOCK.match(text)
    if match:
        line = (skipped + match[0]).count("\n") + 1
        if match[1][0] == "+":
            values, problem = _toml(match[2] or "")
        else:
            values, problem = mapping(match[2] or "")
        return TextHeader(lowered(values), text[match.end() :], line, problem)
    if plain:
        return _plain(text, blank)
    return TextHeader({}, text, blank + 1)


def _json(text: str, blank: int) -> TextHeader | None:
    try:
        values, end = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return TextHeader(lowered(values), text[end:].lstrip(" \t"), blank + text[:end].count("\n") + 1)


def _toml(text: str) -> tuple[dict[str, Any], str]:
    try:
        return tomllib.loads(text), ""
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        pairs = (
            line.partition("=")
            for line in text.splitlines()
            if "=" in line and not line.startswith(("#", "["))
        )
        return {
            key.strip(): _bare(value) for key, _, value in pairs
        }, f"this is not TOML ({problem})"


def _bare(value: str) -> Any:
    value = value.strip()
    try:
        return tomllib.loads(f"x = {value}")["x"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return value.strip("\"'")


def mapping(text: str) -> tuple[dict[str, Any], str]:
    """YAML as a dictionary of strings, lists and dictionaries; if it is invalid, read key by key,
    and the reason.
    """
    text = UNPRINTABLE.sub("", text)
    try:
        values = load_yaml(text)
        if isinstance(values, dict):
            return (values, "")
        return ({}, "" if values is None else "this has no keys")
    except ValueError as problem:
        return dict(_key_by_key(text)), f"this is not YAML ({problem})"


def load_yaml(text: str) -> Any:
    """YAML with every value as a string; raises ValueError if it is invalid."""
    nested = sum(text.count(sign) for sign in "[{?") + text.count("- - ")
    if nested > 20 * MOST_NESTED:
        raise ValueError("it is nested too deeply")
    loader = yaml.BaseLoader
    if nested < MOST_NESTED:
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return yaml.load(text, loader)  # noqa: S506
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        why = getattr(problem, "problem", "") or "a sign that it cannot have"
        raise ValueError(f"line {mark.line + 1}: {why}" if mark else str(why)) from None
    except (RecursionError, TypeError, AttributeError):
        raise ValueError("it is nested too deeply, or has a key that is not a word") from None


def _key_by_key(text: str) -> Iterable[tuple[str, Any]]:
    """Each key with the lines up to the next one: as YAML if these lines are valid alone, else as
    they are.
    """
    parts: list[tuple[str, list[str]]] = []
    for line in text.expandtabs(4).splitlines():
        if match := KEY.match(line):
            parts.append((match[1].strip(), [match[2]]))
        elif parts and not line.lstrip().startswith("#"):
            parts[-1][1].append(line)
    for key, lines in parts:
        try:
            values = load_yaml("\n".join(("x: " + lines[0], *lines[1:])))
            yield key, values["x"]
        except (ValueError, TypeError, KeyError):
            yield key, unquoted(" ".join(line.strip() for line in lines))


def unquoted(text: str) -> str:
    """A value without the quotes around it."""
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].replace('\\"', '"')
    return text


def _plain(text: str, blank: int) -> TextHeader:
    """Pelican's header: `Key: value` lines up to a blank one; an indented line continues the value
    before it.
    """
    values: dict[str, Any] = {}
    key = ""
    lines = text.split("\n")
    opened = bool(OPEN.match(text))
    number = int(opened)
    for number in range(int(opened), len(lines)):
        line = lines[number]
        if match := PLAIN.match(line):
            key = match[1].lower()
            values[key] = (
                f"{values[key]}\n{match[2]}".strip() if key in values else match[2].strip()
            )
        elif key and line.startswith("    ") and line.strip():
            values[key] = f"{values[key]}\n{line.strip()}".strip()
        else:
            break
    if not values:
        return TextHeader({}, text, blank + 1)
    number += lines[number].strip() in ("", "---", "...")
    return TextHeader(
        {key: unquoted(value) for key, value in values.items()},
        "\n".join(lines[number:]),
        blank + number + 1,
    )


def lowered(values: Any) -> dict[str, Any]:
    """A dictionary with keys in lower case; empty if the value is no dictionary."""
    if isinstance(values, dict):
        return {str(key).strip().lower(): value for key, value in values.items()}
    return {}


def text_of(values: dict[str, Any], *keys: str) -> str:
    """The first of these keys that has words, on one line."""
    for key in keys:
        value = values.get(key)
        if isinstance(value, list) and value and not isinstance(value[0], (list, dict)):
            value = value[0]
        if isinstance(value, (str, int, float, date)) and not isinstance(value, bool):
            words = " ".join(str(value).split())
            if words and words not in ("~", "null"):
                return words
    return ""


def flat(values: Any, above: str = "", depth: int = 0) -> dict[str, str]:
    """The words and numbers in a dictionary and in those within it, by their paths:
    `social.mail`.
    """
    found: dict[str, str] = {}
    for key, value in lowered(values).items():
        if isinstance(value, dict) and depth < MOST_WITHIN:
            found |= flat(value, f"{above}{key}.", depth + 1)
        elif not isinstance(value, list) and (words := text_of({key: value}, key)):
            found[f"{above}{key}"] = words
    return found


def names_of(value: Any, separator: str = ",") -> list[str]:
    """A list of names, even if they are on one line."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or value.get("display_name") or list(value)
    if isinstance(value, str):
        bare = value.strip()
        if separator:
            value = bare.strip("[]").split(separator)
        else:
            value = [bare]
    if not isinstance(value, (list, tuple)):
        if value is None or isinstance(value, (bool, dict)):
            return []
        return [str(value)]
    names: list[str] = []
    for entry in value:
        if isinstance(entry, dict):
            names += names_of(entry, "")
        elif not isinstance(entry, (list, bool)) and entry is not None:
            names.append(" ".join(entry.split()) if isinstance(entry, str) else str(entry))
    return [
        name for name in dict.fromkeys(map(unquoted, names)) if name and name not in ("~", "null")
    ]


def is_true(value: Any) -> bool:
    """Whether a value means yes."""
    return value is True or str(value).strip().lower() in ("true", "yes", "on", "1")


def is_false(value: Any) -> bool:
    """Whether a value means no."""
    return value is False or str(value).strip().lower() in ("false", "no", "off", "0")


def moment(value: Any) -> datetime | None:  # noqa: PLR0911 -- each way to write a date
    """A date and hour in any common form; without a zone if none is given, and None if it is no
    date.
    """
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001  (without a zone, as written)
    text = " ".join(str(value or "").split()).strip("\"'")
    if match := NUMERIC.match(text):
        return _numeric(match)
    if not 5 < len(text) < 50 or not re.search(r"\d", text):
        return None
    for form in WRITTEN:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None


def _numeric(match: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    if match[7] and hour <= 12:
        hour = hour % 12 + 12 * (match[7].lower() == "pm")
    try:
        return datetime(
            year, month, day, hour, minute, min(second, 59), tzinfo=_zone(match[8] or "")
        )
    except (ValueError, OverflowError):
        return None


def _zone(written: str) -> tzinfo | None:
    if not written:
        return None
    if written in ABBREVIATED:
        if ABBREVIATED[written]:
            return timezone(timedelta(hours=ABBREVIATED[written]))
        return UTC
    if written[0] in "+-":
        digits = written[1:].strip().replace(":", "")
        if len(digits) < 3:
            hours, minutes = (int(digits), 0)
        else:
            hours, minutes = (int(digits[:-2]), int(digits[-2:]))
        return timezone((1 if written[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
    return named_zone(written)


def named_zone(name: str) -> tzinfo | None:
    """The time zone with this name, if there is one."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return None


def zone_of(moments: Iterable[tuple[datetime, timedelta]]) -> str:
    """The name of a zone in which nearly all moments in UTC have their offset; "" if there is
    none.
    """
    found = [(moment, round(offset / QUARTER) * QUARTER) for moment, offset in moments]
    if not found:
        return ""
    hours, rest = divmod(
        Counter(offset for _, offset in found).most_common(1)[0][0], timedelta(hours=1)
    )
    fixed: list[str] = [] if rest else [f"Etc/GMT{-hours:+}" if hours else "UTC"]
    names: list[str] = [*(fixed if not hours else ()), *ZONES, *fixed]
    for name in names:
        try:
            agree = sum(
                moment.astimezone(ZoneInfo(name)).utcoffset() == offset for moment, offset in found
            )
        except (OverflowError, ValueError, ZoneInfoNotFoundError):
            # a year that no clock has; an offset of days
            return ""
        if agree >= 0.95 * len(found):
            return name
    return ""


def data_of(content: str, path: str) -> Any:
    """The contents of a data file, by its extension; None if it cannot be read."""
    try:
        if path.endswith(".json"):
            return json_in(content)
        if path.endswith(".toml"):
            return tomllib.loads(content)
        return load_yaml(UNPRINTABLE.sub("", content))
    except (ValueError, RecursionError):
        if path.endswith((".yml", ".yaml")):
            return mapping(content)[0]
        return None


def literals(content: str, known: dict[str, Any]) -> dict[str, Any]:
    """The settings in a program whose values are literals, or made of others by name and `+`;
    nothing is run.
    """
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[str, Any] = {}
    for statement in tree.body:
        targets = (
            statement.targets
            if isinstance(statement, ast.Assign)
            else [getattr(statement, "target", None)]
        )
        value = (
            getattr(statement, "value", None)
            if isinstance(statement, (ast.Assign, ast.AnnAssign))
            else None
        )
        for target in targets:
            if isinstance(target, ast.Name) and target.id.isupper() and value is not None:
                try:
                    found[target.id] = _literal(value, known | found)
                except (ValueError, TypeError, RecursionError, MemoryError):
                    continue
    return found


def _literal(node: ast.expr, known: dict[str, Any]) -> Any:
    if isinstance(node, ast.Name) and node.id in known:
        return known[node.id]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _literal(node.left, known), _literal(node.right, known)
        if (
            type(left) is type(right)
            and isinstance(left, (str, list, tuple))
            and len(left) + len(right) < 100_000
        ):
            return left + right
        raise ValueError
    return ast.literal_eval(node)
