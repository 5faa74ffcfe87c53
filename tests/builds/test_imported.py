"""Stories that came from elsewhere, with all that archives lack: each page is sound, and an editor
is told what to mend.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadside.content.folder import IMPORTED
from broadside.content.imported import Entry, written
from tests.media.kinds_of_files import PDF
from tests.sample import NOW, Outlet

BARE: dict[str, Any] = {"dek": None, "type": None, "imported": "wordpress"}
TEXT = """First words, which end here. See [the gone page](/2001/gone/), [a place](/2026/11/lacking/#gone) and [below](#nothing).

![](photos/harbour.jpg)

![A pier](photos/gone.jpg){caption="The pier in 1999."}

![A shed](photos/gone.jpg)

![A strip](photos/strip.jpg){credit="Photo by A. Person" redistribute="yes"}
"""


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("imported"))
    made.photo()
    made.photo("strip.jpg", size=(20, 300))
    made.story("bare", body=TEXT, photo="photos/harbour.jpg", redistribute="yes", **BARE)
    made.story("lacking", body="", photo="photos/gone.jpg", caption="Words about it.", **BARE)
    made.page("about", body="![](photos/harbour.jpg)", imported="wordpress")
    made.story("twice", body="First words. Then more.", dek="First words.")
    made.story(
        "cut-off", body="“Some words” of a text that goes on.", dek='"Some words" of a text that...'
    )
    made.story("of-its-own", body="First words.", dek="First words are not all.")
    paths = ("articles/bare.md", "articles/lacking.md", "pages/about.md")
    (made.content / IMPORTED).write_bytes(
        written(Entry(path, "wordpress", path, "") for path in paths)
    )
    done = made.build()
    assert done.returncode == 0, done.stderr
    assert "warning" not in done.stderr
    assert "warnings in what was imported; ./inv status --to-do" in done.stdout
    assert "warnings in what was imported" in made.build().stdout, "also if there was nothing to do"
    return made


def test_a_page_shows_what_there_is(outlet: Outlet) -> None:
    page = outlet.html("2026/11/bare/")
    story = page.select_one("article.story[data-slug=bare]")
    assert story is not None
    assert story.select("p.dek, .credit-label, #photo-credit") == []
    assert [image["alt"] for image in story.select("figure.photo img")] == ["", "", "A strip"]
    assert [line.get_text() for line in story.select("figcaption")] == [
        "The pier in 1999.",
        "Photo by A. Person",
    ]
    links = {link.get_text(): link.get("href") for link in story.select(".story-body a")}
    assert links["the gone page"] is links["below"] is None
    assert str(links["a place"]).endswith("/2026/11/lacking/")
    assert [link.get_text() for link in story.select(".story-header .kicker a")] == ["Europe"]
    assert page.select("meta[name=description]") == []


def test_a_story_without_a_text_is_published(outlet: Outlet) -> None:
    page = outlet.html("2026/11/lacking/")
    assert page.select("h1.headline") != []
    assert page.select("article.story[data-slug=lacking] > figure") == []


def test_what_has_no_credit_is_not_passed_on(outlet: Outlet) -> None:
    copy = outlet.html("2026/11/bare/republish/").get_text()
    assert "harbour-" not in copy
    assert "gone" not in copy.replace("the gone page", "")
    assert "strip-" in copy
    card = outlet.html("2026/11/bare/").select_one("meta[property='og:image']")
    assert card is not None
    assert str(card["content"]).endswith(".png"), "letters alone; with a photo it is a JPEG"


def test_the_first_words_are_not_read_twice(outlet: Outlet) -> None:
    shown = {
        slug: outlet.html(f"2026/11/{slug}/").select("header p.dek")
        for slug in ("twice", "cut-off", "of-its-own")
    }
    assert {slug: len(dek) for slug, dek in shown.items()} == {
        "twice": 0,
        "cut-off": 0,
        "of-its-own": 1,
    }
    deks = [
        dek.get_text() for dek in outlet.html("latest/").select(".teaser[data-slug=twice] .dek")
    ]
    assert deks == ["First words."]
    assert (outlet.output / "2026/11/twice/republish/index.html").read_text("utf-8").count(
        "First words."
    ) == 2, "once in the HTML to copy, once in the text"
    described = outlet.html("2026/11/twice/").select_one("meta[name=description]")
    assert described is not None
    assert described["content"] == "First words."


def test_an_editor_sees_what_to_mend(outlet: Outlet) -> None:
    flags = ("--content", "content", "--now", "2026-11-25T09:00", "--to-do")
    made = json.loads(outlet.run("status", *flags, "--format", "json").stdout)
    mend = {source["path"].rpartition("/")[2]: source["mend"] for source in made["sources"]}
    assert mend == {
        "bare.md": {
            "without alt text": 2,
            "without credit": 4,
            "picture missing": 2,
            "link to nothing": 3,
            "photo-kind": 1,
            "no dek": 1,
            "no type": 1,
        },
        "lacking.md": {
            "without alt text": 1,
            "without credit": 1,
            "picture missing": 1,
            "empty-story": 1,
            "no dek": 1,
            "no type": 1,
        },
        "about.md": {"without alt text": 1, "without credit": 1},
    }
    assert made["total"]["without credit"] == 6
    text = outlet.run("status", *flags).stdout
    assert text.startswith("3 files to fix:\n")
    assert "\ncontent/articles/bare.md: " in text


NAMED: dict[str, Any] = {
    "photo": "photos/gone.jpg",
    "audio": "files/gone.mp3",
    "file": "files/gone.pdf",
    "transcript": "files/gone.vtt",
    "related": ["gone"],
    "answers": "gone",
    "discussion": ["gone"],
    "translation_of": "gone",
    "series": "Gone",
    "section": "Gone",
    "type": "Gone",
    "author": "Gone Person",
    "topics": ["Gone"],
    "redirect_from": ["/files/gone.pdf"],
}
"""What a header may name, and nobody has."""
LINKED = (
    "[A paper](files/gone.pdf) and [a table](/files/gone.csv#row=2).",
    "[A paper](../files/gone.pdf), [its copy]({static}/files/gone.pdf).",
    "[A story]({filename}/articles/gone.md#part) and [a page](/2001/gone/?p=1#part).",
    (
        "[A topic]({tag}gone), [a person]({author}gone), [a section]({category}gone), [a"
        " series]({series}gone)."
    ),
    "![A pier](photos/gone.jpg)",
    "![A paper](files/gone.pdf)",
    "> [!gallery] A pier.\n>\n> ![A pier](photos/gone.jpg)\n>\n> ![A quay](photos/harbour.jpg)",
    '![A line that falls.](data/gone.csv){title="Gone" source="Nobody"}',
    "[A film](files/gone.mp4)\n\n[A recording](files/gone.mp3)",
    "Words.[^gone]",
)
"""What a text may name, and nobody has."""
PLACES = ("story", "page", "author")
"""What may name it."""


@given(
    keys=st.lists(st.sampled_from(sorted(NAMED)), unique=True, max_size=4),
    texts=st.lists(st.sampled_from(LINKED), unique=True, max_size=4),
    place=st.sampled_from(PLACES),
    has_files=st.booleans(),
)
@example(keys=[], texts=[LINKED[0]], place="story", has_files=True)
@example(keys=["audio", "file"], texts=list(LINKED), place="page", has_files=True)
def test_what_nobody_has_ends_no_build(
    tmp_path_factory: pytest.TempPathFactory,
    keys: list[str],
    texts: list[str],
    place: str,
    has_files: bool,
) -> None:
    """A build is done, or refused with faults that name the source."""
    outlet = Outlet(tmp_path_factory.mktemp("gone"))
    outlet.photo()
    outlet.story("other", body="See [a paper](files/there.pdf)." if has_files else "Words.")
    outlet.file("there.pdf", PDF)
    body = "\n\n".join(["Words.", *texts])
    outlet.story(
        "one",
        body=body if place == "story" else "Words.",
        imported="hugo",
        **{key: NAMED[key] for key in keys},
    )
    if place == "page":
        outlet.page("about", body=body, imported="hugo")
    if place == "author":
        outlet.author("Ben Okafor", body)
    paths = ("articles/one.md", "pages/about.md", "authors/ben-okafor.md")
    (outlet.content / IMPORTED).write_bytes(
        written(Entry(path, "hugo", path, "") for path in paths)
    )
    checked = outlet.run("check", "--content", "content", "--format", "json", "--now", NOW)
    faults = json.loads(checked.stdout)
    errors = [fault for fault in faults if fault["severity"] == "error"]
    assert {fault["path"].removeprefix("content/") for fault in errors} <= set(paths)
    assert "internal" not in {fault["code"] for fault in faults}
    done = outlet.build()
    assert (done.returncode == 0) is not bool(errors), done.stderr
    assert "Traceback" not in done.stderr
    assert all(fault["path"] in done.stderr for fault in errors)
