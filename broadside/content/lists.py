"""Reads the lists that editors keep, such as sections.yml."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import Struct, field

from broadside.content.folder import OBLIGATORY
from broadside.content.terms import Section, StoryType, Term
from broadside.dates import Due
from broadside.faults import Fault, Severity, internal, quoted
from broadside.front_matter import source, validate, yaml_nodes
from broadside.front_matter.data import (
    LISTS_OF_DESK,
    BlockData,
    SectionData,
    SlotData,
    StoryTypeData,
    TermData,
    set_own,
    set_words,
)
from broadside.front_matter.source import Header
from broadside.front_matter.validate import Rules
from broadside.markdown.typography import set_in_type
from broadside.slugs import DEVICE_NAMES, RESERVED, slug_problem, slugify
from broadside.urls import LISTED, Kind, Urls, free_kinds
from broadside.validation import Marks, keys_of

Data_co = TypeVar("Data_co", bound=Struct, covariant=True)
Timed = TypeVar("Timed", bound=Struct)
"""Data of an entry that lasts for a time: it has since and until."""


class ListEntry(Struct, Generic[Data_co]):
    """An entry of a list, with its line, the lines of its keys, and the list's file."""

    data: Data_co
    line: int
    lines: dict[str, int] = field(default_factory=dict)
    path: str = ""

    @property
    def called(self) -> str:
        """What messages call it: its name, and its list."""
        return f"{quoted(getattr(self.data, 'name', ''))} in {self.path}"

    def fault(
        self, key: str, code: str, message: str, hint: str = "", severity: Severity = "error"
    ) -> Fault:
        """A fault at a key of this entry."""
        return Fault(self.path, self.lines.get(key, self.line), 0, severity, code, message, hint)


