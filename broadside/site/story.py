"""Stories and plain pages: Pelican's articles and pages, made from records, with all attributes for
templates and plugins.
"""

from __future__ import annotations

import locale
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import cache, partial
from itertools import compress, islice
from operator import attrgetter, is_not
from types import MappingProxyType
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from msgspec import Struct, field
from msgspec.structs import asdict, replace
from pelican import contents
from pelican.plugins import signals as pelicans

from broadside.content.addresses import first_url
from broadside.content.content import Content
from broadside.content.records import Record
from broadside.content.terms import (
    Author,
    Byline,
    Section,
    Series,
    StoryType,
    Term,
    Translation,
    kicker_type,
)
from broadside.digests import BESIDE, IN_LISTS, NAMED, ON_PAGE, Digests, Shown, digest
from broadside.faults import KeyRefused, quoted
from broadside.front_matter.data import (
    OWN,
    WORDS,
    Correction,
    Data,
    Headlines,
    Key,
    PageData,
    StoryData,
    Written,
    shown_keys,
)
from broadside.front_matter.fields import OfOutlet, text
from broadside.markdown.body import FileNote
from broadside.markdown.typography import curl, quotes_of
from broadside.media.charts import Chart, Table
from broadside.media.derivatives import Photos
from broadside.media.films import Film, player_of
from broadside.media.photos import Description, Photo
from broadside.settings import Settings
from broadside.site.attributes import ATTRIBUTES, Around
from broadside.site.linked_files import LinkedFile, file_notes, linked_file
from broadside.site.texts import Texts
from broadside.urls import save_as
from broadside.validation import Declared, InContext, keys_of

WORDS_PER_MINUTE = 230
MIDNIGHT, DAY, SECOND = time(), timedelta(days=1), timedelta(seconds=1)
SHOWN_AS = {
    "published": "published",
    "hidden": "hidden",
    "draft": "draft",
    "held": "draft",
    "withdrawn": "hidden",
}
"""State of a source -> Pelican's status."""


class Card(Struct, frozen=True):
    """A card as templates print it: address, size and alt text."""

    src: str
    width: int
    height: int
    alt: str


class Call(Struct, frozen=True):
    """What a call for support says; `url` is where the money is taken, or "" if the outlet's own
    page has a form.
    """

    title: str
    text: str
    button: str
    url: str


class Rail(Struct, frozen=True):
    """A short list of stories: its name in the page, its title, the address of the full list, "" if
    there is none, and the stories.
    """

    name: str
    title: str
    url: str
    articles: list[Story]


