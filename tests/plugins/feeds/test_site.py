"""What feeds say, and what they go on saying when a story changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup

from tests.feed_rules import faults
from tests.sample import Outlet

SITE = "https://outlet.example"
FORMS = ("feed.xml", "rss.xml", "feed.json")


@pytest.fixture(scope="module")
def feeds(built: Outlet, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every feed of the magazine at a public address below the top of its host."""
    output = tmp_path_factory.mktemp("public") / "site"
    built.rebuild(output=output, siteurl=f"{SITE}/magazine")
    return {name: data for name, data in built.files(output).items() if Path(name).name in FORMS}


def test_every_index_has_feeds_that_keep_to_the_specifications(feeds: dict[str, bytes]) -> None:
    followed = (
        "",
        "corrections/",
        "sections/europe/",
        "types/analysis/",
        "topics/nato/",
        "authors/ben-okafor/",
    )
    assert {f"{url}feed.xml" for url in followed} <= feeds.keys()
    assert {f"{url}{name}" for url in followed[:3] for name in FORMS[1:]} <= feeds.keys()
    assert not {f"{url}{name}" for url in followed[3:] for name in FORMS[1:]} & feeds.keys()
    for name, data in feeds.items():
        assert faults(name, data) == []
        assert name.endswith("rss.xml") or f"{SITE}/magazine/theme/mark-" in data.decode()
        if name.endswith(".xml"):
            links = feedparser.parse(data).feed.links
            assert [link.href for link in links if link.rel == "self"] == [
                f"{SITE}/magazine/{name}"
            ]


def test_the_feed_has_whole_texts_with_absolute_addresses_and_all_authors(
    feeds: dict[str, bytes],
) -> None:
    entries = {entry.id: entry for entry in feedparser.parse(feeds["feed.xml"]).entries}
    cables = entries[f"{SITE}/magazine/2026/11/cables/"]
    assert cables.title == "Who guards the “cables”?"
    assert [author.name for author in cables.authors] == ["Ana Pereira", "Ben Okafor"]
    assert len(entries) == 6
    for entry in entries.values():
        html = BeautifulSoup(entry.content[0].value, "lxml")
        for tag in html.select("[href], [src], [srcset]"):
            for name in ("href", "src", "srcset"):
                for address in filter(None, str(tag.get(name, "")).split(", ")):
                    assert address.startswith("https://"), (entry.id, address)
    text = BeautifulSoup(cables.content[0].value, "lxml").get_text(" ", strip=True)
    assert "The last paragraph costs €5." in text
    assert "Photo by A. Person/Agency" in text
    assert "It was five." in text


def test_all_forms_tell_the_same_stories(feeds: dict[str, bytes]) -> None:
    for name in [name for name in feeds if name.endswith("rss.xml")]:
        told = [(entry.id, text_of(entry)) for entry in feedparser.parse(feeds[name]).entries]
        atom = feedparser.parse(feeds[name.replace("rss.xml", "feed.xml")])
        assert told == [(entry.id, text_of(entry)) for entry in atom.entries], name
        other = name.replace("rss.xml", "feed.json")
        if other in feeds:
            assert [item["id"] for item in json.loads(feeds[other])["items"]] == [
                known for known, _ in told
            ], name


def text_of(entry: Any) -> str:
    """The whole text of an entry, or its dek where it has none."""
    return str(entry.content[0].value if "content" in entry else entry.summary)


