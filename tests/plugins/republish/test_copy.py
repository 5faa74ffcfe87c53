"""The HTML and text that other outlets copy."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from bs4 import BeautifulSoup

from broadside.faults import errors_in
from broadside.media.photos import Photo
from broadside.plugins.republish import Copy, Offer, copy_of
from broadside.site.story import Story
from broadside.urls import Urls
from tests.markdown.setting import SETTER

URLS = Urls("https://halyard.example/mag", "{date:%Y}/{date:%m}/{slug}/", "", "", {})
OFFER = Offer("Halyard & Co", "CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/")
PHOTO = Photo("Cranes.", "A <port>", "Photo by X/Agency", "photo", 800, 500, "photos/a-800.jpg", ())
MARKDOWN = """\
First, a [story](/2026/11/other/), [one outside](https://example.org/a?b=1&c=2) and a claim.[^1]

## What it says

> A quotation that the text needs.

Between.

> [!pullquote]
> First, a story.

- One
- Two

| Strait | Width |
|:--|--:|
| Dover | 33 km |

![Inner.](photos/inner.jpg){credit="Photo by Y"}

```
code  is
    kept
```

The last €5 -- <sup>x</sup> & so on.

[^1]: Its source.
"""


def credited(name: str, role: str = "") -> Any:
    return SimpleNamespace(
        role=role, author=SimpleNamespace(name=name, url=f"authors/{name[0].lower()}/")
    )


def copied(markdown: str = MARKDOWN, offer: Offer = OFFER, **given_: Any) -> Copy:
    body, faults = SETTER.set(markdown, "a.md")
    assert not errors_in(faults), faults
    usual: dict[str, Any] = {
        "title": "Who guards <the> cables?",
        "dek": "Nobody & no one.",
        "dek_repeats": False,
        "byline": [
            credited("Ana"),
            credited("Ben"),
            credited("Cleo"),
            credited("Dora", "translated by"),
        ],
        "photo": None,
        "audio": None,
        "inline_photos": [PHOTO for _ in body.photos],
        "file_notes": {},
        "inner_links": ["/mag/2026/11/other/" for _ in body.links],
        "record": SimpleNamespace(body=body),
        **dict.fromkeys(("ai", "method", "conflicts", "sources"), ""),
        "corrections": [],
        "slug": "cables",
        "url": "2026/11/cables/",
        "date": datetime(2026, 11, 20, 9, tzinfo=UTC),
        "lang": "en",
        "dir": "ltr",
    }
    return copy_of(cast(Story, SimpleNamespace(**usual | given_)), URLS, offer)


def soup(copy: Copy) -> BeautifulSoup:
    return BeautifulSoup(copy.html, "lxml")


def test_the_copy_is_complete_by_itself() -> None:
    page = soup(copied())
    article = page.select_one("article")
    assert article
    assert (article["lang"], article["dir"]) == ("en", "ltr")
    assert [each.get_text() for each in page.select("h1, h2")] == [
        "Who guards <the> cables?",
        "What it says",
    ]
    assert "By Ana, Ben and Cleo · translated by Dora" in page.get_text()
    last = page.select("p")[-1]
    assert (
        last.get_text() == "This story was first published by Halyard & Co on 20 November 2026, at "
        "https://halyard.example/mag/2026/11/cables/, and is republished under CC BY-ND 4.0."
    )
    assert [link["href"] for link in last.select("a")][1:] == [
        "https://halyard.example/mag/2026/11/cables/",
        OFFER.license_url,
    ]


def test_every_link_leads_somewhere_from_anywhere_and_notes_stay_on_the_page() -> None:
    page = soup(copied())
    hrefs = [str(link["href"]) for link in page.select("a")]
    assert "https://halyard.example/mag/2026/11/other/" in hrefs
    assert "https://example.org/a?b=1&c=2" in hrefs
    assert [href for href in hrefs if not href.startswith(("https://", "#cables-"))] == []
    for href in hrefs:
        assert not href.startswith("#") or page.find(id=href[1:])


def test_nothing_is_left_that_only_our_stylesheet_knows_and_no_pull_quote() -> None:
    html = copied().html
    assert "class=" not in html
    assert "tabindex" not in html
    assert html.count("First, a") == 1
    assert "A quotation that the text needs." in html
    assert soup(copied()).select_one("td")


def test_a_pixel_counts_only_where_a_setting_gives_one() -> None:
    assert "<img" not in copied("Text.").html
    pixel = "https://c.org/{slug}.gif?u={url}"
    copy = copied("Text.", offer=Offer("H", "L", "https://l.org/", pixel))
    assert (
        '<img src="https://c.org/cables.gif?u=https://halyard.example/mag/2026/11/cables/" alt=""'
        in copy.html
    )
    assert "c.org" not in copy.text


def test_the_text_says_it_without_tags() -> None:
    text = copied().text
    for line in (
        "First, a story, one outside and a claim.[1]",
        "- One\n- Two",
        "Strait | Width\nDover | 33 km",
        "code  is\n    kept",
        "The last €5 – x & so on.",
        "[1] Its source.",
    ):
        assert line in text, line
    assert "↩" not in text
    assert "\n\n\n" not in text
