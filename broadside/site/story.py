"""Stories and plain pages: Pelican's articles and pages, made from records, with everything that templates and plugins see of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from inspect import get_annotations
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace
from pelican import contents

from broadside.content.addresses import first_url
from broadside.content.content import Content, ReadOptions
from broadside.content.records import Record
from broadside.content.terms import Author, Byline, Part, Section, Series, StoryType, Topic, Translation
from broadside.digests import Digests, digest
from broadside.faults import KeyRefused, quoted
from broadside.front_matter.data import OWN, Correction, Data, Key, PageData, StoryData, Written
from broadside.front_matter.fields import OfOutlet, text
from broadside.front_matter.vocabulary import ARTICLE_ATTRIBUTES
from broadside.markdown.body import FileNote
from broadside.markdown.typography import curl, quotes_of
from broadside.media.charts import Chart, Table
from broadside.media.derivatives import Photos
from broadside.media.films import Film, player_of
from broadside.media.photos import Description, Photo
from broadside.site.linked_files import Audio, LinkedFile, audio_of, file_notes, linked_file
from broadside.site.terms_of import Terms
from broadside.site.texts import Texts
from broadside.urls import save_as
from broadside.validation import Declared, InContext, keys_of

WORDS_PER_MINUTE = 230
MIDNIGHT, DAY, SECOND = time(), timedelta(days=1), timedelta(seconds=1)
SHOWN_AS = {"published": "published", "hidden": "hidden", "draft": "draft", "held": "draft", "withdrawn": "hidden"}
"""State of a source -> Pelican's status."""
ADDED = frozenset(("stream", "rails", "parts", "card", "republish_url", "support", "teaser", "whole"))
"""Attributes that our other plugins set, because they depend on more than the story; and the digests, which do not count themselves."""


class Card(Struct, frozen=True):
    """A card as a template prints it: address, size and alt text."""

    src: str
    width: int
    height: int
    alt: str


class Call(Struct, frozen=True):
    """What a call for support says; `url` is the address of whoever takes the money, or "" if the outlet's own page has a form."""

    title: str
    text: str
    button: str
    url: str


class Rail(Struct, frozen=True):
    """A short list of the newest stories: its name in the page, its title, the address of the full list, and the stories."""

    name: str
    title: str
    url: str
    articles: list[Story]


