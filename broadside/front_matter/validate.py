"""Checks a header or a list against its keys; returns the good data, and every fault with its line
and a hint.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from msgspec import UNSET, Struct
from msgspec.structs import replace

from broadside.dates import as_typed
from broadside.faults import SLIP, Fault, did_you_mean, quoted
from broadside.front_matter.data import (
    NEEDS,
    SINGLE,
    BlockData,
    FrontPage,
    Sections,
    StoryData,
    Written,
    keys_in,
    made,
)
from broadside.front_matter.fields import DAY, several
from broadside.front_matter.source import Header
from broadside.front_matter.vocabulary import BLOCKS
from broadside.settings import Settings
from broadside.validation import Declared, InContext, KeyPath, Marks, Refused, keys_of, refuse

Kind = TypeVar("Kind", bound=Struct)

MOST_FAULTS = 200
"""How many faults of a file's front matter are reported; each unknown key is compared with all
known ones, which is slow.
"""
LONGEST_LIST = 200

SITES_OWN = frozenset(
    "date_format id layout permalink save_as settings template theme url weight".split()
)
"""Keys of other systems for what the site decides here, not a single source."""
ADDRESSES = frozenset({"permalink", "save_as", "url"})
"""Those that set a source's address."""
ROLES = {
    **dict.fromkeys(("translator", "translators", "translated_by"), "translated by"),
    **dict.fromkeys(("editor", "editors", "edited_by"), "edited by"),
}
"""Keys of other systems for people -> the role of an author."""


ENTRIES = {"items": "entry", "slots": "entry", "blocks": "block"}
"""Key of a list -> the word for one of its entries."""


class Rules(Struct, frozen=True):
    """The site's settings for front matter.

    `zone` is the zone of a date that names none. A story without a type gets `default_type`; one
    without a dek gets its first sentence if `dek_from_text` is true. Records keep texts as they
    were written if `keeps_texts` is.
    """

    zone: tzinfo
    default_type: str = ""
    dek_from_text: bool = False
    keeps_texts: bool = False

    @classmethod
    def from_settings(cls, settings: Settings) -> Rules:
        """The rules from Pelican's settings."""
        zone = ZoneInfo(settings.TIMEZONE)
        return cls(
            zone,
            settings.DEFAULT_STORY_TYPE,
            settings.DEK_FROM_TEXT,
            any(settings.AI_USE.values()),
        )

    def needs(self, name: str, declared: Declared, imported: bool) -> bool:
        """Whether a published source needs a key under these rules."""
        loose = (name == "type" and (self.default_type or imported)) or (
            name == "dek" and (self.dek_from_text or imported)
        )
        return declared.key.when_published and not loose


def checked(
    kind: type[Kind], head: Header, path: str, rules: Rules
) -> tuple[Kind, list[Fault], Marks]:
    """The header's data, all its faults, and the places of the data.

    Values with faults are left out; of a list, an entry with a fault and those after it. So the
    rest can be checked too. Data with faults is never published.
    """
    keys = keys_in(kind)
    names = {other: name for name, declared in keys.items() for other in declared.key.names}
    checking = _Checking(kind, path, rules.zone, head.marks)
    data = checking.canonical(head.data, keys, names)
    faults = []
    if kind is StoryData:
        faults = list(checking.of_published(data, keys, rules))
    values = checking.values(keys, data)
    for name in ("title", "name"):  # for faults that only show beside others
        if name in keys:
            values.setdefault(name, PurePosixPath(path).stem)
    result = made(kind, values)
    if isinstance(result, Written):
        result.updated = _on_its_day(
            result.updated, str(data.get("updated", "")).strip(), result.date
        )
    faults += checking.faults()
    for place, code, message, hint in (
        *_lacking(keys, data.keys()),
        *_between_keys(result),
    ):
        faults.append(Fault(path, *_mark(place, checking.marks), "error", code, message, hint))
    return result, faults, checking.marks


def _on_its_day(updated: str, written: str, date: str) -> str:
    """When a source was last updated; if that is the day of publication without a time, it is not
    before the hour of publication.
    """
    if updated and DAY.fullmatch(written) and date.startswith(written):
        return max(date, updated, key=datetime.fromisoformat)
    return updated


