"""Recordings of stories and in texts: played on pages, links elsewhere, told to machines, and no
byte where there is none.
"""

from __future__ import annotations

import io
import json
import wave
from pathlib import Path
from typing import Any

import pytest

from broadside.config.options import Options
from broadside.editing.check import check
from tests.sample import NOW, Outlet, differing

SITE = "https://outlet.example/mag"
VTT = (
    "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ana>A zymurgist speaks.\n\n00:01.000 --> 00:02.000\n<v"
    " Bo>So it seems.\n"
)
HEARD: dict[str, Any] = {
    "audio": "files/harbour.wav",
    "audio_credit": "Read by Bo",
    "transcript": "files/harbour.vtt",
    "chapters": ["0:00 One", "0:01 Two"],
}


def sound(seconds: float) -> bytes:
    """Silence as a WAV file."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(bytes([128]) * int(8000 * seconds))
    return made.getvalue()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet with a recording of a story, and one in a text; look, but change nothing."""
    outlet = Outlet(tmp_path_factory.mktemp("audio"))
    outlet.file("harbour.wav", sound(125))
    outlet.file("harbour.vtt", VTT.encode())
    outlet.file("gulls.wav", sound(5))
    outlet.file("taken-back.wav", sound(5))
    outlet.story("heard", **HEARD)
    outlet.story(
        "gulls",
        body="Words <b>here</b>.\n\n[!audio] [The *gulls*](files/gulls.wav)\n\nMore words.",
        section="Asia",
    )
    outlet.story("silent", section="Asia")
    outlet.story("taken-back", audio="files/taken-back.wav", status="withdrawn")
    outlet.roundup("2026-11-24", "[!audio] [Hear it](files/gulls.wav)")
    assert "published" in outlet.rebuild(production=True, siteurl=SITE)
    return outlet


def test_a_story_is_played_below_its_byline_with_chapters_and_transcript(made: Outlet) -> None:
    page = made.html("2026/11/heard/")
    figure = page.select_one(".story-main > figure.audio")
    assert figure
    player = figure.select_one("audio[controls]")
    assert player
    assert (player["src"], player["preload"]) == ("/mag/files/harbour.wav", "none")
    assert [each.get_text(" ", strip=True) for each in figure.select("figcaption")] == [
        "Listen to this story 2:05"
    ]
    assert "Read by Bo" in figure.get_text()
    chapters = [
        (link["href"], link.get_text(" ", strip=True)) for link in figure.select("details ol a")
    ]
    assert chapters == [
        ("/mag/files/harbour.wav#t=0", "0:00 One"),
        ("/mag/files/harbour.wav#t=1", "0:01 Two"),
    ]
    said = [paragraph.get_text() for paragraph in figure.select("details div p")]
    assert said == ["Ana: A zymurgist speaks.", "Bo: So it seems."]
    assert (made.output / "files/harbour.wav").read_bytes() == sound(125)


def test_lists_say_how_long_it_is_to_hear(made: Outlet) -> None:
    teasers = {
        each["data-slug"]: each.get_text(" ")
        for each in made.html("latest/").select("article.teaser")
    }
    assert "2 min listen" in teasers["heard"]
    assert "listen" not in teasers["silent"]


def test_only_pages_that_play_something_have_its_styles(made: Outlet) -> None:
    files = made.files()
    (sheet,) = [name for name in files if name.startswith("theme/audio-") and name.endswith(".css")]
    having = {
        name for name, data in files.items() if name.endswith(".html") and sheet.encode() in data
    }
    playing = {
        name for name, data in files.items() if name.endswith(".html") and b"<audio " in data
    }
    assert having == playing
    assert {
        "2026/11/heard/index.html",
        "2026/11/gulls/index.html",
        "roundup/2026-11-24/index.html",
    } <= playing
    assert not {name for name in playing if name.endswith("republish/index.html")}


