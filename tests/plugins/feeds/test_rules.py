"""The rules that feeds are tried by can be broken: each change to a sound feed is told."""

from __future__ import annotations

import pytest

from broadside.plugins.feeds import FORMATS, feed_of
from broadside.plugins.feeds.entries import Channel
from tests.feed_rules import faults
from tests.plugins.stories import entries, story

SITE, HUB = "https://outlet.example/", "https://hub.example/"
NEXT = "2026-11-03T09:00:00+01:00"


def feed(name: str) -> bytes:
    channel = Channel("Outlet", "Views", SITE, SITE + name, "en", ("Outlet", SITE), HUB)
    made_of = [entries(html='<p>A <a href="/b/">b</a>.</p>').of_story(story(number)) for number in (2, 1)]
    return feed_of(name, channel, made_of)


@pytest.mark.parametrize("name", FORMATS)
def test_a_sound_feed_breaks_no_rule(name: str) -> None:
    assert faults(name, feed(name), HUB) == []


@pytest.mark.parametrize("name", FORMATS)
def test_another_hub_is_told(name: str) -> None:
    assert len(faults(name, feed(name))) == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("feed.xml", "<subtitle>", "<tagline/><subtitle>", "has no place"),
        ("feed.xml", "<subtitle>", "<title/><subtitle>", "has not one"),
        ("feed.xml", f"<updated>{NEXT}", "<updated>2026-11-03", "is no date"),
        ("feed.xml", "<name>", "<name>A</name><name>", "has not one name"),
        ("feed.xml", "story-2/</id>", "story-1/</id>", "two entries"),
        ("feed.xml", f"<id>{SITE}", "<id>/", "no whole address"),
        ("feed.xml", ' rel="self"', ' rel="alternate"', "two alternate|itself"),
        ("feed.xml", 'term="Europe"', "", "has no term"),
        ("feed.xml", 'xml:lang="en"', 'xml:lang="in English"', "is no language"),
        ("feed.xml", 'type="html"', 'type="markdown"', "neither text nor HTML"),
        ("feed.xml", f"href=&quot;{SITE}b/|href=\"{SITE}b/", 'href="/b/', "no whole address"),
        ("feed.xml", "&lt;p&gt;A", "&lt;script&gt;", "a text holds script"),
        ("feed.xml", f"<updated>{NEXT}</updated><subtitle", "<updated>2026-12-24T09:00:00Z</updated><subtitle", "not updated"),
        ("rss.xml", 'version="2.0"', 'version="0.9"', "not RSS 2.0"),
        ("rss.xml", "<language>", "<lang>en</lang><language>", "has no place"),
        ("rss.xml", "<description>Views</description>", "", "has not one description"),
        ("rss.xml", "Tue, 03", "Mon, 03", "is no date"),
        ("rss.xml", "Nov 2026", "Nov 26", "is no date"),
        ("rss.xml", "story-2/</guid>", "story-1/</guid>", "two items|not the link's"),
        ("rss.xml", ' isPermaLink="true"', "", "whether it is an address"),
        ("rss.xml", "<dc:creator>", "<author>Ana</author><dc:creator>", "no mail address"),
        ("rss.xml", "content:encoded", "content:other", "has not one whole text"),
        ("feed.json", "version/1.1", "version/1", "not JSON Feed 1.1"),
        ("feed.json", '"summary"', '"dek"', "is no key"),
        ("feed.json", "story-2/\"", "story-1/\"", "two items"),
        ("feed.json", NEXT, "3 November", "is no date"),
        ("feed.json", '"name": "Ana Pereira"', '"name": ""', "without a name"),
    ],
)  # fmt: skip
def test_what_breaks_a_rule_is_told(name: str, old: str, new: str, told: str) -> None:
    text = feed(name).decode()
    found = next(each for each in old.split("|") if each in text)
    said = "\n".join(faults(name, text.replace(found, new).encode(), HUB))
    assert any(each in said for each in told.split("|")), said
