"""Cards for what lies on another site: a link made of the story's own words."""

from __future__ import annotations

import pytest

from tests.plugins.markup.setting import SETTER, codes, html_of

LINK = '<a href="https://www.example.org/w?v=a_b&amp;c=d" rel="noreferrer">'


def test_a_card_names_its_kind_its_site_and_its_title() -> None:
    card = (
        f'<figure class="embed embed--video">{LINK}'
        '<span class="embed-kind">Video on example.org<span class="visually-hidden">: </span></span>'
        '<span class="embed-title" dir="auto">The “gauge” at <em>Rosario</em></span></a></figure>'
    )
    assert html_of('[!video] [The "gauge" at *Rosario*](https://www.example.org/w?v=a_b&c=d)') == (card, [])


@pytest.mark.parametrize("kind", ["audio", "post", "POST"])
def test_recordings_and_posts_are_cards_too(kind: str) -> None:
    html, _ = html_of(f"   [!{kind}]\n[Words](<https://example.org/a(1)>)")
    assert f'class="embed embed--{kind.lower()}"' in html


def test_the_site_that_is_named_is_the_one_that_the_link_leads_to() -> None:
    html, _ = html_of("[!video] [Words](https://example.org@evil.example/example.org)")
    assert ">Video on evil.example<" in html


def test_a_card_is_a_block_and_its_words_count() -> None:
    body, faults = SETTER.set("One.\n\n[!post] [Two three](https://example.org/)\n\nFour.", "a.md")
    assert (len(body.ends), body.words, faults) == (3, 8, [])


@pytest.mark.parametrize(
    "scheme", ["javascript:alert`1`", "data:text/html,x", "//example.org/", "/about/", "ftp://e.org/"]
)
def test_a_card_leads_to_a_web_address(scheme: str) -> None:
    assert codes(f"[!video] [Words]({scheme})") == ["embed-address"]


def test_pull_quotes_and_links_that_begin_with_a_sign_are_no_cards() -> None:
    assert codes("[!Important](https://example.org/) it is.\n\n> [!pullquote] Words.") == []


@pytest.mark.parametrize("title", ["<b></b>", "&nbsp;", "<!-- x -->", " "])
def test_a_card_has_words(title: str) -> None:
    assert codes(f"[!video] [{title}](https://example.org/)") == ["embed"]
