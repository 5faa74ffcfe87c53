"""Feeds with full text: Atom and RSS for the site, every index, the corrections and the round-ups; JSON Feed for all but topics, types
and round-ups.

Settings: FEED_MAX_ITEMS (entries in a feed, default 20), WEBSUB_HUB (the hub that tells subscribers of changes; none if
empty), SITENAME, SITESUBTITLE, SITEURL, DEFAULT_LANG. Signals used: article_writer_finalized. Needs newsroom and
indexes. Writes …/feed.xml, …/rss.xml and …/feed.json. Pelican's own feed settings stay off, because its feeds name
only one author and no photo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import Any

from msgspec import Struct
from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.corrections.ledger import ledger
from broadside.plugins.feeds.atom import Atom
from broadside.plugins.feeds.entries import (
    NEAR,
    REMEMBERED,
    Channel,
    Entry,
    entry_of,
    entry_of_correction,
    entry_of_roundup,
)
from broadside.plugins.feeds.json_feed import JsonFeed
from broadside.plugins.feeds.rss import Rss
from broadside.plugins.feeds.xml_feed import XmlFeed
from broadside.plugins.fingerprint import Digests, digest
from broadside.plugins.newsroom.story import Story
from broadside.plugins.press import Press
from broadside.plugins.urls import CORRECTIONS, below

WITHOUT_JSON = ("topic", "type")
"""Kinds of index that have few readers, or of which there are many: two formats are enough for them."""


class Followed(Struct, frozen=True):
    """The page at `url` that a feed follows, and the `newest` things on it; `entry` makes an entry of each."""

    url: str
    title: str
    subtitle: str
    newest: Sequence[Any]
    entry: Callable[[Any], Entry]
    marks: list[str]
    with_json: bool = True


def write_feeds(generator: ArticlesGenerator, writer: Press) -> None:
    """Add every feed."""
    settings, context = generator.settings, generator.context
    absolute, frame = context["terms"].urls.absolute, writer.frame(context)
    css, mark_url = context.get("feed_css_url"), context.get("mark_url")
    same = {
        "lang": settings["DEFAULT_LANG"],
        "outlet": (settings["SITENAME"], absolute("")),
        "hub": settings.get("WEBSUB_HUB") or "",
        "stylesheet": f"{context['root']}/{css}" if css else "",
        "icon": absolute(mark_url) if mark_url else "",
    }
    forms = (("feed.xml", XmlFeed(Atom)), ("rss.xml", XmlFeed(Rss)), ("feed.json", JsonFeed()))
    for each in _followed(generator):
        for name, form in forms if each.with_json else forms[:-1]:
            path = below(each.url, name)
            channel = Channel(each.title, each.subtitle, absolute(each.url), absolute(path), **same)
            mark = digest(frame, Digests().of_value(channel), *each.marks)
            writer.add_file(path, mark, partial(_made, form, each, channel))


def _followed(generator: ArticlesGenerator) -> Iterator[Followed]:
    """The site, the corrections, the round-ups, and every index that has a feed."""
    settings, context = generator.settings, generator.context
    name, found, urls = settings["SITENAME"], context["collected"], context["terms"].urls
    most, entry = settings.get("FEED_MAX_ITEMS") or 20, _remembered(generator)
    by_outlet = {"urls": urls, "outlet": (name, urls.absolute(""))}

    def of(url: str, title: str, subtitle: str, stories: Sequence[Story], with_json: bool) -> Followed:
        newest = stories[: -most - 1 : -1]
        return Followed(url, title, subtitle, newest, entry, [each.whole for each in newest], with_json)

    yield of("", name, settings.get("SITESUBTITLE") or "", context["stories"], True)
    noted, of_noted = ledger(context["stories"])[:most], partial(entry_of_correction, **by_outlet)
    told = "What we got wrong and put right, what was unclear, and what has happened since."
    yield Followed(CORRECTIONS, f"{name}: Corrections", told, noted, of_noted, [story.teaser for story, _ in noted])
    if rounds := context.get("roundups", [])[:most]:
        of_round = partial(entry_of_roundup, text=context["texts"].body, **by_outlet)
        told = "What we published, week by week, and what it changed our minds about."
        marks = [each.whole for each in rounds]
        yield Followed(context["roundup_url"], f"{name}: Round-ups", told, rounds, of_round, marks, with_json=False)
    for each in found.indexes.values():
        if each.feed_url:
            with_json = each.kind not in WITHOUT_JSON
            yield of(each.url, f"{name}: {each.title}", each.description, found.stories[each.url], with_json)


def _remembered(generator: ArticlesGenerator) -> Callable[[Story], Entry]:
    """A function that makes the entry of a story only once, however many feeds have it."""
    urls, text = generator.context["terms"].urls, lru_cache(NEAR)(generator.context["texts"].body)
    return lru_cache(REMEMBERED)(partial(entry_of, urls=urls, text=text))


def _made(form: Callable[[Iterable[Entry], Channel], bytes], followed: Followed, channel: Channel) -> bytes:
    return form(map(followed.entry, followed.newest), channel)


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_feeds)
