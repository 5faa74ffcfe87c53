"""Makes the outlet's terms: sections, story types, authors, series and topics, each once for all stories."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from msgspec import Struct, field

from broadside.content import lists
from broadside.content.content import Content
from broadside.content.records import Record
from broadside.content.terms import Author, Byline, Section, Series, StoryType, Topic
from broadside.front_matter.data import AuthorData, SeriesData, StoryData, podcast_title
from broadside.markdown.body import fill
from broadside.media.derivatives import Photos
from broadside.media.photos import Description
from broadside.site.linked_files import file_notes
from broadside.slugs import slug_of, slugify
from broadside.urls import Urls
from broadside.words import Language


class Terms(Struct):
    """All terms by name; authors also by the stem of their file; topics also by slug, added as stories name them.

    `series` has those that the site shows, by slug; `series_of` has, by a story's path, the slugs of its series.
    """

    urls: Urls
    sections: dict[str, Section]
    story_types: dict[str, StoryType]
    authors: dict[str, Author]
    known: Container[str] = ()
    series: dict[str, Series] = field(default_factory=dict)
    series_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    slugs_of_topics: Mapping[str, str] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)

    def author(self, name: str) -> Author:
        """The author with this name or file stem."""
        return self.authors.get(name) or self.authors[slugify(name)]

    def byline(self, record: Record[StoryData], words: Language) -> list[Byline]:
        """The authors of a story, in the order of its front matter; a translator's usual role is put in the story's language."""
        usual = {"translated by": words.pgettext("role", "translated by")}
        return [Byline(self.author(name), usual.get(role.casefold(), role)) for name, role in record.data.authors]

    def topic(self, name: str) -> Topic:
        """The topic of a name; spellings with the same slug are one topic, under the name that came first.

        A topic that only drafts or hidden stories have gets no page, and so no address.
        """
        if name not in self.topics:
            slug = slug_of(name, self.slugs_of_topics)
            if slug not in self.topics:
                url = self.urls.term("topic", slug)
                self.topics[slug] = Topic(name, slug, url if url in self.known else "")
            self.topics[name] = self.topics[slug]
        return self.topics[name]

    def topics_of(self, names: Iterable[str]) -> list[Topic]:
        """The topics of these names, each once."""
        return list({id(topic): topic for topic in map(self.topic, names)}.values())

    def series_with(self, record: Record[StoryData]) -> list[Series]:
        """The series that a story belongs to, first the one that it names itself."""
        return [self.series[slug] for slug in self.series_of.get(record.path, ()) if slug in self.series]


def terms_of(content: Content, photos: Photos) -> Terms:
    """The terms, with authors' portraits, but without authors who have nothing published yet."""
    authors: dict[str, Author] = {}
    urls = content.urls
    for record in content.authors:
        if record.slug in content.addresses.unseen["author"]:
            continue
        person = _author(record, content, photos)
        authors[person.name] = person
        authors.setdefault(person.slug, person)
    return Terms(
        urls,
        lists.sections(content.lists.sections, urls),
        lists.story_types(content.lists.story_types, urls),
        authors,
        content.addresses.known,
        {record.slug: _series(record, urls, photos) for record in content.series if content.is_out(record)},
        content.series_of,
        content.lists.slugs_of_topics,
    )


def _series(record: Record[SeriesData], urls: Urls, photos: Photos) -> Series:
    data = record.data
    words = Description(data.alt, data.caption, data.credit, data.credit_label, focus=data.focus)
    return Series(
        data.name,
        record.slug,
        urls.term("series", record.slug),
        data.description,
        data.form,
        data.number,
        data.cover_date,
        photos.lead(data.photo, words) if data.photo else None,
        podcast_title(data),
    )


def _author(record: Record[AuthorData], content: Content, photos: Photos) -> Author:
    data, notes = record.data, file_notes(record, content)
    bio = fill(record.body.html, f"{record.slug}--", content.links_of(record).__getitem__, lambda _: "", files=notes)
    return Author(
        data.name,
        record.slug,
        content.urls.term("author", record.slug),
        role=data.role,
        expertise=tuple(data.expertise),
        bio=bio,
        links=tuple(data.links),
        fediverse=data.fediverse,
        portrait=photos.photo(data.portrait, Description(data.alt, focus=data.focus)) if data.portrait else None,
    )
