"""Checks front matter against its schema; gives plain data, and every fault with its line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import tzinfo
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct
from pydantic_core import ErrorDetails

from broadside.plugins.faults import Fault, quoted
from broadside.plugins.front_matter import hints, schema
from broadside.plugins.front_matter.header import Header
from broadside.plugins.front_matter.sift import sift
from broadside.plugins.front_matter.yaml_nodes import Marks, Place
from broadside.plugins.vocabulary import ALIASES, PLURALS, STORY_KEYS

SINGLE = {plural: single for single, plural in PLURALS.items()}
MOST_TOLD = 200
"""How many faults of a file's front matter are reported, because each unknown key is compared with every known one."""
TYPE_FAULTS = {
    "model_type": ("not-keys", "must be a set of keys and values"),
    "list_type": ("not-a-list", "must be a list"),
}
"""Kind of error that pydantic finds itself -> the fault's code and message."""


class Rules(Struct, frozen=True):
    """The site's settings for front matter.

    `zone` is the zone of a date that names none. A story without a type gets `default_type`; one without a dek gets its
    first sentence if `dek_from_text` is true.
    """

    zone: tzinfo
    default_type: str = ""
    dek_from_text: bool = False

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Rules:
        """The rules from Pelican's settings."""
        zone = ZoneInfo(settings["TIMEZONE"])
        return cls(zone, settings.get("DEFAULT_STORY_TYPE", ""), settings.get("DEK_FROM_TEXT", False))

    @property
    def required(self) -> set[str]:
        """Keys that a published story must have under these rules."""
        loose = ({"type"} if self.default_type else set()) | ({"dek"} if self.dek_from_text else set())
        return set(schema.REQUIRED) - loose


def checked(
    model: type[schema.Strict], head: Header, path: str, rules: Rules
) -> tuple[dict[str, Any] | None, list[Fault], Marks]:
    """The header's data in the model's clean form, all its faults, and the places of the data.

    Values with faults are left out; of a list, only the entries with faults. So the rest can be checked further, and all
    faults come in one run. The data is None if the model cannot be made. Data with faults is never published.
    """
    known = set(model.model_fields)
    data, marks, faults = _canonical_keys(head.data, head.marks, known, path)
    unread = {_one_name(key, known) for key in head.unread}
    if model is schema.Story:
        faults += _missing(data, marks, unread, path, rules)
    sifted = sift(model, data, rules.zone, PurePosixPath(path).stem)
    told = [error for error in sifted.errors if error["type"] != "missing" or error["loc"][0] not in unread]
    faults += [_fault(error, marks, path, model) for error in told[:MOST_TOLD]]
    if sifted.value is None:
        return None, faults, marks
    left = sifted.marks(marks)
    amiss = sifted.value.amiss({*data, *unread})
    faults += [Fault(path, *_mark(place, left), "error", *what) for place, *what in amiss]
    return schema.dump(sifted.value), faults, left


def _canonical_keys(
    data: Mapping[str, Any], marks: Marks, known: set[str], path: str
) -> tuple[dict[str, Any], Marks, list[Fault]]:
    """The data with each key under its canonical name and without empty values, and a fault for a key given under two names."""
    out: dict[str, Any] = {}
    places = dict(marks)
    below: dict[Any, list[Place]] = {}
    for place in marks:
        below.setdefault(place[0] if place else "", []).append(place)
    faults = []
    written: dict[str, str] = {}
    for key, value in data.items():
        name = _one_name(key, known)
        if name in written:
            message = f"{quoted(key)} and {quoted(written[name])} say the same thing"
            faults.append(Fault(path, *marks.get((key,), (1, 1)), "error", "duplicate-key", message, "keep one"))
            continue
        written[name] = key
        is_one = ALIASES.get(key, key) in PLURALS and isinstance(value, str) and value.strip()
        out[name] = [value] if is_one else value
        for place in below.get(key, ()):
            places[name, *place[1:]] = marks[place]
    return {key: value for key, value in out.items() if value != "" or key not in known}, places, faults


def _one_name(key: str, known: Collection[str]) -> str:
    """The canonical name of a key that has several."""
    name = ALIASES.get(key, key)
    name = PLURALS.get(name, name)
    return name if name in known else key


def _missing(data: Mapping[str, Any], marks: Marks, unread: Collection[str], path: str, rules: Rules) -> list[Fault]:
    """A fault for each key that a published story must have and that is missing or empty."""
    if "status" in unread or str(data.get("status", "")).strip().lower() == "draft":
        return []
    faults = []
    for key in schema.REQUIRED:
        if key not in rules.required or key in unread or key in data:
            continue
        name, what = quoted(SINGLE.get(key, key)), STORY_KEYS[key]
        if at := marks.get((key,)):
            faults.append(
                Fault(path, *at, "error", "empty", f"{name} has no value", f"write it after the colon: {what}")
            )
        else:
            faults.append(Fault(path, 1, 0, "error", "missing-key", f"{name} is missing", f"add it: {what}"))
    return faults


def _fault(error: ErrorDetails, marks: Marks, path: str, model: type[schema.Strict]) -> Fault:
    place = tuple(part for part in error["loc"] if part != "items" or ("items",) in marks)
    line, column = _mark(place, marks)
    is_alone = len(place) == 2 and isinstance(place[1], int) and place not in marks  # what was not written as a list
    key = _phrase(place[:1] if is_alone else place)
    is_missing = error["type"] == "missing"  # so the place is that of the mapping that lacks it
    return Fault(path, line, 0 if is_missing else column, "error", *_told(error, place, key, model))


def _told(error: ErrorDetails, place: Place, key: str, model: type[schema.Strict]) -> tuple[str, str, str]:
    """The code, message and hint of an error; `key` is the place in words."""
    kind, context = error["type"], error.get("ctx") or {}
    if kind == "missing":
        name = str(place[-1])
        what = STORY_KEYS.get(name, "") if len(place) == 1 and model is not schema.Author else ""
        if len(place) > 1 and name in hints.EXAMPLES:
            what = f"`{name}: {hints.EXAMPLES[name]}`"
        return "missing-key", f"{key} is missing", f"add it: {what}" if what else "add it"
    if kind == "extra_forbidden":
        message = f"{quoted(place[-1])} is not a known key"
        return "unknown-key", message, hints.for_key(place, model, error["input"])
    if "message" in context:  # from a validator of ours
        message = context["message"]
        return kind, f"{key} {message}" if place and not message.startswith('"') else message, context["hint"]
    code, message = TYPE_FAULTS.get(kind, ("invalid", error["msg"]))
    hint = hints.for_list(place, model, error["input"]) if place else "the documentation shows how it is written"
    return code, f"{key} {message}".strip(), hint


def _mark(place: Place, marks: Marks) -> tuple[int, int]:
    """The line and column of a place or, if it was not written, of the nearest place around it."""
    while place and place not in marks:
        place = place[:-1]
    return marks.get(place, (1, 0))


def _phrase(place: Place) -> str:
    words = [
        str(part + 1) if isinstance(part, int) else SINGLE.get(part, part) if len(place) == 1 else part
        for part in place
    ]
    words = ["entry" if word in ("items", "slots") else word for word in words]
    return quoted(" ".join(words)) if words else ""
