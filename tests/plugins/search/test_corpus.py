"""What Pagefind is given."""

from __future__ import annotations

import pytest

from plugins.search.corpus import Document, record

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
    made = record(DOCUMENT, "en")
    said = 'Who guards the <cables>? A “question”. The sea floor & its police. Ana "A" Pereira. NATO.'
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
def test_names_are_found_without_their_letters(byline: str, found: str) -> None:
    assert record(Document("a/", "A", byline=byline, topics="NATO"), "en")["content"] == f"A. {found} NATO."


def test_what_a_document_lacks_is_not_said() -> None:
    assert record(Document("a/", "A"), "en") == {
        "url": "a/",
        "content": "A.",
        "language": "en",
        "meta": {"title": "A", "url": "a/"},
    }
