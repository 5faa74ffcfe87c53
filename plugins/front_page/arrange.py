"""Arranges the front page: the editor's slots, then its blocks from top to bottom; no story twice,
in any language.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice, takewhile
from typing import Protocol

from msgspec import Struct, field

from broadside.content.lists import ListEntry, is_over
from broadside.content.terms import (
    Byline,
    Section,
    StoryType,
    Term,
    Translated,
    Typed,
    is_short,
    led,
    oldest_first,
    version_for,
)
from broadside.front_matter.data import SlotData
from broadside.front_matter.vocabulary import FRONT_SLOTS
from broadside.media.photos import Photo
from broadside.plugins.series.terms import FormedSeries, Part

EACH = 4
"""How many stories a block has by default."""
COLUMNS = 3
"""How many stories are side by side in a trio."""
WRITERS = 3
"""How many writers a strip of opinions needs to appear by itself."""
LAYOUTS = ("feature", "trio", "wide")
"""The layouts that sections alternate between."""


class FrontStory(Typed, Translated, Protocol):
    """The attributes of a story that the front page needs."""

    @property
    def slug(self) -> str:
        """The slug by which an editor picks it."""

    @property
    def photo(self) -> Photo | None:
        """Its lead photo."""

    @property
    def date(self) -> datetime:
        """The publication date."""

    @property
    def byline(self) -> Sequence[Byline]:
        """Its authors."""

    @property
    def parts(self) -> Sequence[Part]:
        """Its places in series."""


class Slot(Struct, frozen=True):
    """A place on the front page and the story in it."""

    name: str
    article: FrontStory


class FrontPart(Struct, frozen=True):
    """A block as an editor wants it: `kind` is one of vocabulary.BLOCKS; its stories have one of
    the terms, if there are any.

    An opinion strip that nobody asked for is `optional`.
    """

    kind: str
    terms: tuple[Term, ...] = ()
    title: str = ""
    stories: int = EACH
    optional: bool = False


class Block(Struct, frozen=True):
    """A block of the front page: its layout, the term that it is about, if any, and its stories.

    `faces` are the writers' portraits in a strip of opinions, and `parts` their places in a series.
    """

    kind: str
    term: Term | None = None
    title: str = ""
    articles: Sequence[FrontStory] = ()
    faces: Sequence[Photo | None] = ()
    parts: Sequence[Part] = ()


class Front(Struct, frozen=True):
    """The contents of the front page: the slots of its lead, and its blocks from top to bottom, one
    of which is the lead.

    The stories `beside` the slots are the newest, which fill the lead up.
    """

    slots: list[Slot]
    blocks: list[Block]
    beside: list[FrontStory]


class Stock(Struct):
    """All stories, oldest first, and those of each term; stories at the addresses `shown` are
    already on the page.

    A story is stale if it is this many `days` older than the newest of all; with 0, none is. The
    lead has as many stories as `leads`. Of a story and its translations, it gives the one in the
    outlet's language, `lang`, or else the original. `given` are the stories of the blocks of
    plugins.
    """

    oldest_first: Sequence[FrontStory]
    stories_of: Callable[[Term], Sequence[FrontStory]]
    lang: str = ""
    days: int = 0
    leads: int = 0
    given: Mapping[str, Sequence[FrontStory]] = {}
    shown: set[str] = field(default_factory=set)

    def left(self, *terms: Term) -> Iterator[FrontStory]:
        """The stories with one of the terms (or all but the short ones) that are not shown yet,
        newest first.
        """
        for story in reversed(self._of(terms)):  # only a few are looked at, not the whole archive
            is_free = story.url not in self.shown and version_for(story, self.lang) == story.url
            if is_free and (terms or not is_short(story)):
                yield story

    def every(self, *terms: Term) -> list[FrontStory]:
        """All stories with one of the terms, newest first, each in one language, shown or not."""
        return [
            story
            for story in reversed(self._of(terms))
            if version_for(story, self.lang) == story.url
        ]

    def fresh(self, *terms: Term) -> Iterator[FrontStory]:
        """What is left without stale stories, if the terms have any other, on the page already or
        not; else all of it.
        """
        newest, stories = self._of(terms)[-1:], self.left(*terms)
        since = None
        if newest and self.days:
            since = self.oldest_first[-1].date - timedelta(self.days)
        if since is None or newest[0].date < since:
            return stories
        return takewhile(lambda story: story.date >= since, stories)

    def take(self, stories: Iterable[FrontStory]) -> list[FrontStory]:
        """The stories, which now count as shown."""
        taken = [*stories]
        self.shown.update(story.url for story in taken)
        return taken

    def _of(self, terms: Sequence[Term]) -> Sequence[FrontStory]:
        if len(terms) < 2:
            if terms:
                return self.stories_of(terms[0])
            return self.oldest_first
        every = {story.url: story for term in terms for story in self.stories_of(term)}
        return oldest_first(every.values())


def usual_parts(newest: int, per_section: int, opinions: Sequence[StoryType]) -> list[FrontPart]:
    """The blocks of a front page without any by an editor; `opinions` are the types of opinions."""
    strip = []
    if opinions:
        strip = [FrontPart("opinion", tuple(opinions), optional=True)]
    return [
        FrontPart("lead"),
        FrontPart("latest", stories=newest),
        *strip,
        FrontPart("sections", stories=per_section),
    ]


def arrange(
    parts: Sequence[FrontPart],
    wanted: Mapping[str, str],
    sections: Sequence[Section],
    stock: Stock,
    short: Collection[str] = (),
) -> Front:
    """The front page with the wanted stories in its slots; an unpublished one is replaced by the
    newest.

    Each block takes its stories from what those above it left; the stories at the addresses `short`
    are left for the briefs.
    """
    slots = _slots(wanted, stock)
    stock.shown.update({version_for(slot.article, stock.lang) for slot in slots}, short)
    beside = stock.take(islice(stock.left(), max(0, stock.leads - len(slots))))
    named = {term for part in parts for term in part.terms}
    others = [section for section in sections if not section.rail and section not in named]
    blocks: list[Block] = []
    for part in parts:
        if part.kind == "sections":
            blocks += _sections(part, others, stock)
        else:
            blocks += _block(part, stock)
    return Front(slots, blocks, beside)


def _block(part: FrontPart, stock: Stock) -> Iterator[Block]:
    """The block for a part, unless there is no story for it."""
    term = part.terms[0] if len(part.terms) == 1 else None
    if part.kind == "latest":
        yield Block(part.kind, articles=stock.take(islice(stock.left(), part.stories)))
    elif part.kind == "opinion":
        stories = _by_writers(stock.fresh(*part.terms), part.stories)
        if len(stories) >= (WRITERS if part.optional else 1):
            faces = [story.byline[0].author.portrait if story.byline else None for story in stories]
            yield Block(part.kind, term, part.title, stock.take(stories), faces)
    elif part.kind in stock.given:
        given = (
            story
            for story in reversed(stock.given[part.kind])
            if version_for(story, stock.lang) == story.url
        )
        if stories := [*islice(given, part.stories)]:
            yield Block(part.kind, title=part.title, articles=stories)
    elif part.kind == "series":
        is_debate = isinstance(term, FormedSeries) and term.form == "debate"
        stories = (
            _of_debate(part, stock)
            if is_debate
            else [*islice(stock.left(*part.terms), part.stories)]
        )
        if stories:
            places = [_place(story, term) for story in stories]
            yield Block(part.kind, term, part.title, stock.take(stories), parts=places)
    elif part.kind in LAYOUTS:
        left = stock.fresh if isinstance(term, Section) else stock.left
        if stories := [*islice(left(*part.terms), part.stories)]:
            layout = part.kind if len(stories) > 1 or part.kind != "trio" else "feature"
            yield Block(layout, term, part.title, stock.take(laid_out(layout, stories)))
    else:  # the lead has its slots, the briefs get what is left
        yield Block(part.kind)


def _of_debate(part: FrontPart, stock: Stock) -> list[FrontStory]:
    """The newest story of each side of a debate, then its replies, then the rest of its sides.

    Stories that are on the page already count too: half a debate would misrepresent it.
    """
    stories = stock.every(*part.terms)
    sides: dict[str, FrontStory] = {}
    for story in reversed(stories):  # oldest first, as the sides usually came out
        if side := _place(story, part.terms[0]).side:
            sides[side] = story
    newest = list(sides.values())
    others = [story for story in stories if story not in newest]
    replies = [story for story in others if not _place(story, part.terms[0]).side]
    rest = [story for story in others if story not in replies]
    return [*newest, *replies, *rest][: max(part.stories, len(newest))]


def _place(story: FrontStory, series: Term | None) -> Part:
    """The story's place in a series."""
    return next(place for place in story.parts if place.series == series)


