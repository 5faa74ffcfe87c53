"""Feeds as a reader's app reads them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

import feedparser
import pytest

from plugins.feeds.atom import Atom
from plugins.feeds.entries import Channel, Entry, absolute, changed, entry_of
from plugins.feeds.json_feed import JsonFeed
from plugins.newsroom.terms import Author, Byline, Correction
from plugins.photos.values import Photo
from plugins.urls import Urls
from tests.plugins.stories import ANA, DAWN, story

URLS = Urls("https://outlet.example/magazine", "{slug}/", "drafts/{slug}/", "{slug}/", {})
PAGE = "https://outlet.example/magazine/2026/11/story-1/"
CHANNEL = Channel(
    "Outlet",
    "News & <views>",
    "https://outlet.example/magazine/",
    "https://outlet.example/magazine/feed.xml",
    "en",
)
PHOTO = Photo('A "harbour"', "Ships < boats", "Photo by X/Agency", "photo", 800, 533, "photos/a-800.jpg", ())
BEN = Author("Ben Okafor", "ben-okafor", "authors/ben-okafor/")


def entry(**values: Any) -> Entry:
    return entry_of(story(1, **values), URLS, lambda _: '<p>Text &amp; <a href="/magazine/about/">more</a></p>')


def parsed(*entries: Entry) -> Any:
    found = feedparser.parse(Atom()(entries, CHANNEL))
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_atom_names_the_feed_and_every_entry() -> None:
    found = parsed(entry(title="A <b>bold</b> & “quoted” claim"))
    assert (found.feed.id, found.feed.subtitle) == (CHANNEL.feed_url, "News & <views>")
    assert found.entries[0].title == "A <b>bold</b> & “quoted” claim"
    assert found.entries[0].link == found.entries[0].id == PAGE
    assert found.entries[0].content[0].value == (
        '<p>Text &amp; <a href="https://outlet.example/magazine/about/">more</a></p>'
    )


def test_atom_names_all_authors() -> None:
    found = parsed(entry(byline=[Byline(ANA), Byline(BEN, "translated by")]))
    assert [author.name for author in found.entries[0].authors] == ["Ana Pereira", "Ben Okafor"]
    assert found.entries[0].authors[1].href == "https://outlet.example/magazine/authors/ben-okafor/"


def test_markup_in_a_dek_is_shown_and_not_run() -> None:
    feed = Atom()([entry(dek="<script>alert(1)</script> & co")], CHANNEL)
    summary = ET.fromstring(feed).findtext(".//{http://www.w3.org/2005/Atom}summary")
    assert summary == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co"


def test_an_entry_says_its_language() -> None:
    feed = ET.fromstring(Atom()([entry(lang="fr")], CHANNEL))
    found = feed.find("{http://www.w3.org/2005/Atom}entry")
    assert found is not None
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"


def test_a_feed_without_a_story_is_a_feed() -> None:
    assert parsed().feed.updated == "1970-01-01T00:00:00+00:00"


def test_the_feeds_date_is_that_of_its_newest_change() -> None:
    corrected = entry(corrections=[Correction("2026-12-24T00:00:00+01:00", "correction", "No.")])
    assert parsed(entry(), corrected).feed.updated == "2026-12-24T00:00:00+01:00"


def test_the_same_entries_are_the_same_bytes() -> None:
    assert Atom()([entry()], CHANNEL) == Atom()([entry()], CHANNEL)


def test_json_feed_says_the_same() -> None:
    found = json.loads(JsonFeed()([entry(photo=PHOTO, byline=[Byline(ANA), Byline(BEN)])], CHANNEL))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    item = found["items"][0]
    assert item["id"] == item["url"] == PAGE
    assert [author["name"] for author in item["authors"]] == ["Ana Pereira", "Ben Okafor"]
    assert item["tags"] == ["Europe", "Analysis"]
    assert item["image"] == "https://outlet.example/magazine/photos/a-800.jpg"


def test_the_lead_photo_comes_first_with_its_credit() -> None:
    html = entry(photo=PHOTO).html
    assert html.startswith('<figure><img src="https://outlet.example/magazine/photos/a-800.jpg" alt="A &quot;harb')
    assert "Ships &lt; boats" in html
    assert "Photo by X/Agency" in html


def test_corrections_stand_below_the_text() -> None:
    html = entry(corrections=[Correction("2026-11-24T00:00:00+01:00", "editor's note", "It was <two>.")]).html
    assert html.endswith("<p><strong>Editor&#x27;s note, 2026-11-24.</strong> It was &lt;two&gt;.</p>")


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<a href="/magazine/x/">x</a>', '<a href="https://outlet.example/magazine/x/">x</a>'),
        ('<a href="#fn1">1</a>', f'<a href="{PAGE}#fn1">1</a>'),
        ('<a href="https://a.example/">x</a>', '<a href="https://a.example/">x</a>'),
        ('<img src="/a.jpg" alt="">', '<img src="https://outlet.example/a.jpg" alt="">'),
        (
            '<source srcset="/a.avif 480w, /b.avif 800w">',
            '<source srcset="https://outlet.example/a.avif 480w, https://outlet.example/b.avif 800w">',
        ),
        ('<p>So, in Kraków, /etc; or href="/x".</p>', '<p>So, in Kraków, /etc; or href="/x".</p>'),
    ],
)
def test_addresses_become_absolute_and_words_stay(html: str, wanted: str) -> None:
    assert absolute(html, URLS, PAGE) == wanted


def test_a_story_last_changed_at_the_latest_of_its_moments() -> None:
    later = DAWN.replace(month=12)
    assert changed(story(0)) == DAWN
    assert changed(story(0, updated=later)) == later
    assert changed(story(0, corrections=[Correction(later.isoformat(), "update", "x")])) == later
