"""Who an outlet is: the list of its authors as a masthead, an author's page, and those who write
letters.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sample import Outlet

KEY = "5D2A 91C4 07E3 B86F 1A4C 93D0 E27B 48F5 6C19 A3E8"


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet with authors of three groups and a letter from a reader; look, but change
    nothing.
    """
    outlet = Outlet(tmp_path_factory.mktemp("authors"))
    outlet.author("Bo Berg", group="emeritus")
    outlet.author("Cora Ames", group="staff", role="Reporter")
    outlet.author(
        "Dan Wolf",
        group="staff",
        order="1",
        role="Editor",
        desk="Oslo",
        signal="@dan.42",
        pgp=KEY.lower(),
    )
    outlet.page("authors", "How we work.", title="Masthead", dek="Who decides.")
    outlet.write("story_types.yml", "- name: Analysis\n- name: Letters\n  written_by: readers\n")
    outlet.author("Pia Payer")
    outlet.story("advertisement", author="Pia Payer", sponsor="Northwind")
    outlet.story("report", authors=["Dan Wolf", "Bo Berg"])
    outlet.story("letter", type="Letters", authors=["Mary Ellis", "Dan Wolf (answered by)"])
    assert "published," in outlet.rebuild()
    return outlet


def test_the_list_of_authors_has_the_groups_in_their_order_and_a_text_of_its_own(
    staffed: Outlet,
) -> None:
    page = staffed.html("authors/")
    groups = [each["id"] for each in page.select("main > h2")]
    assert groups == ["staff", "contributor", "emeritus"], "who has no group is a contributor"
    names = [each.get_text() for each in page.select(".author-name a")]
    assert names == [
        "Dan Wolf",
        "Cora Ames",
        "Ana Pereira",
        "Bo Berg",
    ], "nobody stands there by paying"
    assert [each.get_text() for each in page.select(".author-name span")] == [
        "Editor · Oslo",
        "Reporter",
    ]
    shown = [page.select_one(each) for each in ("h1", ".index-header p", ".story-body")]
    assert [each.get_text().strip() for each in shown if each] == [
        "Masthead",
        "Who decides.",
        "How we work.",
    ]


def test_authors_of_one_group_need_no_heading(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    assert "published," in outlet.rebuild()
    page = outlet.html("authors/")
    assert (len(page.select(".author-bio")), page.select("main h2")) == (1, [])


def test_who_has_only_hidden_stories_has_no_page(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.author("Cora Ames")
    outlet.story("out")
    for stem in ("secret", "open"):
        outlet.write(f"series/{stem}.md", f"---\nname: Series {stem}\n---\n")
    outlet.story("aside", status="hidden", author="Cora Ames", series="secret")
    outlet.story("withdrawn", status="withdrawn", series="open")
    assert "published," in outlet.rebuild(production=True)
    page = outlet.html("2026/11/aside/")
    assert "Cora Ames" in page.select(".byline")[0].get_text()
    assert not page.select(".byline a, .series-line")
    files = outlet.files()
    assert "authors/ana-pereira/index.html" in files
    assert "series/open/index.html" in files, "an address that was public stays"
    assert not [name for name in files if name.startswith(("authors/cora-ames", "series/secret"))]
    assert not [
        name
        for name, data in files.items()
        if b"cora-ames" in data and not name.startswith("2026/11/aside/")
    ]


def test_the_page_of_an_author_says_how_a_source_reaches_them(staffed: Outlet) -> None:
    head = staffed.html("authors/dan-wolf/").select_one(".index-header")
    assert head
    assert [each.get_text() for each in head.select(".author-expertise bdi")] == ["dan.42", KEY]
    ties = {}
    for name in ("dan-wolf", "bo-berg"):
        data = staffed.html(f"authors/{name}/").select_one("script[type='application/ld+json']")
        assert data
        ties[name] = [
            tie
            for tie in ("worksFor", "affiliation")
            if tie in json.loads(data.get_text())["mainEntity"]
        ]
    assert ties == {"dan-wolf": ["worksFor"], "bo-berg": ["affiliation"]}


def test_who_writes_a_letter_is_named_and_gets_no_page(staffed: Outlet) -> None:
    page = staffed.html("2026/11/letter/")
    byline = page.select_one(".story-meta .byline")
    assert byline
    assert byline.get_text() == "By Mary Ellis · answered by Dan Wolf"
    assert [each["href"] for each in byline.select("a")] == ["/authors/dan-wolf/"]
    assert [each.get_text() for each in page.select(".author-name a")] == ["Dan Wolf"]
    assert [name for name in staffed.files() if "mary-ellis" in name] == []
    (item,) = (
        each
        for each in json.loads(staffed.files()["feed.json"])["items"]
        if "/letter/" in each["url"]
    )
    assert item["authors"][0] == {"name": "Mary Ellis"}
    choices = [
        each.get_text() for each in staffed.html("search/").select("select[name=author] option")
    ]
    assert "Dan Wolf" in choices
    assert "Mary Ellis" not in choices