class Lists(Struct):
    """The lists as read, each with the name of its file, or of its key in a file with several.

    `missing` has the file names of obligatory ones that this outlet lacks. `slugs_of` are those of
    free terms that have an entry, by their kind and their names in lower case, and `given` the
    other lists, by file: those of free terms, and of plugins.
    """

    sections: list[ListEntry[SectionData]] = field(default_factory=list)
    story_types: list[ListEntry[StoryTypeData]] = field(default_factory=list)
    slots: list[ListEntry[SlotData]] = field(default_factory=list)
    blocks: list[ListEntry[BlockData]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    slugs_of: dict[str, dict[str, str]] = field(default_factory=dict)
    given: dict[str, list[ListEntry[Any]]] = field(default_factory=dict)

    def of(self, kind: Kind) -> list[ListEntry[Any]]:
        """The list of a kind of term."""
        return [*getattr(self, kind.names.removesuffix(".yml"))]

    @property
    def topics(self) -> list[ListEntry[TermData]]:
        """The entries of topics.yml."""
        return self.given.get("topics", [])

    def entries_of(self, kind: Kind) -> list[ListEntry[TermData]]:
        """The entries of free terms of a kind."""
        return self.given.get(kind.entries.removesuffix(".yml"), [])

    @property
    def letters(self) -> set[str]:
        """The story types whose stories are letters, so that who writes one is no author."""
        return {entry.data.name for entry in self.story_types if entry.data.written_by}

    @property
    def not_read_in_full(self) -> set[str]:
        """The file names of lists with entries that could not be read: a name that seems to be
        missing may be among those.
        """
        return self.missing | {fault.path for fault in self.faults if fault.severity == "error"}

    def unread(self, urls: Urls) -> tuple[str, ...]:
        """How the addresses of terms begin whose list could not be read in full: none of these is
        missed.
        """
        kinds = [kind.name for kind in LISTED if kind.names in self.not_read_in_full]
        starts = [urls.term(kind, "\n").partition("\n")[0] for kind in kinds]
        return tuple(filter(None, starts))

    @property
    def slugs_of_sections(self) -> dict[str, str]:
        """The slug of each section, by name."""
        return {entry.data.name: entry.data.slug for entry in self.sections}

    @property
    def every(self) -> Iterator[ListEntry[Any]]:
        """Every entry of every list."""
        ours = (self.sections, self.story_types, self.slots, self.blocks)
        return chain(*ours, *self.given.values())


class ContentList(Struct, Generic[Data_co], frozen=True):
    """A list of editors that a plugin reads: the name of its file, and the struct of the file,
    whose `items` are the entries.

    In the browser, it follows the list named `after`.
    """

    name: str
    kind: type[Struct]
    after: str = ""

    def among(self, lists: Lists) -> list[ListEntry[Data_co]]:
        """Its entries, among all that the lists of a content folder say."""
        return lists.given.get(self.name.removesuffix(".yml"), [])


def read(root: Path, names: list[str], rules: Rules) -> Lists:
    """Read the lists that the folder has."""
    lists = Lists(missing={*OBLIGATORY}.difference(names))
    for name in names:
        try:
            found, faults = _read_one((root / name).read_bytes(), name, rules)
        except Exception as problem:
            found, faults = {}, [internal(name, problem)]
        for attribute, entries in found.items():
            if attribute in Lists.__struct_fields__:
                setattr(lists, attribute, entries)
            else:
                lists.given[attribute] = entries
        lists.faults += faults
    for kind in LISTED:
        lists.faults += _set_slugs(lists.of(kind))
    for kind in free_kinds():
        entries = lists.entries_of(kind)
        lists.faults += _set_slugs(entries, DEVICE_NAMES)
        lists.slugs_of[kind.name] = {
            entry.data.name.casefold(): entry.data.slug for entry in entries
        }
    return lists


def _read_one(
    data: bytes, name: str, rules: Rules
) -> tuple[dict[str, list[ListEntry[Any]]], list[Fault]]:
    """The lists in a file, by their names in Lists."""
    text, faults = source.clean(data, name)
    if faults and not text:
        return {}, faults
    plain = yaml_nodes.parse(text, name)
    faults += plain.faults
    if plain.faults and plain.value is None:
        return {}, faults
    kind = LISTS_OF_DESK[name]
    keys = kind.__struct_fields__
    key = keys[0]
    value, marks = plain.value if plain.value is not None else [], plain.marks
    # the list alone, the usual form
    if not isinstance(value, dict) or value.keys().isdisjoint(keys):
        value, marks = {key: value}, {(key, *place): mark for place, mark in marks.items()}
    if not isinstance(value.get(key, []), list):
        first = next(iter(keys_of(keys_of(kind)[key].entry)))
        hint = f'start each with "- {first}:"'
        return {}, [
            *faults,
            Fault(name, 1, 0, "error", "not-a-list", f"{name} must be a list of entries", hint),
        ]
    checked, problems, marks = validate.checked(kind, Header(value, marks), name, rules)
    if name in OBLIGATORY and not value[key]:
        problems.append(
            Fault(
                name,
                1,
                0,
                "error",
                "empty",
                f"{name} has no entries",
                f'write "{OBLIGATORY[name]}"',
            )
        )
    for item in getattr(checked, key):
        if isinstance(item, TermData):
            # Only apostrophes are curled: a list has no language that would say which quotation
            # marks to use.
            set_in_type(item, ("description",), None)
            set_own(item, None)
        else:
            set_words(item, None)
    stem = name.removesuffix(".yml")
    found = {
        stem if key == "items" else key: _entries(getattr(checked, key), key, marks, name)
        for key in keys
    }
    return found, faults + problems


def _entries(items: Sequence[Any], key: str, marks: Marks, name: str) -> list[ListEntry[Any]]:
    lines: list[dict[str, int]] = [{} for _ in items]
    for place, (line, _) in marks.items():
        if (
            len(place) >= 3
            and place[0] == key
            and isinstance(place[1], int)
            and place[1] < len(items)
        ):
            lines[place[1]][".".join(map(str, place[2:]))] = line
    return [
        ListEntry(item, marks.get((key, i), (1, 0))[0], lines[i], name)
        for i, item in enumerate(items)
    ]


def is_over(entry: ListEntry[SlotData], now: datetime) -> bool:
    """Whether an entry in front_page.yml has expired."""
    until = entry.data.until
    return bool(until) and datetime.fromisoformat(until) <= now


def running(entries: Iterable[ListEntry[Timed]], now: datetime) -> Timed | None:
    """The entry whose time it is; of several, the first."""
    for entry in entries:
        data: Any = entry.data
        since, until = (
            datetime.fromisoformat(each) if each else now for each in (data.since, data.until)
        )
        if since <= now and (now < until or not data.until):
            return entry.data
    return None


def turns(
    entries: Iterable[ListEntry[Timed]], after: datetime, kind: str, called: str
) -> Iterator[Due]:
    """The moments after `after` at which entries begin and end, whether or not the site then
    changes.

    `kind` says what they are, and `called` is the key of the words by which people know one.
    """
    for entry in entries:
        data: Any = entry.data
        for written, what in ((data.since, "begins"), (data.until, "ends")):
            if written and (moment := datetime.fromisoformat(written)) > after:
                yield Due(
                    moment, kind, entry.path, f"the {kind} {quoted(getattr(data, called))} {what}"
                )


def _set_slugs(
    entries: Sequence[ListEntry[TermData]], reserved: Collection[str] = RESERVED
) -> list[Fault]:
    """Set the slug of each entry; returns a fault for each that gets none, or has the name of an
    earlier one.
    """
    seen: set[str] = set()
    faults = []
    for entry in entries:
        name = entry.data.name
        slug = entry.data.slug = entry.data.slug or slugify(name)
        problem = "is empty: no part of the name can be spelled with the letters a-z"
        if slug:
            problem = slug_problem(slug, reserved)
        if problem:
            message = f"the slug of {quoted(name)} {problem}"
            faults.append(entry.fault("", "slug", message, 'add a line "slug: some-words"'))
        elif name in seen:
            message = (
                f"two entries are named {quoted(name)}, so stories that name it could mean either"
            )
            faults.append(
                entry.fault("name", "same-name", message, "rename one of them, or delete it")
            )
        seen.add(name)
    return faults


def terms(lists: Lists, kind: Kind, urls: Urls) -> dict[str, Any]:
    """The terms of a kind by name, in the order of their list."""
    return {
        entry.data.name: _term(entry.data, kind, urls.term(kind.name, entry.data.slug))
        for entry in lists.of(kind)
    }


def _term(data: TermData, kind: Kind, url: str) -> Term:
    match data:
        case SectionData():
            return Section(
                data.name, data.slug, url, data.description, rail=data.rail, own=data.own
            )
        case StoryTypeData():
            leads = data.leads != "no"
            return StoryType(
                data.name,
                data.slug,
                url,
                data.description,
                schema_type=data.schema_type,
                leads=leads,
            )
    return Term(data.name, data.slug, url, data.description, kind.name)