def test_a_recording_in_a_text_is_a_link_with_its_player(made: Outlet) -> None:
    (figure,) = made.html("2026/11/gulls/").select(".story-main > .story-body figure.audio")
    link, player = figure.select_one("figcaption a"), figure.select_one("audio")
    assert link
    assert player
    assert link.select_one("em")
    assert link["href"] == player["src"] == "/mag/files/gulls.wav"
    assert figure.get_text(" ", strip=True).startswith("The gulls (WAV, 0:05, ")


def test_feeds_and_copies_lead_to_it_and_feeds_enclose_it(made: Outlet) -> None:
    files = made.files()
    items = {item["url"]: item for item in json.loads(files["feed.json"])["items"]}
    heard, gulls = items[f"{SITE}/2026/11/heard/"], items[f"{SITE}/2026/11/gulls/"]
    (file,) = heard["attachments"]
    assert file == {
        "url": f"{SITE}/files/harbour.wav",
        "mime_type": "audio/wav",
        "size_in_bytes": len(sound(125)),
        "duration_in_seconds": 125,
    }
    assert f'href="{SITE}/files/gulls.wav"' in gulls["content_html"]
    assert "<audio" not in files["feed.json"].decode()
    assert f'url="{SITE}/files/harbour.wav"' in files["rss.xml"].decode()
    for slug, name in (("heard", "harbour"), ("gulls", "gulls")):
        html, text = [
            field.get_text() for field in made.html(f"2026/11/{slug}/republish/").select("textarea")
        ][:2]
        assert f'<a href="{SITE}/files/{name}.wav">' in html
        assert "<audio" not in html
        assert "WAV, " in text


def test_a_withdrawn_storys_recording_goes_too(made: Outlet) -> None:
    assert not [
        name
        for name, data in made.files().items()
        if "taken-back.wav" in name or b"taken-back.wav" in data
    ]


def test_machines_learn_of_it(made: Outlet) -> None:
    page = made.html("2026/11/heard/")
    story = json.loads(page.select('script[type*="json"]')[0].get_text())
    told = story[0] if isinstance(story, list) else story
    assert told["audio"] == {
        "@type": "AudioObject",
        "contentUrl": f"{SITE}/files/harbour.wav",
        "encodingFormat": "audio/wav",
        "duration": "PT2M5S",
        "creditText": "Read by Bo",
    }
    assert page.select_one(f'meta[property="og:audio"][content="{SITE}/files/harbour.wav"]')


def test_what_is_said_can_be_searched(made: Outlet) -> None:
    words = b"".join(
        data
        for name, data in made.files().items()
        if name.startswith("search-words/") or "/words/" in name
    )
    assert b"zymurgist" in words


def test_another_recording_or_transcript_changes_what_shows_it_and_is_read_once(
    made: Outlet, tmp_path: Path
) -> None:
    outlet = made.copy(tmp_path)
    before = outlet.files()
    outlet.file("harbour.vtt", VTT.replace("So it seems", "Quite").encode())
    outlet.rebuild(production=True, siteurl=SITE)
    changed = differing(before, outlet.files())
    assert {"files/harbour.vtt", "2026/11/heard/index.html"} <= set(changed)
    assert "2026/11/silent/index.html" not in changed
    assert "latest/rss.xml" not in changed
    outlet.file("harbour.wav", sound(65))
    outlet.rebuild(production=True, siteurl=SITE)
    assert [
        each.get_text()
        for each in outlet.html("2026/11/heard/").select("figure.audio figcaption time")
    ] == ["1:05"]
    assert "1 min listen" in outlet.html("latest/").get_text()
    anew = tmp_path / "anew"
    outlet.rebuild(output=anew, production=True, siteurl=SITE)
    assert differing(outlet.files(), outlet.files(anew)) == []


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("harbour.wav", b"RIFF\x24\0\0\0WAVEfmt ", "heard.md:9: error: file-kind"),
        ("harbour.wav", sound(1), "heard.md:12: error: value"),
    ],
)
def test_what_cannot_be_played_or_shown_is_an_error(
    made: Outlet, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    outlet = made.copy_content(tmp_path)
    outlet.file(name, data)
    assert said in "\n".join(map(str, check(Options(content=str(outlet.content), now=NOW))))
