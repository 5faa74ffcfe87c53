"""Rails: short lists of the newest stories beside a page, and of the most read, if MOST_READ names
the file that says which these are.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from broadside.content.terms import Section, is_short, version_for
from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.rails.most_read import most_read
from broadside.plugins.rails.settings import RailsSettings
from broadside.site.indexes import Listing
from broadside.site.story import Rail, Story
from broadside.urls import OWN
from broadside.words import Catalogs

MOST = 5
"""The most stories in the rail of the most read."""


def add_rails(site: Site) -> None:
    """Add the rails for pages of the newest stories; a rail does not list the page's own story, in
    any language.
    """
    length = site.settings.RAIL_LENGTH
    # One story more than is shown, to replace a story on its own page.
    sections = list(site.terms.sections.values())
    longer = rails_of(
        site.stories, sections, site.indexes, length + 1, site.words, site.urls.own["latest"]
    )
    if RailsSettings.of(site.settings).MOST_READ:
        longer += _of_most_read(site)
    site.rails = without(longer, (), length)
    listed = {story.url for rail in site.rails for story in rail.articles}
    newest = site.stories[max(0, len(site.stories) - site.settings.RAIL_PAGES) :]
    for story in [*newest, *site.others]:
        own = {story.url, *(version.url for version in story.languages)}
        if own.isdisjoint(listed):
            story.rails = site.rails
        else:
            story.rails = without(longer, own, length)


def _of_most_read(site: Site) -> Iterator[Rail]:
    """The rail of the stories that the file names, wherever they are today, without those that are
    not published any more.
    """
    stories, former = {story.url: story for story in site.stories}, site.content.addresses.former
    listed = most_read(Path(RailsSettings.of(site.settings).MOST_READ))
    if listed is None or site.options.now >= listed.until:
        return
    site.turns.append(listed.until)
    found = (stories.get(former.get(url, url)) for url in listed.urls)
    shown = dict.fromkeys(version_for(story, site.words.lang) for story in found if story)
    if first := _first((stories[url] for url in shown if url in stories), MOST):
        yield Rail("most-read", site.words.of(marks=True).gettext("Most read"), "", first)


def pages(site: Site) -> Iterator[Page]:
    """A fragment that old pages share; a script may replace their link to the latest stories by
    it.
    """
    yield Page(f"{site.urls.own['latest']}rails.html", "rails", {"rails": site.rails})


def rails_of(  # noqa: PLR0913, PLR0917
    oldest_first: Sequence[Story],
    sections: Sequence[Section],
    indexes: Mapping[str, Listing],
    length: int,
    words: Catalogs,
    url: str = OWN["latest"],
) -> list[Rail]:
    """The rail LATEST, which links to `url`, and one for each section marked as a rail in
    sections.yml; empty rails are left out.

    Short-form stories are in LATEST only if there are no others. Of a story and its translations,
    only the one in the outlet's language, `words.lang`, or else the original is in a rail.
    """

    def newest(stories: Sequence[Story]) -> Iterator[Story]:
        return (story for story in reversed(stories) if version_for(story, words.lang) == story.url)

    long = (story for story in newest(oldest_first) if not is_short(story))
    latest = Rail(
        "latest",
        words.of(marks=True).gettext("Latest"),
        url,
        _first(long, length) or _first(newest(oldest_first), length),
    )
    others = [
        Rail(
            section.rail,
            section.name,
            section.url,
            _first(newest(indexes[section.url].stories), length),
        )
        for section in sections
        if section.rail
    ]
    return [rail for rail in (latest, *others) if rail.articles]


def without(rails: Iterable[Rail], addresses: Container[str], length: int) -> list[Rail]:
    """The rails without the stories at these addresses, each with at most `length` stories; empty
    rails are left out.
    """
    left = [
        replace(
            rail, articles=[story for story in rail.articles if story.url not in addresses][:length]
        )
        for rail in rails
    ]
    return [rail for rail in left if rail.articles]


def _first(stories: Iterable[Story], length: int) -> list[Story]:
    return list(islice(stories, length))


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[add_rails], pages=[pages]))
