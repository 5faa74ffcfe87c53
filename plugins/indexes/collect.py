"""Which stories belong to which index, in one pass over the stories."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from plugins.dates import MONTHS
from plugins.newsroom.terms import Term
from plugins.urls import Urls


@dataclass(frozen=True, slots=True)
class Index:
    """What an index page is about; `kind` is section, type, topic, author, year, month or latest."""

    kind: str
    title: str
    description: str
    url: str
    feed_url: str
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A year or a month of the archive."""

    name: str
    slug: str
    url: str


@dataclass(slots=True)
class Collected:
    """Stories, oldest first, by the address of their index; and the indexes by the same address."""

    stories: dict[str, list[Any]] = field(default_factory=dict)
    indexes: dict[str, Index] = field(default_factory=dict)

    def file(self, index: Index, story: Any) -> None:
        """File a story under an index."""
        self.indexes.setdefault(index.url, index)
        self.stories.setdefault(index.url, []).append(story)


def collect(oldest_first: Iterable[Any], urls: Urls, terms: Iterable[Term]) -> Collected:
    """File every story under its terms, its year and its month; of `terms`, those without a story are listed too."""
    found = Collected()
    known: dict[str, Index] = {}
    for term in terms:
        index = known[term.url] = of_term(term)
        found.indexes[index.url], found.stories[index.url] = index, []
    for story in oldest_first:
        headings = {
            term.url: term for term in (*story.sections, story.story_type, *story.topics, *story.authors) if term
        }
        for url, term in headings.items():
            if url not in known:
                known[url] = of_term(term)
            found.file(known[url], story)
        year, month = story.date.year, story.date.month
        for period in (year_of(year, urls), month_of(year, month, urls)):
            if period.url not in known:
                known[period.url] = Index(
                    "month" if period.slug.count("-") else "year", period.name, "", period.url, ""
                )
            found.file(known[period.url], story)
    return found


def of_term(term: Term) -> Index:
    """The index of a term."""
    return Index(term.kind, term.name, term.description, term.url, term.feed_url, term)


def year_of(year: int, urls: Urls) -> Period:
    """A year of the archive."""
    return Period(str(year), str(year), urls.period(year))


def month_of(year: int, month: int, urls: Urls) -> Period:
    """A month of the archive."""
    return Period(f"{MONTHS[month]} {year}", f"{year}-{month:02}", urls.period(year, month))


def archive(found: Collected, urls: Urls) -> list[tuple[Period, list[tuple[Period, int]]]]:
    """The years and months that have stories, newest first, with the number of stories of each month."""
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
