"""The feeds of round-ups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from broadside.plugins.feeds import About, entries_of, feed_of, in_formats, most_of
from broadside.plugins.feeds.entries import Channel, Entries, FeedEntry, link_to
from broadside.plugins.roundup.content import address
from broadside.plugins.roundup.edition import Roundup
from broadside.site import Page, Site
from broadside.site.story import Story
from broadside.site.syndication import absolute
from broadside.urls import FEEDS, Urls
from broadside.words import Language


def feeds(site: Site, roundups: Sequence[Roundup]) -> Iterator[Page]:
    """The feeds of these round-ups, newest first."""
    words = site.words.of()
    about = About(
        address(site.urls),
        words.title(site.settings.SITENAME, words.gettext("Round-ups")),
        words.gettext("What we published, week by week, and what it changed our minds about."),
    )
    values = {"roundups": roundups[: most_of(site)], "entries": entries_of(site)}
    yield from in_formats(site, about, of_roundups, values, FEEDS[:2])


def of_roundups(
    name: str, channel: Channel, roundups: Sequence[Roundup], entries: Entries
) -> bytes:
    """The feed of round-ups, newest first."""
    return feed_of(name, channel, (entry_of(each, entries) for each in roundups))


def entry_of(roundup: Roundup, entries: Entries) -> FeedEntry:
    """The entry of a round-up: its note, then its headlines by section, each linked to its
    story.
    """
    urls, words = entries.urls, entries.catalogs.of(roundup.lang)
    chosen, url = roundup.chosen, urls.absolute(roundup.url)

    def html() -> str:
        by_section = ((section.name, row) for section, row in chosen.by_section)
        rows = [
            ("", [chosen.lead] if chosen.lead else []),
            *by_section,
            (words.gettext("In brief"), chosen.briefs),
        ]
        note = absolute(entries.texts.body_elsewhere(roundup), urls, url)
        return "\n".join([note, *(_headlines(*row, urls, words) for row in rows if row[1])])

    return FeedEntry(
        id=url,
        url=url,
        title=roundup.title,
        dek=roundup.dek,
        text=html,
        published=roundup.date,
        updated=roundup.date,
        authors=[(entries.outlet, urls.absolute(""))],
        categories=[],
        lang=roundup.lang,
        dir=roundup.dir,
        words=words,
    )


def _headlines(name: str, stories: Iterable[Story], urls: Urls, words: Language) -> str:
    links = ((link_to(story, urls), escape(story.dek)) for story in stories)
    items = [words.label(link, dek) if dek else link for link, dek in links]
    heading = ""
    if name:
        heading = f"<h2>{escape(name)}</h2>"
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f"{heading}<ul>{listed}</ul>"