class Formatted:
    """A date in the format for Pelican's templates, made when it is asked for; a plugin may set the
    attribute to another text.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, story: FromRecord, _: type[FromRecord]) -> str:
        moment: datetime = getattr(story, self._name)
        shown = story.date_format
        if isinstance(shown, tuple):
            where, shown = shown
            locale.setlocale(locale.LC_ALL, where)
        return moment.strftime(shown)


class FromRecord(contents.Content):
    """The common part of stories and plain pages: sets everything that Pelican would compute, and
    leaves the text in the record.

    `teaser` is a digest of what lists show of it, and `whole` of everything its own page shows.
    """

    url: Annotated[str, IN_LISTS, "address, below root"] = ""
    save_as = ""
    """Plain attributes here, but properties in Pelican's class."""
    title: str
    dek: str
    slug: str
    lang: str
    """Keys that are shown: front_matter/data.py declares them, and these lines only give their
    types to code.
    """
    dir: Annotated[str, IN_LISTS, "ltr or rtl"]
    desk_status: Annotated[str, IN_LISTS, "published, hidden, withdrawn, draft or held"]
    inner_links: Annotated[
        Sequence[str], ON_PAGE, "addresses that the links of the text lead to"
    ] = ()
    inline_photos: Annotated[Sequence[Photo], ON_PAGE, "the photos in the text"] = ()
    inline_charts: Annotated[Sequence[Chart], ON_PAGE, "the charts in the text"] = ()
    films: Annotated[Sequence[Film], ON_PAGE, "the films in the text that have a still"] = ()
    file: Annotated[LinkedFile | None, IN_LISTS, "the file that it is the page of, or None"] = None
    file_notes: Annotated[
        Mapping[int, FileNote],
        ON_PAGE,
        "what is said beside links to files, by the number of the link",
    ] = MappingProxyType({})
    record: Record[Any]
    """What was read from the source: pages with the whole story depend on all of it, lists only on
    attributes.
    """
    template: str
    date_format: str | tuple[str, str]
    locale_date = Formatted("date")
    locale_modified = Formatted("modified")
    teaser: str
    whole: str
    _made: tuple[Any, ...]
    """The values of all attributes when it was made."""

    def __init__(self, values: dict[str, Any], settings: Settings, texts: Texts) -> None:
        # Pelican's own takes ten times as long, because it looks for each attribute before it sets
        # it. This sets the same ones.
        values["save_as"] = save_as(values["url"])
        mine = self.__dict__
        mine.update(values)
        mine.update(
            _status=mine.pop("status"),
            _summary=mine.pop("summary"),
            _content="",
            _context={},
            _texts=texts,
            date_format=settings.DATE_FORMATS.get(values["lang"], settings.DEFAULT_DATE_FORMAT),
            in_default_lang=values["lang"] == settings.DEFAULT_LANG.lower(),
            metadata=values,
            override_save_as=values["save_as"],
            override_url=values["url"],
            relative_source_path=values["record"].path,
            settings=vars(settings),
            source_path=f"{settings.PATH}/{values['record'].path}",
            timezone=ZoneInfo(settings.TIMEZONE),
            translations=[],
        )
        self._made = tuple(mine.values())
        if pelicans.content_object_init.receivers:
            pelicans.content_object_init.send(self)

    @classmethod
    @cache
    def attributes(cls) -> dict[str, Shown]:
        """The attributes of stories, or of plain pages: the keys that are shown, and those declared
        here.
        """
        hints = get_type_hints(cls, include_extras=True)
        (data,) = get_args(hints["record"])
        declared = {
            name: hint.__metadata__[0]
            for name, hint in hints.items()
            if get_origin(hint) is Annotated
        }
        if cls is not Story:
            return shown_keys(data) | declared
        own = {name: each.key.shown for name, each in OWN.items() if each.key.shown}
        return shown_keys(data) | declared | own | {each.name: each.shown for each in ATTRIBUTES}

    @classmethod
    @cache
    def shown(cls, where: Shown) -> Callable[[FromRecord], tuple[Any, ...]]:
        """A function that returns the values of all attributes declared to be shown there."""
        names = [name for name, each in cls.attributes().items() if each is where]
        if names:
            return attrgetter(*names)
        return lambda _: ()

    @property
    def from_others(self) -> list[str]:
        """The names of undeclared attributes, set by an outlet's own plugins."""
        now, made, declared = vars(self), self._made, self.attributes()
        since = (*compress(now, map(is_not, now.values(), made)), *islice(now, len(made), None))
        return [
            name
            for name in since
            if name not in declared and name not in ("_made", "teaser", "whole")
        ]

    @property
    def content(self) -> str:
        """The text as HTML."""
        return str(self._texts.body(self))

    def get_relative_source_path(self, source_path: str | None = None) -> str | None:
        """The path below the content folder."""
        path: str | None = (
            super().get_relative_source_path(source_path) if source_path else self.record.path
        )
        return path

    def get_static_links(self) -> set[str]:
        """None, because the only files in texts are photos, and the plugin pictures makes those."""
        return set()

    def refresh_metadata_intersite_links(self) -> None:
        """Do nothing, because front matter is plain text."""


