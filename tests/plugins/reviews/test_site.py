"""Reviews on a real site: the box on a story's page, what machines are told, and the page of
everything that was reviewed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag

from tests.plugins.structured_data.validators import judged
from tests.sample import Outlet

BOOK = {
    "kind": "book",
    "title": 'The "Water" Carriers',
    "makers": ["Ana Lind", "Bo Marsh"],
    "publisher": "Harbour Press",
    "year": "2026",
    "isbn": "978-0-306-40615-7",
    "url": "https://books.example/water",
    "price": "€24",
    "rating": "3.5 of 5",
}
SALT = {
    "kind": "exhibition",
    "title": "Salt",
    "makers": "Di Marsh",
    "publisher": "Museum of the Strait",
    "year": 2025,
}


def words(part: Tag | None) -> str:
    return " ".join(part.get_text(" ").split()) if part else ""


@pytest.fixture(scope="module")
def magazine(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """A book with everything, also in French; a film and an exhibition in one story; a draft, and a
    story that reviews nothing.
    """
    outlet = Outlet(tmp_path_factory.mktemp("reviews"))
    outlet.story("ledger", reviews=[BOOK])
    outlet.story("livre", lang="fr", translation_of="ledger", date="2026-11-21", reviews=[BOOK])
    film = {"kind": "film", "title": "Low water"}
    outlet.story(
        "both",
        date="2026-11-22",
        reviews=[SALT, film],
        body="Of [all that we reviewed](/reviews/).",
    )
    outlet.story("to-come", status="draft", reviews=[{"kind": "play", "title": "Nobody knows yet"}])
    outlet.story("plain", date="2026-11-19")
    assert "published," in outlet.rebuild()
    return outlet


def test_a_box_says_what_is_reviewed_in_the_language_of_the_story(magazine: Outlet) -> None:
    box = magazine.html("2026/11/ledger/").select_one("article.story .story-main > .reviewed")
    assert box
    assert words(box.cite) == "The “Water” Carriers"
    lines = [words(line) for line in box.select("div > p")]
    assert lines[2:] == [
        "By Ana Lind and Bo Marsh", "Harbour Press, 2026, ISBN 978-0-306-40615-7, €24", "Our rating: 3½ of 5",
    ]  # fmt: skip
    assert [str(link["href"]) for link in box.select("a")] == [
        "https://books.example/water",
        "/reviews/#book",
    ]
    french = magazine.html("2026/11/livre/").select_one(".reviewed")
    assert french
    assert "By" not in words(french)


def test_only_a_page_with_a_box_loads_its_styles(magazine: Outlet) -> None:
    styled = {
        slug: magazine.html(f"2026/11/{slug}/").select("link[href*='/theme/reviewed-']")
        for slug in ("both", "plain")
    }
    assert [bool(links) for links in styled.values()] == [True, False]


def test_machines_are_told_of_a_review_of_each_thing(magazine: Outlet) -> None:
    def told(slug: str) -> list[dict[str, Any]]:
        scripts = magazine.html(f"2026/11/{slug}/").select('script[type="application/ld+json"]')
        things = [json.loads(script.text) for script in scripts]
        return [thing for thing in things if judged(thing) == "Review"]

    (book,) = told("ledger")
    assert book["itemReviewed"] == {
        "@type": "Book",
        "name": "The “Water” Carriers",
        "author": [
            {"@type": "Person", "name": "Ana Lind"},
            {"@type": "Person", "name": "Bo Marsh"},
        ],
        "publisher": {"@type": "Organization", "name": "Harbour Press"},
        "datePublished": "2026",
        "isbn": "9780306406157",
        "url": "https://books.example/water",
    }
    assert book["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": 3.5,
        "bestRating": 5,
        "worstRating": 0,
    }
    salt, film = told("both")
    assert salt["itemReviewed"] == {
        "@type": "ExhibitionEvent",
        "name": "Salt",
        "contributor": [{"@type": "Person", "name": "Di Marsh"}],
        "organizer": {"@type": "Organization", "name": "Museum of the Strait"},
        "startDate": "2025",
    }
    assert film["itemReviewed"] == {"@type": "Movie", "name": "Low water"}
    assert "reviewRating" not in film


def test_a_page_lists_everything_by_kind_and_a_translation_with_its_original(
    magazine: Outlet,
) -> None:
    page = magazine.html("reviews/")
    assert [(str(part["id"]), words(part)) for part in page.select("main h2")] == [
        ("book", "Books"), ("film", "Films"), ("exhibition", "Exhibitions"),
    ]  # fmt: skip
    links = [(str(link["href"]), words(link)) for link in page.select("main h3 a")]
    assert links == [
        ("/2026/11/ledger/", "The “Water” Carriers"), ("/2026/11/both/", "Low water"), ("/2026/11/both/", "Salt"),
    ]  # fmt: skip
    assert "/reviews/<" in magazine.files()["sitemaps/pages.xml"].decode()
    assert not [name for name, data in magazine.files().items() if b"Nobody knows yet" in data]


def test_without_a_review_there_is_neither_page_nor_style_sheet(
    magazine: Outlet, tmp_path: Path
) -> None:
    outlet = magazine.copy(tmp_path)
    for slug in ("ledger", "livre", "both"):
        (outlet.content / "articles" / f"{slug}.md").unlink()
    assert "published," in outlet.rebuild()
    assert not [name for name in outlet.files() if name.startswith(("reviews/", "theme/review"))]
