"""What Pagefind is given, and what it makes of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from plugins.search.corpus import Document, Indexing, SearchFailed, page

DOCUMENT = Document(
    url="2026/11/story/",
    lang="en",
    title="Who guards the <cables>?",
    dek="A “question”.",
    text="The sea floor & its police.",
    byline='Ana "A" Pereira',
    section="Europe",
    date="20 November 2026",
    topics="NATO",
)


def test_a_document_is_escaped_everywhere() -> None:
    html = page(DOCUMENT)
    assert "<h1>Who guards the &lt;cables&gt;?</h1>" in html
    assert 'content="Ana &quot;A&quot; Pereira"' in html
    assert "sea floor &amp; its police" in html


def test_the_index_is_the_same_whenever_it_is_made(tmp_path: Path) -> None:
    tongues = ("en", "fr", "ar", "de")
    documents = [
        replace(DOCUMENT, url=f"2026/11/{n}/", lang=tongues[n % 4], text=f"Story {n} of {n * n} words.")
        for n in range(40)
    ]
    first, *others = (Indexing(documents, tmp_path / "search").files() for _ in range(4))
    assert [other == first for other in others] == [True] * 3
    assert json.loads(first["pagefind-entry.json"])["languages"]["en"]["page_count"] == 10


def test_what_a_killed_build_left_is_cleared_and_nothing_is_left_now(tmp_path: Path) -> None:
    (tmp_path / "search" / "tmpleft" / "site").mkdir(parents=True)
    Indexing([DOCUMENT], tmp_path / "search").files()
    assert list((tmp_path / "search").iterdir()) == []


@pytest.mark.parametrize("ending", [".json", ".pf_fragment", ".pf_index", ".pf_meta"])
def test_an_index_of_which_the_disk_took_only_a_part_is_a_failure(tmp_path: Path, ending: str) -> None:
    indexing = Indexing([DOCUMENT], tmp_path / "search")
    indexing._process.wait()
    (file,) = indexing._out.rglob(f"*{ending}")
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(SearchFailed, match="not whole"):
        indexing.files()


def test_a_failure_says_what_pagefind_printed(tmp_path: Path) -> None:
    indexing = Indexing([], tmp_path / "search")
    with pytest.raises(SearchFailed, match="Pagefind made no search index"):
        indexing.files()
