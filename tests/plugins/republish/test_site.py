"""Pages for other outlets on real sites: which stories have one, and what depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builds.magazine import LONG, PHOTO
from tests.sample import Outlet


def offered(outlet: Outlet) -> set[str]:
    return {name.split("/")[2] for name in outlet.files() if name.endswith("/republish/index.html")}


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet with a story of each kind that matters here."""
    outlet = Outlet(tmp_path_factory.mktemp("republish"))
    for name in ("harbour.jpg", "quay.png"):
        outlet.photo(name)
    body = LONG.replace("(/2026/11/reefs/)", "(/2026/11/ours/)").replace("[page](/about/)", "page")
    correction = {"date": "2026-11-21", "type": "correction", "text": "It was <five>."}
    outlet.story("cables", body=body, corrections=[correction], redistribute="yes", **PHOTO)
    outlet.story("ours", republish="no")
    outlet.story("theirs", canonical="https://elsewhere.example/story/")
    outlet.story("hidden", status="hidden")
    outlet.story("draft", status="draft")
    outlet.story("held", date="2026-12-01")
    outlet.story("withdrawn", status="withdrawn")
    assert "published," in outlet.rebuild(production=True)
    return outlet


def test_only_published_stories_of_ours_that_do_not_say_no_are_offered(shared: Outlet) -> None:
    assert offered(shared) == {"cables"}
    assert (
        "Republish this story"
        in shared.html("2026/11/cables/").select(".story-foot .share a")[-1].get_text()
    )
    for slug in ("ours", "theirs", "hidden"):
        assert "republish" not in str(shared.html(f"2026/11/{slug}/").select_one(".story-foot"))


def test_a_draft_that_is_previewed_is_not_offered(shared: Outlet, tmp_path: Path) -> None:
    outlet = shared.copy(tmp_path)
    outlet.rebuild(drafts=True)
    assert (outlet.output / "drafts/draft/index.html").is_file()
    assert offered(outlet) == {"cables"}


def test_the_page_has_terms_copy_and_credit(shared: Outlet) -> None:
    page = shared.html("2026/11/cables/republish/")
    html, text, canonical = (
        field.get_text().lstrip() for field in page.select("textarea[readonly]")
    )
    assert page.select_one('a[rel=license][href^="https://creativecommons.org/"]')
    assert "One of this story’s photos is not in the copy" in page.select("main p")[1].get_text()
    assert html.count("<img") == 1
    assert "The harbour in March (Photo by A. Person/Agency)" in text
    assert "Correction, 21 November 2026: It was <five>." in text
    assert "It was &lt;five&gt;." in html
    assert '<img src="https://halyard.example/photos/' in html
    assert "By Ana Pereira" in text
    assert canonical == '<link rel="canonical" href="https://halyard.example/2026/11/cables/">'
    assert 'href="https://halyard.example/2026/11/ours/"' in html


def test_it_is_not_to_be_found(shared: Outlet) -> None:
    page = shared.html("2026/11/cables/republish/")
    assert page.select_one("meta[name=robots][content=noindex]")
    assert not page.select_one("[data-pagefind-body]")
    assert [
        name
        for name, data in shared.files().items()
        if not name.endswith(".html") and b"/republish/" in data
    ] == []


def test_nothing_but_the_story_changes_its_page(shared: Outlet, tmp_path: Path) -> None:
    outlet = shared.copy(tmp_path)
    page = outlet.output / "2026/11/cables/republish/index.html"
    before = page.stat().st_mtime_ns
    outlet.story("newest", date="2026-11-24T09:00")
    outlet.story("ours", republish="no", body="Another text, which nothing there shows.")
    outlet.rebuild(production=True)
    assert offered(outlet) == {"cables", "newest"}
    assert page.stat().st_mtime_ns == before
    outlet.story("cables", body="Another text.")
    outlet.rebuild(production=True)
    assert "Another text." in page.read_text("utf-8")
    outlet.story("cables", body="Another text.", republish="no")
    outlet.rebuild(production=True)
    assert offered(outlet) == {"newest"}


def test_a_setting_offers_nothing(shared: Outlet, tmp_path: Path) -> None:
    outlet = shared.copy(tmp_path)
    assert "published," in outlet.rebuild(settings={"REPUBLISH": None})
    assert offered(outlet) == set()
    assert "epublish" not in (outlet.output / "2026/11/cables/index.html").read_text("utf-8")
