"""The mail: what it says, that nothing that people write breaks it, and that it is never cut
off.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from broadside.plugins.roundup.letter import Letter, in_one_line, letter_of, shortened
from broadside.plugins.roundup.mail import MOST, WIDTH, MailFailed, mail_of, text_of
from tests.examples import times
from tests.plugins.roundup.making import (
    ASIA,
    BRIEFS,
    OUTLET,
    STAGE,
    TEMPLATES,
    letter,
    roundup,
    story,
)

NOTE = (
    "A note with a [link](https://elsewhere.example/?a=1&b=2), *words*  \nand a break.\n\n"
    "- One\n- Two\n\n> Said [Ana](mailto:ana@b.example)."
)


def soup_of(made: Letter) -> BeautifulSoup:
    return BeautifulSoup(mail_of(made, TEMPLATES)[1], "html.parser")


@pytest.fixture(scope="module")
def full() -> Letter:
    stories = [
        story("Led", 19, photo=STAGE.photo()),
        story("Asian", 15, ASIA, photo=STAGE.photo()),
        story("In short", 14, BRIEFS),
        STAGE.arabic_story(date=story().date, sections=[ASIA], teaser=""),
    ]
    return letter(*stories, note=NOTE)


def test_it_has_the_note_the_stories_and_a_way_out(full: Letter) -> None:
    soup = soup_of(full)
    assert soup.h1
    assert soup.h1.get_text() == "A week"
    assert [each.get_text() for each in soup.find_all("h3")][:2] == [
        "Led",
        STAGE.arabic_story().title,
    ]
    assert [each.get_text() for each in soup.find_all("h2")] == ["Asia", "In brief"]
    assert soup.select('a[href="https://elsewhere.example/?a=1&b=2"]')
    assert soup.select('a[href="https://halyard.example/magazine/2026/11/led/"]')
    assert soup.select('a[href="mailto:ana@b.example"]')
    assert [link.get_text() for link in soup.select('a[href="{{ unsubscribe_url }}"]')] == [
        "Unsubscribe"
    ]
    assert soup.select('a[href="https://halyard.example/magazine/roundup/"]')
    assert soup.select('h3[dir="rtl"][lang="ar"]')
    assert "4 Sailmakers’ Yard" in soup.get_text()


def test_it_loads_one_picture_and_nothing_else_and_counts_nobody(full: Letter) -> None:
    soup = soup_of(full)
    assert [(img["src"], img["alt"]) for img in soup.find_all("img")] == [
        ("https://halyard.example/magazine/wide.svg", "A low sun over water")
    ]
    assert "Photo by A. Person/Agency" in soup.get_text(), "the credit travels with the photo"
    assert not soup.find_all(["script", "link", "iframe", "object", "form"])
    assert "@import" not in str(soup)
    assert "url(" not in str(soup)
    addresses = [
        str(tag[name])
        for tag in soup.find_all(True)
        for name in ("href", "src")
        if tag.has_attr(name)
    ]
    assert [each for each in addresses if not each.startswith(("https://", "mailto:", "{{ "))] == []


def test_it_knows_light_and_dark(full: Letter) -> None:
    html = mail_of(full, TEMPLATES)[1]
    assert '<meta name="color-scheme" content="light dark"' in html
    assert "prefers-color-scheme: dark" in html
    assert "[data-ogsc] .ink" in html, "Outlook's own"


def test_a_mail_named_after_its_first_story_says_its_headline_once() -> None:
    made = letter(story("One"), story("Two", 14))
    made = replace(made, title=made.lead.title if made.lead else "")
    headings = [each.get_text() for each in soup_of(made).find_all(["h1", "h3"])]
    assert headings.count(made.title) == 1
    assert text_of(made).count(made.title) == 1


@settings(max_examples=times(1.5), deadline=None)
@given(
    st.text(max_size=60),
    st.text(alphabet="<>&\"'{}%=?/-! \n]ab;#\x00\x85\u2028é\ud800", max_size=60),
)
def test_no_headline_and_no_dek_breaks_the_xml_or_the_html(one: str, other: str) -> None:
    one, other = f"a{one}", f"b{other}"

    mjml, html, sent = _made_of(one, other)
    etree.fromstring(mjml.encode())
    assert _elements(html) == _plain_elements()
    soup = BeautifulSoup(html, "html.parser")
    assert [in_one_line(each.get_text()) for each in soup.find_all(["h1", "h3"])][-2:] == [
        in_one_line(one)
    ] * 2
    assert text_of(sent)


def _made_of(first: str, second: str) -> tuple[str, str, Letter]:
    stories = [
        story("s1", 19, dek=second, photo=STAGE.photo(alt=second, caption=first)),
        story("s2", 15, ASIA, dek=first),
        story("s3", 14, BRIEFS),
    ]
    for each in stories:
        each.title = first
    return mail_of(letter(*stories, title=first, dek=second), TEMPLATES)


@cache
def _plain_elements() -> list[tuple[str, tuple[str, ...]]]:
    return _elements(_made_of("t", "d")[1])


def _elements(html: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (tag.name, tuple(sorted(tag.attrs)))
        for tag in BeautifulSoup(html, "html.parser").find_all(True)
    ]


@pytest.mark.parametrize(
    "text",
    ["]]>", "<!-- -->", "<![CDATA[", "<mj-include path='/etc/passwd'/>", "{{ 7 * 7 }}", "&#0;"],
)
def test_markup_in_a_headline_is_words(text: str) -> None:
    made = story("s")
    made.title = text
    soup = soup_of(letter(made))
    assert soup.h3
    assert soup.h3.get_text() == text


def test_a_busy_week_loses_deks_first_then_stories_and_is_never_cut() -> None:
    stories = [
        story(f"Story number {number}", 19, dek="Words and words. " * 30) for number in range(400)
    ]
    stories += [story("Asian", 18, ASIA), story("In short", 18, BRIEFS)]
    made = letter(*stories, note="A note.")
    _, html, sent = mail_of(made, TEMPLATES)
    assert len(html.encode()) <= MOST
    assert html.rstrip().endswith("</html>")
    assert [each.dek for each in sent.items if each.dek] == []
    assert sent.more == 402 - len(sent.items) > 0
    assert ([name for name, _, _ in sent.by_section], sent.briefs) == (["Europe"], ())
    assert f"{sent.more} more stories" in html
    assert (
        f"{sent.more} more stories:\nhttps://halyard.example/magazine/roundup/2026-11-20/"
        in text_of(sent)
    )
    one = letter(stories[0])
    assert mail_of(one, TEMPLATES)[2] == one, "what fits is sent as it is"
    few = mail_of(letter(*stories[:120], note="A note."), TEMPLATES)[2]
    assert few.more == 0, "shorter deks were enough"
    assert few.items[0].dek.endswith("…")


def test_a_long_note_ends_with_a_block_and_goes_on_on_its_page() -> None:
    note = "\n\n".join(f"Paragraph {number}. {'Words. ' * 60}" for number in range(200))
    made = letter(story("One"), note=note)
    _, html, sent = mail_of(made, TEMPLATES)
    assert not sent.entire
    assert "The note goes on here" in html
    first = soup_of(made).find(string=re.compile("Paragraph 1[.]"))
    assert first
    words = first.find_parent("div")
    assert words
    assert words.get_text().strip().endswith("Words.")
    assert f"The note goes on here:\n{sent.page}" in text_of(sent)


def test_a_template_that_is_no_mjml_says_so() -> None:
    with pytest.raises(MailFailed):
        mail_of(letter(story("One")), TEMPLATES, most=100)


def test_the_text_says_everything_in_its_order() -> None:
    led, other, short = (
        story("Led", 19, dek="A dek."),
        story("Asian", 15, ASIA, dek=""),
        story("In short", 14, BRIEFS),
    )
    made = letter(led, other, short)
    head = ["HALYARD\nWorld affairs\n20 November 2026", "A week\n======", "A line."]
    stories = [
        "First\n-----",
        "Led\nA dek.\nBy Ana Pereira · Analysis\nhttps://halyard.example/magazine/2026/11/led/",
        "Asia\n----",
        "Asian\nBy Ana Pereira · Analysis\nhttps://halyard.example/magazine/2026/11/asian/",
        "In brief\n--------",
        "In short\nhttps://halyard.example/magazine/2026/11/in-short/",
    ]
    foot = [
        "-" * WIDTH,
        f"On the web: {made.page}",
        "Unsubscribe: {{ unsubscribe_url }}",
        "4 Sailmakers’ Yard\n",
    ]
    assert text_of(made).split("\n\n") == [*head, *stories, *foot]
    bare = replace(made, lead=None, by_section=(), briefs=(), more=1)
    assert text_of(bare).split("\n\n") == [*head, f"1 more story:\n{made.page}", *foot]


def test_the_text_is_wrapped_and_no_address_is_broken(full: Letter) -> None:
    long = story("A word " * 40, 13, date=story().date)
    text = text_of(letter_of(roundup(story("Led", 19), long, note=NOTE), OUTLET))
    assert [each for each in text.splitlines() if len(each) > WIDTH and " " in each.strip()] == []
    assert f"https://halyard.example/magazine/{long.url}" in text
    assert "link <https://elsewhere.example/?a=1&b=2>, words" in text
    assert "- One\n- Two" in text
    assert "&amp;" not in text


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [("Short.", 10, "Short."), ("One two three", 9, "One two…"), ("x" * 9, 5, "…"), ("x", 0, "")],
)
def test_a_dek_is_shortened_at_a_word(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short
