"""One bad input each, with the line, the code and some words of what a writer is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from desk.options import Options, settings_of
from plugins.faults import Fault
from plugins.newsroom import desk_of
from plugins.newsroom.read import read_newsroom
from plugins.newsroom.room import Newsroom
from tests.outlet import NOW

GOOD = {
    "title": "A headline",
    "dek": "One sentence.",
    "date": "2026-11-20T09:00",
    "author": "Ana Pereira",
    "section": "Europe",
    "type": "Analysis",
}


@dataclass(frozen=True)
class Case:
    """What is changed in a good story (None: left out), what is added below its header, and what comes of it."""

    name: str
    code: str
    words: str = ""
    line: int = 0
    body: str = "Body."
    front: dict[str, str | None] | None = None
    severity: str = "error"


def front(**keys: str | None) -> dict[str, str | None]:
    return keys


HEADER = [
    Case("a day that is none", "date", "not a day", 4, front=front(date="2025-13-45")),
    Case("a date in words", "date", "2026-11-20", 4, front=front(date="March")),
    Case("a date by slashes", "date", "2026-11-20", 4, front=front(date="02/03/2025")),
    Case("no date", "missing-key", '"date"', front=front(date=None)),
    Case("no dek", "missing-key", '"dek"', front=front(dek=None)),
    Case("no author", "missing-key", '"author"', front=front(author=None)),
    Case("an unknown status", "unknown-word", "published", 8, front=front(status="publish")),
    Case("a bad update", "date", "not a date", 8, front=front(updated="soon")),
    Case("updated before published", "updated-before-date", "before", 8, front=front(updated="2026-11-19")),
    Case("updated before the hour of publication", "updated-before-date", "correct", 8, front=front(updated="2026-11-20T08:00")),
    Case("a headline", "unknown-key", 'did you mean "title"', 8, front=front(headline="x")),
    Case("a former address in full", "address", "write it as /2026/11/old/", 8, front=front(redirect_from="[https://example.org/2026/11/old/]")),
    Case("a former address as one reads it", "address", "write it as /a%20%C3%A0.html", 8, front=front(redirect_from="['/a à.html']")),
    Case("a former address with a query", "address", "write it as /old.html", 8, front=front(redirect_from="['/old.html?page=2']")),
    Case("nothing but a query", "address", "for example", 8, front=front(redirect_from="['/?p=123']")),
    Case("a part of a section", "unknown-section", 'did you mean "Asia-Pacific"', 6, front=front(section="Pacific")),
    Case("an author of whom nobody knows", "unknown-author", "authors/zyx-uvw.md", 5, front=front(author="Zyx Uvw")),
    Case("an unknown section", "unknown-section", 'did you mean "Europe"', 6, front=front(section="Eurpoe")),
    Case("an unknown type", "unknown-type", 'did you mean "Analysis"', 7, front=front(type="Analisis")),
    Case("an unknown author", "unknown-author", 'did you mean "Ana Pereira"', 5, front=front(author="Anna Pereira")),
    Case("a mistyped key", "unknown-key", 'did you mean "summary"', 8, front=front(summery="x")),
    Case("a template key", "unknown-key", "", 8, front=front(template="evil")),
    Case("a save_as key", "unknown-key", "", 8, front=front(save_as="../x.html")),
    Case("a language that is a path", "lang", "language tag", 8, front=front(lang="../../x")),
    Case("a slug that leaves the site", "slug", "a-z", 8, front=front(slug="../../x")),
    Case("a reserved slug", "slug", "keeps for itself", 8, front=front(slug="index")),
    Case("a device's name", "slug", "", 8, front=front(slug="con")),
    Case("an endless slug", "slug", "100 at most", 8, front=front(slug="x" * 300)),
    Case("a title that spells nothing", "slug", "slug:", 2, front=front(title='"!!!"')),
    Case("a turned title", "direction", "U+202E", 2, front=front(title='"A \u202e headline"')),
    Case("a hidden letter in a byline", "hidden-character", "U+200B", 5, front=front(author='"Ana\u200bPereira"')),
    Case("an alias", "yaml-alias", "aliases", 8, front=front(topics="&a [x]", related="*a")),
    Case("a tag", "yaml-tag", "tags", 8, front=front(topics="!!python/object:os.system x")),
    Case("a colon without quotes", "yaml", "quotes", 2, front=front(title="A: b: c")),
    Case("a photo that is not there", "photo-missing", "photos/x.jpg", 8, front=front(photo="photos/x.jpg", alt="A", credit="B")),
    Case("a photo outside", "photo-path", "inside", 8, front=front(photo="../../etc/passwd", alt="A", credit="B")),
    Case("a photo without alt", "photo-alt", "alt", 8, front=front(photo="photos/x.jpg", credit="B")),
    Case("a photo without credit", "photo-credit", "credit", 8, front=front(photo="photos/x.jpg", alt="A")),
    Case("a related story that is none", "unknown-story", "slug", 8, front=front(related="[no-such-story]")),
    Case("related to itself", "related-self", "itself", 8, front=front(related="[a-headline]")),
    Case("mixed scripts in a byline", "mixed-scripts", "latin", 2, front=front(title="A h\u0435adline"), severity="warning"),
]  # fmt: skip

BODY = [
    Case("a script", "html-tag", "<script>", 9, "<script>alert(1)</script>"),
    Case("a handler", "html-attribute", "onclick", 9, 'A <em onclick="x()">b</em>.'),
    Case("a raw picture", "html-tag", "<img>", 9, "A <img src=x onerror=alert(1)>."),
    Case("a frame", "html-tag", "<iframe>", 11, 'One.\n\n<iframe src="https://example.org"></iframe>'),
    Case("a form", "html-tag", "<form>", 9, "<form action=/x></form>"),
    Case("a style", "html-tag", "<style>", 9, "<style>p{}</style>"),
    Case("a script link", "link-scheme", "javascript:", 9, "[x](javascript:alert(1))"),
    Case("a data link", "link-scheme", "data:", 9, "[x](data:text/html,x)"),
    Case("a hidden script link", "link-scheme", "javascript:", 9, "[x](java&#115;cript:alert(1))"),
    Case("an empty link", "empty-link", "", 9, "[x]()"),
    Case("a link to no file", "broken-link", "no-such", 9, "[x]({filename}/articles/no-such.md)"),
    Case("a misspelt link", "broken-link", "filenam", 9, "[x]({filenam}/articles/story.md)"),
    Case("a link to no address", "broken-link", "/2026/11/nothing/", 9, "[x](/2026/11/nothing/)"),
    Case("a slug alone", "broken-link", 'did you mean "/2026/11/a-headline/"?', 9, "[x](/a-headline)"),
    Case("a file's name alone", "broken-link", 'did you mean "/2026/11/a-headline/"?', 9, "[x](/articles/a-headline.md#there)"),
    Case("an old address of a story", "broken-link", 'did you mean "/2026/11/a-headline/"?', 9, "[x](/2019/03/a-headline/)"),
    Case("a fragment of nothing", "link-fragment", "#nowhere", 9, "[x](#nowhere)"),
    Case("an attached file", "broken-link", "attach", 9, "[x]({attach}../../.git/config)"),
    Case("an inline photo without credit", "photo-credit", "", 9, "![A](photos/x.jpg)"),
    Case("a photo from elsewhere", "photo-outside", "", 9, '![A](https://example.org/x.jpg){credit="B"}'),
    Case("a tag that is not closed", "html-nesting", "em", 9, "A <em>b."),
    Case("ten thousand quotes", "too-deep", "", 9, "> " * 10_000 + "x"),
    Case("twenty thousand brackets", "too-deep", "", 9, "[" * 20_000),
]  # fmt: skip


def make(folder: Path, case: Case) -> None:
    (folder / "articles").mkdir(parents=True)
    (folder / "authors").mkdir()
    (folder / "sections.yml").write_text("- name: Europe\n- name: Asia-Pacific\n")
    (folder / "story_types.yml").write_text("- name: Analysis\n")
    (folder / "authors" / "ana-pereira.md").write_text("---\nname: Ana Pereira\n---\nWrites.\n")
    keys = GOOD | (case.front or {})
    header = "".join(f"{key}: {value}\n" for key, value in keys.items() if value is not None)
    (folder / "articles" / "story.md").write_text(f"---\n{header}---\n{case.body}\n", "utf-8")


def read(folder: Path) -> Newsroom:
    return read_newsroom(folder, desk_of(settings_of(Options(content=str(folder), now=NOW))))


def faults_of(folder: Path) -> list[Fault]:
    return read(folder).faults


@pytest.mark.parametrize("case", HEADER + BODY, ids=lambda case: case.name)
def test_the_writer_is_told(case: Case, tmp_path: Path) -> None:
    make(tmp_path, case)
    found = faults_of(tmp_path)
    matching = [fault for fault in found if fault.code == case.code and case.words in str(fault)]
    assert matching, [str(fault) for fault in found]
    assert matching[0].severity == case.severity
    if case.line:
        assert matching[0].line == case.line
    assert matching[0].path == "articles/story.md"


def test_the_good_story_has_no_fault(tmp_path: Path) -> None:
    make(tmp_path, Case("good", ""))
    assert faults_of(tmp_path) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"---\ntitle: caf\xe9\n---\n", "encoding"),
        ("---\ntitle: x\n---\n".encode("utf-16"), "encoding"),
        (b"---\ntitle: x\x00y\nstatus: draft\n---\n", "control-character"),
        ("---\ntitle: x\uffff\nstatus: draft\n---\n".encode(), "control-character"),
        (b"x" * 1_000_001, "too-large"),
    ],
)
def test_bytes_that_are_no_text(data: bytes, code: str, tmp_path: Path) -> None:
    make(tmp_path, Case("good", ""))
    (tmp_path / "articles" / "bad.md").write_bytes(data)
    assert [fault.code for fault in faults_of(tmp_path)] == [code]


def test_an_update_on_the_day_of_publication_needs_no_hour(tmp_path: Path) -> None:
    make(tmp_path, Case("good", "", front=front(updated="2026-11-20")))
    newsroom = read(tmp_path)
    (story,) = newsroom.stories
    assert newsroom.faults == []
    assert story.data.updated == story.data.date
    assert story.data.date.startswith("2026-11-20T09:00:00")


@pytest.mark.parametrize("name", ["twin.txt", "twin.md.txt", "twin.markdown", "twin.MD", "twin.mdown"])
def test_a_text_under_another_ending_is_told_to_be_renamed(name: str, tmp_path: Path) -> None:
    make(tmp_path, Case("good", ""))
    (tmp_path / "articles" / name).write_text("x")
    assert "rename it to twin.md" in faults_of(tmp_path)[0].hint
    (tmp_path / "articles" / name).rename(tmp_path / "authors" / "notes.docx")
    assert faults_of(tmp_path)[0].hint == "paste its text into a file whose name ends in .md, and delete it"
    (tmp_path / "authors" / "notes.docx").rename(tmp_path / "authors" / "notes.pdf")
    assert faults_of(tmp_path)[0].hint == "move or delete it"


def test_two_stories_at_one_address_name_both(tmp_path: Path) -> None:
    make(tmp_path, Case("good", ""))
    text = (tmp_path / "articles" / "story.md").read_text()
    (tmp_path / "articles" / "twin.md").write_text(text)
    (fault,) = [fault for fault in faults_of(tmp_path) if fault.code == "same-address"]
    assert "articles/story.md" in fault.message
    assert "articles/twin.md" in fault.message


@pytest.mark.parametrize("name", ["story.rst", "story.html", "story.MD", "story.md.txt", "notes.docx"])
def test_a_file_that_nothing_reads_is_told(name: str, tmp_path: Path) -> None:
    make(tmp_path, Case("good", ""))
    (tmp_path / "articles" / name).write_text("x")
    assert [fault.code for fault in faults_of(tmp_path)] == ["unclaimed-file"]


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    make(
        tmp_path,
        Case("many", "", front=front(section="Eurpoe", date="March", lang="../x"), body="<script>x</script>\n\n[x]()"),
    )
    assert {"date", "lang", "html-tag", "empty-link"} <= {fault.code for fault in faults_of(tmp_path)}
