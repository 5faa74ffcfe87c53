"""Shows how things are, ./inv status: what is unpublished, what was published today, what lacks a
picture, what was corrected.

With --to-do it lists what an editor should improve, story by story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from broadside.build.due import calendar_of
from broadside.build.reading import read
from broadside.config.options import Options
from broadside.content.content import NOT_OUT, Content, ReadOptions
from broadside.content.doors import DESK_NOTES, STATUS_LINES, DeskNote
from broadside.content.files import unused
from broadside.content.lists import is_over, terms
from broadside.content.records import Record, record_names
from broadside.content.terms import StoryType
from broadside.dates import Due
from broadside.faults import Fault, count, errors_in, one_line
from broadside.front_matter.data import Data, StoryData
from broadside.urls import KINDS
from broadside.words import ENGLISH

if TYPE_CHECKING:
    from rich.console import Group, RenderableType
    from rich.table import Table

SHOWN = 10
"""How many stories of a list are shown as text; JSON has all of them."""

WORDS = {
    "photo-alt": "without alt text",
    "photo-credit": "without credit",
    "photo-missing": "picture missing",
    "file-missing": "file missing",
    "broken-link": "link to nothing",
}
"""Codes of warnings in an editor's words; other codes are shown as they are."""
STANDS = ("published", "held", "draft")
"""The states of a part of a series; it is in the first of these that any of its translations is
in.
"""
LACKING = {"dek": "no dek", "type": "no type"}


class Line(Struct, frozen=True):
    """A story in a list: its headline, its file, the moment that matters there, a remark, and what
    an editor asks about it.

    `note` is what only the desk is told of it; `url` is its address below the root if it has a
    page; `faults` are those in its file.
    """

    title: str
    path: str
    moment: datetime | None = None
    more: str = ""
    note: str = ""
    url: str = ""
    authors: list[str] = []
    section: str = ""
    words: int = 0
    lacks_photo: bool = False
    faults: list[Fault] = []


class Parts(Struct, frozen=True):
    """How many parts of a series are published, held and drafts; a story and its translations are
    one part.
    """

    name: str
    path: str
    published: int = 0
    held: int = 0
    draft: int = 0


class WaitingSlot(Struct, frozen=True):
    """A slot of the front page whose story is not out yet; until then, the slot goes to its next
    entry.
    """

    slot: str
    title: str
    path: str
    moment: datetime | None


class Board(Struct):
    """What ./inv status shows.

    Drafts with a day that they are planned for are in `planned` too, with that day as their moment.
    `due` is what happens next by itself; it is empty if the content has `errors`. `more` are lines
    of plugins.
    """

    now: datetime
    planned: list[Line] = field(default_factory=list)
    drafts: list[Line] = field(default_factory=list)
    held: list[Line] = field(default_factory=list)
    today: list[Line] = field(default_factory=list)
    without_photo: list[Line] = field(default_factory=list)
    corrections: list[Line] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)
    slots: list[WaitingSlot] = field(default_factory=list)
    series: list[Parts] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    errors: int = 0

    def __str__(self) -> str:
        return "\n".join(_lines(self))

    def table(self) -> Group:
        """The same in tables, for a terminal."""
        from rich.console import Group

        return Group(*_tables(self))


class ToDo(Struct):
    """A source that an editor should look at: its title, its file, and how many problems of each
    kind it has.
    """

    title: str
    path: str
    mend: dict[str, int]


class ToDos(Struct):
    """What ./inv status --to-do shows: all sources with something to improve, newest first, the
    totals, and unused files.
    """

    sources: list[ToDo]
    total: dict[str, int]
    unused_files: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        of = [f"{count(len(self.sources), 'file')} to fix{':' if self.sources else ''}"]
        totals = [f"  {number:,} {what}" for what, number in self.total.items()]
        lines = (
            f"{one_line(each.path)}: {_listed(each.mend)} ({one_line(each.title)})"
            for each in self.sources
        )
        unused = self.unused_files
        verb = "are"
        if len(unused) == 1:
            verb = "is"
        named = count(len(unused), "file")
        files = [f"{named} that nothing links to, and that {verb} not published:"]
        files += [f"  {one_line(path)}" for path in unused]
        return "\n".join([*of, *totals, *lines, *(files if unused else [])])

    def table(self) -> Table:
        """The same in a table, for a terminal."""
        from rich.table import Table
        from rich.text import Text

        totals = ", ".join(f"{number:,} {what}" for what, number in self.total.items())
        title = f"{count(len(self.sources), 'file')} to fix{f': {totals}' if totals else ''}"
        table = Table(
            title=title,
            title_justify="left",
            title_style="bold",
            box=None,
            pad_edge=False,
            show_header=False,
        )
        for each in self.sources:
            headline = Text(one_line(each.title), "bold") + Text(f"\n{one_line(each.path)}", "dim")
            table.add_row(headline, Text(_listed(each.mend), "yellow"))
        return table


