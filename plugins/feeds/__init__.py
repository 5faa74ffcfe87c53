"""Feeds with full text: Atom and RSS for the site, every index, the corrections and the round-ups; JSON Feed for all but topics, types
and round-ups.

Settings: FEED_MAX_ITEMS (entries in a feed, default 20), WEBSUB_HUB (the hub that tells subscribers of changes; none if
empty), SITENAME, SITESUBTITLE, SITEURL, DEFAULT_LANG. Makes …/feed.xml, …/rss.xml and …/feed.json. Pelican's own feed settings
stay off, because its feeds name only one author and no photo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from broadside.plugins import signals
from broadside.plugins.corrections.ledger import ledger
from broadside.plugins.feeds.atom import Atom
from broadside.plugins.feeds.entries import Channel, Entries, Entry
from broadside.plugins.feeds.json_feed import JsonFeed
from broadside.plugins.feeds.rss import Rss
from broadside.plugins.feeds.xml_feed import XmlFeed
from broadside.plugins.front_matter.data import Correction
from broadside.plugins.newsroom.story import Story
from broadside.plugins.output.page import Page
from broadside.plugins.roundup.edition import Roundup
from broadside.plugins.site import Site
from broadside.plugins.urls import CORRECTIONS, below

FORMS: dict[str, Callable[[Iterable[Entry], Channel], bytes]] = {
    "feed.xml": XmlFeed(Atom),
    "rss.xml": XmlFeed(Rss),
    "feed.json": JsonFeed(),
}
"""The formats, by the name of the file."""
WITHOUT_JSON = ("topic", "type")
"""Kinds of index that have few readers, or of which there are many: two formats are enough for them."""
CORRECTIONS_SUBTITLE = "What we got wrong and put right, what was unclear, and what has happened since."
ROUNDUPS_SUBTITLE = "What we published, week by week, and what it changed our minds about."


def pages(site: Site) -> Iterator[Page]:
    """Every feed: the site's, the corrections', the round-ups' and those of indexes."""
    settings, entries = site.settings, Entries(site.urls, site.texts, site.settings["SITENAME"])
    name, most = settings["SITENAME"], settings.get("FEED_MAX_ITEMS") or 20

    def newest(stories: Sequence[Story]) -> dict[str, Any]:
        return {"stories": stories[: -most - 1 : -1], "entries": entries}

    subtitle = settings.get("SITESUBTITLE") or ""
    yield from _in_forms(site, ("", name, subtitle), of_stories, newest(site.stories))
    corrections = {"corrections": ledger(site.stories)[:most], "entries": entries}
    title = f"{name}: Corrections"
    yield from _in_forms(site, (CORRECTIONS, title, CORRECTIONS_SUBTITLE), of_corrections, corrections)
    if site.roundups:
        shown = {"roundup": site.roundups[:most], "entries": entries}
        about = (site.urls.roundup(), f"{name}: Round-ups", ROUNDUPS_SUBTITLE)
        yield from _in_forms(site, about, of_roundups, shown, with_json=False)
    for index in site.indexes.indexes.values():
        if index.feed_url:
            about = (index.url, f"{name}: {index.title}", index.description)
            shown = newest(site.indexes.stories[index.url])
            yield from _in_forms(site, about, of_stories, shown, with_json=index.kind not in WITHOUT_JSON)


def _in_forms(
    site: Site,
    about: tuple[str, str, str],
    make: Callable[..., bytes],
    shown: Mapping[str, Any],
    with_json: bool = True,
) -> Iterator[Page]:
    """The feed of a page in each format; `about` are the page's address, and the feed's title and subtitle."""
    url, title, subtitle = about
    absolute, css, mark_url = site.urls.absolute, site.values.get("feed_css_url"), site.values.get("mark_url")
    for form in FORMS if with_json else list(FORMS)[:-1]:
        path = below(url, form)
        channel = Channel(
            title,
            subtitle,
            absolute(url),
            absolute(path),
            lang=site.settings["DEFAULT_LANG"],
            outlet=(site.settings["SITENAME"], absolute("")),
            hub=site.settings.get("WEBSUB_HUB") or "",
            stylesheet=f"{site.urls.root}/{css}" if css else "",
            icon=absolute(mark_url) if mark_url else "",
        )
        yield Page(path, make, {"form": form, "channel": channel, **shown})


def of_stories(form: str, channel: Channel, stories: Sequence[Story], entries: Entries) -> bytes:
    """A feed of stories, newest first."""
    return FORMS[form](map(entries.of_story, stories), channel)


def of_corrections(
    form: str, channel: Channel, corrections: Sequence[tuple[Story, Correction]], entries: Entries
) -> bytes:
    """The feed of corrections, newest first."""
    return FORMS[form](map(entries.of_correction, corrections), channel)


def of_roundups(form: str, channel: Channel, roundup: Sequence[Roundup], entries: Entries) -> bytes:
    """The feed of round-ups, newest first."""
    return FORMS[form](map(entries.of_roundup, roundup), channel)


def register() -> None:
    """Connect to the build."""
    signals.pages.connect(pages)
