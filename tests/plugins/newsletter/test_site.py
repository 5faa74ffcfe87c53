"""The newsletter on a real site: its box within a long story, its sample, and the pages to which a
provider sends readers back.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import Tag

from tests.sample import HARBOUR, Outlet

SITE = "https://outlet.example/magazine"
PARAGRAPH = (
    "The ferry keeps a ledger of every crossing, and nobody has read it since the treaty was"
    " signed. " * 6
)
LONG = "\n\n".join(
    f"## Part {part}\n\n{PARAGRAPH}\n\n{PARAGRAPH}\n\n{PARAGRAPH}" for part in range(1, 7)
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    outlet = Outlet(tmp_path_factory.mktemp("newsletter"))
    outlet.photo()
    outlet.story("long", body=LONG, date="2026-11-02T09:00", **HARBOUR)
    outlet.story("short", date="2026-11-03T09:00")
    outlet.roundup("2026-11-08")
    outlet.roundup("2026-11-15")
    outlet.rebuild(production=True, siteurl=SITE)
    return outlet


def test_the_box_is_once_within_a_long_story_between_paragraphs(site: Outlet) -> None:
    (box,) = site.html("2026/11/long/").select("form.newsletter")
    around = [box.find_previous_sibling(), box.find_next_sibling()]
    assert [each.name for each in around if isinstance(each, Tag)] == ["p", "p"]
    assert box.find_parent(class_="story-body")
    assert not box.select("h1, h2, h3"), "no heading among the story's"
    (other,) = site.html("2026/11/short/").select("form.newsletter")
    assert not other.find_parent(class_="story-body")


def test_no_copy_of_the_text_has_it(site: Outlet) -> None:
    files = site.files()
    copies = [
        name for name in files if name.endswith((".xml", "feed.json", "republish/index.html"))
    ]
    assert len(copies) > 6
    assert [name for name in copies if b"newsletter-email" in files[name]] == []


def test_its_sample_is_the_newest_round_up_at_an_address_that_stays(site: Outlet) -> None:
    newest = "/magazine/roundup/newest/"
    for page in ("2026/11/long/", "newsletter/thanks/", "roundup/2026-11-08/"):
        assert site.html(page).select(f"a[href='{newest}']"), page
    (leads,) = site.html("roundup/newest/").select("meta[http-equiv=refresh]")
    assert str(leads["content"]).endswith("url=/magazine/roundup/2026-11-15/")


def test_it_has_a_page_with_the_field_and_the_newest_issue_and_a_line_at_the_foot_of_others(
    site: Outlet,
) -> None:
    page = site.html("newsletter/")
    assert page.select("main form.newsletter input[type=email]")
    assert page.select("main a[href='/magazine/roundup/2026-11-15/']")
    assert (site.output / "sitemaps/pages.xml").read_text().count("/newsletter/<") == 1
    for path, lines in (
        ("", 1),
        ("2026/11/long/", 1),
        ("newsletter/", 0),
        ("newsletter/thanks/", 0),
    ):
        assert len(site.html(path).select("footer form input[type=email]")) == lines, path


@pytest.mark.parametrize(("path", "form"), [("newsletter/thanks/", 0), ("newsletter/sorry/", 1)])
def test_a_provider_can_send_readers_back_to_a_page_that_nobody_else_finds(
    site: Outlet, path: str, form: int
) -> None:
    page = site.html(path)
    assert len(page.select("h1")) == 1
    assert len(page.select("form.newsletter")) == form
    assert [meta["content"] for meta in page.select("meta[name=robots]")] == ["noindex"]
    named = [
        name
        for name, data in site.files().items()
        if name.endswith(".xml") and path.encode() in data
    ]
    assert named == []


def test_without_a_newsletter_there_is_nothing_of_it(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("long", body=LONG, date="2026-11-02T09:00")
    settings = {"NEWSLETTER": None, "MENUITEMS": ["sections"], "FOOTER_LINKS": [], "LINKS": []}
    assert "published," in outlet.rebuild(settings=settings)
    assert not (outlet.output / "newsletter").exists()
    assert b"newsletter" not in outlet.files()["2026/11/long/index.html"]