class _Checking:
    """The check of one header or list; `problems` has all that is wrong with it, each with its
    place.
    """

    def __init__(self, kind: type[Struct], path: str, zone: tzinfo, marks: Marks) -> None:
        self.kind, self.path, self.zone, self.marks = kind, path, zone, marks
        self.problems: list[tuple[KeyPath, Refused]] = []

    def canonical(
        self, data: Mapping[str, Any], keys: Collection[str], names: Mapping[str, str]
    ) -> dict[str, Any]:
        """The data with each key under its own name, without empty values."""
        out: dict[str, Any] = {}
        written: dict[str, str] = {}
        moved: Marks = {}
        for key, value in data.items():
            name = names.get(key, key)
            if name in written:
                message = f"{quoted(key)} and {quoted(written[name])} mean the same thing"
                hint = "keep one"
                if name in SINGLE:
                    hint = f"write everything in {name}, and delete the other line"
                self.problem((key,), Refused("twice", message, hint))
                continue
            written[name] = key
            is_one = name in SINGLE and key != name and isinstance(value, str) and value.strip()
            out[name] = [value] if is_one else value
            if key != name:
                moved |= {
                    (name, *place[1:]): mark
                    for place, mark in self.marks.items()
                    if place[:1] == (key,)
                }
        self.marks = moved | self.marks  # if a key is there under both names, its own line counts
        return {key: value for key, value in out.items() if value != "" or key not in keys}

    def of_published(
        self, data: Mapping[str, Any], keys: Mapping[str, Declared], rules: Rules
    ) -> Iterator[Fault]:
        """The fault of each key that a published source needs and that is missing or empty."""
        if str(data.get("status", "")).strip().lower() == "draft":
            return
        imported = bool(data.get("imported"))  # content.imported checks whether that is true
        for name, declared in keys.items():
            if name in data or not rules.needs(name, declared, imported):
                continue
            shown, means = _phrase((name,)), declared.key.in_short
            if mark := self.marks.get((name,)):
                hint = f"write it after the colon: {means}"
                yield Fault(self.path, *mark, "error", "empty", f"{shown} has no value", hint)
            else:
                yield Fault(
                    self.path,
                    1,
                    0,
                    "error",
                    "missing-key",
                    f"{shown} is missing",
                    f"add it: {means}",
                )

    def values(
        self, keys: Mapping[str, Declared], written: Mapping[str, Any], place: KeyPath = ()
    ) -> dict[str, Any]:
        """The good values of some keys."""
        values: dict[str, Any] = {}
        for name, declared in keys.items():
            if name in written:
                value = self.value(declared, written[name], (*place, name))
                if value is not UNSET:
                    values[name] = value
            elif declared.required:
                means = declared.key.in_short
                if declared.key.example:
                    means = f"`{name}: {declared.key.example}`"
                self.problem(
                    (*place, name), Refused("missing-key", "is missing", f"add it: {means}")
                )
        for name in written:
            if name not in keys:
                self.unknown(str(name), keys, written[name], place)
        return values

    def value(self, declared: Declared, written: Any, place: KeyPath) -> Any:
        """The clean form of what was written; UNSET if it is refused."""
        try:
            if declared.several:
                return self.entries(declared, written, place)
            if declared.entry:
                return self.with_keys(declared.entry, written, place)
            check = declared.key.check
            if isinstance(check, InContext):
                return check(written, self.zone)
            return check(written)
        except Refused as refused:
            self.problem(place, refused)
        except ValueError as problem:
            self.problem(place, Refused("value", str(problem)))
        return UNSET

    def unknown(
        self, name: str, keys: Mapping[str, Declared], written: Any, place: KeyPath
    ) -> None:
        """Report an unknown key; a plugin of the outlet may add keys to stories."""
        if len(self.problems) < MOST_FAULTS:
            is_open = self.kind is StoryData and not place
            way_out = ""
            if is_open:
                way_out = "delete the line, or ask the person who runs the site to add the key"
            hint = _intended_key(name, keys, written, is_top=not place) or way_out
            message = f"{quoted(name)} is not a key" + (f" of {_phrase(place)}" if place else "")
            self.problem((*place, name), Refused("unknown-key", message, hint))

    def problem(self, place: KeyPath, refused: Refused) -> None:
        """Report a problem at a place, until MOST_FAULTS are reported."""
        if len(self.problems) < MOST_FAULTS:
            self.problems.append((place, refused))

    def entries(self, kind: Declared, written: Any, place: KeyPath) -> list[Any]:
        """The entries of a list up to the first bad one: what goes for those below shows when it is
        mended.
        """
        if kind.entry and not isinstance(written, list):
            refuse("not-a-list", "must be a list", _first_entry(kind.entry, written))
        entries = several(written)
        if len(entries) > LONGEST_LIST and not kind.key.endless:
            refuse(
                "too-long",
                f"has {len(entries):,} entries; {LONGEST_LIST} at most",
                "keep the most important ones",
            )
        if not entries and kind.key.when_published:
            refuse("empty", "is empty", "write something there, or delete it")
        one = replace(kind, several=False)
        values = [self.value(one, entry, (*place, number)) for number, entry in enumerate(entries)]
        good = list(takewhile(lambda entry: entry is not UNSET, values))
        if kind.entry:
            names = []
        else:
            names = [str(entry[0] if isinstance(entry, tuple) else entry) for entry in good]
        seen: set[str] = set()
        for name in names:
            if name.casefold() in seen:
                refuse("twice", f"names {quoted(name)} twice", "keep one")
            seen.add(name.casefold())
        return good

    def with_keys(self, kind: Any, written: Any, place: KeyPath) -> Any:
        """An entry that has keys of its own; UNSET if it lacks a required one."""
        if isinstance(written, str) and hasattr(kind, "in_short"):
            written = kind.in_short(written)
        if not isinstance(written, dict):
            refuse(
                "not-a-list",
                "must be a set of keys and values",
                _first_entry(kind, written, isinstance(place[-1], int)),
            )
        keys = keys_in(kind)
        values = self.values(keys, written, place)
        is_whole = all(name in values for name, declared in keys.items() if declared.required)
        if is_whole:
            return made(kind, values)
        return UNSET

    def faults(self) -> Iterator[Fault]:
        for place, refused in self.problems:
            is_listed = isinstance(place[-1], int) and place in self.marks
            if is_listed or isinstance(place[-1], str):
                at = place
            else:
                at = place[:-1]
            if refused.message.startswith('"'):
                message = refused.message
            else:
                message = f"{_phrase(at)} {refused.message}"
            line, column = _mark(at, self.marks)
            is_there = refused.code != "missing-key"
            yield Fault(
                self.path,
                line,
                column if is_there else 0,
                "error",
                refused.code,
                message,
                refused.hint,
            )


