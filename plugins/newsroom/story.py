"""Makes the attributes of an article from a record: everything that templates and other plugins see of a story."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from broadside.plugins.fingerprint import Digests, digest
from broadside.plugins.front_matter.data import Correction, Data, PageData, StoryData, Written
from broadside.plugins.front_matter.keys import OWN
from broadside.plugins.newsroom.addresses import first_url
from broadside.plugins.newsroom.records import Record
from broadside.plugins.newsroom.room import Desk, Newsroom
from broadside.plugins.newsroom.terms import Author, Byline, Section, StoryType, Topic, Translation
from broadside.plugins.newsroom.terms_of import Terms
from broadside.plugins.photos.album import Album
from broadside.plugins.photos.values import Description, Photo
from broadside.plugins.urls import save_as

if TYPE_CHECKING:  # plugins that come later
    from broadside.plugins.cards.values import Card
    from broadside.plugins.rails.rail import Rail

log = logging.getLogger("broadside")
WORDS_PER_MINUTE = 230
MIDNIGHT, DAY, SECOND = time(), timedelta(days=1), timedelta(seconds=1)
SHOWN_AS = {"published": "published", "hidden": "hidden", "draft": "draft", "held": "draft", "withdrawn": "hidden"}


class WithText(Protocol):
    """A story or a plain page: something with a text, and with the links and photos that go into its slots."""

    record: Record[Written]
    inner_links: list[str]
    inline_photos: list[Photo]

    def __hash__(self) -> int:
        """By identity."""


class Story(WithText, Protocol):
    """A story as plugins and templates see it; vocabulary.ARTICLE_ATTRIBUTES says what each of them means.

    `teaser` and `whole` are its digests: of what a list shows of it, and of all that its own page shows.
    """

    title: str
    dek: str
    slug: str
    url: str
    save_as: str
    lang: str
    dir: str
    date: datetime
    updated: datetime | None
    byline: list[Byline]
    authors: list[Author]
    sections: list[Section]
    story_type: StoryType | None
    topics: list[Topic]
    photo: Photo | None
    corrections: list[Correction]
    corrected: bool
    first_url: str
    canonical: str
    words: int
    reading_time: int
    stream: Sequence[Story]
    rails: Sequence[Rail]
    card: Card | None
    republish_url: str
    languages: list[Translation]
    desk_status: str
    template: str
    teaser: str
    whole: str


class Marked(Protocol):
    """A story or a page with its digests, and the names of attributes that an outlet's own plugins have set."""

    teaser: str
    whole: str
    set_by_others: frozenset[str]


FROM_OTHERS = ("stream", "rails", "card", "republish_url")
"""Attributes that other plugins of ours set, because they depend on more than the story."""
SET_BY_US = frozenset((*FROM_OTHERS, "teaser", "whole"))
"""Attributes that we set after a story is made, and that need no noting: pages are handed them, or they are digests."""


def attributes(
    record: Record[StoryData], newsroom: Newsroom, desk: Desk, terms: Terms, album: Album
) -> dict[str, Any] | None:
    """The attributes of a story; None if it is a draft or held, and this build shows neither."""
    out = _common(record, newsroom, desk, album)
    if out is None:
        return None
    data, is_withdrawn = record.data, out["desk_status"] == "withdrawn"
    byline = terms.byline(record)
    sections = [terms.sections[name] for name in data.sections]
    topics = terms.topics_of(data.topics)
    updated = datetime.fromisoformat(data.updated) if data.updated else None
    out |= {
        # A draft may have none, and its page then shows none; this one changes only with the year in the page's foot.
        "date": record.date or datetime(desk.now.year, 1, 1, tzinfo=desk.now.tzinfo),
        "updated": updated,
        "byline": byline,
        "authors": [each.author for each in byline],
        "sections": sections,
        "story_type": terms.story_types.get(data.type),
        "topics": topics,
        "tags": topics,
        "photo": lead_photo(data, album) if not is_withdrawn else None,
        "corrections": data.corrections,
        "corrected": any(each.type == "correction" for each in data.corrections),
        "first_url": first_url(record, out["url"]),
        "words": record.words,
        "reading_time": max(1, round(record.words / WORDS_PER_MINUTE)),
        "canonical": data.canonical,
        "stream": [],
        "languages": newsroom.languages.get(record.path, []),
        "rails": [],
        "card": None,
        "republish_url": "",
        "template": "withdrawn" if is_withdrawn else "article",
    }
    out |= {name: data.own.get(name, [] if key.several else "") for name, key in OWN.items()}
    if not byline:
        out["author"] = None  # a draft; Pelican would take the first of an empty list
    if updated:
        out["modified"] = updated
    out["category"] = sections[0] if sections else None
    names, marks = terms.marks_of(filter(None, (*out["authors"], *sections, out["story_type"], *topics)))
    out["teaser"] = teaser_digest(out, names)
    out["whole"] = whole_digest(out, marks)
    return out


