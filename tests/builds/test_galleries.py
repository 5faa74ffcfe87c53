"""Galleries on pages, in feeds, in copies for other outlets and in sitemaps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sample import Outlet


def gallery(caption: str, *given: str) -> str:
    """A gallery of photos that exist, the words in braces of each given."""
    lines = [
        f'![Picture {at}.](photos/{at}.jpg){{credit="By {at}" {words}}}'
        for at, words in enumerate(given or [""] * 3, 1)
    ]
    return "\n".join(f"> {line}" for line in [f"[!gallery] {caption}", *lines])


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    for name, colour, size in (("1", "teal", (60, 40)), ("2", "navy", (40, 60)), ("3", "maroon", (60, 40))):
        made.photo(f"{name}.jpg", colour, size)
    made.story("other", body="First.\n\nSecond.\n\nThird.")
    return made


def test_a_story_shows_its_pictures_in_rows_and_each_of_them_large(outlet: Outlet) -> None:
    outlet.story(body=f"Words.\n\n{gallery('All', '', 'caption=“The second”', '')}")
    outlet.rebuild()
    page = outlet.html("2026/11/a-story/")
    figure = page.select_one(".story > .story-body > figure.gallery")
    assert figure
    assert [caption.get_text() for caption in figure.find_all("figcaption", recursive=False)] == ["All"]
    pictures = figure.select(".gallery-row > figure")
    assert [image["alt"] for image in figure.select(".gallery-row > figure img")] == [
        "Picture 1.",
        "Picture 2.",
        "Picture 3.",
    ]
    assert "The second (By 2)" in pictures[1].get_text()
    opened = [button["popovertarget"] for button in figure.select(".gallery-row button")]
    assert opened == [large["id"] for large in figure.select(".gallery-large[popover]")]
    assert len(page.select('[href*="/theme/gallery-"], [src*="/theme/gallery-"]')) == 2
    assert not outlet.html("archive/").select('[href*="/theme/gallery-"]')


def test_below_another_story_a_gallery_has_ids_of_its_own(outlet: Outlet) -> None:
    outlet.story("one", body=f"{gallery('One')}\n\nWords.", related=["two"])
    outlet.story("two", body=f"{gallery('Two')}\n\nWords.", related=["one"])
    outlet.rebuild()
    page = outlet.html("2026/11/one/")
    larges = page.select(".gallery-large")
    assert len({large["id"] for large in larges}) == len(larges) == 6
    targets = [button["popovertarget"] for button in page.select(".gallery button")]
    assert set(targets) == {large["id"] for large in larges}


def test_a_page_without_a_gallery_has_nothing_of_it_unless_a_story_below_it_has_one(outlet: Outlet) -> None:
    outlet.story("with", body=gallery("All"), related=["other"])
    outlet.story("plain", related=["other"])
    outlet.story("above", related=["with"])
    outlet.page("about-us", body=gallery("All"))
    outlet.write("series/all.md", f"---\nname: All\nstories: [plain]\n---\n{gallery('All')}\n")
    outlet.rebuild()
    pages = ("2026/11/above/", "latest/", "about-us/", "series/all/")
    having = {
        path: len(outlet.html(path).select('[href*="/theme/gallery-"], [src*="/theme/gallery-"]')) for path in pages
    }
    assert list(having.values()) == [2, 0, 2, 2]
    assert {path: 2 * bool(outlet.html(path).select(".gallery-large")) for path in pages} == having


def test_feeds_have_the_pictures_with_their_captions_and_nothing_that_opens(outlet: Outlet) -> None:
    outlet.story(body=gallery("All", 'caption="The first"', ""))
    outlet.rebuild()
    items = json.loads((outlet.output / "feed.json").read_bytes())["items"]
    (html,) = [item["content_html"] for item in items if "a-story" in item["url"]]
    assert html.count("<img") == 2
    assert all(words in html for words in ("The first", "By 1", "By 2", "<figcaption>All</figcaption>"))
    assert "button" not in html
    assert "popover" not in html
    sitemap = "".join(path.read_text("utf-8") for path in outlet.output.rglob("sitemaps/*.xml"))
    assert sitemap.count("<image:loc>") == 2


@pytest.mark.parametrize(("free", "pictures", "caption"), [(0, 0, False), (1, 1, True), (2, 2, True)])
def test_a_copy_has_the_pictures_that_may_be_passed_on(outlet: Outlet, free: int, pictures: int, caption: bool) -> None:
    words = ['redistribute="yes"'] * free + [""] * (2 - free)
    outlet.story(body=f"Words.\n\n{gallery('All of them', *words)}")
    outlet.rebuild()
    copied = outlet.html("2026/11/a-story/republish/").select("textarea")[0].get_text()
    assert copied.count("<img") == pictures
    assert ("All of them" in copied) == caption


def test_a_changed_caption_changes_the_page(outlet: Outlet) -> None:
    outlet.story(body=gallery("Before"))
    outlet.rebuild()
    outlet.story(body=gallery("After"))
    outlet.rebuild()
    kept = outlet.files()
    assert b"After" in kept["2026/11/a-story/index.html"]
    outlet.rebuild(clean=True)
    assert outlet.files() == kept


def test_a_photo_that_is_nowhere_is_told_in_its_line(outlet: Outlet) -> None:
    outlet.story(body=gallery("All", "", "", "", ""))
    assert ":14: error: photo-missing" in outlet.rebuild()