def board(options: Options) -> Board:
    """The board of a content folder at the build's clock; sources that cannot be read are left out
    and counted as errors.
    """
    content, reading, settings = read(options)
    made = arranged(content, reading, options.content_prefix)
    made.more = [line for lines in STATUS_LINES for line in lines(content, settings)]
    if not made.errors:
        made.due = calendar_of(content, reading, options, besides={"news"}).next
    return made


def to_do(options: Options) -> ToDos:
    """What an editor should improve: each warning in a source, and what was missing in the archive
    that it came from.
    """
    content, _, _ = read(options)
    warnings: dict[str, Counter[str]] = {}
    for fault in sorted({*content.faults, *content.to_mend}):
        if fault.severity == "warning":
            warnings.setdefault(fault.path, Counter())[WORDS.get(fault.code, fault.code)] += 1
    found = []
    for record in sorted(content.written, key=lambda each: (each.moment, each.path), reverse=True):
        mend = warnings.get(record.path, Counter())
        if (
            record.path in content.lenient
            and isinstance(record.data, StoryData)
            and record.data.status != "draft"
        ):
            mend.update(lacks for key, lacks in LACKING.items() if not getattr(record.data, key))
        if mend:
            found.append(
                ToDo(
                    record.data.title,
                    options.content_prefix + record.path,
                    dict(mend.most_common()),
                )
            )
    total = sum((Counter(each.mend) for each in found), Counter[str]())
    return ToDos(
        found,
        dict(total.most_common()),
        [options.content_prefix + path for path in unused(content)],
    )


def _listed(mend: dict[str, int]) -> str:
    return ", ".join(
        what if what in LACKING.values() else f"{number:,} {what}" for what, number in mend.items()
    )


def arranged(content: Content, reading: ReadOptions, prefix: str) -> Board:
    """The board of what was read, except `due`; `prefix` is put before each path."""
    made = Board(reading.now, errors=errors_in(content.faults))
    faults_of: dict[str, list[Fault]] = {}
    for fault in sorted({*content.faults}):
        faults_of.setdefault(fault.path, []).append(fault.at(prefix + fault.path))
    written = [*content.stories, *content.in_folders]
    kinds = terms(content.lists, KINDS["type"], content.urls)
    for story in sorted(
        written, key=lambda each: (each.date is None, each.moment, each.slug), reverse=True
    ):
        data, date, state = story.data, story.date, content.states[story.path]
        note = _note(data)
        line = Line(
            data.title,
            prefix + story.path,
            date,
            note=note.words,
            url=content.addresses.urls_of.get(story.path, ""),
            authors=record_names(story, "authors"),
            section=", ".join(record_names(story, "sections")),
            words=story.words,
            lacks_photo=_lacks_photo(data, kinds),
            faults=faults_of.get(story.path, []),
        )
        if state == "draft":
            made.drafts.append(line)
            if note.day:
                made.planned.append(replace(line, moment=note.day))
        elif state == "held":
            made.held.append(line)
        elif state == "published" and date and date.date() == reading.now.date():
            made.today.append(line)
        if not isinstance(data, StoryData):
            continue
        if state in NOT_OUT | {"published"} and line.lacks_photo:
            made.without_photo.append(line)
        if state not in NOT_OUT:
            made.corrections += _corrections(data, line, reading.now)
    made.held.reverse()  # the next one first
    made.planned.sort(key=lambda line: line.moment or reading.now)
    made.slots = [*_slots(content, reading.now, prefix)]
    made.series = [*_series(content, prefix)]
    made.corrections.sort(key=lambda line: line.moment or reading.now, reverse=True)
    return made


def _note(data: Data) -> DeskNote:
    """What only the desk is told of a source."""
    if not isinstance(data, StoryData):
        return DeskNote()
    notes = [of(data) for of in DESK_NOTES]
    days = [note.day for note in notes if note.day]
    return DeskNote(
        "; ".join(filter(None, (note.words for note in notes))), min(days, default=None)
    )


def _lacks_photo(data: Data, kinds: Mapping[str, StoryType]) -> bool:
    """Whether a source lacks a photo that it should have; an opinion has its author's face
    instead.
    """
    if not isinstance(data, StoryData) or data.photo:
        return False
    return not (data.type in kinds and kinds[data.type].is_opinion)


def _slots(content: Content, now: datetime, prefix: str) -> Iterator[WaitingSlot]:
    stories: dict[str, list[Record[StoryData]]] = {}
    for record in content.stories:
        stories.setdefault(record.slug, []).append(record)
    for entry in content.lists.slots:
        waiting = stories.get(entry.data.story, [])
        if not waiting or is_over(entry, now):
            continue
        if all(content.states[story.path] in NOT_OUT for story in waiting):
            story = waiting[0]
            moment = None
            if content.states[story.path] == "held":
                moment = story.date
            yield WaitingSlot(entry.data.slot, story.data.title, prefix + story.path, moment)