class Story(FromRecord, contents.Article):
    """A story as plugins and templates see it.

    Declare a new attribute here, unless it is a key as it was written; Maker or a plugin sets its
    value. Pelican's own names (author, category, tags …) keep their meaning.
    """

    record: Record[StoryData]
    date: Annotated[datetime, IN_LISTS, "aware datetime"]
    updated: Annotated[datetime | None, IN_LISTS, "aware datetime or None"] = None
    dek_repeats: Annotated[
        bool,
        IN_LISTS,
        "whether the text begins with the words of the dek, which is then shown in lists only",
    ] = False
    byline: Annotated[Sequence[Byline], NAMED, "authors and their roles"]
    authors: Annotated[Sequence[Author], NAMED, "who is in the byline"]
    sections: Annotated[Sequence[Section], NAMED, "sections, the primary one first"]
    story_type: Annotated[StoryType | None, NAMED, "None where settings allow it"] = None
    topics: Annotated[Sequence[Term], NAMED, "topics"] = ()
    series: Annotated[
        Sequence[Series], NAMED, "series that it belongs to, the one that it names itself first"
    ] = ()
    filed_as: Annotated[
        Term | None, NAMED, "what takes the place of its type in lists, or None"
    ] = None
    photo: Annotated[Photo | None, IN_LISTS, "lead photo, or None"] = None
    canonical: str
    corrections: Sequence[Correction]
    corrected: Annotated[bool, IN_LISTS, "whether one of them says that the story was wrong"] = (
        False
    )
    headlines: Headlines
    paid_by: Annotated[str, IN_LISTS, 'the name of who paid for it, or ""'] = ""
    first_url: Annotated[
        str, IN_LISTS, "the address at which it was first published, by which feeds know it"
    ]
    words: Annotated[int, ON_PAGE, "number of words in the text"]
    reading_time: Annotated[int, IN_LISTS, "minutes, at least 1"]
    languages: Annotated[
        Sequence[Translation],
        ON_PAGE,
        "it in each of its languages, the original first; empty where it has one",
    ] = ()
    stream: Annotated[Sequence[Story], BESIDE, "related stories shown below, best first"] = ()
    answers: Annotated[Story | None, BESIDE, "the story that it answers, or None"] = None
    answered_by: Annotated[
        Sequence[Story], BESIDE, "the stories that answer it, oldest first; letters are apart"
    ] = ()
    letters: Annotated[Sequence[Story], BESIDE, "the letters that answer it, oldest first"] = ()
    in_reply_to: Annotated[
        str, IN_LISTS, 'the address by which feeds know the story that it answers, or ""'
    ] = ""
    rails: Annotated[Sequence[Rail], BESIDE, "rails shown beside it"] = ()
    card: Annotated[
        Card | None, ON_PAGE, "the picture of a shared link to it, or None where cards are off"
    ] = None
    republish_url: Annotated[
        str, ON_PAGE, 'address of the page for those who republish it, or ""'
    ] = ""
    support: Annotated[Call | None, BESIDE, "call for support shown below it, or None"] = None

    @property
    def kicker_type(self) -> Term | None:
        """What its kicker names beside its sections, unless one of these says as much."""
        return kicker_type(self.filed_as or self.story_type, self.sections)


def add_key(
    name: str,
    means: str,
    check: Callable[..., str | int | float] = text,
    *,
    several: bool = False,
    required: bool = False,
) -> None:
    """Add a key to the front matter of stories; an outlet's own plugin calls this in its
    register().

    `means` says in a few words what the key is for; messages show it. `check` is given what was
    written and returns the clean value. If the value cannot be used, it raises ValueError with the
    rest of a sentence that begins with the key. The checks of front_matter.fields can be used too.
    With `several` the key holds a list, and `check` is given each entry. A `required` key must be
    in every published story.

    The value is in `story.data.own` of a record, and an attribute of an article; a story without it
    has "" or an empty list.
    """
    if not re.fullmatch("[a-z][a-z0-9_]*", name):
        raise KeyRefused(
            f"{quoted(name)} cannot be a key: write it in small letters, digits and underscores"
        )
    taken = {
        other
        for ours, declared in keys_of(StoryData).items()
        for other in (ours, *declared.key.names)
    }
    taken |= {*StoryData.__struct_fields__, *get_type_hints(Story), *dir(Story)}
    safe = check if isinstance(check, InContext) else OfOutlet(check)
    added = Declared(Key(means, safe, when_published=required), several=several)
    if name in taken or OWN.get(name, added) != added:
        raise KeyRefused(
            f"{quoted(name)} is the name of another key, or of something else that a story has"
        )
    OWN[name] = added
    WORDS.add(name)


