"""What a writer is told of single slips, beside those that the corpus has a case of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from broadside.config.options import Options, settings_of
from broadside.content.content import Content
from broadside.content.read import read_content, read_options
from broadside.faults import Fault
from tests.sample import NOW

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
    """What is changed in a good story (None: left out), what is added below its header, and what
    comes of it.
    """

    name: str
    code: str
    words: str = ""
    line: int = 0
    body: str = "Body."
    front: dict[str, str | None] | None = None


def front(**keys: str | None) -> dict[str, str | None]:
    return keys


CASES = [
    Case("no dek", "missing-key", '"dek"', 1, front=front(dek=None)),
    Case("no author", "missing-key", '"author"', 1, front=front(author=None)),
    Case("updated before the hour of publication", "date-order", "correct", 8, front=front(updated="2026-11-20T08:00")),
    Case("a headline", "unknown-key", 'did you mean "title"', 8, front=front(headline="x")),
    Case("nothing but a query", "address", "for example", 8, front=front(redirect_from="['/?p=123']")),
    Case("a part of a section", "unknown-section", 'did you mean "Asia-Pacific"', 6, front=front(section="Pacific")),
    Case("an author of whom nobody knows", "unknown-name", "known: Ana Pereira", 5, front=front(author="Zyx Uvw")),
    Case("a slug alone", "broken-link", 'did you mean "/2026/11/a-headline/"?', 9, "[x](/a-headline)"),
    Case("a file's name alone", "broken-link", 'did you mean "/2026/11/a-headline/"?', 9, "[x](/articles/a-headline.md#there)"),
    Case("an old address of a story", "broken-link", 'did you mean "/2026/11/a-headline/"?', 9, "[x](/2019/03/a-headline/)"),
    Case("ten thousand quotes", "too-long", "", 9, "> " * 10_000 + "x"),
    Case("twenty thousand brackets", "too-long", "", 9, "[" * 20_000),
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


def read(folder: Path) -> Content:
    return read_content(folder, read_options(settings_of(Options(content=str(folder), now=NOW))))


def faults_of(folder: Path) -> list[Fault]:
    return read(folder).faults


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_writer_is_told(case: Case, tmp_path: Path) -> None:
    make(tmp_path, case)
    (fault,) = faults_of(tmp_path)
    assert (fault.path, fault.line, fault.severity, fault.code) == (
        "articles/story.md",
        case.line,
        "error",
        case.code,
    )
    assert case.words in str(fault)


def test_the_good_story_has_no_fault(tmp_path: Path) -> None:
    make(tmp_path, Case("good", ""))
    assert faults_of(tmp_path) == []


def test_an_update_on_the_day_of_publication_needs_no_hour(tmp_path: Path) -> None:
    make(tmp_path, Case("good", "", front=front(updated="2026-11-20")))
    content = read(tmp_path)
    (story,) = content.stories
    assert content.faults == []
    assert story.data.updated == story.data.date
    assert story.data.date.startswith("2026-11-20T09:00:00")


def test_a_document_is_told_to_be_pasted(tmp_path: Path) -> None:
    make(tmp_path, Case("good", ""))
    (tmp_path / "authors" / "notes.docx").write_text("x")
    assert (
        faults_of(tmp_path)[0].hint
        == "paste its text into a file whose name ends in .md, and delete it"
    )
    (tmp_path / "authors" / "notes.docx").rename(tmp_path / "authors" / "notes.pdf")
    assert faults_of(tmp_path)[0].hint == "move or delete it"
