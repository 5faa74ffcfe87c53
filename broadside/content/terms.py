"""The terms that stories are filed under; those with attributes of their own have a class.

Each has the attributes of Pelican's categories, tags and authors (name, slug, url, save_as), so
that a theme made for Pelican finds what it expects.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from broadside.front_matter.data import Link
from broadside.front_matter.vocabulary import SCHEMA_TYPES
from broadside.media.photos import Photo
from broadside.slugs import slugify
from broadside.urls import below, save_as
from broadside.words import Language, filled

NEWS, ANALYSIS, BACKGROUND, OPINION, REPORTAGE, ADVERTISING = SCHEMA_TYPES
BY_NAME = {
    **dict.fromkeys(("analysis", "news-analysis"), ANALYSIS),
    **dict.fromkeys(("background", "backgrounder", "explainer", "primer"), BACKGROUND),
    **dict.fromkeys(
        ("argument", "column", "comment", "commentary", "editorial", "letter", "letters"), OPINION
    ),
    **dict.fromkeys(("op-ed", "opinion", "perspective", "review", "viewpoint"), OPINION),
    **dict.fromkeys(
        ("dispatch", "feature", "investigation", "report", "reportage", "reporting"), REPORTAGE
    ),
}
"""Slug of a story type's name -> schema.org's article type; plugins add some.

Briefs, interviews and Q&As are missing: they are NewsArticles.
"""


class Term(Struct, frozen=True):
    """A term that stories are filed under, with the address of its index; `kind` is one of
    urls.KINDS, and `own` has the values of plugins' keys.
    """

    name: str
    slug: str
    url: str
    description: str = ""
    kind: str = ""
    own: Mapping[str, Any] = {}

    @property
    def save_as(self) -> str:
        """The output file of its index."""
        return save_as(self.url)

    @property
    def feed_url(self) -> str:
        """The address of its feed."""
        return self.below("feed.xml")

    def below(self, name: str) -> str:
        """The address of something that belongs to its index."""
        return below(self.url, name)

    def __hash__(self) -> int:
        return hash(self.url)

    def __str__(self) -> str:
        return self.name

    def __lt__(self, other: Term) -> bool:
        return self.slug < other.slug


class Section(Term, frozen=True):
    """A section; `rail` is "briefs" for the short-form one."""

    kind: str = "section"
    rail: str = ""


class Filed(Protocol):
    """Something filed under sections, the primary one first."""

    @property
    def sections(self) -> Sequence[Section]:
        """The sections."""


class Dated(Protocol):
    """Something that came out at a moment; by their slugs, those of one moment have an order
    too.
    """

    @property
    def date(self) -> datetime:
        """The moment."""

    @property
    def slug(self) -> str:
        """The slug."""


DatedStory = TypeVar("DatedStory", bound=Dated)


def oldest_first(stories: Iterable[DatedStory]) -> list[DatedStory]:
    """The stories in the order in which they came out."""
    return sorted(stories, key=lambda story: (story.date, story.slug))


def is_short(story: Filed) -> bool:
    """Whether a story's primary section is a short-form one, which has a rail of its own."""
    return bool(story.sections and story.sections[0].rail)


class StoryType(Term, frozen=True):
    """A story type, such as Analysis or Opinion; `schema_type` is schema.org's article type, if an
    editor chose one.

    Unless it `leads`, its stories are not at the top of a page because they are new.
    """

    kind: str = "type"
    schema_type: str = ""
    leads: bool = True

    @property
    def article_type(self) -> str:
        """The article type of its stories for search engines.

        If no editor chose one, the name decides, if the trade uses it for one thing only; anything
        else is a NewsArticle, which is never wrong. A review counts as opinion: schema.org's
        ReviewNewsArticle is also a Review, for which search engines expect the item and a number of
        stars.
        """
        return self.schema_type or BY_NAME.get(slugify(self.name), NEWS)

    @property
    def is_opinion(self) -> bool:
        """Whether its stories speak in their author's own voice."""
        return self.article_type == OPINION