class PlainPage(FromRecord, contents.Page):
    """A plain page, such as /about/; every page that is passed one may show all of it."""

    record: Record[PageData]


def _empty() -> dict[str, Any]:
    """The keys of plugins that stories have as attributes, each with its value where a story does
    not have it.
    """
    return {name: each.empty for name, each in OWN.items() if each.key.shown or not each.type}


class Maker(Around, frozen=True):
    """Makes stories and plain pages from the records of a content folder."""

    texts: Texts
    empty: dict[str, Any] = field(default_factory=_empty)

    def story(self, record: Record[StoryData]) -> Story:
        """Make the story of a record that this build shows."""
        data, state = record.data, self.content.states[record.path]
        byline = self.terms.byline(record, self.content.words.of(data.lang))
        updated = None
        if data.updated:
            updated = datetime.fromisoformat(data.updated)
        values = {
            **self._common(record, state),
            **self.terms.of(record),
            # A draft may have no date, and its page shows none; this one changes only with the year
            # in the footer.
            "date": (
                record.date or datetime(self.options.now.year, 1, 1, tzinfo=self.options.now.tzinfo)
            ),
            "updated": updated,
            "byline": byline,
            "authors": [each.author for each in byline],
            "author": byline[0].author if byline else None,
            "photo": lead_photo(data, self.photos) if state != "withdrawn" else None,
            "corrected": any(each.type == "correction" for each in data.corrections),
            "paid_by": data.paid_by,
            "dek_repeats": data.dek_repeats,
            "words": record.words,
            "reading_time": max(1, round(record.words / WORDS_PER_MINUTE)),
            "languages": self.content.languages.get(record.path, []),
            "template": "withdrawn" if state == "withdrawn" else "article",
        }
        values |= {"category": next(iter(values["sections"]), None), "tags": values["topics"]}
        values["first_url"] = first_url(record, values["url"])
        values |= {name: data.own.get(name, empty) for name, empty in self.empty.items()}
        values |= {each.name: each.of(record, self) for each in ATTRIBUTES}
        if updated:
            values["modified"] = updated
        return Story(values, self.settings, self.texts)

    def plain_page(self, record: Record[Any]) -> PlainPage:
        """Make the plain page of a record that this build shows, or that of a text of a plugin."""
        values = self._common(record, self.content.states[record.path]) | {"template": "page"}
        return PlainPage(values, self.settings, self.texts)

    def _common(self, record: Record[Written], state: str) -> dict[str, Any]:
        data = record.data
        photos = []
        if state != "withdrawn":
            photos = inline_photos(record, self.photos)
        return {
            **{name: getattr(data, name) for name in shown_keys(type(data))},
            "summary": data.dek,
            "dir": data.dir,
            "status": SHOWN_AS[state],
            "desk_status": state,
            "record": record,
            "inner_links": self.content.links_of(record),
            "inline_photos": photos,
            "inline_charts": (
                charts_of(record, self.content, data.lang) if state != "withdrawn" else []
            ),
            "films": films_of(record, photos, self.settings.EMBEDS),
            "file_notes": file_notes(record, self.content, data.lang),
            "file": linked_file(getattr(data, "file", ""), self.content, data.lang),
            "url": self.content.addresses.urls_of[record.path],
        }


def changed(story: Story) -> datetime:
    """When a story last changed in substance: its publication, update, or last correction.

    A correction without an hour counts as one second after the last known change of its day: most
    are made on the day of the story, and feed readers only look at what is newer than what they
    have.
    """
    if not story.updated and not story.corrections:  # the usual case
        return story.date
    noted = sorted([datetime.fromisoformat(each.date) for each in story.corrections])
    days = [moment for moment in noted if moment.time() == MIDNIGHT]
    latest = max(
        [
            story.date,
            story.updated or story.date,
            *(moment for moment in noted if moment not in days),
        ]
    )
    for day in days:
        if latest < day + DAY:
            latest = max(day, latest + SECOND)
    return latest


