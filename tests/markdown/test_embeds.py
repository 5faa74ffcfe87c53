"""Cards for what lies on another site: a link made of the story's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.setting import SETTER, codes, html_of

LINK = '<a href="https://www.example.org/w?v=a_b&amp;c=d" rel="noreferrer">'


def test_a_card_names_its_kind_its_site_and_its_title() -> None:
    card = (
        f'<figure class="embed embed--video">{LINK}<span class="embed-kind">Video on'
        ' example.org<span class="visually-hidden">: </span></span><span class="embed-title"'
        ' dir="auto">The “gauge” at <em>Rosario</em></span></a></figure>'
    )
    assert html_of('[!video] [The "gauge" at *Rosario*](https://www.example.org/w?v=a_b&c=d)') == (
        card,
        [],
    )


@pytest.mark.parametrize("kind", ["audio", "post", "POST"])
def test_recordings_and_posts_are_cards_too(kind: str) -> None:
    html, _ = html_of(f"   [!{kind}]\n[Words](<https://example.org/a(1)>)")
    assert f'class="embed embed--{kind.lower()}"' in html


def test_the_site_that_is_named_is_the_one_that_the_link_leads_to() -> None:
    html, _ = html_of("[!video] [Words](https://example.org@evil.example/example.org)")
    assert ">Video on evil.example<" in html


def test_a_card_is_a_block_and_its_words_count() -> None:
    body, faults = SETTER.set("One.\n\n[!post] [Two three](https://example.org/)\n\nFour.", "a.md")
    assert (len(body.blocks), body.words, faults) == (3, 8, [])


@pytest.mark.parametrize(
    "scheme",
    ["javascript:alert`1`", "data:text/html,x", "//example.org/", "/about/", "ftp://e.org/"],
)
def test_a_card_leads_to_a_web_address(scheme: str) -> None:
    assert codes(f"[!video] [Words]({scheme})") == ["embed"]


def test_pull_quotes_and_links_that_begin_with_a_sign_are_no_cards() -> None:
    assert codes("[!Important](https://example.org/) it is.\n\n> [!pullquote] Words.") == []


STILL = '{still="photos/x.jpg" credit="A. Person" credit_label="image"}'


def test_a_film_may_have_a_still_which_is_a_photo_without_words() -> None:
    photo = '![A photo](photos/y.jpg){credit="B"}'
    one, two = (
        f"[!video] [The *gauge* &amp; more](https://example.org/a){STILL}",
        f"[!VIDEO] [Two](https://example.org/b) {STILL}",
    )
    body, faults = SETTER.set(
        f"One.\n\n{one}\n\n{photo}\n\n[!video] [No still](https://example.org/)\n\n{two}", "a.md"
    )
    assert faults == []
    assert body.html.count("\x0eV0\x0f</figure>") == body.html.count("\x0eV1\x0f</figure>") == 1
    first, other, last = body.photos
    assert (first.photo, first.alt, first.credit, first.credit_label, first.line) == (
        "photos/x.jpg",
        "",
        "A. Person",
        "image",
        3,
    )
    assert [each.film and each.film.title for each in body.photos] == [
        "The gauge & more",
        None,
        "Two",
    ]
    assert last.film
    assert (last.film.address, last.line) == ("https://example.org/b", 9)
    assert other.photo == "photos/y.jpg"
    assert SETTER.set("Another.", "b.md")[0].photos == []


@pytest.mark.parametrize("kind", ["audio", "post"])
def test_only_a_video_has_a_still(kind: str) -> None:
    assert codes(f"[!{kind}] [Words](https://example.org/){STILL}") == ["unknown-key"]


PIECES = (
    *(
        "[!video] ",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "https://example.org/a",
        "still=",
        "credit=",
        '"x.jpg"',
        '"',
        "<",
        ">",
        "\n",
    ),
    *("words", " ", "*", "&amp;", "</figure>", "\n\n"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_every_place_of_a_still_has_its_photo(text: str) -> None:
    body, faults = SETTER.set(text, "a.md")
    stills = [each for each in body.photos if each.film]
    if not faults:
        assert [body.html.count(f"\x0eV{number}\x0f") for number in range(len(stills) + 1)] == [
            1
        ] * len(stills) + [0]