def _lacking(
    keys: Mapping[str, Declared], written: Collection[str]
) -> Iterator[tuple[KeyPath, str, str, str]]:
    """A problem for each key that others need beside them, at the first of these."""
    needed: dict[str, str] = {}
    for name, others in NEEDS.items():
        for other in others:
            if name in written and other in keys and other not in written:
                needed.setdefault(other, name)
    for other, name in needed.items():
        code = "needs-key"
        if other in ("alt", "credit"):
            code = f"photo-{other}"
        message = f"there is {quoted(name)}, but no {quoted(other)}"
        yield (name,), code, message, f"add it: {keys[other].key.in_short}"


def _between_keys(data: Struct) -> Iterator[tuple[KeyPath, str, str, str]]:
    """Place, code, message and hint of problems that show only when keys are compared."""
    if isinstance(data, Written) and _is_out_of_order(data.date, data.updated):
        message = f'"updated" ({as_typed(data.updated)}) is before "date" ({as_typed(data.date)})'
        yield (
            ("updated",),
            "date-order",
            message,
            "correct the one that is wrong, or delete updated",
        )
    yield from _of_list(data)


def _is_timed(data: Struct) -> bool:
    """Whether this is a list whose entries last for a time."""
    items = keys_of(type(data)).get("items")
    return items is not None and {"since", "until"} <= keys_of(items.entry).keys()


def _of_list(data: Struct) -> Iterator[tuple[KeyPath, str, str, str]]:
    """Problems that show only when entries of an editors' list are compared."""
    if isinstance(data, Sections):
        short = [
            (number, section.name) for number, section in enumerate(data.items) if section.rail
        ]
        for number, name in short[1:]:
            message = f"{quoted(name)} is a second short-form section, beside {quoted(short[0][1])}"
            yield (
                ("items", number, "rail"),
                "twice",
                message,
                'delete the line "rail: briefs" of one of them',
            )
    if _is_timed(data):
        yield from _of_times(data)
    if isinstance(data, FrontPage):
        filled: set[tuple[str, str, str]] = set()
        for number, slot in enumerate(data.slots):
            entry = slot.slot.casefold(), slot.story, slot.until
            if entry in filled:
                message = f"the slot {quoted(slot.slot)} is filled twice with one story"
                yield ("slots", number, "slot"), "twice", message, "keep one"
            filled.add(entry)
        yield from _of_blocks(data.blocks)


