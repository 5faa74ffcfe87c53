"""Sorts stories into indexes, in one pass over the stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from broadside.content.terms import Term, oldest_first
from broadside.site.story import Story
from broadside.urls import KINDS, Kind, Urls
from broadside.words import ENGLISH, Language


class Index(Struct, frozen=True):
    """The subject of an index; `kind` is one of urls.KINDS, year, month, latest, or one of an
    outlet's own.

    Its pages link to its feed if it has a `feed_url`. `term` is the term that its stories are filed
    under, if any.
    """

    kind: str
    title: str
    url: str
    description: str = ""
    feed_url: str = ""
    term: Term | None = None


class Listing(Struct, frozen=True):
    """An index and its stories, oldest first; those that somebody paid for are in `paid`
    instead.
    """

    index: Index
    stories: list[Story]
    paid: list[Story] = []

    @property
    def listed(self) -> list[Story]:
        """All that its own pages list."""
        if not self.paid:
            return self.stories
        return oldest_first([*self.stories, *self.paid])

    def file(self, story: Story) -> None:
        """Add a story that is newer than all others."""
        (self.paid if story.paid_by else self.stories).append(story)


class Period(Struct, frozen=True):
    """A year or a month of the archive."""

    name: str
    url: str


def collect(
    oldest_first: Iterable[Story], urls: Urls, terms: Iterable[Term], words: Language = ENGLISH
) -> dict[str, Listing]:
    """File every story under its terms, its year and its month; keys are the addresses of their
    indexes.

    Those of `terms` that have no stories are listed too.
    """
    listings = {term.url: Listing(of_term(term), []) for term in terms}
    periods: dict[tuple[int, int], tuple[Index, Index]] = {}
    for story in oldest_first:
        headings = {term.url: term for term in filed_under(story, KINDS.values()) if term.url}
        for url, term in headings.items():
            if url not in listings:
                listings[url] = Listing(of_term(term), [])
            listings[url].file(story)
        when = story.date.year, story.date.month
        if when not in periods:
            periods[when] = (
                of_period("year", year_of(when[0], urls, words)),
                of_period("month", month_of(*when, urls, words)),
            )
        for index in periods[when]:
            listings.setdefault(index.url, Listing(index, [])).file(story)
    return listings


def filed_under(story: Story, kinds: Iterable[Kind]) -> Iterator[Term]:
    """The terms of a story that are of these kinds."""
    for kind in kinds:
        terms = getattr(story, kind.attribute)
        yield from terms if isinstance(terms, (list, tuple)) else filter(None, [terms])


def of_term(term: Term) -> Index:
    """The index of a term."""
    return Index(term.kind, term.name, term.url, term.description, term.feed_url, term)


def of_period(kind: str, period: Period) -> Index:
    """The index of a year or a month."""
    return Index(kind, period.name, period.url)


def year_of(year: int, urls: Urls, words: Language) -> Period:
    """A year of the archive."""
    return Period(words.digits(year), urls.period(year))


def month_of(year: int, month: int, urls: Urls, words: Language) -> Period:
    """A month of the archive."""
    name = words.month(year, month)
    # a title, so it begins with a capital
    return Period(name[:1].upper() + name[1:], urls.period(year, month))


def archive(
    listings: Mapping[str, Listing], urls: Urls, words: Language = ENGLISH
) -> list[tuple[Period, list[tuple[Period, int]]]]:
    """The years and months that have stories, newest first, with the number of stories in each
    month.
    """
    of_months = [
        stories
        for each in listings.values()
        if each.index.kind == "month" and (stories := each.listed)
    ]
    months = {(stories[0].date.year, stories[0].date.month): len(stories) for stories in of_months}
    years: dict[int, list[tuple[Period, int]]] = {}
    for year, month in sorted(months, reverse=True):
        years.setdefault(year, []).append((month_of(year, month, urls, words), months[year, month]))
    return [(year_of(year, urls, words), rows) for year, rows in years.items()]
