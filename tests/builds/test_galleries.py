"""Galleries on pages, in feeds, in copies for other outlets and in sitemaps."""

from __future__ import annotations

import json

import pytest

from tests.sample import Outlet


def gallery(caption: str, *given: str) -> str:
    """A gallery of photos that exist, the words in braces of each given."""
    lines = [
        f'![Picture {at}.](photos/{at}.jpg){{credit="By {at}" {words}}}'
        for at, words in enumerate(given or [""] * 3, 1)
    ]
    return "\n".join(f"> {line}" for line in [f"[!gallery] {caption}", *lines])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet with galleries wherever there may be one; look, but change nothing."""
    outlet = Outlet(tmp_path_factory.mktemp("galleries"))
    for name, colour, size in (
        ("1", "teal", (60, 40)),
        ("2", "navy", (40, 60)),
        ("3", "maroon", (60, 40)),
    ):
        outlet.photo(f"{name}.jpg", colour, size)
    outlet.story("other", body="First.\n\nSecond.\n\nThird.")
    outlet.story(body=f"Words.\n\n{gallery('All', '', 'caption=“The second”', '')}")
    outlet.story("one", body=f"{gallery('One')}\n\nWords.", related=["two"])
    outlet.story("two", body=f"{gallery('Two')}\n\nWords.", related=["one"])
    outlet.story("above", related=["one"])
    outlet.page("about-us", body=gallery("All"))
    outlet.write("series/all.md", f"---\nname: All\nstories: [other]\n---\n{gallery('All')}\n")
    for free in range(3):
        words = ['redistribute="yes"'] * free + [""] * (2 - free)
        outlet.story(f"free-{free}", body=f"Words.\n\n{gallery('All of them', *words)}")
    assert "published," in outlet.rebuild()
    return outlet


def test_a_story_shows_its_pictures_in_rows_and_each_of_them_large(made: Outlet) -> None:
    page = made.html("2026/11/a-story/")
    figure = page.select_one(".story-main > .story-body > figure.gallery")
    assert figure
    assert [caption.get_text() for caption in figure.find_all("figcaption", recursive=False)] == [
        "All"
    ]
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


def test_below_another_story_a_gallery_has_ids_of_its_own(made: Outlet) -> None:
    page = made.html("2026/11/one/")
    larges = page.select(".gallery-large")
    assert len({large["id"] for large in larges}) == len(larges) >= 6
    targets = [button["popovertarget"] for button in page.select(".gallery button")]
    assert set(targets) == {large["id"] for large in larges}


def test_a_page_has_styles_and_scripts_of_galleries_where_it_or_a_story_below_it_has_one(
    made: Outlet,
) -> None:
    pages = ("2026/11/above/", "latest/", "archive/", "about-us/", "series/all/")
    having = {
        path: len(made.html(path).select('[href*="/theme/gallery-"], [src*="/theme/gallery-"]'))
        for path in pages
    }
    assert list(having.values()) == [2, 0, 0, 2, 2]
    assert {path: 2 * bool(made.html(path).select(".gallery-large")) for path in pages} == having


def test_feeds_have_the_pictures_with_their_captions_and_nothing_that_opens(made: Outlet) -> None:
    items = json.loads((made.output / "feed.json").read_bytes())["items"]
    (html,) = [item["content_html"] for item in items if "a-story" in item["url"]]
    assert html.count("<img") == 3
    assert all(
        words in html for words in ("The second", "By 1", "By 2", "<figcaption>All</figcaption>")
    )
    assert "button" not in html
    assert "popover" not in html
    sitemap = "".join(path.read_text("utf-8") for path in made.output.rglob("sitemaps/*.xml"))
    assert sitemap.count("<image:loc>") >= 3


@pytest.mark.parametrize(
    ("free", "pictures", "caption"), [(0, 0, False), (1, 1, True), (2, 2, True)]
)
def test_a_copy_has_the_pictures_that_may_be_passed_on(
    made: Outlet, free: int, pictures: int, caption: bool
) -> None:
    copied = made.html(f"2026/11/free-{free}/republish/").select("textarea")[0].get_text()
    assert copied.count("<img") == pictures
    assert ("All of them" in copied) == caption
