"""Finds out which stories belong to which index, in one pass over the stories."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from broadside.plugins.dates import MONTHS
from broadside.plugins.newsroom.story import Story
from broadside.plugins.newsroom.terms import Term
from broadside.plugins.urls import Urls


class Index(Struct, frozen=True):
    """The subject of an index page; `kind` is section, type, topic, author, year, month or latest."""

    kind: str
    title: str
    description: str
    url: str
    feed_url: str
    term: Term | None = None


class Period(Struct, frozen=True):
    """A year or a month of the archive."""

    name: str
    url: str


class Collected(Struct):
    """Stories, oldest first, by the address of their index; and the indexes by the same address."""

    stories: dict[str, list[Story]] = field(default_factory=dict)
    indexes: dict[str, Index] = field(default_factory=dict)

    def open(self, index: Index) -> None:
        """Add an index without stories."""
        self.indexes[index.url], self.stories[index.url] = index, []


def collect(oldest_first: Iterable[Story], urls: Urls, terms: Iterable[Term]) -> Collected:
    """File every story under its terms, its year and its month; those of `terms` that have no story are listed too."""
    found = Collected()
    for term in terms:
        found.open(of_term(term))
    periods: dict[tuple[int, int], tuple[Index, Index]] = {}
    for story in oldest_first:
        headings = {
            term.url: term for term in (*story.sections, story.story_type, *story.topics, *story.authors) if term
        }
        for url, term in headings.items():
            if url not in found.stories:
                found.open(of_term(term))
            found.stories[url].append(story)
        when = story.date.year, story.date.month
        if when not in periods:
            periods[when] = of_period("year", year_of(when[0], urls)), of_period("month", month_of(*when, urls))
        for index in periods[when]:
            if index.url not in found.stories:
                found.open(index)
            found.stories[index.url].append(story)
    return found


def of_term(term: Term) -> Index:
    """The index of a term."""
    return Index(term.kind, term.name, term.description, term.url, term.feed_url, term)


def of_period(kind: str, period: Period) -> Index:
    """The index of a year or a month."""
    return Index(kind, period.name, "", period.url, "")


def year_of(year: int, urls: Urls) -> Period:
    """A year of the archive."""
    return Period(str(year), urls.period(year))


def month_of(year: int, month: int, urls: Urls) -> Period:
    """A month of the archive."""
    return Period(f"{MONTHS[month]} {year}", urls.period(year, month))


def archive(found: Collected, urls: Urls) -> list[tuple[Period, list[tuple[Period, int]]]]:
    """The years and months that have stories, newest first, with the number of stories in each month."""
    months = sorted(
        {
            (story.date.year, story.date.month)
            for index in found.indexes.values()
            if index.kind == "month"
            for story in found.stories[index.url][:1]
        },
        reverse=True,
    )
    years: dict[int, list[tuple[Period, int]]] = {}
    for year, month in months:
        period = month_of(year, month, urls)
        years.setdefault(year, []).append((period, len(found.stories[period.url])))
    return [(year_of(year, urls), listed) for year, listed in years.items()]