class FromRecord(contents.Content):
    """What stories and plain pages have in common: all that Pelican would work out is given, and the text stays in the record.

    `teaser` and `whole` are digests: of what a list shows of it, and of all that its own page shows. `from_others` are the names
    of attributes that an outlet's own plugins have set.
    """

    url = save_as = ""
    """Plain attributes here; properties of Pelican's class."""
    record: Record[Any]
    title: str
    dek: str
    slug: str
    lang: str
    dir: str
    desk_status: str
    inner_links: list[str]
    inline_photos: list[Photo]
    inline_charts: list[Chart]
    films: list[Film]
    file_notes: Mapping[int, FileNote]
    file: LinkedFile | None
    template: str
    teaser: str
    whole: str
    from_others: frozenset[str] = frozenset()
    _is_made = False

    def __init__(self, values: Mapping[str, Any], settings: Mapping[str, Any], texts: Texts) -> None:
        url = values["url"]
        record: Record[Written] = values["record"]
        self.__dict__.update(url=url, save_as=save_as(url), record=record, _texts=texts)
        super().__init__("", {**values, "save_as": self.save_as}, settings, f"{settings['PATH']}/{record.path}", {})
        self.__dict__["_is_made"] = True

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute, and note its name if another plugin sets it, since a page may show it."""
        object.__setattr__(self, name, value)
        if self._is_made and name not in ADDED:
            self.__dict__["from_others"] = self.from_others | {name}

    @property
    def content(self) -> str:
        """The text as HTML."""
        return str(self._texts.body(self))

    def get_relative_source_path(self, source_path: str | None = None) -> str | None:
        """The path below the content folder."""
        path: str | None = super().get_relative_source_path(source_path) if source_path else self.record.path
        return path

    def get_static_links(self) -> set[str]:
        """None: the only files that texts show are photos, of which the plugin pictures makes pages."""
        return set()

    def refresh_metadata_intersite_links(self) -> None:
        """Do nothing: front matter is plain text."""


class Story(FromRecord, contents.Article):
    """A story as plugins and templates see it; vocabulary.ARTICLE_ATTRIBUTES says what each attribute means."""

    record: Record[StoryData]
    date: datetime
    updated: datetime | None
    dek_repeats: bool
    byline: list[Byline]
    authors: list[Author]
    sections: list[Section]
    story_type: StoryType | None
    topics: list[Topic]
    series: list[Series]
    photo: Photo | None
    audio: Audio | None
    corrections: list[Correction]
    corrected: bool
    first_url: str
    canonical: str
    words: int
    reading_time: int
    languages: list[Translation]
    stream: Sequence[Story] = ()
    rails: Sequence[Rail] = ()
    parts: Sequence[Part] = ()
    card: Card | None = None
    republish_url: str = ""
    support: Call | None = None


def add_key(
    name: str,
    means: str,
    check: Callable[..., str | int | float] = text,
    *,
    several: bool = False,
    required: bool = False,
) -> None:
    """Add a key to the front matter of stories; an outlet's own plugin calls this in its register().

    `means` says what the key is for, in a few words that messages can show. `check` is given what was written, and returns
    the value in its clean form; if it cannot be used, it raises ValueError, with the rest of a sentence that begins with
    the key. The checks of front_matter.fields may be used too. With `several` the key has a list, and `check` is given each
    entry. A `required` key is one that a published story must have.

    The value is in `story.data.own` of a record, and an attribute of an article; a story without it has "" or an empty list.
    """
    if not re.fullmatch("[a-z][a-z0-9_]*", name):
        raise KeyRefused(f"{quoted(name)} cannot be a key: write it in small letters, digits and underscores")
    taken = {other for ours, declared in keys_of(StoryData).items() for other in (ours, *declared.key.names)}
    taken |= {*StoryData.__struct_fields__, *ARTICLE_ATTRIBUTES, *get_annotations(Story), *dir(Story)}
    key = Key(means, check, when_published=required, words=True)
    value = Declared(checks=(check if isinstance(check, InContext) else OfOutlet(check),), key=key)
    added = Declared(list, (value,), key=key) if several else value
    if name in taken or OWN.get(name, added) != added:
        raise KeyRefused(f"{quoted(name)} is the name of another key, or of something else that a story has")
    OWN[name] = added


class PlainPage(FromRecord, contents.Page):
    """A plain page, such as /about/."""

    record: Record[PageData]


class Maker(Struct, frozen=True):
    """Makes stories and plain pages of the records of a content folder."""

    content: Content
    options: ReadOptions
    terms: Terms
    photos: Photos
    texts: Texts
    settings: Mapping[str, Any]

    def story(self, record: Record[StoryData]) -> Story:
        """The story of a record that this build shows."""
        data, state = record.data, self.content.states[record.path]
        byline = self.terms.byline(record, self.content.words.of(data.lang))
        sections = [self.terms.sections[name] for name in data.sections]
        topics, series = self.terms.topics_of(data.topics), self.terms.series_with(record)
        updated = datetime.fromisoformat(data.updated) if data.updated else None
        values = self._common(record, state) | {
            # A draft may have none, and its page then shows none; this one changes only with the year in the page's foot.
            "date": record.date or datetime(self.options.now.year, 1, 1, tzinfo=self.options.now.tzinfo),
            "updated": updated,
            "byline": byline,
            "authors": [each.author for each in byline],
            "author": byline[0].author if byline else None,
            "sections": sections,
            "category": sections[0] if sections else None,
            "story_type": self.terms.story_types.get(data.type),
            "topics": topics,
            "tags": topics,
            "series": series,
            "photo": lead_photo(data, self.photos) if state != "withdrawn" else None,
            "audio": audio_of(data, self.content) if state != "withdrawn" else None,
            "corrections": data.corrections,
            "corrected": any(each.type == "correction" for each in data.corrections),
            "dek_repeats": data.dek_repeats,
            "words": record.words,
            "reading_time": max(1, round(record.words / WORDS_PER_MINUTE)),
            "canonical": data.canonical,
            "languages": self.content.languages.get(record.path, []),
            "template": "withdrawn" if state == "withdrawn" else "article",
        }
        values["first_url"] = first_url(record, values["url"])
        values |= {name: data.own.get(name, [] if key.several else "") for name, key in OWN.items()}
        if updated:
            values["modified"] = updated
        terms = filter(None, (*values["authors"], *sections, values["story_type"], *topics, *series))
        names, marks = self.terms.marks_of(terms)
        values["teaser"] = teaser_digest(values, names)
        values["whole"] = whole_digest(values, marks)
        return Story(values, self.settings, self.texts)

    def plain_page(self, record: Record[PageData]) -> PlainPage:
        """The plain page of a record that this build shows."""
        values = self._common(record, self.content.states[record.path]) | {"template": "page"}
        shown = [
            repr(values[name])
            for name in ("inner_links", "inline_photos", "inline_charts", "films", "file_notes", "file")
        ]
        values["teaser"] = values["whole"] = digest(record.digest, values["url"], values["desk_status"], *shown)
        return PlainPage(values, self.settings, self.texts)

    def _common(self, record: Record[Written], state: str) -> dict[str, Any]:
        data = record.data
        photos = inline_photos(record, self.photos) if state != "withdrawn" else []
        return {
            "title": data.title,
            "dek": data.dek,
            "summary": data.dek,
            "slug": record.slug,
            "lang": data.lang,
            "dir": data.dir,
            "status": SHOWN_AS[state],
            "desk_status": state,
            "record": record,
            "inner_links": self.content.links_of(record),
            "inline_photos": photos,
            "inline_charts": charts_of(record, self.content, data.lang) if state != "withdrawn" else [],
            "films": films_of(record, photos, self.settings["EMBEDS"]),
            "file_notes": file_notes(record, self.content, data.lang),
            "file": linked_file(getattr(data, "file", ""), self.content, data.lang),
            "url": self.content.addresses.urls_of[record.path],
        }


def changed(story: Story) -> datetime:
    """When a story last changed in substance: its publication, update, or last correction.

    A correction without an hour counts as one second later than the last known change of its day: most are made on the
    day of the story, and feed readers look again only at what changed later than they know.
    """
    if not story.updated and not story.corrections:  # as most
        return story.date
    noted = sorted([datetime.fromisoformat(each.date) for each in story.corrections])
    days = [moment for moment in noted if moment.time() == MIDNIGHT]
    latest = max([story.date, story.updated or story.date, *(moment for moment in noted if moment not in days)])
    for day in days:
        if latest < day + DAY:
            latest = max(day, latest + SECOND)
    return latest


def lead_photo(data: StoryData, photos: Photos) -> Photo | None:
    """The story's lead photo with its caption, credit and alt text."""
    if not data.photo or data.photo not in photos.originals:
        return None
    said = Description(data.alt, data.caption, data.credit, data.credit_label, data.redistribute == "yes", data.focus)
    return photos.lead(data.photo, said)


