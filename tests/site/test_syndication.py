"""A story in feeds, mails and on other pages: every address leads home, and every word stays."""

from __future__ import annotations

import pytest

from broadside.media.photos import Photo
from broadside.site.syndication import absolute, figure
from broadside.urls import Urls

URLS = Urls("https://outlet.example/magazine", "{slug}/", "drafts/{slug}/", "{slug}/", {})
PAGE = "https://outlet.example/magazine/2026/11/story-1/"


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ('<a href="/magazine/x/">x</a>', '<a href="https://outlet.example/magazine/x/">x</a>'),
        ('<a\nhref="/x/">x</a>', '<a\nhref="https://outlet.example/x/">x</a>'),
        ('<a href="#fn1">1</a>', f'<a href="{PAGE}#fn1">1</a>'),
        ('<a href="https://a.example/">x</a>', '<a href="https://a.example/">x</a>'),
        ('<img src="/a.jpg" alt="">', '<img src="https://outlet.example/a.jpg" alt="">'),
        (
            '<source srcset="/a.avif 480w, /b.avif 800w">',
            (
                '<source srcset="https://outlet.example/a.avif 480w, https://outlet.example/b.avif'
                ' 800w">'
            ),
        ),
        ('<p>So, in Kraków, /etc; or href="/x".</p>', '<p>So, in Kraków, /etc; or href="/x".</p>'),
    ],
)
def test_addresses_become_absolute_and_words_stay(html: str, wanted: str) -> None:
    assert absolute(html, URLS, PAGE) == wanted


def test_a_photo_stands_with_its_line() -> None:
    photo = Photo('A "harbour"', "", "", "photo", 800, 533, "photos/a-800.jpg", ())
    assert (
        figure(photo, "Ships < boats (A's)", URLS)
        == '<figure><img src="https://outlet.example/magazine/photos/a-800.jpg" alt="A'
        ' &quot;harbour&quot;" width="800" height="533"><figcaption>Ships &lt; boats'
        " (A's)</figcaption></figure>"
    )