def _of_times(data: Any) -> Iterator[tuple[KeyPath, str, str, str]]:
    """Entries that end before they begin."""
    for number, entry in enumerate(data.items):
        if _is_out_of_order(entry.since, entry.until):
            message = (
                f'"until" ({as_typed(entry.until)}) is before "since" ({as_typed(entry.since)})'
            )
            hint = "correct the one that is wrong; a day without an hour is its first minute"
            yield ("items", number, "until"), "date-order", message, hint


def _of_blocks(blocks: Sequence[BlockData]) -> Iterator[tuple[KeyPath, str, str, str]]:
    """Options that a block does not have, and blocks that may be there only once."""
    seen: set[tuple[str, str]] = set()
    for number, block in enumerate(blocks):
        takes = BLOCKS[block.block]
        for option in block.options:
            if option not in takes:
                has = "it has none"
                if takes:
                    has = f"it has {', '.join(takes)}"
                message = f"the block {block.block} has no option {quoted(option)}"
                yield ("blocks", number, option), "unknown-key", message, f"delete it; {has}"
        about = [
            option
            for option in ("section", "type", "topic")
            if option in block.options and option in takes
        ]
        if len(about) > 1:
            message = f"the block is about a {about[0]} and about a {about[1]}"
            yield ("blocks", number, about[1]), "twice", message, "keep one"
        if "section" not in takes and (block.block, block.type + block.series) in seen:
            yield (
                ("blocks", number, "block"),
                "twice",
                f"the block {block.block} is there twice",
                "keep one",
            )
        seen.add((block.block, block.type + block.series))


def _is_out_of_order(date: str, updated: str) -> bool:
    return bool(date and updated) and datetime.fromisoformat(updated) < datetime.fromisoformat(date)


def _intended_key(written: str, keys: Mapping[str, Declared], value: Any, is_top: bool) -> str:
    """A hint at the key that an unknown one probably means; "" if none is similar."""
    word = written.replace("-", "_")
    if word == "published" and "date" in keys and re.search(r"\d{4}", str(value)):
        return f"this is a date: write date: {value}"
    if word in ("draft", "published") and "status" in keys:
        off = str(value).strip().lower() in ("false", "no")
        is_draft = off == (word == "published")
        return (
            "write status: draft" if is_draft else "delete it: only 'status: draft' makes a draft"
        )
    if word in SITES_OWN and "status" in keys:
        kept = "; an address that readers have goes into redirect_from" if word in ADDRESSES else ""
        return f"delete it: the site decides this{kept}"
    if word in ROLES and "authors" in keys:
        name = value if isinstance(value, str) and value else "Jo Smith"
        return f"name them in authors, with the role: {name} ({ROLES[word]})"
    for name, declared in keys.items():
        if word in declared.key.elsewhere:
            return f"did you mean {quoted(SINGLE.get(name, name))}?"
    others = [other for declared in keys.values() for other in declared.key.names] if is_top else []
    names = [*keys, *others]
    # "rating" shares letters with "caption", but nothing else
    return did_you_mean(word, names, SLIP)


def _first_entry(kind: type[Struct], value: Any, in_list: bool = True) -> str:
    """A hint with the lines of a list's first entry, or of the keys, for a value that should have
    these.
    """
    keys = keys_of(kind)
    names = [name for name, declared in keys.items() if declared.required] or [*keys][:1]
    needed = {name: keys[name].key.example for name in names}
    if in_list and isinstance(value, str) and len(value) < 60 and '"' not in value:
        needed["url" if "url" in keys and value.startswith("http") else list(needed)[-1]] = quoted(
            value
        )
    lines = [f"{name}: {example}" for name, example in needed.items()]
    if in_list:
        marks = ["  - ", *["    "] * len(lines)]
    else:
        marks = ["  "] * len(lines)
    return "write " + " and below it ".join(
        f"`{mark}{line}`" for mark, line in zip(marks, lines, strict=False)
    )


def _mark(place: KeyPath, marks: Marks) -> tuple[int, int]:
    """The line and column of a place or, if it was not written, of the nearest place around it."""
    while place and place not in marks:
        place = place[:-1]
    return marks.get(place, (1, 0))


def _phrase(place: KeyPath) -> str:
    """A place in words."""
    words = [str(part + 1) if isinstance(part, int) else part for part in place]
    names = ENTRIES
    if len(place) == 1:
        names = SINGLE
    return quoted(" ".join(names.get(word, word) for word in words))
