"""What a writer links to, and the address that it gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.content.links import path_of, target
from broadside.urls import Urls

URLS = {
    "articles/2026/a.md": "2026/11/a/",
    "articles/b.md": "2026/10/b/",
    "pages/about.md": "about/",
}
KNOWN = {
    url: url for url in [*URLS.values(), "", "sections/europe/", "topics/nato/", "feed.xml"]
} | {"old/a.html": "2026/11/a/"}
SOURCE = "articles/2026/a.md"
PATTERNS = {"section": "sections/{slug}/", "topic": "topics/{slug}/", "author": "authors/{slug}/"}
SITE = Urls("https://outlet.example", "{slug}/", "drafts/{slug}/", "{slug}/", PATTERNS)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/about/", "about/"), ("/about", "about/"), ("/about/index.html", "about/"), ("/", ""), ("/index.html", ""),
        ("/2026/10/b/#part", "2026/10/b/#part"), ("/2026/10/b?x=y#z", "2026/10/b/?x=y#z"), ("/old/a.html", "2026/11/a/"),
        ("/%61bout/", "about/"), ("/feed.xml", "feed.xml"), ('/about/#%22%20onclick=%22x', 'about/#%22%20onclick=%22x'),
        ("{filename}a.md", "2026/11/a/"), ("{filename}../b.md#part", "2026/10/b/#part"), ("|filename|../b.md", "2026/10/b/"),
        ("{filename}/articles/b.md", "2026/10/b/"), ("{filename}../../pages/about.md?x", "about/?x"),
        ("%7Bfilename%7Da.md", "2026/11/a/"), ("{category}europe", "sections/europe/"), ("{tag}NATO", "topics/nato/"),
        ("{index}", ""),
    ],
)  # fmt: skip
def test_sound_links_have_an_address(written: str, address: str) -> None:
    assert target(written, SOURCE, SITE, URLS, KNOWN) == (address, "")


@pytest.mark.parametrize(
    "written", ["{tag}Climate change", "{tag}climate-change", "|tag|/climate change/"]
)
def test_a_term_is_named_in_words_or_by_its_slug_wherever_its_index_stands(written: str) -> None:
    site = Urls("", "", "", "", {**PATTERNS, "topic": "on/{slug}.html"})
    assert target(
        f"{written}?a#b", SOURCE, site, URLS, {"on/climate-change.html": "on/climate-change.html"}
    ) == (
        "on/climate-change.html?a#b",
        "",
    )


@given(st.text(alphabet="/.{}filename|abc%2#?", max_size=40))
def test_a_sound_link_leads_to_a_known_address(written: str) -> None:
    address, problem = target(f"/{written}", SOURCE, SITE, URLS, KNOWN)
    assert problem or address.partition("#")[0].partition("?")[0] in KNOWN.values()


@given(st.text(alphabet="/.ab", max_size=20))
def test_a_path_is_plain(name: str) -> None:
    path = path_of(name, SOURCE)
    assert not path.startswith("/")
    assert "/./" not in path
