"""No address is lost: what moved leads on, what was withdrawn says so, and the ledger stops a build
that forgets.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from broadside.commands.checking import note_addresses
from broadside.config.options import Options
from broadside.editing.check import check
from broadside.faults import Fault
from tests.sample import NOW, Outlet


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.story("a")
    made.story("b")
    made.page("about")
    return made


def renamed(outlet: Outlet, **front: Any) -> None:
    (outlet.content / "articles" / "a.md").unlink(missing_ok=True)
    outlet.story("renamed", **front)


def note(outlet: Outlet) -> tuple[int, int]:
    return note_addresses(Options(content=str(outlet.content), now=NOW))


def checked(outlet: Outlet, *files: Path) -> list[Fault]:
    return check(Options(content=str(outlet.content), now=NOW), [*map(str, files)])


def ledger(outlet: Outlet) -> list[str]:
    lines = (outlet.content / "permalinks.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_the_ledger_grows_and_never_shrinks(outlet: Outlet) -> None:
    outlet.story("held", date="2027-01-01T09:00")
    outlet.story("draft", status="draft")
    outlet.story("quiet", status="hidden")
    done = outlet.run("permalinks", "--content", "content", "--now", NOW)
    assert done.returncode == 0
    stories = ["/2026/11/a/", "/2026/11/b/", "/2026/11/quiet/"]
    sections = ["/sections/asia/", "/sections/briefs/", "/sections/europe/"]
    months = ["/archive/2026/", "/archive/2026/11/"]
    types = ["/types/analysis/", "/types/opinion/"]
    assert ledger(outlet) == [
        *stories,
        "/about/",
        *months,
        "/authors/ana-pereira/",
        *sections,
        *types,
    ]
    assert note(outlet) == (0, 12)
    renamed(outlet, redirect_from=["/2026/11/a/"])
    assert note(outlet) == (1, 13)
    assert ledger(outlet)[:4] == [*stories, "/2026/11/renamed/"]


def with_another_slug(outlet: Outlet) -> None:
    path = outlet.content / "articles" / "a.md"
    path.write_text(
        path.read_text("utf-8")
        .replace('slug: "a"', "slug: other")
        .replace("slug: a\n", "slug: other\n"),
        "utf-8",
    )
    assert "other" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda outlet: (outlet.content / "articles" / "a.md").unlink(), ("permalinks.txt", 3)),
        (renamed, ("permalinks.txt", 3)),
        (lambda outlet: outlet.story("a", date="2026-10-20T09:00"), ("a.md", 4)),
        (with_another_slug, ("a.md", 8)),
        (lambda outlet: outlet.story("a", status="draft"), ("permalinks.txt", 3)),
        (lambda outlet: outlet.story("a", date="2026-11-26T09:00"), ("permalinks.txt", 3)),
    ],
    ids=["deleted", "renamed", "another month", "another slug", "draft", "held"],
)
def test_an_address_that_would_be_lost_is_an_error_where_it_was_lost(
    outlet: Outlet, change: Callable[[Outlet], object], place: tuple[str, int]
) -> None:
    note(outlet)
    change(outlet)
    lost = [each for each in checked(outlet) if each.code == "lost-address"]
    assert [(each.path.rpartition("/")[2], each.line) for each in lost] == [place]


def test_a_build_that_would_lose_an_address_fails(outlet: Outlet) -> None:
    note(outlet)
    outlet.story("a", status="draft")
    assert "permalinks.txt:3: error: lost-address" in outlet.rebuild()
    assert "permalinks.txt:3: error: lost-address" in outlet.rebuild(drafts=True), (
        "nor does a draft keep it"
    )
    assert not outlet.output.exists()


def test_a_section_that_was_renamed_leads_on(outlet: Outlet) -> None:
    note(outlet)
    sections = outlet.content / "sections.yml"
    renamed = sections.read_text("utf-8").replace("Europe", "The Continent")
    for slug in "ab":
        outlet.story(slug, section="The Continent")
    outlet.write("sections.yml", renamed)
    line = ledger(outlet).index("/sections/europe/") + 3
    assert f"permalinks.txt:{line}: error: lost-address" in outlet.rebuild()
    moved = renamed.replace(
        "The Continent\n", "The Continent\n  redirect_from: [/sections/europe/]\n"
    )
    outlet.write("sections.yml", moved)
    outlet.rebuild()
    assert (
        "/sections/europe/ /sections/the-continent/ 301"
        in outlet.files()["_redirects"].decode().splitlines()
    )
    assert 'url=/sections/the-continent/"' in outlet.files()["sections/europe/index.html"].decode()


def test_a_topic_that_was_renamed_leads_on(outlet: Outlet) -> None:
    story = outlet.story("c", topics=["Cod"])
    outlet.write("topics.yml", "- name: Cod\n  redirect_from: [/tag/cod/]\n")
    assert "published," in outlet.rebuild()
    note(outlet)
    outlet.story("c", topics=["Atlantic cod"])
    line = ledger(outlet).index("/topics/cod/") + 3
    (lost,) = [each for each in checked(outlet) if each.code == "lost-address"]
    assert lost.line == line
    (warned,) = [each for each in checked(outlet) if each.code == "unknown-name"]
    assert (warned.severity, warned.path.rpartition("/")[2], warned.line) == (
        "warning",
        "topics.yml",
        1,
    )
    outlet.write(
        "topics.yml",
        "- name: Atlantic cod\n  redirect_from: [/topics/cod/, /tag/cod/, /topics/Atlantic-Cod/]\n",
    )
    linking = outlet.story("linking", body="[cod](/topics/cod/) and [cod](/tag/cod)")
    for asked in ((), (linking,), (story,), (outlet.content / "topics.yml",)):
        assert checked(outlet, *asked) == []
    assert "published," in outlet.rebuild()
    files = outlet.files()
    assert "/topics/cod/ /topics/atlantic-cod/ 301" in files["_redirects"].decode().splitlines()
    assert b'url=/topics/atlantic-cod/"' in files["topics/cod/index.html"]
    assert 'href="/topics/atlantic-cod/"' in files["2026/11/linking/index.html"].decode()
    outlet.story("c", topics=["Atlantic cod"], status="draft")
    assert {each.code for each in checked(outlet) if each.path.endswith("permalinks.txt")} == {
        "lost-address"
    }, "there is no topic to lead to"


def test_the_index_of_a_topic_or_a_month_is_lost_with_its_last_story(outlet: Outlet) -> None:
    outlet.story("c", date="2025-03-02T09:00", topics=["Cod", "Ice"])
    outlet.story("d", topics=["Ice"])
    note(outlet)
    assert {"/topics/cod/", "/topics/ice/", "/archive/2025/", "/archive/2025/03/"} <= set(
        ledger(outlet)
    )
    outlet.story("c", date="2025-03-02T09:00", topics=["Ice"])
    line = ledger(outlet).index("/topics/cod/") + 3
    assert f"permalinks.txt:{line}: error: lost-address" in outlet.rebuild()
    outlet.story("d", topics=["Ice"], redirect_from=["/2026/11/d/", "/topics/cod/"])
    assert "published," in outlet.rebuild()
    assert b"<id>http://127.0.0.1:8000/2026/11/d/</id>" in outlet.files()["feed.xml"]
    outlet.story("c", date="2026-11-02T09:00", redirect_from=["/2025/03/c/"], topics=["Ice"])
    assert outlet.rebuild().count("lost-address") == 2


def test_a_story_that_is_withdrawn_may_take_its_topic_and_its_month_with_it(outlet: Outlet) -> None:
    outlet.story("c", date="2025-03-02T09:00", topics=["Cod"])
    note(outlet)
    outlet.story("c", date="2025-03-02T09:00", topics=["Cod"], status="withdrawn")
    assert "published," in outlet.rebuild()
    assert not [
        path for path in outlet.files() if path.startswith(("topics/cod/", "archive/2025/"))
    ]


def test_a_story_that_moved_leads_on(outlet: Outlet) -> None:
    note(outlet)
    renamed(outlet, redirect_from=["/2026/11/a/", "/old%20name.html"])
    outlet.rebuild()
    files = outlet.files()
    soup = BeautifulSoup(files["2026/11/a/index.html"], "html.parser")
    refresh = soup.select_one("meta[http-equiv=refresh]")
    assert refresh
    assert refresh["content"] == "0; url=/2026/11/renamed/"
    assert (
        files["_redirects"].decode()
        == "/2026/11/a/ /2026/11/renamed/ 301\n/old%20name.html /2026/11/renamed/ 301\n"
    )
    assert '"/old name.html" "/2026/11/renamed/";' in files["redirects.map"].decode()
    renamed(outlet, redirect_from=["/2026/11/a/"])
    outlet.rebuild()
    assert "old name.html" not in outlet.files()


def test_where_a_feed_was_there_is_no_page_and_hosts_lead_on(outlet: Outlet) -> None:
    outlet.write(
        "sections.yml",
        "- name: Europe\n  redirect_from: [/category/europe/, /category/europe/index.xml]\n",
    )
    assert "published" in outlet.rebuild()
    assert [path for path in outlet.files() if path.startswith("category/")] == [
        "category/europe/index.html"
    ]
    assert (
        "/category/europe/index.xml /sections/europe/ 301\n"
        in outlet.files()["_redirects"].decode()
    )


def test_the_notice_of_a_foreign_story_is_in_its_language_or_else_in_that_of_the_site(
    outlet: Outlet,
) -> None:
    note = {"date": "2026-11-21", "type": "editor's note", "text": "سُحبت."}
    # we have no Hebrew
    outlet.story("a", title="העבורת", lang="he", status="withdrawn", corrections=[note])
    outlet.story("b", title="العبّارة", lang="ar", status="withdrawn")
    outlet.story("c", title="العبّارة", lang="ar", corrections=[note])
    outlet.rebuild()
    article = outlet.html("2026/11/a/").select_one("article.withdrawn")
    assert article is not None
    assert (article["lang"], article["dir"]) == ("he", "rtl")
    said = article.select_one("[lang=en][dir=ltr]")
    assert said is not None
    assert "We have withdrawn this story" in said.get_text()
    assert [
        each["dir"] for each in said.select("p[lang=he]") if each.get_text() == note["text"]
    ] == ["rtl"]
    arabic = outlet.html("2026/11/b/").select_one("article.withdrawn div[lang=ar]")
    assert arabic is not None
    assert "سحبنا هذا المقال" in arabic.get_text()
    ledger = outlet.html("corrections/")
    assert [
        each["dir"] for each in ledger.select("span[lang=ar]") if each.get_text() == note["text"]
    ] == ["rtl"]


def test_a_withdrawn_story_leaves_its_address_and_its_notice(
    outlet: Outlet,
) -> None:
    outlet.photo()
    words = {"photo": "photos/harbour.jpg", "alt": "Ships", "credit": "X"}
    outlet.story("a", **words)
    outlet.rebuild()
    assert any(path.startswith("photos/harbour") for path in outlet.files())
    note(outlet)
    notes = [{"date": "2026-11-24T10:00", "type": "editor's note", "text": "It was made up."}]
    outlet.story("a", status="withdrawn", corrections=notes, **words)
    outlet.rebuild()
    files = outlet.files()
    page = BeautifulSoup(files["2026/11/a/index.html"], "html.parser")
    assert "We have withdrawn this story" in page.get_text()
    assert "It was made up." in page.get_text()
    assert not [path for path in files if path.startswith("photos/harbour")]
    outlet.story("a", status="withdrawn", updated="2026-11-24T10:00")
    outlet.rebuild()
    assert (
        "We withdrew this story on 24 November 2026. It was" in outlet.html("2026/11/a/").get_text()
    )


def test_the_ledger_is_optional_and_its_faults_are_told(outlet: Outlet) -> None:
    outlet.rebuild()
    outlet.write("permalinks.txt", "# note\n\n2026/11/a/\n/no.where/\n")
    told = outlet.rebuild()
    assert "permalinks.txt:4: error: lost-address" in told
    (outlet.content / "permalinks.txt").write_bytes(b"/\xff/\n")
    assert "permalinks.txt:1: error: encoding" in outlet.rebuild()


def test_what_has_errors_is_not_noted(outlet: Outlet) -> None:
    outlet.story("a", section="Nowhere")
    done = outlet.run("permalinks", "--content", "content", "--now", NOW)
    assert (done.returncode, "unknown-section" in done.stderr) == (1, True)
    assert not (outlet.content / "permalinks.txt").exists()


def test_a_topic_has_the_slug_that_the_list_gives_it(outlet: Outlet) -> None:
    outlet.write(
        "topics.yml",
        "- name: 水\n  slug: water\n- name: 氷\n  slug: ice\n  redirect_from: [/topics/bing/]\n",
    )
    outlet.write("front_page.yml", "slots: []\nblocks:\n- block: trio\n  topic: 水\n")
    for number in range(9):
        outlet.story(f"other-{number}", topics=["水"])
    outlet.story("a", topics=["水", "氷"])
    outlet.story("b", topics=["水"], body="[Water]({tag}水), [ice](/topics/ice/)")
    assert "published," in outlet.rebuild()
    assert {
        "topics/water/index.html",
        "topics/ice/index.html",
        "topics/water/feed.xml",
    } <= outlet.files().keys()
    assert not any(path.startswith("topics/shui") for path in outlet.files())
    assert {link["href"] for link in outlet.html("2026/11/a/").select(".topics a")} == {
        "/topics/water/",
        "/topics/ice/",
    }
    assert outlet.html("2026/11/b/").select(".story-body p a")[0]["href"] == "/topics/water/"
    assert outlet.html("").select_one('a[href="/topics/water/"]')
