"""What Pagefind is given."""

from __future__ import annotations

import re

import pytest

from broadside.content.records import Record, Rest
from broadside.front_matter.data import StoryData
from broadside.letters import UNSPACED
from broadside.markdown.body import Body
from broadside.markdown.dialect import Typesetter
from broadside.plugins.search.documents import (
    Document,
    DocumentMaker,
    letters_apart,
    pagefind_record,
)
from tests.repository import PROJECT

DOCUMENT = Document(
    url="2026/11/story/",
    title="Who guards the <cables>?",
    dek="A “question”.",
    text="The sea floor & its police.",
    byline='Ana "A" Pereira',
    section="Europe",
    date="20 November 2026",
    topics="NATO",
)


def test_a_record_has_all_words_and_what_a_result_shows() -> None:
    made = pagefind_record(DOCUMENT, "en")
    said = (
        'Who guards the <cables>? A “question”. The sea floor & its police. ¶ Ana "A" Pereira.'
        " NATO."
    )
    assert made["content"] == said
    assert made["meta"]["section"] == "Europe"
    assert (made["url"], made["language"]) == ("2026/11/story/", "en")


@pytest.mark.parametrize(
    ("byline", "found"),
    [
        ("Ane Søndergaard", "Ane Søndergaard. Ane Sondergaard."),
        ("José Águila", "José Águila."),
        ("Ana Pereira, Łukasz Żak", "Ana Pereira, Łukasz Żak. Ana Pereira, Lukasz Zak."),
    ],
)
def test_names_are_found_without_their_accents(byline: str, found: str) -> None:
    assert (
        pagefind_record(Document("a/", "A", byline=byline, topics="NATO"), "en")["content"]
        == f"A. ¶ {found} NATO."
    )


TABLE = "| Treaty | Year |\n| --- | --- |\n| Indus | 1960 |"


@pytest.mark.parametrize(
    ("markdown", "said"),
    [
        ("## A *door* in it\n\nThe quota, *quota*.", "A door in it. The quota, quota."),
        ("## Why?\n\nSo.", "Why? So."),
        ("## Growth (2024)\n\nIt rose.", "Growth (2024). It rose."),
        (f"Two.\n\n{TABLE}", "Two. Treaty | Year. Indus | 1960."),
        ("> [!aside] Who\n> She.\n\n> [!details] How\n> So.", "Who. She. How. So."),
        ("A claim.[^1]\n\n[^1]: A note.", "A claim. 1 A note."),
    ],
)
def test_an_excerpt_reads_as_the_story_does(markdown: str, said: str) -> None:
    body, faults = Typesetter().set(markdown, "a.md")
    assert faults == []
    assert " ".join(STORIES.document(story(body)).text.split()) == said


def test_a_result_says_who_translated_and_where_it_stands() -> None:
    document = STORIES.document(story(Body(), [("ana", ""), ("bo", "translated by")]))
    assert document.byline == "Ana, translated by Bo"
    assert (document.section, document.topics, document.date) == (
        "Europe",
        "NATO, Cables",
        "20 November 2026",
    )


STORIES = DocumentMaker({"a.md": "a/"}, str.title)


def story(body: Body, authors: list[tuple[str, str]] | None = None) -> Record[StoryData]:
    data = StoryData(
        title="A",
        date="2026-11-20",
        sections=["Europe"],
        authors=authors or [],
        topics=["NATO", "Cables"],
    )
    return Record("a.md", "", data, source=Rest(body))


@pytest.mark.parametrize(
    ("text", "index_has"),
    [
        ("Plain café.", "Plain café."),
        ("図書館の「予算」を。", "図 書 館 の「 予 算」 を。"),
        ("生成AI企業が2026年に", "生 成 AI 企 業 か \U00023099 2026 年 に"),
        ("ある AI 企業", "あ る¦ AI¦ 企 業"),
        ("ダム、が", "タ \U00023099 ム、 か \U00023099"),
        ("กับ ไทย", "ก \U00020e31 บ¦ ไ ท ย"),
        ("ខ្មែរ", "ខ \U000217d2 ម \U000217c2 រ"),
    ],
)
def test_letters_of_scripts_without_spaces_stand_apart(text: str, index_has: str) -> None:
    assert letters_apart(text) == index_has


def test_the_script_knows_the_same_letters() -> None:
    script = (PROJECT / "theme" / "static" / "js" / "search.js").read_text("utf-8")
    (letters,) = re.findall(r'const LETTER = "\[(.*)\]";', script)
    written = re.sub(r"\\\\u\{?([0-9a-f]+)\}?", lambda code: chr(int(code[1], 16)), letters)
    assert written == UNSPACED
