"""Feeds as a reader's app reads them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from msgspec.structs import replace

from broadside.content.terms import Author, Byline
from broadside.front_matter.data import Correction
from broadside.media.photos import Photo
from broadside.plugins.feeds import FORMATS, feed_of, of_stories
from broadside.plugins.feeds.entries import Channel, FeedEntry
from broadside.plugins.roundup.feed import entry_of
from broadside.site.story import changed
from broadside.urls import Urls
from tests.feed_rules import faults
from tests.plugins.roundup import making
from tests.stories import ANA, DAWN, entries, story

URLS = Urls("https://outlet.example/magazine", "{slug}/", "drafts/{slug}/", "{slug}/", {})
PAGE = "https://outlet.example/magazine/2026/11/story-1/"
CHANNEL = Channel(
    "Outlet",
    "News & <views>",
    "https://outlet.example/magazine/",
    "https://outlet.example/magazine/feed.xml",
    "en",
    ("Outlet", "https://outlet.example/magazine/"),
    DAWN,
)
HUB, SHEET = "https://hub.example/", "/magazine/theme/feed-1.css"
ATOM, RSS, JSON = FORMATS
EACH_XML = pytest.mark.parametrize("name", [ATOM, RSS])
PHOTO = Photo(
    'A "harbour"', "Ships < boats", "Photo by X/Agency", "photo", 800, 533, "photos/a-800.jpg", ()
)
XHTML = "{http://www.w3.org/1999/xhtml}"
TEXT = (
    '<div dir="ltr" lang="en">\n<p>Text &amp; <a'
    ' href="https://outlet.example/magazine/about/">more</a></p>\n</div>'
)
BEN = Author("Ben Okafor", "ben-okafor", "authors/ben-okafor/")


def entry(**values: Any) -> FeedEntry:
    return entries(URLS, '<p>Text &amp; <a href="/magazine/about/">more</a></p>').of_story(
        story(1, **values)
    )


def parsed(*items: FeedEntry, name: str = ATOM, channel: Channel = CHANNEL) -> Any:
    data = feed_of(name, channel, items)
    assert faults("feed.xml", data, channel.hub) == []
    found = feedparser.parse(data)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_markup_in_a_dek_is_shown_and_not_run() -> None:
    feed = feed_of(ATOM, CHANNEL, [entry(dek="<script>alert(1)</script> & co")])
    summary = ET.fromstring(feed).findtext(".//{http://www.w3.org/2005/Atom}summary")
    assert summary == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co"


def test_an_entry_says_its_language() -> None:
    feed = ET.fromstring(feed_of(ATOM, CHANNEL, [entry(lang="fr")]))
    found = feed.find("{http://www.w3.org/2005/Atom}entry")
    assert found is not None
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"


@EACH_XML
def test_a_text_is_set_in_its_direction_wherever_it_is_shown(name: str) -> None:
    noted = [Correction("2026-11-24T00:00:00+01:00", "correction", "كانت خمسة.")]
    arabic = story(1, lang="ar", dir="rtl", corrections=noted)
    told = [entry(lang="ar", dir="rtl"), entries(URLS).of_correction((arabic, noted[0]))]
    for each in parsed(*told, name=name).entries:
        assert each.content[0].value.startswith('<div dir="rtl" lang="ar">\n<p>')


def test_rss_names_all_authors_and_says_when_a_story_changed() -> None:
    changed_at = DAWN.replace(month=12)
    feed = feed_of(
        RSS,
        CHANNEL,
        [entry(byline=[Byline(ANA), Byline(BEN, "translated by")], updated=changed_at)],
    )
    item = ET.fromstring(feed).find("channel/item")
    assert item is not None
    creators = item.findall("{http://purl.org/dc/elements/1.1/}creator")
    assert [each.text for each in creators] == ["Ana Pereira", "Ben Okafor"]
    assert item.findtext("{http://www.w3.org/2005/Atom}updated") == changed_at.isoformat()
    assert item.findtext("pubDate") == "Mon, 02 Nov 2026 09:00:00 +0100"
    assert (
        ET.fromstring(feed).findtext("channel/lastBuildDate") == "Tue, 01 Dec 2026 09:00:00 +0100"
    )


@EACH_XML
def test_a_hub_and_a_style_sheet_are_named_where_there_are_some(name: str) -> None:
    channel = replace(CHANNEL, hub=HUB, stylesheet=SHEET)
    data = feed_of(name, channel, [entry()])
    links = ET.fromstring(data).iter("{http://www.w3.org/2005/Atom}link")
    assert [link.get("href") for link in links if link.get("rel") == "hub"] == [HUB]
    assert data.split(b"\n")[1].startswith(
        b'<?xml-stylesheet href="/magazine/theme/feed-1.css" type="text/css"?>'
    )
    assert json.loads(feed_of(JSON, channel, []))["hubs"] == [{"type": "WebSub", "url": HUB}]
    assert b"hub" not in feed_of(name, CHANNEL, [entry()]) + feed_of(JSON, CHANNEL, [entry()])
    assert b"xml-stylesheet" not in feed_of(name, CHANNEL, [entry()])


@EACH_XML
def test_who_opens_a_feed_in_a_browser_gets_headlines_that_are_links(name: str) -> None:
    root = ET.fromstring(
        feed_of(
            name,
            replace(CHANNEL, title="Outlet: E&E"),
            [entry(title='A "b" <i>&</i>', dek="<q>", byline=[Byline(ANA), Byline(BEN)])],
        )
    )
    links = {link.get("href"): link.text for link in root.iter(f"{XHTML}a")}
    assert links[PAGE] == 'A "b" <i>&</i>'
    assert links["https://outlet.example/magazine/"] is not None
    assert [each.text for each in root.iter(f"{XHTML}h1")] == ["E&E"]
    assert [each.text for each in root.iter(f"{XHTML}code")] == [CHANNEL.feed_url]
    assert [each.text for each in root.iter(f"{XHTML}p")][-2:] == [
        "<q>",
        "Ana Pereira, Ben Okafor · 2 November 2026",
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_an_entry_that_several_feeds_hold_is_the_same_in_each(name: str) -> None:
    one, other, make = story(1), story(2), entries(URLS, "<p>Text.</p>")
    first, again = (
        of_stories(name, CHANNEL, [one], make),
        of_stories(name, CHANNEL, [other, one], make),
    )
    assert again == feed_of(name, CHANNEL, map(make.of_story, [other, one]))
    assert first[-400:] == again[-400:]


def test_each_correction_is_an_entry_whose_id_stays_when_another_comes() -> None:
    first, second = (
        Correction("2026-11-21T00:00:00+01:00", "correction", f"It was <{each}>.")
        for each in (5, 6)
    )
    later = Correction("2026-11-24T00:00:00+01:00", "editor's note", "We asked.")
    noted = story(1, first_url="2026/10/old/", corrections=[later, second, first], topics=[])
    before = story(1, first_url="2026/10/old/", corrections=[first], topics=[])
    make = entries(URLS).of_correction
    told = [make((noted, each)) for each in noted.corrections]
    known = "https://outlet.example/magazine/2026/10/old/?correction=2026-11-2"
    assert [each.id for each in told] == [f"{known}4", f"{known}1-2", f"{known}1"]
    assert make((before, first)).id == told[2].id
    assert told[0].title == "Editor’s note: Story 1"
    assert "\n<p>It was &lt;5&gt;.</p>" in (told[2].html or "")
    assert told[2].url == f"{PAGE}#corrections"
    for name in (ATOM, RSS):
        assert parsed(*told, name=name).entries[2].summary == "It was &lt;5&gt;."


def test_a_round_up_is_its_note_and_then_its_headlines_as_they_stand_on_its_page() -> None:
    stories = [
        making.story("Led", 19, dek="A <dek>."),
        making.story("Asian", 15, making.ASIA, dek=""),
        making.story("Short", 14, making.BRIEFS, dek=""),
    ]
    told = entry_of(making.roundup(*stories, note="A note."), entries(making.URLS, "<p>Note.</p>"))
    site = "https://halyard.example/magazine"
    assert (told.id, told.url, told.authors) == (
        f"{site}/roundup/2026-11-20/",
        told.id,
        [("Outlet", f"{site}/")],
    )
    assert told.text
    assert told.text().split("\n") == [
        "<p>Note.</p>",
        f'<ul><li><a href="{site}/2026/11/led/">Led</a>: A &lt;dek&gt;.</li></ul>',
        f'<h2>Asia</h2><ul><li><a href="{site}/2026/11/asian/">Asian</a></li></ul>',
        f'<h2>In brief</h2><ul><li><a href="{site}/2026/11/short/">Short</a></li></ul>',
    ]


def test_json_feed_says_the_same() -> None:
    found = json.loads(
        feed_of(JSON, CHANNEL, [entry(photo=PHOTO, byline=[Byline(ANA), Byline(BEN)])])
    )
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    item = found["items"][0]
    assert item["id"] == item["url"] == PAGE
    assert item["authors"] == [
        {"name": each.name, "url": f"https://outlet.example/magazine/{each.url}"}
        for each in (ANA, BEN)
    ]
    assert (found["description"], item["summary"]) == ("News & <views>", "Dek 1.")
    bare = json.loads(feed_of(JSON, replace(CHANNEL, subtitle=""), [entry(dek="")]))
    assert "description" not in bare
    assert not {"summary", "image"} & bare["items"][0].keys()
    assert item["tags"] == ["Europe", "Analysis"]
    assert item["image"] == "https://outlet.example/magazine/photos/a-800.jpg"


@pytest.mark.parametrize(
    ("moments", "seconds"),
    [
        (["2026-11-01"], 1),  # on the day of the story
        (["2026-11-01T11", "2026-11-01"], 2 * 3600 + 1),
        (["2026-11-02"], 15 * 3600),
        (["2026-11-02", "2026-11-02"], 15 * 3600 + 1),
    ],
)
def test_a_correction_of_a_day_without_an_hour_moves_the_change_on(
    moments: list[str], seconds: int
) -> None:
    noted = [
        Correction(f"{each if 'T' in each else f'{each}T00'}:00:00+01:00", "correction", "x")
        for each in moments
    ]
    assert changed(story(0, corrections=noted)) == DAWN + timedelta(seconds=seconds)
    midnight = DAWN.replace(hour=0)
    assert changed(story(0, date=midnight, corrections=noted)) > midnight
