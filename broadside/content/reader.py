"""Makes the record of a source from the bytes of its file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from broadside.content.doors import FOLDERS
from broadside.content.given import NOTES, TEXTS, Text
from broadside.content.records import Record, Rest
from broadside.digests import digest
from broadside.faults import Fault, internal
from broadside.front_matter import source, validate
from broadside.front_matter.data import (
    KINDS,
    NO_HEADLINES,
    AuthorData,
    Correction,
    Data,
    Headlines,
    SeriesData,
    StoryData,
    set_own,
)
from broadside.front_matter.suspect import plain_texts, suspect
from broadside.front_matter.validate import Rules
from broadside.markdown import unread
from broadside.markdown.body import Body, begins_with, first_sentence, is_empty
from broadside.markdown.dialect import MOST_FAULTS, Typesetter
from broadside.markdown.typography import curl, is_rtl, quotes_of, set_in_type
from broadside.markdown.walk import direction
from broadside.slugs import slug_problem, slugify
from broadside.store import encoded
from broadside.validation import Marks
from broadside.words import Catalogs

SET_IN_TYPE = (
    "title",
    "dek",
    "caption",
    "credit",
    "alt",
    "role",
    "description",
)
"""Keys whose quotation marks and dashes are made typographic, as in a text."""


class Reader(Struct):
    """Reads sources one by one; `lang` is the site's language, `words` are the interface's words.

    Plugins note something of stories only `with_notes`, since that takes a tenth of the time.
    """

    root: Path
    rules: Rules
    lang: str = "en"
    words: Catalogs = field(default_factory=Catalogs)
    typesetter: Typesetter = field(default_factory=Typesetter)
    with_notes: bool = True

    def read(self, path: str, kind: str) -> Record[Data]:
        """Read the file at a path relative to the content folder."""
        try:
            data = (self.root / path).read_bytes()
        except OSError as problem:
            message = f"the file cannot be read ({problem.strerror})"
            fault = Fault(
                path, 0, 0, "error", "unreadable", message, "ask the person who runs the site"
            )
            return Record(path, "", KINDS[kind](), faults=[fault])
        return self.understand(data, path, kind)

    def understand(self, data: bytes, path: str, kind: str) -> Record[Data]:
        """The record of a source's bytes; if our code fails, a record with a fault that says so."""
        try:
            return self.parse(data, path, kind)
        except Exception as problem:
            self.typesetter = Typesetter()  # or half-finished state could leak into the next text
            return Record(path, digest(data), KINDS[kind](), faults=[internal(path, problem)])

    def parse(self, data: bytes, path: str, kind: str) -> Record[Data]:
        """The record of a source's bytes; a bug of ours may raise anything."""
        record: Record[Any] = Record(path, digest(data), KINDS[kind]())
        text, record.faults = source.clean(data, path)
        if record.faults and not text:
            return record
        head = source.split(text, path, "name" if kind in ("author", "series") else "title")
        record.faults += head.faults
        record.data, faults, marks = validate.checked(KINDS[kind], head, path, self.rules)
        rest = record.source = Rest(
            lines=_lines(marks), written=head.body if self.rules.keeps_texts else ""
        )
        is_read = head.data.keys() - {"status"} or not head.faults
        if is_read:
            record.faults += faults
        lang = getattr(record.data, "lang", "") or self.lang
        typeset, faults = self.typesetter.set(
            head.body, path, head.body_line, lang, is_rtl(lang), self.words.of(lang)
        )
        record.faults += faults
        rest.body = Body(typeset.blocks, typeset.more)
        if isinstance(record.data, StoryData):
            place = path, head.body_line
            told = Text(
                *place, record.data, rest.body, head.body, self.rules.zone, self.words.of(lang)
            )
            record.faults += [fault for look in TEXTS for fault in islice(look(told), MOST_FAULTS)]
        record.links, record.photos, record.charts = typeset.links, typeset.photos, typeset.charts
        record.words = typeset.words
        if (
            isinstance(record.data, StoryData)
            and record.data.status != "draft"
            and _lacks_text(head, record)
        ):
            hint = "write it, or add: status: draft"
            record.faults.append(
                Fault(path, 1, 0, "error", "empty-story", "the story has no text", hint)
            )
        record.faults += self._complete(record, rest, lang)
        record.faults += self._slips(record, head, lang)
        record.head = digest(encoded(record.data))
        return record

    def _slips(self, record: Record[Any], head: source.Header, lang: str) -> Iterator[Fault]:
        """Warnings of slips in a source; in imported ones, which nobody will edit, not of what is
        still to be written.
        """
        data, first = record.data, head.body_line
        is_imported = bool(getattr(data, "imported", ""))
        for line, *slip in islice(unread.slips(head.body, getattr(data, "title", "")), MOST_FAULTS):
            yield Fault(record.path, first + line - 1, 0, "warning", *slip)
        if is_imported or getattr(data, "status", "") == "draft":
            return
        values = [(record.lines.get(key, 1), text) for key, text in plain_texts(data).items()]
        for start, text in [*values, (first, head.body)]:
            for line, word in islice(unread.unfinished(text, lang), MOST_FAULTS):
                message = f'"{word}" marks a place that is still to be written'
                hint = "fill it in, or set status: draft"
                yield Fault(
                    record.path, start + line - 1, 0, "warning", "unfinished", message, hint
                )

    def _complete(self, record: Record[Any], rest: Rest, lang: str) -> list[Fault]:
        """Fill in what was not written: slug, direction and default values; returns the faults of
        these.
        """
        data = record.data
        set_in_type(data, SET_IN_TYPE, quotes_of(lang))
        set_own(data, quotes_of(lang))
        faults = [record.fault(*doubt, severity="warning") for doubt in suspect(data)]
        if isinstance(data, (AuthorData, SeriesData)):
            data.slug = slugify(Path(record.path).stem)
            hint = "rename the file, for example to jane-doe.md"
            faults += _slug_faults(record, data.slug, "file name", hint)
            if isinstance(data, SeriesData):
                return faults
            return [*faults, *_misplaced_in_bio(record)]
        data.lang = lang
        data.dir = "rtl" if is_rtl(lang) else direction(data.title)
        if folder := next((each for each in FOLDERS if each.kind is type(data)), None):
            data.slug = data.slug or slugify(Path(record.path).stem)
            found = [*folder.complete(record, self.rules)]
            return [*faults, *(found or _slug_faults(record, data.slug, "file name", "rename it"))]
        if not data.slug:
            data.slug = slugify(data.title)
            faults += _slug_faults(record, data.slug, "title")
        if isinstance(data, StoryData):
            self._complete_story(record, data, rest)
        return faults

    def _complete_story(self, record: Record[Any], data: StoryData, rest: Rest) -> None:
        quotes = quotes_of(data.lang)
        data.type = data.type or self.rules.default_type
        if not data.dek and self.rules.dek_from_text:
            data.dek = first_sentence(rest.body)
        data.dek_repeats = begins_with(rest.body, data.dek)
        corrections = [
            replace(each, text=curl(each.text, quotes=quotes)) for each in data.corrections
        ]
        data.corrections = _newest_first(corrections, rest.lines)
        if data.headlines != NO_HEADLINES:
            said = asdict(data.headlines).items()
            data.headlines = Headlines(**{at: curl(text, quotes=quotes) for at, text in said})
        if self.with_notes:
            record.notes = {note.name: note.of(record) for note in NOTES}


