"""Podcasts of sections and series in real builds, judged by the rules of their directories."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from broadside.plugins.podcasts.feed import guid_of
from tests.plugins.recordings.test_site import sound
from tests.podcast_rules import ITUNES, PODCAST, broken
from tests.sample import Outlet

SITE = "https://outlet.example/mag"
SECTION, SERIES = "sections/asia/podcast.xml", "series/tides/podcast.xml"
MOVED = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
SECTIONS = """\
- name: Europe
- name: Asia
  description: From the Indus to the atolls.
  podcast:
    category: politics
    picture: photos/art.png
    email: audio@outlet.example
- name: Briefs
  rail: briefs
"""
TIDES = f"""\
---
name: Tides
podcast:
  title: What the tide said
  description: "Heard & told <twice>."
  category: Society & Culture > Places & Travel
  picture: photos/tall.jpg
  author: Ana Pereira
  explicit: yes
  type: serial
  guid: {MOVED.upper()}
---
Words.
"""
FRAME = b"\xff\xfb\x90\x64" + bytes(413)
"""A frame of MPEG-1, layer III, at 128 kbit/s and 44.1 kHz: 1152 samples."""


def mp3(frames: int) -> bytes:
    return FRAME * frames


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet with a section and a series that are podcasts; look, but change nothing."""
    outlet = Outlet(tmp_path_factory.mktemp("podcasts"))
    outlet.write("sections.yml", SECTIONS)
    outlet.write("series/tides.md", TIDES)
    outlet.photo("art.png", size=(1500, 1500))
    outlet.photo("tall.jpg", size=(1420, 1700))
    for number in (1, 2, 3):
        outlet.file(f"tide-{number}.mp3", mp3(400 * number))
        outlet.story(
            f"tide-{number}",
            series="Tides",
            audio=f"files/tide-{number}.mp3",
            date=f"2026-11-0{number}T09:00",
        )
    outlet.file("tide-1.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nWords.\n")
    outlet.story(
        "tide-1",
        series="Tides",
        date="2026-11-01T09:00",
        title="Ebb & flow <1>",
        audio="files/tide-1.mp3",
        audio_credit="Read by A & B",
        transcript="files/tide-1.vtt",
        chapters=["0:00 One", "0:02 Two"],
    )
    outlet.story("silent", series="Tides", section="Asia")
    outlet.file("asia.m4a", M4A)
    outlet.file("asia.mp3", mp3(500))
    outlet.file("asia.wav", sound(3))
    outlet.file("held.mp3", mp3(300))
    outlet.story("asia", section="Asia", audio="files/asia.m4a", date="2026-11-21T09:00")
    outlet.story(
        "of-old", section="Asia", audio="files/asia.mp3", redirect_from=["/2019/03/of-old/"]
    )
    outlet.story("a-wave", section="Asia", audio="files/asia.wav")
    outlet.story("held", section="Asia", audio="files/held.mp3", date="2026-12-01T09:00")
    done = outlet.rebuild(production=True, siteurl=SITE)
    assert "stories published" in done, done
    return outlet


def _atom(name: bytes, *inside: bytes) -> bytes:
    data = b"".join(inside)
    return (8 + len(data)).to_bytes(4, "big") + name + data


M4A = _atom(b"ftyp", b"M4A \0\0\0\0M4A mp42isom") + _atom(
    b"moov",
    _atom(b"mvhd", bytes(12) + (1000).to_bytes(4, "big") + (7300).to_bytes(4, "big") + bytes(80)),
)
"""A file that says that it takes 7.3 seconds."""


@pytest.mark.parametrize(("path", "guid"), [(SECTION, ""), (SERIES, MOVED)])
def test_a_feed_keeps_to_the_published_rules(made: Outlet, path: str, guid: str) -> None:
    assert broken(path, made.files(), SITE, guid) == []


def test_it_has_the_stories_that_can_be_heard_and_are_out(made: Outlet) -> None:
    channel = ET.fromstring(made.files()[SECTION]).find("channel")
    assert channel is not None
    links = [item.findtext("link") for item in channel.findall("item")]
    assert links == [f"{SITE}/2026/11/asia/", f"{SITE}/2026/11/of-old/"]
    assert [item.findtext("guid") for item in channel.findall("item")] == [
        links[0],
        f"{SITE}/2019/03/of-old/",
    ]
    assert [item.findtext(f"{ITUNES}duration") for item in channel.findall("item")] == ["7", "13"]
    assert [each.get("type") for each in channel.iter("enclosure")] == ["audio/x-m4a", "audio/mpeg"]
    assert (channel.findtext("title"), channel.findtext(f"{ITUNES}author")) == ("Asia", "Halyard")
    (category,) = channel.findall(f"{ITUNES}category")
    assert (category.get("text"), [each.get("text") for each in category]) == ("News", ["Politics"])


def test_a_serial_podcast_has_numbers_credits_chapters_and_a_transcript(made: Outlet) -> None:
    channel = ET.fromstring(made.files()[SERIES]).find("channel")
    assert channel is not None
    assert channel.findtext("description") == "Heard & told <twice>."
    items = channel.findall("item")
    assert [item.findtext(f"{ITUNES}episode") for item in items] == ["3", "2", "1"]
    first = items[-1]
    assert first.findtext("title") == "Ebb & flow <1>"
    assert "<p>Read by A &amp; B</p>" in (first.findtext("description") or "")
    assert (
        len(first.findall(f"{PODCAST}transcript")) == len(first.findall(f"{PODCAST}chapters")) == 1
    )
    assert not items[0].findall(f"{PODCAST}chapters")


def test_pages_lead_to_it(made: Outlet) -> None:
    for page, path, title in (
        ("sections/asia/", SECTION, "Asia"),
        ("series/tides/", SERIES, "What the tide said"),
    ):
        html = made.html(page)
        front = f"/mag/{page}podcast/"
        (link,) = [each for each in html.select(".index-links a") if each["href"] == front]
        assert title in link.get_text()
        assert html.select_one(
            f'link[rel="alternate"][type="application/rss+xml"][href="/mag/{path}"]'
        )
    assert not made.html("sections/europe/").select('[href$="podcast.xml"]')
    story = made.html("2026/11/tide-1/")
    assert story.select_one('.audio a[href="/mag/series/tides/podcast/"]')
    assert '"PodcastEpisode"' in story.select('script[type*="json"]')[-1].get_text()


def test_the_identifier_of_a_podcast_is_that_of_the_standard() -> None:
    assert guid_of("https://podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert guid_of("http://mp3s.nashownotes.com/pc20rss.xml/") == MOVED


def test_a_podcast_has_a_front_with_the_newest_episode_and_where_to_follow_it(made: Outlet) -> None:
    page = made.html("sections/asia/podcast/")
    assert page.select("main header img")
    assert page.select("main article audio")
    assert page.select(f"main a[href$='{SECTION}']")
    assert made.html("sections/asia/").select("a[href$='sections/asia/podcast/']")
    assert "/sections/asia/podcast/<" in (made.output / "sitemaps/pages.xml").read_text()
