"""Which addresses are those of films, and which players the policies of pages allow."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.media.films import film_at, frame_hosts, player_of

ALLOWED = ["youtube", "vimeo", "tube.example.org"]
YOUTUBE = "https://www.youtube-nocookie.com/embed/abcDEF12-_5?rel=0"


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=abcDEF12-_5", YOUTUBE),
        ("https://m.youtube.com/watch?app=m&v=abcDEF12-_5&t=3", YOUTUBE),
        ("https://youtu.be/abcDEF12-_5?t=3", YOUTUBE),
        ("https://www.youtube.com/shorts/abcDEF12-_5", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/abcDEF12-_5", YOUTUBE),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        (
            "https://vimeo.com/76979871/0a1b2c3d4e",
            "https://player.vimeo.com/video/76979871?dnt=1&h=0a1b2c3d4e",
        ),
        (
            "https://player.vimeo.com/video/76979871?h=0a1b2c3d4e",
            "https://player.vimeo.com/video/76979871?dnt=1&h=0a1b2c3d4e",
        ),
        (
            "https://tube.example.org/w/8vKqYb3nDw5RzT2mXcJ7Ls",
            "https://tube.example.org/videos/embed/8vKqYb3nDw5RzT2mXcJ7Ls?p2p=0",
        ),
        (
            "https://tube.example.org/videos/watch/52a10666-3a18-4e73-93da-e8d3c12c305a",
            "https://tube.example.org/videos/embed/52a10666-3a18-4e73-93da-e8d3c12c305a?p2p=0",
        ),
    ],
)
def test_the_player_of_a_film(address: str, player: str) -> None:
    made = player_of(address, ALLOWED)
    assert made
    assert made.address == player
    assert player_of(address, []) is None


@pytest.mark.parametrize(
    "address",
    [
        "https://tube.other.example/w/8vKqYb3nDw5RzT2mXcJ7Ls",
        "https://youtube.com.example/watch?v=abcDEF12-_5",
        "https://www.youtube.com/channel/abcDEF12-_5",
        "https://www.youtube.com/watch?v=abcDEF12-_5more",
        "https://tube.example.org@evil.example/w/8vKqYb3nDw5RzT2mXcJ7Ls",
        "https://vimeo.com/about",
        "http://tube.example.org/w/8vKqYb3nDw5RzT2mXcJ7Ls",
        "https://example.org/w/",
    ],
)
def test_whatever_else_is_a_link(address: str) -> None:
    assert player_of(address, ALLOWED) is None


PIECES = (
    *(
        "https://",
        "youtu.be/",
        "www.youtube.com/watch?",
        "v=",
        "vimeo.com/",
        "tube.example.org",
        "/w/",
        "@",
        "?",
        "#",
        "/",
    ),
    *("abcDEF12-_5", "123456", "evil.example", "&", "\\", " ", '"', "%2f", "é"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_a_player_is_always_of_a_host_that_the_policy_names_and_its_address_is_plain(
    address: str,
) -> None:
    if made := player_of(address, ALLOWED):
        parts = urlsplit(made.address)
        assert (parts.scheme, parts.netloc) == ("https", parts.hostname)
        assert parts.hostname in frame_hosts(ALLOWED)
        assert made.address.isascii()
        assert not set(' "<>\\#') & set(made.address)
        assert "?" in made.address  # film.js adds to the query


@pytest.mark.parametrize(
    ("address", "question"),
    [
        (
            "https://tube.example.org/w/8vKqYb3nDw5RzT2mXcJ7Ls?start=3",
            "https://tube.example.org/services/oembed?format=json&url=https%3A%2F%2Ftube.example.org%2Fw%2F8vKqYb3nDw5RzT2mXcJ7Ls",
        ),
        (
            "https://youtu.be/abcDEF12-_5?si=tracked",
            "https://www.youtube.com/oembed?format=json&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DabcDEF12-_5",
        ),
        (
            "https://player.vimeo.com/video/76979871?h=0a1b2c3d4e",
            "https://vimeo.com/api/oembed.json?width=1280&url=https%3A%2F%2Fvimeo.com%2F76979871%2F0a1b2c3d4e",
        ),
    ],
)
def test_a_provider_is_asked_for_the_page_of_the_film_and_not_told_more(
    address: str, question: str
) -> None:
    film = film_at(address)
    assert film
    assert film.question == question