def _misplaced_in_bio(record: Record[Any]) -> Iterator[Fault]:
    for photo in record.photos:
        message = "a bio cannot have photos, because pages would not show them"
        hint = 'use "portrait:"'
        yield Fault(record.path, photo.line, 0, "error", "photo-misplaced", message, hint)
    yield from _misplaced(record, "a bio cannot have charts, because pages would not show them")


def _lacks_text(head: source.Header, record: Record[Data]) -> bool:
    """Whether there is no text, and no other fault explains it, such as one at the status, which
    may be meant to be draft.
    """
    if not head.data or not is_empty(record.body):
        return False
    return all(
        fault.line < head.body_line and fault.line != record.lines.get("status")
        for fault in record.faults
    )


def _slug_faults(
    record: Record[Data], slug: str, of: str, hint: str = 'add a line "slug: some-words"'
) -> list[Fault]:
    problem = "gives no address: no part of it can be spelled with the letters a-z"
    if slug:
        problem = slug_problem(slug)
    if problem:
        return [record.fault("title", "slug", f"the {of} {problem}", hint)]
    return []


def _lines(marks: Marks) -> dict[str, int]:
    """The line of each place in the front matter, named by its keys and numbers joined by dots."""
    return {".".join(map(str, place)): line for place, (line, _) in marks.items() if place}


def _newest_first(corrections: list[Correction], lines: dict[str, int]) -> list[Correction]:
    """A story's corrections, newest first; reorders the lines of their dates to match."""
    dated = [(each, lines.get(f"corrections.{i}.date", 1)) for i, each in enumerate(corrections)]
    dated.sort(key=lambda each: datetime.fromisoformat(each[0].date), reverse=True)
    lines |= {f"corrections.{i}.date": line for i, (_, line) in enumerate(dated)}
    return [each for each, _ in dated]


def _misplaced(record: Record[Any], message: str) -> Iterator[Fault]:
    """A fault for each chart in a text that cannot have charts."""
    for chart in record.charts:
        yield Fault(
            record.path,
            chart.line,
            0,
            "error",
            "chart",
            message,
            "put it into a story, and link to that",
        )
