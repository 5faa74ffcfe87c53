"""A story that somebody paid for: marked wherever it is, and nowhere among the outlet's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from tests.sample import HARBOUR, Outlet

BODY = (
    "A [sponsor](https://northwind.example/cables/), [ours](/2026/11/own/),"
    " [another](https://other.example/).\n\n## Heading\n\nMore."
)
SPONSORS = """\
- name: Northwind Energy
  url: https://northwind.example/
  say: It's Northwind that chose the subject.
  logo: photos/logo.png
"""
FRONT = (
    "blocks:\n- {block: latest}\n- {block: series, series: c}\n- {block: opinion}\n- {block:"
    " sections}\n- {block: sponsored}\n"
)
JSON_LD = "script[type='application/ld+json']"
PAID_FOR = ("Paid for by Northwind Energy", "Payé par Northwind Energy")
PAID = {"type": "Partner content", "sponsor": "Northwind Energy", "date": "2026-11-24T09:00"}


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet whose newest story is paid for, and is a part of a series too."""
    made = Outlet(tmp_path_factory.mktemp("sponsored"))
    made.write("story_types.yml", "- name: Analysis\n- name: Partner content\n")
    made.write("sponsors.yml", SPONSORS)
    made.write("series/rivers.md", "---\nname: Rivers\n---\n")
    made.photo()
    made.photo("logo.png", size=(300, 100))
    for number in range(3):
        made.story(
            f"own-{number}",
            date=f"2026-11-2{number + 2}",
            topics=["Cables"],
            body="Cables and ships.",
        )
    made.story("own", topics=["Cables"], body="Cables and ships.", series="Rivers")
    made.story("paid", topics=["Cables"], body=BODY, series="Rivers", **PAID, **HARBOUR)
    made.roundup("2026-11-25")
    done = made.rebuild()
    assert "published, " in done, done
    return made


def naming(outlet: Outlet, slug: str) -> set[str]:
    """The readable files that name the story at this slug, but not its own."""
    address = f"/2026/11/{slug}/".encode()
    return {
        name
        for name, data in outlet.files().items()
        if address in data and not name.startswith(f"2026/11/{slug}/")
    }


def test_it_is_in_its_own_lists_and_in_the_sitemap_and_nowhere_else(outlet: Outlet) -> None:
    lists = {
        f"{folder}/index.html"
        for folder in (
            *(
                "sections/europe",
                "types/partner-content",
                "topics/cables",
                "authors/ana-pereira",
                "archive/2026",
            ),
            *("archive/2026/11", "series/rivers"),
        )
    }
    part_before = {"2026/11/own/index.html"}  # which leads to the next part
    assert naming(outlet, "paid") == lists | {"sitemaps/2026-11.xml"} | part_before
    assert {
        "feed.xml",
        "index.html",
        "latest/index.html",
        "news-sitemap.xml",
        "llms.txt",
    } <= naming(outlet, "own-2")
    assert not [
        name
        for name in outlet.files()
        if name.startswith("2026/11/paid/") and not name.endswith("/index.html")
    ]
    assert not (outlet.output / "2026/11/paid/republish").exists()
    assert (outlet.output / "2026/11/own/republish").exists()


def test_a_search_finds_it(outlet: Outlet) -> None:
    told = json.loads((outlet.output / "pagefind/1/stories.json").read_bytes())
    assert "Partner content" in {kind for _, _, kind, *_ in told.values()}


def test_its_page_says_who_paid_and_for_what_above_the_headline(outlet: Outlet) -> None:
    page = outlet.html("2026/11/paid/")
    (mark,) = page.select(".sponsor")
    head = str(page.select(".story-header")[0])
    assert head.index("sponsor") < head.index("<h1")
    assert mark.select("a")[0]["href"] == "https://northwind.example/"
    assert mark.select(".sponsor-say")[0].get_text() == "It’s Northwind that chose the subject."
    assert len(mark.select("img[alt='']")) == 1
    assert not page.select(".stream, .share a[href*=republish]")


def test_search_engines_are_told_that_it_is_an_advertisement_with_paid_links(
    outlet: Outlet,
) -> None:
    page = outlet.html("2026/11/paid/")
    rels = {str(link["href"]): link.get("rel") for link in page.select(".story-body a, .sponsor a")}
    paid = ["sponsored", "nofollow"]
    ours = [rel for href, rel in rels.items() if not href.startswith("http")]
    assert {tuple(rel or ()) for href, rel in rels.items() if href.startswith("http")} == {
        tuple(paid)
    }
    assert ours == [None] * len(ours)
    told = [
        json.loads(each.get_text()) for each in page.select("script[type='application/ld+json']")
    ]
    (article,) = [each for each in told if "headline" in each]
    assert article["@type"] == "AdvertiserContentArticle"
    assert article["sponsor"] == {
        "@type": "Organization",
        "name": "Northwind Energy",
        "url": "https://northwind.example/",
    }