def _series(content: Content, prefix: str) -> Iterator[Parts]:
    """The parts of each series; one that is out in any language is out."""
    parts: dict[str, dict[str, set[str]]] = {record.slug: {} for record in content.series}
    for story in content.stories:
        original = story.data.translation_of or story.slug
        for slug in content.series_of.get(story.path, ()):
            parts[slug].setdefault(original, set()).add(content.states[story.path])
    for record in content.series:
        states = parts[record.slug].values()
        of = Counter(next((state for state in STANDS if state in found), "") for found in states)
        yield Parts(
            record.data.name, prefix + record.path, of["published"], of["held"], of["draft"]
        )


def _corrections(data: StoryData, line: Line, now: datetime) -> Iterator[Line]:
    """The corrections of a story in the month of `now`, each as the story's line with a remark."""
    for each in data.corrections:
        date = datetime.fromisoformat(each.date)
        if (date.year, date.month) == (now.year, now.month) and date <= now:
            yield replace(line, moment=date, more=f"{each.type}: {each.text}")


def _parts(made: Board) -> Iterator[tuple[str, Sequence[Line], Callable[[datetime], str] | None]]:
    """The lists, each with its title, its lines, and the format of their moments, if they are
    shown.
    """
    # If there are errors, nobody knows which stories an earlier build published.
    out = "published"
    if made.errors:
        out = "dated"
    if made.planned:
        yield f"{len(made.planned):,} planned", made.planned, ENGLISH.long_date
    yield count(len(made.drafts), "draft"), made.drafts, None
    yield f"{len(made.held):,} held", made.held, ENGLISH.to_the_minute
    yield f"{len(made.today):,} {out} today", made.today, ENGLISH.to_the_minute
    yield f"{len(made.without_photo):,} without a photo", made.without_photo, None
    yield (
        f"{count(len(made.corrections), 'correction')} this month",
        made.corrections,
        ENGLISH.date_and_hour,
    )


def _lines(made: Board) -> Iterator[str]:
    for says, lines, dated in _parts(made):
        yield f"{says}:" if lines else says
        for line in lines[:SHOWN]:
            when = ""
            if dated and line.moment:
                when = f"{dated(line.moment)}: "
            yield f"  {when}{one_line(line.title)} ({line.path})"
            for remark in filter(None, (line.note, line.more)):
                yield f"    {one_line(remark)}"
        if len(lines) > SHOWN:
            yield f"  and {len(lines) - SHOWN:,} more"
    yield from _last_lines(made)


def _last_lines(made: Board) -> Iterator[str]:
    for slot in made.slots:
        until = "a draft"
        if slot.moment:
            until = f"held until {ENGLISH.to_the_minute(slot.moment)}"
        yield (
            f"Front page, {one_line(slot.slot)}: waits for {one_line(slot.title)}, {until}"
            f" ({slot.path})"
        )
    for each in made.series:
        waiting = [
            f"{number:,} {state}"
            for number, state in ((each.held, "held"), (each.draft, "in draft"))
            if number
        ]
        stands = ", ".join([f"{count(each.published, 'part')} out", *waiting])
        yield f"Series: {one_line(each.name)}: {stands} ({each.path})"
    yield from map(one_line, made.more)
    if made.errors:
        yield (
            f"{count(made.errors, 'error')} in the content: nothing can be published; ./inv check"
            " says what they are."
        )
    for due in made.due:
        yield f"Next by itself: {ENGLISH.to_the_minute(due.moment)}: {due.what}"


def _tables(made: Board) -> Iterator[RenderableType]:
    from rich.table import Table
    from rich.text import Text

    for says, lines, dated in _parts(made):
        table = Table(
            title=says, title_justify="left", title_style="bold", box=None, pad_edge=False
        )
        for heading in ("Hour", "Headline", "By", "Section"):
            table.add_column(heading, header_style="dim", no_wrap=heading == "Hour")
        for heading in ("Words", "Faults"):
            table.add_column(heading, header_style="dim", justify="right")
        table.add_column("Photo", header_style="dim")
        for line in lines[:SHOWN]:
            table.add_row(
                Text(dated(line.moment) if dated and line.moment else ""),
                Text(one_line(line.title), "bold") + Text(f"\n{line.path}", "dim"),
                Text(one_line(", ".join(line.authors))),
                Text(one_line(line.section)),
                f"{line.words:,}",
                Text(f"{len(line.faults) or ''}", "red" if errors_in(line.faults) else "yellow"),
                Text("missing" if line.lacks_photo else "", "yellow"),
            )
            for remark in filter(None, (line.note, line.more)):
                table.add_row("", Text(one_line(remark), "italic"))
        if lines:
            yield table
        else:
            yield Text(says, "bold")
        yield Text(f"and {len(lines) - SHOWN:,} more\n" if len(lines) > SHOWN else "")
    for words in _last_lines(made):
        yield Text(words, "red" if made.errors else "")