def inline_photos(record: Record[Data], photos: Photos) -> list[Photo]:
    """The photos in a text, in their order there."""
    return [photos.shown(each.photo, each) for each in record.photos]


def charts_of(record: Record[Data], content: Content, lang: str) -> list[Chart]:
    """The charts in a text with their tables, in their order there; words in a table are set in type as in the text's language."""
    return [Chart(**asdict(each), table=_in_type(content.tables[each.data], lang)) for each in record.charts]


def _in_type(table: Table, lang: str) -> Table:
    set_in_type = partial(curl, quotes=quotes_of(lang))
    columns = tuple(replace(each, name=set_in_type(each.name)) for each in table.columns)
    return Table(set_in_type(table.corner), tuple(map(set_in_type, table.labels)), columns)


def films_of(record: Record[Data], photos: Sequence[Photo], allowed: Sequence[str]) -> list[Film]:
    """The films in a text whose stills are among its photos, with players where `allowed` names their providers."""
    return [
        Film(
            title=each.film.title, address=each.film.address, still=still, player=player_of(each.film.address, allowed)
        )
        for each, still in zip(record.photos, photos, strict=False)  # of a withdrawn story, no photo is shown
        if each.film
    ]


def teaser_digest(story: dict[str, Any], names: str) -> str:
    """The digest of all that lists show of a story: front matter, address, photo, recording, its terms' names, minutes to read."""
    made = repr((story["photo"], story["audio"])) if story["photo"] or story["audio"] else ""
    return digest(story["record"].head, story["url"], story["desk_status"], names, made, str(story["reading_time"]))


def whole_digest(story: dict[str, Any], marks: str) -> str:
    """The digest of all that a story's own page shows: teaser, text, `marks` of its terms, links, figures, files and translations.

    The roles in its byline are front matter, which the teaser covers.
    """
    links = "\n".join(story["inner_links"])
    photos = repr(story["inline_photos"]) if story["inline_photos"] else ""
    charts = repr(story["inline_charts"]) if story["inline_charts"] else ""
    films = repr(story["films"]) if story["films"] else ""
    languages = repr(story["languages"]) if story["languages"] else ""
    files = repr((story["file"], story["file_notes"])) if story["file"] or story["file_notes"] else ""
    return digest(story["teaser"], story["record"].digest, marks, links, photos, charts, films, languages, files)


def complete_digests(stories: Iterable[FromRecord]) -> None:
    """Have the digests of stories and pages cover what plugins have set on them; to be called once, when all have."""
    touched = [story for story in stories if story.from_others]
    for story in stories:
        if card := getattr(story, "card", None):
            story.whole = digest(story.whole, repr(card))
    for _ in range(2 if touched else 0):  # what is set may be a story that has something set too
        values = Digests()  # a new one: that of the first round remembers the old digests of stories
        marks = [values.of_values({name: getattr(story, name) for name in story.from_others}) for story in touched]
        for story, mark in zip(touched, marks, strict=True):
            story.teaser, story.whole = digest(story.teaser, mark), digest(story.whole, mark)