def handed(story: Story) -> dict[str, Any]:
    """What a story's own page is handed, once other plugins have set their attributes."""
    return {"article": story, "stories": story.stream, "rails": story.rails}


def _common(record: Record[Written], newsroom: Newsroom, desk: Desk, album: Album) -> dict[str, Any] | None:
    """The attributes that stories and pages share; None if it is a draft or held, and this build shows neither."""
    data = record.data
    state = newsroom.states[record.path]
    if not desk.shows(state):
        return None
    url = newsroom.addresses.urls_of[record.path]
    return {
        "title": data.title,
        "dek": data.dek,
        "slug": record.slug,
        "lang": data.lang,
        "dir": data.dir,
        "status": SHOWN_AS[state],
        "desk_status": state,
        "record": record,
        "inner_links": newsroom.links_of(record),
        "inline_photos": inline_photos(record, album) if state != "withdrawn" else [],
        "url": url,
        "save_as": save_as(url),
        "summary": data.dek,
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


def lead_photo(data: StoryData, album: Album) -> Photo | None:
    """The story's lead photo with its caption, credit and alt text."""
    if not data.photo:
        return None
    said = Description(data.alt, data.caption, data.credit, data.credit_label, data.redistribute == "yes")
    return album.lead(data.photo, said)


def inline_photos(record: Record[Data], album: Album) -> list[Photo]:
    """The photos in a text, in their order there."""
    return [album.photo(each.photo, each) for each in record.photos]


def teaser_digest(story: dict[str, Any], names: str) -> str:
    """The digest of all that is shown of a story except its text: front matter, address, photo, and its terms' names."""
    photo = repr(story["photo"]) if story["photo"] else ""
    return digest(story["record"].head, story["url"], story["desk_status"], names, photo, str(story["words"]))


def whole_digest(story: dict[str, Any], marks: str) -> str:
    """The digest of all that a story's own page shows: teaser, text, `marks` of its terms, links, photos and translations.

    The roles in its byline are front matter, which the teaser covers.
    """
    links = "\n".join(story["inner_links"])
    photos = repr(story["inline_photos"]) if story["inline_photos"] else ""
    languages = repr(story["languages"]) if story["languages"] else ""
    return digest(story["teaser"], story["record"].digest, marks, links, photos, languages)


def count_in(stories: Iterable[Marked]) -> None:
    """Have the digests of stories and pages cover what an outlet's own plugins have set on them."""
    touched = [story for story in stories if story.set_by_others]
    unknown: set[str] = set()
    for _ in range(2 if touched else 0):  # what is set may be a story that has something set too
        values = Digests()  # a new one: that of the first round remembers the old digests of stories
        marks = [_mark(story, values, unknown) for story in touched]
        for story, mark in zip(touched, marks, strict=True):
            story.teaser, story.whole = digest(story.teaser, mark), digest(story.whole, mark)
    for name in sorted(unknown):
        log.info("Nothing says when %s changes, which a plugin sets; so each build makes pages with it anew.", name)


def _mark(story: Marked, values: Digests, unknown: set[str]) -> str:
    parts: list[str] = []
    for name in sorted(story.set_by_others):
        try:
            parts += (name, values.of_value(getattr(story, name)))
        except (TypeError, RecursionError):  # RecursionError: it contains itself
            unknown.add(name)
            parts.append(os.urandom(16).hex())
    return digest(*parts)


def page_attributes(record: Record[PageData], newsroom: Newsroom, desk: Desk, album: Album) -> dict[str, Any] | None:
    """The attributes of a plain page; None as for stories."""
    out = _common(record, newsroom, desk, album)
    if out is None:
        return None
    mark = digest(record.digest, out["url"], out["desk_status"], repr(out["inner_links"]), repr(out["inline_photos"]))
    return out | {"template": "page", "teaser": mark, "whole": mark}
