"""Makes the outlet's terms: sections, story types, authors, series and topics, each once for all
stories.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from broadside.content import lists
from broadside.content.content import Content
from broadside.content.doors import SERIES
from broadside.content.records import Record, record_names
from broadside.content.terms import Author, Byline, Section, Series, StoryType, Term
from broadside.front_matter.data import AuthorData, SeriesData, StoryData
from broadside.markdown.body import fill, first_sentence
from broadside.media.derivatives import Photos
from broadside.media.photos import Description
from broadside.site.linked_files import file_notes
from broadside.slugs import slug_of, slugify
from broadside.urls import LISTED, Kind, Urls, free_kinds
from broadside.words import Language


class Terms(Struct):
    """All terms: `listed` has those of editors' lists by kind and name, `free` those that are added
    as stories name them.

    Authors are here by name and by the stem of their file, free terms by kind, and then by name and
    slug. `series` has those that the site shows, by slug; `series_of` has, by a story's path, the
    slugs of its series.
    """

    urls: Urls
    listed: dict[str, dict[str, Any]]
    authors: dict[str, Author]
    known: Container[str] = ()
    series: dict[str, Any] = field(default_factory=dict)
    series_of: Mapping[str, Sequence[str]] = field(default_factory=dict)
    slugs_of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    free: dict[str, dict[str, Term]] = field(default_factory=dict)

    @property
    def sections(self) -> dict[str, Section]:
        """The sections by name, in navigation order."""
        return self.listed["section"]

    @property
    def story_types(self) -> dict[str, StoryType]:
        """The story types by name."""
        return self.listed["type"]

    @property
    def every(self) -> list[Term]:
        """All terms that have a page, even without a story."""
        groups: Iterable[Mapping[str, Term]] = (*self.listed.values(), self.authors, self.series)
        return list(
            {term.url: term for group in groups for term in group.values() if term.url}.values()
        )

    def of(self, record: Record[StoryData]) -> dict[str, Any]:
        """The terms of a story, except authors, by its attributes."""
        found: dict[str, Any] = {"series": self.series_with(record)}
        for kind in free_kinds():
            found[kind.attribute] = self.named(kind, record_names(record, kind.key))
        for kind in LISTED:
            named, known = getattr(record.data, kind.key), self.listed[kind.name]
            found[kind.attribute] = (
                [known[name] for name in named] if isinstance(named, list) else known.get(named)
            )
        return found

    def author(self, name: str) -> Author:
        """The author with this name or file stem, or the reader of this name who has written a
        letter.
        """
        return self.authors.get(name) or self.authors[slugify(name)]

    def byline(self, record: Record[StoryData], words: Language) -> list[Byline]:
        """The authors of a story, in the order of its front matter; a translator's usual role is
        put in the story's language.
        """
        return [
            Byline(self.author(name), _role(role, words) if role else "")
            for name, role in record.data.authors
        ]

    def named(self, kind: Kind, names: Iterable[str]) -> list[Term]:
        """The free terms of these names, each once; spellings with the same slug are one, under the
        name that came first.

        A term that only drafts or hidden stories have gets no page, and so no address.
        """
        there, given = self.free.setdefault(kind.name, {}), self.slugs_of.get(kind.name, {})
        found: dict[str, Term] = {}
        for name in names:
            if name not in there:
                slug = slug_of(name, given)
                url = self.urls.term(kind.name, slug)
                new = Term(name, slug, url if url in self.known else "", kind=kind.name)
                there[name] = there.setdefault(slug, new)
            found[there[name].slug] = there[name]
        return list(found.values())

    def series_with(self, record: Record[StoryData]) -> list[Series]:
        """The series that a story belongs to, first the one that it names itself."""
        return [
            self.series[slug] for slug in self.series_of.get(record.path, ()) if slug in self.series
        ]


def _role(role: str, words: Language) -> str:
    if role.casefold() == "translated by":
        return words.pgettext("role", "translated by")
    return role


def terms_of(content: Content, photos: Photos) -> Terms:
    """The terms, with authors' portraits, but without authors who have nothing published yet; those
    of hidden stories have a name alone.
    """
    authors: dict[str, Author] = {}
    urls = content.urls
    of_hidden = {*_names_on_hidden(content)}
    for record in content.authors:
        if record.slug in content.addresses.unseen["author"]:
            if {record.data.name, record.slug}.isdisjoint(of_hidden):
                continue
            person = Author(record.data.name, record.slug, "")
        else:
            person = _author(record, content, photos)
        authors[person.name] = person
        authors.setdefault(person.slug, person)
    for name in _readers(content):
        if slugify(name) not in authors:
            authors.setdefault(name, Author(name, slugify(name), ""))
    return Terms(
        urls,
        {kind.name: lists.terms(content.lists, kind, urls) for kind in LISTED},
        authors,
        content.addresses.known,
        {
            record.slug: _series(record, urls, photos, authors)
            for record in content.series
            if content.is_out(record)
        },
        content.series_of,
        content.lists.slugs_of,
    )


def _names_on_hidden(content: Content) -> Iterator[str]:
    """Who is named in the bylines of hidden stories, by name and as a file is named; some have no
    page.
    """
    for record in content.stories:
        if content.states[record.path] == "hidden":
            for name, _ in record.data.authors:
                yield from (name, slugify(name))


def _readers(content: Content) -> Iterator[str]:
    """The names of those who have written letters, and have no page."""
    if letters := content.lists.letters:
        for record in content.stories:
            if record.data.type in letters:
                yield from (name for name, _ in record.data.authors)


def _series(
    record: Record[SeriesData], urls: Urls, photos: Photos, authors: Mapping[str, Author]
) -> Series:
    data = record.data
    words = Description(data.alt, data.caption, data.credit, data.credit_label, focus=data.focus)
    series = Series(
        data.name,
        record.slug,
        urls.term("series", record.slug),
        data.description,
        photo=photos.lead(data.photo, words) if data.photo else None,
        own=data.own,
    )
    for complete in SERIES:
        series = complete(series, authors)
    return series


def _author(record: Record[AuthorData], content: Content, photos: Photos) -> Author:
    data, notes = record.data, file_notes(record, content)
    bio = fill(
        record.body.html,
        f"{record.slug}--",
        content.links_of(record).__getitem__,
        lambda _: "",
        files=notes,
    )
    return Author(
        data.name,
        record.slug,
        content.urls.term("author", record.slug),
        role=data.role,
        group=data.group,
        order=data.order,
        desk=data.desk,
        expertise=tuple(data.expertise),
        bio=bio,
        summary=first_sentence(record.body),
        links=tuple(data.links),
        fediverse=data.fediverse,
        signal=data.signal,
        pgp=data.pgp,
        portrait=(
            photos.photo(data.portrait, Description(data.alt, focus=data.focus))
            if data.portrait
            else None
        ),
    )