def lead_photo(data: StoryData, photos: Photos) -> Photo | None:
    """The story's lead photo with its caption, credit and alt text."""
    if not data.photo or data.photo not in photos.originals:
        return None
    said = Description(
        data.alt,
        data.caption,
        data.credit,
        data.credit_label,
        data.redistribute == "yes",
        data.focus,
    )
    return photos.lead(data.photo, said)


def inline_photos(record: Record[Data], photos: Photos) -> list[Photo]:
    """The photos in a text, in order."""
    return [photos.shown(each.photo, each) for each in record.photos]


def charts_of(record: Record[Data], content: Content, lang: str) -> list[Chart]:
    """The charts in a text with their tables, in order; words in a table get the typography of the
    text's language.
    """
    return [
        Chart(**asdict(each), table=_in_type(content.tables[each.data], lang))
        for each in record.charts
    ]


def _in_type(table: Table, lang: str) -> Table:
    set_in_type = partial(curl, quotes=quotes_of(lang))
    columns = tuple(replace(each, name=set_in_type(each.name)) for each in table.columns)
    return Table(set_in_type(table.corner), tuple(map(set_in_type, table.labels)), columns)


def films_of(record: Record[Data], photos: Sequence[Photo], allowed: Sequence[str]) -> list[Film]:
    """The films in a text that have a still among its photos; a film gets a player if `allowed`
    names its provider.
    """
    return [
        Film(
            title=each.film.title,
            address=each.film.address,
            still=still,
            player=player_of(each.film.address, allowed),
        )
        # the photos of a withdrawn story are not shown
        for each, still in zip(record.photos, photos, strict=False)
        if each.film
    ]


class _Marks:
    """Computes the two digests of terms, one of what lists show and one of everything; looks at
    each term once.
    """

    def __init__(self) -> None:
        self._digests = Digests()
        self._known: dict[int, tuple[str, str]] = {}

    def of(self, values: Iterable[Any]) -> tuple[str, str]:
        """The two digests of terms, bylines, and lists of them."""
        marks: list[tuple[str, str]] = [("", "")]
        for value in values:
            for each in value if isinstance(value, (list, tuple)) else (value,):
                term = each
                if isinstance(each, Byline):
                    marks.append((each.role, each.role))
                    term = each.author
                marks.append(self._known.get(id(term)) or self._of_term(term))
            marks.append(("", ""))
        shown, whole = zip(*marks, strict=True)
        return "\n".join(shown), "\n".join(whole)

    def _of_term(self, term: Any) -> tuple[str, str]:
        whole = self._digests.of_values({"term": term})
        self._known[id(term)] = marks = (
            f"{term.name}\t{term.url}" if isinstance(term, Term) else whole,
            whole,
        )
        return marks


def digest_stories(stories: Sequence[FromRecord]) -> None:
    """Compute the digests of stories and pages, as their attributes are declared; call once, after
    all plugins have set theirs.
    """
    terms = _Marks()
    for story in stories:
        record = story.record
        names, marks = terms.of(story.shown(NAMED)(story))
        own = {
            name: value
            for name, value in getattr(record.data, "own", {}).items()
            if name not in OWN or not OWN[name].type
        }
        teaser = digest(names, repr(story.shown(IN_LISTS)(story)), repr(own))
        whole = digest(teaser, record.head, record.digest, marks, repr(story.shown(ON_PAGE)(story)))
        story.__dict__.update(teaser=whole if isinstance(story, PlainPage) else teaser, whole=whole)
    touched = [(story, others) for story in stories if (others := story.from_others)]
    # an attribute may be a story whose own attributes were set too
    for _ in range(2 if touched else 0):
        # a fresh one: that of the first round remembers the old digests of stories
        values = Digests()
        seen = [
            values.of_values({name: getattr(story, name) for name in others})
            for story, others in touched
        ]
        for (story, _), mark in zip(touched, seen, strict=True):
            story.__dict__.update(
                teaser=digest(story.teaser, mark), whole=digest(story.whole, mark)
            )