def test_the_front_page_has_it_where_an_editor_gives_it_a_place(
    outlet: Outlet, tmp_path: Path
) -> None:
    other = outlet.copy(tmp_path)
    other.write(
        "front_page.yml",
        "blocks:\n  - block: latest\n  - block: sponsored\n    title: Our partners\n",
    )
    assert "published, " in other.rebuild()
    assert naming(other, "paid") == naming(outlet, "paid") | {"index.html"}
    page = other.html("")
    assert [
        each["data-slug"] for each in page.select(".section-block--sponsored .teaser:has(.sponsor)")
    ] == ["paid"]
    assert page.select(".section-block--sponsored h2")[0].get_text() == "Our partners"


def marked(link: Tag) -> bool:
    """Whether a link to the paid story says who paid, itself or in the teaser that it is in."""
    around = link.find_parent("article", class_="teaser") or link
    said = " ".join(around.get_text().split())
    return bool(around.select(".sponsor")) and any(words in said for words in PAID_FOR)


def test_wherever_the_site_leads_to_it_it_says_who_paid(tmp_path: Path) -> None:
    """A paid story in every kind of list: series, issue, debate, column, a translation, a review,
    `related`, a round-up.
    """
    outlet = Outlet(tmp_path)
    outlet.write("story_types.yml", "- name: Analysis\n- name: Partner content\n")
    outlet.write("front_page.yml", FRONT)
    sides = "sides:\n- {name: For, stories: [before]}\n- {name: Against, stories: [paid]}\n"
    for stem, more in (
        ("a", ""),
        ("b", "form: issue\n"),
        ("c", f"form: debate\nmotion: So.\n{sides}"),
        ("e", "form: dossier\n"),
    ):
        listed = "" if stem == "c" else "stories: [before, paid, after]\n"
        outlet.write(f"series/{stem}.md", f"---\nname: Series {stem}\n{more}{listed}---\n")
    for day, slug in enumerate(("before", "after"), 21):
        outlet.story(
            slug, topics=["Cables"], date=f"2026-11-{day}", related=["paid"], series="Series c"
        )
    review = [{"kind": "book", "title": "Cables", "rating": "4/5"}]
    outlet.story(
        "paid", topics=["Cables"], reviews=review, series="Series c", answers="before", **PAID
    )
    outlet.story("original", date="2026-11-22")
    outlet.story(
        "payee", lang="fr", translation_of="original", **PAID | {"sponsor": "Northwind Energy"}
    )
    outlet.story("on-it", answers="paid", date="2026-11-24T10:00")
    outlet.roundup("2026-11-25", lead="paid")
    done = outlet.rebuild()
    assert "published, " in done, done
    places = set()
    for name, data in outlet.files().items():
        if not name.endswith(".html"):
            leads = any(f"/2026/11/{slug}/".encode() in data for slug in ("paid", "payee"))
            assert not leads or name.startswith(("sitemaps/", "2026/11/pa")), name
            continue
        page = BeautifulSoup(data, "lxml")
        for slug in ("paid", "payee"):
            own = name == f"2026/11/{slug}/index.html"
            found = [] if own else page.select(f"a[href='/2026/11/{slug}/']")
            assert all(marked(link) for link in found), name
            places |= {name for _ in found}
            sheets = [
                link
                for link in page.select("link[rel=stylesheet]")
                if "/sponsor-" in str(link["href"])
            ]
            assert not found or sheets, name
    assert {
        "2026/11/before/index.html",
        "2026/11/after/index.html",
        "2026/11/original/index.html",
        "index.html",
    } <= places
    assert {f"series/{stem}/index.html" for stem in "abce"} | {
        "sections/europe/index.html",
        "archive/2026/11/index.html",
    } <= places
    told = [json.loads(each.text) for each in outlet.html("2026/11/paid/").select(JSON_LD)]
    assert [each["@type"] for each in told] == ["AdvertiserContentArticle"], (
        "no review, and no entry of a list"
    )
    for name in places:
        for script in outlet.html(name).select(JSON_LD):
            listed = json.loads(script.text).get("mainEntity", {}).get("itemListElement", [])
            assert not [each for each in listed if each["url"].endswith(("/paid/", "/payee/"))], (
                name
            )
            assert [each["position"] for each in listed] == [*range(1, len(listed) + 1)]


def test_who_has_no_such_story_has_nothing_of_it(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("own")
    assert "published, " in outlet.rebuild()
    assert [
        name
        for name, data in outlet.files().items()
        if b"sponsor" in data and not name.startswith("admin/")
    ] == []