def kicker_type(kind: Term | None, sections: Iterable[Section]) -> Term | None:
    """What a story is filed as, as its kicker names it: not at all if a section's name begins with
    it, as "Briefs" does with "Brief".
    """
    is_said = kind and any(
        section.name.lower().startswith(kind.name.lower()) for section in sections
    )
    if is_said:
        return None
    return kind


class Typed(Filed, Protocol):
    """Something filed that also has a story type, or none."""

    @property
    def story_type(self) -> StoryType | None:
        """The type."""


TypedStory = TypeVar("TypedStory", bound=Typed)


def led(stories: Sequence[TypedStory]) -> list[TypedStory]:
    """The stories with the first of a type that leads moved to the top, if there is one."""
    at = next(
        (at for at, each in enumerate(stories) if not each.story_type or each.story_type.leads), 0
    )
    return [*stories[at : at + 1], *stories[:at], *stories[at + 1 :]]


class Author(Term, frozen=True):
    """An author; `bio` is HTML, sanitized like a story's text, and `summary` its first sentence.

    Who wrote a letter to the outlet has no `url`.
    """

    kind: str = "author"
    role: str = ""
    group: str = "contributor"
    order: int = 0
    desk: str = ""
    expertise: tuple[str, ...] = ()
    bio: str = ""
    summary: str = ""
    links: tuple[Link, ...] = ()
    portrait: Photo | None = None
    fediverse: str = ""
    signal: str = ""
    pgp: str = ""


class Series(Term, frozen=True):
    """A list of stories in their order."""

    kind: str = "series"
    photo: Photo | None = None


class Byline(Struct, frozen=True):
    """An author of a story and their role: "" for the writer, or for example "translated by"."""

    author: Author
    role: str = ""


def signed(
    byline: Sequence[Byline], words: Language, name: Callable[[Author], str]
) -> Iterator[str]:
    """The credits of a story in words: "By A, B and C", then "translated by D"; `name` formats each
    name.
    """
    by_role: dict[str, list[str]] = {"": []}
    for each in byline:
        by_role.setdefault(each.role, []).append(name(each.author))
    for what, names in by_role.items():
        if names:
            listed = words.listed(names)
            yield (
                filled("%(role)s %(names)s", {"role": what, "names": listed})
                if what
                else words.gettext("By %(names)s", names=listed)
            )


class Translation(Struct, frozen=True):
    """A story in one of its languages: BCP 47 tag, direction, headline, address, and the name of
    who paid for it, or "".
    """

    lang: str
    dir: str
    title: str
    url: str
    paid_by: str = ""


class Translated(Protocol):
    """Something that may be in several languages; `languages` has each of them, the original first,
    or is empty.
    """

    @property
    def url(self) -> str:
        """The address that identifies it."""

    @property
    def languages(self) -> Sequence[Translation]:
        """It in each of its languages."""


T = TypeVar("T", bound=Translated)


def version_for(story: Translated, lang: str, among: Container[str] | None = None) -> str:
    """The address of a story in the language, or of its original; if `among` is given, only these
    addresses count.
    """
    there = [each for each in story.languages if among is None or each.url in among]
    if not there:
        return story.url

    def distance(version: Translation) -> tuple[bool, bool]:
        mine, wanted = version.lang.lower(), lang.lower()
        return mine != wanted, mine.partition("-")[0] != wanted.partition("-")[0]

    return min(there, key=distance).url  # of equals the first, which is the original


def once_each(stories: Iterable[T], lang: str) -> list[T]:
    """A list of stories with one version of each: in the language, or else the original, if these
    are in the list.
    """
    every = list(stories)
    here = {story.url for story in every if story.languages}
    return [
        story
        for story in every
        if not story.languages or version_for(story, lang, here) == story.url
    ]
