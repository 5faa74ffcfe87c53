"""The editor's note as a mail shows it."""

from __future__ import annotations

from broadside.plugins.roundup.letter import note_for_mail, note_for_text
from broadside.urls import Urls
from tests.markdown.setting import text_of

PAGE = "https://example.org/round-ups/2026-11-20/"


def test_a_box_of_a_note_is_open_and_has_its_title_in_bold() -> None:
    html = text_of("> [!aside] T\n> A.\n\n> [!details] U\n> B.")
    urls = Urls("https://example.org", "", "", "", {})
    mail = note_for_mail(html, urls, PAGE, "#ccd3d8")
    assert "details" not in mail
    assert "summary" not in mail
    assert mail.count("<aside style=") == 2
    assert ["<strong>T</strong>" in mail, "<strong>U</strong>" in mail] == [True, True]
    assert note_for_text(html, urls, PAGE).split() == ["T", "A.", "U", "B."]


def test_the_text_has_the_addresses_of_links_and_the_marks_of_notes() -> None:
    html = text_of("[A](https://example.org/a/).[^1]\n\n[^1]: B.")
    text = note_for_text(html, Urls("https://example.org", "", "", "", {}), PAGE)
    assert text.split() == ["A", "<https://example.org/a/>.[1]", "[1]", "B."]
