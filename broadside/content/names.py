"""Checks the names of terms that stories give: each must be in its list, exactly once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import PurePosixPath

from msgspec import Struct, field
from msgspec.structs import replace

from broadside.content.content import NOT_OUT, Content
from broadside.content.lists import ListEntry
from broadside.content.records import Record, is_story, record_names
from broadside.digests import digest
from broadside.faults import LIKENESS, Fault, did_you_mean, errors_in, quoted
from broadside.front_matter.data import (
    AuthorData,
    Data,
    SlotData,
    StoryData,
    TermData,
    picks_of,
    with_picks,
)
from broadside.front_matter.fields import credited
from broadside.slugs import slugify
from broadside.store import encoded
from broadside.urls import KINDS, LISTED, Kind

MOST_COMPARED = 100_000
"""How many words are compared for suggestions, about a second's work; faults after that get no
suggestion.
"""

PAID = "paid for"
"""What messages say of a published story that somebody paid for."""


class Hints(Struct):
    """Suggestions for unknown words, each computed once, within a limit of time."""

    left: int = MOST_COMPARED
    made: dict[tuple[str, str], str] = field(default_factory=dict)

    def get(self, word: str, where: str, known: Collection[str], likeness: float = LIKENESS) -> str:
        """The suggestion for a word that is not in the list called `where`."""
        if (where, word) not in self.made:
            self.left -= len(known)
            self.made[where, word] = did_you_mean(word, known, likeness) if self.left > 0 else ""
        return self.made[where, word]


def check(content: Content, hints: Hints) -> Iterator[Fault]:
    """The faults of names that no list has, or that several authors share; a list that is itself
    broken is not searched.
    """
    broken = content.lists.not_read_in_full
    for kind in LISTED:
        known = [entry.data.name for entry in content.lists.of(kind)]
        there = set(known)
        for record in content.stories if kind.names not in broken else ():
            if not there.issuperset(record_names(record, kind.key)):
                yield from _unknown(record, kind, known, hints)
    authors = Counter(author.data.name for author in content.authors)
    files = [
        (PurePosixPath(each.path).stem, each)
        for each in content.records
        if isinstance(each.data, AuthorData)
    ]
    stems = {slugify(stem) for stem, _ in files}
    # If an author's name cannot be read, the file's name is used instead.
    named = {author.path: author.data.name for author in content.authors}
    nameless = [
        slugify(stem)
        for stem, each in files
        if errors_in(each.faults) and named.get(each.path, stem) == stem
    ]
    alone = {name for name, number in authors.items() if number == 1}
    letters, slugs = (
        content.lists.letters,
        {author.data.name: author.slug for author in content.authors},
    )
    for record in content.stories:
        names = record_names(record, "authors")
        if not alone.issuperset(names):
            by_stem = [name for name in names if has_file(slugify(name), stems, nameless)]
            if record.data.type not in letters:
                yield from _unknown(record, KINDS["author"], [*authors, *by_stem], hints)
            yield from _namesakes(record, authors)
            yield from _twice(record, slugs)


def with_whole_names(
    records: list[Record[Data]], authors: Iterable[Record[AuthorData]]
) -> list[Record[Data]]:
    """The records, with roles undone: if an author's name itself contains parentheses, those in a
    byline are no role.
    """
    names = (author.data.name for author in authors)
    whole = {parts: name for name in names if name.endswith(")") and (parts := credited(name))[1]}
    if whole:
        return [_with_whole_names(record, whole) for record in records]
    return records


def _with_whole_names(record: Record[Data], whole: Mapping[tuple[str, str], str]) -> Record[Data]:
    data = record.data
    if not isinstance(data, StoryData) or whole.keys().isdisjoint(data.authors):
        return record
    data = replace(
        data, authors=[(whole[each], "") if each in whole else each for each in data.authors]
    )
    return _with_data(record, data)


def _with_data(record: Record[Data], data: Data) -> Record[Data]:
    """A copy of a record with other data; a copy, because the cache keeps the record as read from
    its source.
    """
    return replace(record, data=data, head=digest(encoded(data)), source=lambda: record.rest)


def with_slugs(
    records: list[Record[Data]], front_page: Iterable[ListEntry[SlotData]]
) -> list[Record[Data]]:
    """The records, with file names in picks replaced by slugs: the editor in the browser writes the
    name of a story's file.

    The entries of the front page are changed in place.
    """
    slots = list(front_page)
    picked = {slug for record in records for slug, _ in picks_of(record.data)}
    unknown = (picked | {slot.data.story for slot in slots}) - {
        record.slug for record in records if is_story(record)
    }
    if not unknown:  # the usual case
        return records
    slugs = {stem: slug for stem, slug in slugs_by_file(records).items() if stem in unknown}
    for slot in slots:
        slot.data.story = slugs.get(slot.data.story, slot.data.story)
    if slugs:
        return [_with_slugs(record, slugs) for record in records]
    return records


def slugs_by_file(records: Iterable[Record[Data]]) -> dict[str, str]:
    """The name of each story's file -> its slug, if no other file has that name; also the name as a
    slug may be spelled.
    """
    stems = [
        (PurePosixPath(record.path).stem, record.slug) for record in records if is_story(record)
    ]
    names = [(name, slug) for stem, slug in stems for name in {stem, slugify(stem)}]
    files = Counter(name for name, _ in names)
    return {name: slug for name, slug in names if files[name] == 1 and slug}


def _with_slugs(record: Record[Data], slugs: Mapping[str, str]) -> Record[Data]:
    if any(pick in slugs for pick, _ in picks_of(record.data)):
        return _with_data(record, with_picks(record.data, slugs))
    return record


def has_file(slug: str, stems: Collection[str], nameless: Iterable[str]) -> bool:
    """Whether a slug is the name of one of these files, or may belong to a file whose name could
    not be read.
    """
    words = set(slug.split("-"))
    return slug in stems or any(words.issuperset(stem.split("-")) for stem in nameless)


def _unknown(record: Record[Data], kind: Kind, known: list[str], hints: Hints) -> Iterator[Fault]:
    for i, name in enumerate(record_names(record, kind.key)):
        if name not in known:
            message = f"{quoted(name)} is not in {kind.names}"
            hint = _several_in_one(name, kind, known) or hints.get(name, kind.names, known)
            if kind.name == "author" and not hint:
                hint = f'a new author needs a file: ./inv new author "{name}"'
            yield record.fault(place(record, kind.key, i), unknown(kind), message, hint)


def _several_in_one(name: str, kind: Kind, known: Collection[str]) -> str:
    """How to name several, if a name looks like that."""
    parts = [part for part in re.split(r"\s*(?:,|;|&|\band\b)\s*", name) if part]
    if len(parts) < 2 or set(parts).isdisjoint(known):
        return ""
    return f"for several, write {kind.key}: {', '.join(parts)}"


def unknown(kind: Kind) -> str:
    """The code of a name that the list of this kind lacks."""
    if kind.name == "section":
        return "unknown-section"
    return "unknown-name"


def no_story(slug: str, every: Collection[str], hints: Hints) -> tuple[str, str, str]:
    """The code, message and hint for a slug that no story has."""
    return (
        "unknown-name",
        f"there is no story with the slug {quoted(slug)}",
        hints.get(slug, "stories", every),
    )


def several(record: Record[Data], key: str, slug: str, number: int) -> Fault:
    """A warning that several stories have a slug, and that the newest one is used."""
    message = (
        f"{number} stories have the slug {quoted(slug)}; the newest is used, until a newer one has"
        " that slug"
    )
    return record.fault(
        key, "same-name", message, "give the story you mean a slug of its own", "warning"
    )


def place(source: Record[Data] | ListEntry[TermData], key: str, number: int) -> str:
    """The key of an entry in a list, or of the list if it is written on one line."""
    if f"{key}.{number}" in source.lines:
        return f"{key}.{number}"
    return key


def _namesakes(record: Record[Data], authors: Counter[str]) -> Iterator[Fault]:
    """The faults of names that several authors have."""
    for i, name in enumerate(record_names(record, "authors")):
        if authors[name] > 1:
            hint = "write the name of the file in authors/ instead, without .md"
            yield record.fault(
                place(record, "authors", i),
                "same-name",
                f"{authors[name]} authors are named {quoted(name)}",
                hint,
            )


def _twice(record: Record[Data], slugs: Mapping[str, str]) -> Iterator[Fault]:
    """The fault of a story that credits an author twice, by name and by file name; `slugs` has the
    authors' slugs by name.
    """
    seen: dict[str, str] = {}
    for i, name in enumerate(record_names(record, "authors")):
        first = seen.setdefault(slugs.get(name) or slugify(name), name)
        if first != name:
            message = f"{quoted(first)} and {quoted(name)} are the same author"
            yield record.fault(place(record, "authors", i), "twice", message, "keep one")


def states_by_slug(content: Content, paid: str = "published") -> dict[str, set[str]]:
    """The states of the stories with each slug; several stories may share one, at different
    addresses.

    `paid` is what to call that of a published one that somebody paid for.
    """
    found: dict[str, set[str]] = {}
    for record in content.stories:
        state = content.states[record.path]
        found.setdefault(record.slug, set()).add(
            paid if state == "published" and record.data.paid_by else state
        )
    return found


def waits(
    states: set[str], left_out: str, otherwise: str = "name another story, or take it out"
) -> tuple[str, str]:
    """What to say about a picked story in these states, and a hint; `otherwise` is the hint if it
    will not be published.
    """
    if states <= NOT_OUT:
        return f"is not published; {left_out} until then", "you need not do anything"
    state = next((state for state in (PAID, "withdrawn") if state in states), "hidden")
    return f"is {state}; {left_out.rstrip(',')}", otherwise


def keys_of(stories: Iterable[tuple[datetime, str, str]]) -> dict[str, str]:
    """Slug -> key of published stories, each given as date, slug and key; the newest wins if
    several share a slug.
    """
    return {slug: key for _, slug, key in sorted(stories)}