def _sections(part: FrontPart, sections: Iterable[Section], stock: Stock) -> Iterator[Block]:
    """A block for each section that has stories, in alternating layouts."""
    layout = LAYOUTS[-1]
    for section in sections:
        if stories := [*islice(stock.fresh(section), part.stories)]:
            layout = layout_for(stories, layout)
            yield Block(layout, section, articles=stock.take(laid_out(layout, stories)))


def layout_for(stories: Sequence[FrontStory], before: str) -> str:
    """The next layout after `before` that suits these stories: a trio has a photo of each, or
    none.
    """
    turn = LAYOUTS.index(before) + 1
    pictured = {bool(story.photo) for story in stories[:COLUMNS]}
    is_trio = len(stories) >= COLUMNS and len(pictured) == 1
    return next(layout for layout in LAYOUTS[turn:] + LAYOUTS[:turn] if layout != "trio" or is_trio)


def laid_out(layout: str, stories: Sequence[FrontStory]) -> list[FrontStory]:
    """The stories in the order of a layout: full rows of a trio; in another, one that may lead
    first, with a photo if any has one.
    """
    if layout == "trio":
        return [*stories[: max(COLUMNS, len(stories) // COLUMNS * COLUMNS)]]
    first = led([story for story in stories if story.photo] or stories)[:1]
    return [*first, *(story for story in stories if story not in first)]


def _by_writers(stories: Iterable[FrontStory], most: int) -> list[FrontStory]:
    """The first stories, only one of each writer."""
    taken: dict[str, FrontStory] = {}
    for story in stories:
        if len(taken) == most:
            break
        taken.setdefault(story.byline[0].author.url if story.byline else "", story)
    return list(taken.values())


def _slots(wanted: Mapping[str, str], stock: Stock) -> list[Slot]:
    named, lang = set(wanted.values()), stock.lang
    by_slug = {story.slug: story for story in stock.oldest_first if story.slug in named}
    shown = {version_for(by_slug[slug], lang) for slug in wanted.values() if slug in by_slug}
    names = dict.fromkeys((*FRONT_SLOTS, *wanted))
    newest = led([*islice((story for story in stock.left() if story.url not in shown), len(names))])
    placed: set[str] = set()
    slots: list[Slot] = []
    for name in names:
        story = by_slug.get(wanted.get(name, ""))
        if story is None or version_for(story, lang) in placed:  # it may be wanted in two slots
            story = None
            if newest:
                story = newest.pop(0)
        if story is not None:
            placed.add(version_for(story, lang))
            slots.append(Slot(name, story))
    return slots


def current_slots(
    entries: Iterable[ListEntry[SlotData]], now: datetime, out: Collection[str]
) -> dict[str, str]:
    """Slot -> story slug, from entries that have not expired; of several for one slot, the first
    whose story is `out`.
    """
    wanted: dict[str, str] = {}
    for entry in entries:
        slot, story = entry.data.slot, entry.data.story
        if not is_over(entry, now) and (
            slot not in wanted or (wanted[slot] not in out and story in out)
        ):
            wanted[slot] = story
    return wanted