def test_only_the_site_and_the_pages_that_a_setting_names_have_feeds_with_whole_texts(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.story(topics="NATO", body="The whole text.")
    with_texts = {"feed.xml", "rss.xml", "feed.json"}
    for kinds, more in (
        (["section"], "sections/europe"),
        (["author", "topic"], "authors/ana-pereira topics/nato"),
    ):
        assert "published," in outlet.rebuild(settings={"FULL_TEXT_FEEDS": kinds})
        feeds = {name: data for name, data in outlet.files().items() if Path(name).name in FORMS}
        whole = {name for name, data in feeds.items() if b"The whole text." in data}
        named = {name for name in feeds if any(name.startswith(place) for place in more.split())}
        assert whole == with_texts | named
        assert {name for name, data in feeds.items() if b"Dek of a-story." in data} > whole
        assert [fault for name, data in feeds.items() for fault in faults(name, data)] == []


def told(outlet: Outlet, **story: Any) -> tuple[str, str]:
    """Id and moment of the last change of the outlet's only story, which all forms tell alike."""
    for file in (outlet.content / "articles").glob("*.md"):
        file.unlink()
    outlet.story(**story)
    said = outlet.rebuild()
    assert "published," in said, said
    (item,) = json.loads((outlet.output / "feed.json").read_text("utf-8"))["items"]
    found = {(item["id"], item["date_modified"])}
    for name in FORMS[:2]:
        (entry,) = feedparser.parse((outlet.output / name).read_bytes()).entries
        found.add((entry.id, entry.updated))
    ((known, moment),) = found
    assert feedparser.parse((outlet.output / "feed.xml").read_bytes()).feed.updated == moment
    return known, moment


def test_a_story_keeps_its_id_wherever_it_moves_and_counts_as_changed_only_when_it_says_so(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    noted = [{"date": "2026-11-23T10:00+01:00", "type": "clarification", "text": "It was five."}]
    moves = ["/2026/11/first", "/2026/11/second/"]
    edits: list[tuple[dict[str, Any], str]] = [
        ({"slug": "first"}, "2026-11-20T09:00"),
        (
            {
                "slug": "first",
                "body": "Bodies.",
                "minor": "true",
                "topics": ["Sea"],
                "title": "Mended",
            },
            "2026-11-20T09:00",
        ),
        (
            {"slug": "second", "redirect_from": ["/2026/11/first/"], "updated": "2026-11-22T11:00"},
            "2026-11-22T11:00",
        ),
        (
            {
                "slug": "second",
                "date": "2026-10-20T09:00",
                "redirect_from": moves,
                "corrections": noted,
            },
            "2026-11-23T10:00",
        ),
        (
            {
                "slug": "first",
                "section": "Asia",
                "redirect_from": [f"{moves[0]}/index.html", *moves[1:], "/2026/10/second/"],
            },
            "2026-11-20T09:00",
        ),
    ]
    for edit, moment in edits:
        assert told(outlet, **edit) == (
            "http://127.0.0.1:8000/2026/11/first/",
            f"{moment}:00+01:00",
        ), edit


def test_a_feed_without_entries_has_the_date_of_the_first_story_or_of_the_year(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.rebuild()
    assert feedparser.parse((outlet.output / "feed.xml").read_bytes()).feed.updated[:4] == "2026"
    outlet.write("series/straits.md", "---\nname: Straits\n---\nText.\n")
    outlet.story(series="Straits")
    outlet.story("later", date="2026-11-24T09:00")
    outlet.rebuild(settings={"BOOKS": ["issue"]})
    for name in ("corrections/feed.xml", "series/books.xml"):
        found = feedparser.parse((outlet.output / name).read_bytes())
        assert (found.feed.updated[:10], found.entries) == ("2026-11-20", [])


def test_pages_name_two_feeds_at_most_and_the_nearest_first(built: Outlet) -> None:
    def named(page: str) -> list[str]:
        links = built.html(page).select("link[rel=alternate][type='application/atom+xml']")
        return [str(link["href"]) for link in links]

    assert named("") == named("2026/11/cables/") == ["/feed.xml"]
    for page in (
        "sections/europe/",
        "authors/ben-okafor/",
        "types/analysis/",
        "topics/nato/",
        "corrections/",
    ):
        assert named(page) == [f"/{page}feed.xml", "/feed.xml"]


def test_a_hub_is_named_where_a_setting_names_it(built: Outlet, tmp_path: Path) -> None:
    hub = "https://hub.example/"
    outlet = built.copy(tmp_path)
    assert "published," in outlet.rebuild(settings={"WEBSUB_HUB": hub})
    for name in FORMS:
        assert faults(name, (outlet.output / name).read_bytes(), hub) == []
