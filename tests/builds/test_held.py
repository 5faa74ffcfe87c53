"""What is not to be read yet is nowhere."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path
from typing import Any

import pytest

from broadside.build.reading import read
from broadside.config.options import Options
from tests.builds.magazine import LONG
from tests.media.kinds_of_files import PDF
from tests.sample import NOW, Outlet, differing

SITE = "https://outlet.example"
SECRETS = ("zanzibar", "quixotic", "embargoed")
THEIR_OWN = ("photos/", "authors/", "2025/embargoed-before/", "_redirects", "redirects.map")
"""Where the secret words may stand once a story is shown at its address: its pictures, its author,
its former address.
"""
STATES: dict[str, dict[str, Any]] = {
    "held": {"date": "2026-11-25T07:30-02:00"},
    "draft": {"status": "draft"},
}


@pytest.fixture(scope="module")
def live(built: Outlet, tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """The magazine as it is live, with its cards; look, but change nothing."""
    outlet = built.copy(tmp_path_factory.mktemp("live"))
    assert "published," in outlet.rebuild(production=True, siteurl=SITE)
    return outlet


def secret(outlet: Outlet, **front: Any) -> None:
    """Write a story whose every part holds a word that no other story has."""
    outlet.photo("embargoed-zanzibar.jpg", "orange")
    outlet.photo("embargoed-portrait.jpg", "red")
    portrait = {"portrait": "photos/embargoed-portrait.jpg", "alt": "Quixotic."}
    outlet.author("Embargoed Newcomer", "Zanzibar's own.", role="Quixotic", **portrait)
    words = {
        "title": "Zanzibar Summit",
        "dek": "Quixotic.",
        "alt": "Zanzibar.",
        "credit": "Photo by Quixotic",
    }
    outlet.photo("embargoed-inner.png", "purple")
    inner = '![Zanzibar.](photos/embargoed-inner.png){caption="Quixotic" credit="Zanzibar"}'
    outlet.story(
        "embargoed-story",
        body=LONG.replace("police", "quixotic police").replace("(/2026/11/reefs/)", "(/about/)")
        + f"\n{inner}\n",
        authors=["Embargoed Newcomer"],
        redirect_from=["/2025/embargoed-before/"],
        topics=["Zanzibar", "Quixotic affairs"],
        photo="photos/embargoed-zanzibar.jpg",
        caption="Quixotic",
        corrections=[{"date": "2026-11-25", "type": "update", "text": "Quixotic."}],
        **words | front,
    )


def plain(data: bytes) -> bytes:
    """A file as it was before it was packed: Pagefind's are gzip files, and what is in them is
    checked to be there.
    """
    return gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data


def pictures(files: dict[str, bytes]) -> set[str]:
    """The digests of all pictures, which a secret one would add to under any name."""
    return {
        hashlib.sha256(data).hexdigest()
        for name, data in files.items()
        if name.startswith("photos/")
    }


def traces(files: dict[str, bytes]) -> list[str]:
    """The files that hold one of the words, in their names, plain or packed."""
    found = []
    for name, data in files.items():
        text = f"{name} {plain(data).decode('utf-8', 'replace')}".lower()
        found += [name] if any(word in text for word in SECRETS) else []
    return found


def surrounded(outlet: Outlet, **front: Any) -> None:
    """The secret story with a file, a chart, a series and a list of one."""
    secret(outlet, **front)
    story = outlet.content / "articles" / "embargoed-story.md"
    chart = (
        '![Quixotic.](data/embargoed.csv){title="Zanzibar" source="Quixotic" note="Zanzibar"'
        ' unit="quixotic"}'
    )
    text = story.read_text("utf-8").replace(
        "title:", 'series: "Zanzibar papers"\nfile: files/embargoed.pdf\ntitle:', 1
    )
    story.write_text(
        f"{text}\n{chart}\n\nSee [it](files/embargoed-2.csv), constructor __proto__ zanzibarly.\n",
        "utf-8",
    )
    outlet.write("data/embargoed.csv", "Zanzibar,Quixotic\n2001,7\n2002,8\n")
    outlet.write("files/embargoed-2.csv", "Zanzibar,Quixotic\n")
    (outlet.content / "files" / "embargoed.pdf").write_bytes(PDF)
    outlet.photo("embargoed-series.jpg", "yellow")
    lead = 'photo: photos/embargoed-series.jpg\nalt: Quixotic.\ncredit: "Photo by Quixotic"\n'
    about = "Quixotic, with [a file](files/embargoed-2.csv).\n"
    outlet.write(
        "series/embargoed.md",
        f"---\nname: Zanzibar papers\ndescription: Quixotic.\n{lead}---\n{about}",
    )
    outlet.write(
        "series/open.md", "---\nname: Open waters\nstories: [short, embargoed-story]\n---\nPlain.\n"
    )


@pytest.mark.parametrize("state", STATES)
def test_a_story_that_is_held_or_a_draft_and_what_belongs_to_it_is_in_no_byte(
    live: Outlet, tmp_path: Path, state: str
) -> None:
    """Its text and pictures, files, charts and series, its words for search, and what the editor in
    the browser is told.
    """
    outlet = live.copy(tmp_path)
    surrounded(outlet, **STATES[state])
    assert f"1 {'drafted' if state == 'draft' else 'held'}" in outlet.rebuild(
        production=True, siteurl=SITE
    )
    assert "admin/config.json" in outlet.files()
    assert "series/open/index.html" in outlet.files()
    assert traces(outlet.files()) == []
    assert pictures(outlet.files()) == pictures(live.files())
    assert not any(name.startswith("files/") for name in outlet.files())
    outlet.rebuild(production=True, siteurl=SITE, now="2026-12-24")
    assert bool(traces(outlet.files())) == (state != "draft")
    if state != "draft":
        theirs = pictures(outlet.files()) - pictures(live.files())
        assert len(theirs) == 4 * 3 + 2 * 3, (
            "leads, inner photo and portrait in each format, and the leads in each shape"
        )
        told = traces(outlet.files())
        for kind in (
            "files/embargoed.pdf",
            "files/embargoed-2.csv",
            "series/embargoed/",
            "pagefind/words/",
        ):
            assert any(name.startswith(kind) for name in told), kind


def test_what_other_stories_say_of_a_held_one_is_left_out_too(live: Outlet, tmp_path: Path) -> None:
    """Hand-picked, on the front page, in another held story, and linked to from one."""
    outlet = live.copy(tmp_path)
    secret(outlet, date="2026-12-01")
    outlet.story("open", related=["embargoed-story", "short"], body="Plain.")
    outlet.story(
        "waiting",
        body="[x](/2026/12/embargoed-story/)",
        status="draft",
        related=["embargoed-story"],
    )
    outlet.write(
        "front_page.yml", "- slot: lead\n  story: embargoed-story\n- slot: lead\n  story: open\n"
    )
    assert "1 held, 1 drafted" in outlet.rebuild(production=True, siteurl=SITE)
    assert traces(outlet.files()) == []
    lead = "section.front [data-slot=lead] article.teaser[data-slug={}]"
    assert outlet.html("").select(lead.format("open")), (
        "today's lead stays until the next one's hour"
    )
    outlet.rebuild(production=True, siteurl=SITE, now="2026-12-01T00:00")
    assert outlet.html("").select(lead.format("embargoed-story"))


def test_an_author_is_seen_with_the_first_story_that_comes_out(
    built: Outlet, tmp_path: Path
) -> None:
    outlet = built.copy(tmp_path)
    outlet.author("Cora Idle", "Has written nothing yet.")
    secret(outlet, date="2026-12-01")
    outlet.rebuild()
    assert "authors/cora-idle/index.html" in outlet.files(), (
        "nothing of hers waits: she may be an editor"
    )
    assert "authors/embargoed-newcomer/index.html" not in outlet.files()
    outlet.story("linking", body="[who](/authors/embargoed-newcomer/)")
    assert "unpublished" in outlet.rebuild()
    (outlet.content / "articles" / "linking.md").unlink()
    outlet.story("first", author="embargoed-newcomer")
    outlet.rebuild()
    assert "authors/embargoed-newcomer/index.html" in outlet.files()
    assert all("embargoed-story" not in name for name in outlet.files())


def test_the_page_of_search_loads_no_script_while_there_is_nothing_to_search(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.story(date="2026-12-01")
    outlet.rebuild()
    assert not outlet.html("search/").select("script[src], [data-pagefind]")
    outlet.rebuild(now="2026-12-01T09:00")
    assert outlet.html("search/").select_one("script[src]")
    assert outlet.html("search/").select_one("[data-pagefind]")


def test_drafts_show_their_state_and_are_in_no_list(built: Outlet, tmp_path: Path) -> None:
    outlet = built.copy(tmp_path)
    secret(outlet, status="draft")
    assert "1 drafted" in outlet.rebuild(drafts=True)
    assert [name for name in traces(outlet.files()) if not name.startswith(THEIR_OWN)] == [
        "drafts/embargoed-story/index.html"
    ]
    page = outlet.html("drafts/embargoed-story/")
    assert page.select_one(".status-note")
    assert [topic.get_text() for topic in page.select(".topics li")] == [
        "Zanzibar",
        "Quixotic affairs",
    ]
    assert page.select(".topics a") == [], "a topic of no published story has no page"
    assert page.select_one("meta[name=robots][content=noindex]")


def test_a_story_is_there_at_its_hour_and_not_a_moment_before(live: Outlet, tmp_path: Path) -> None:
    outlet = live.copy(tmp_path)
    outlet.rebuild(now="2026-11-26T08:59:59", production=True, siteurl=SITE)
    before = outlet.files()
    photo = {"photo": "photos/quay.png", "alt": "A quay.", "credit": "Photo by Q. Lens"}
    outlet.story("zanzibar", date="2026-11-26T09:00", title="Zanzibar Summit", **photo)
    outlet.rebuild(now="2026-11-26T08:59:59", production=True, siteurl=SITE)
    assert outlet.files() == before, "not a byte, a second before"
    outlet.rebuild(now="2026-11-26T09:00:00", production=True, siteurl=SITE)
    told = traces(outlet.files())
    for name in (
        "2026/11/zanzibar/index.html",
        "index.html",
        "feed.xml",
        "news-sitemap.xml",
        "sitemaps/2026-11.xml",
    ):
        assert name in told


def test_a_story_that_is_withdrawn_leaves_its_notice_and_one_that_is_taken_back_no_trace(
    built: Outlet, tmp_path: Path
) -> None:
    outlet = built.copy(tmp_path)
    secret(outlet)
    outlet.rebuild()
    shown = traces(outlet.files())
    kinds = (
        "2026/11/embargoed-story/",
        "feed.",
        "sitemaps/",
        "photos/",
        "/fragment/",
        "topics/",
        "corrections/",
    )
    assert [kind for kind in kinds if not any(kind in name for name in shown)] == [], (
        "the words would be found"
    )
    secret(outlet, status="withdrawn")
    outlet.rebuild()
    own = {"2026/11/embargoed-story/index.html", "2025/embargoed-before/index.html"}
    theirs = ("authors/", "photos/embargoed-portrait", "_redirects", "redirects.map")
    assert [
        name for name in traces(outlet.files()) if name not in own and not name.startswith(theirs)
    ] == []
    assert (
        "quixotic police"
        not in outlet.files()["2026/11/embargoed-story/index.html"].decode().lower()
    )
    assert outlet.html("2026/11/embargoed-story/").select_one("meta[name=robots][content=noindex]")
    secret(outlet, status="draft")
    outlet.rebuild()
    assert traces(outlet.files()) == []


def test_a_hidden_story_and_a_hidden_page_are_where_they_are_and_nowhere_else(
    built: Outlet, tmp_path: Path
) -> None:
    outlet = built.copy(tmp_path)
    secret(outlet, status="hidden")
    outlet.page("zanzibar-page", "Quixotic.", status="hidden")
    assert "published," in outlet.rebuild()
    assert [name for name in traces(outlet.files()) if not name.startswith(THEIR_OWN)] == [
        "2026/11/embargoed-story/index.html",
        "zanzibar-page/index.html",
    ]
    for page in ("2026/11/embargoed-story/", "zanzibar-page/"):
        assert outlet.html(page).select_one("meta[name=robots][content=noindex]"), page
        assert not outlet.html(page).select_one("link[rel=canonical]"), page


def test_robots_txt_names_both_sitemaps(built: Outlet) -> None:
    lines = built.files()["robots.txt"].decode().splitlines()
    maps = [
        f"Sitemap: http://127.0.0.1:8000/{name}" for name in ("sitemap.xml", "news-sitemap.xml")
    ]
    assert [line for line in lines if line.startswith("Sitemap:")] == maps


def test_a_draft_without_a_date_shows_none_and_is_another_page_at_no_other_moment(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("undated", status="draft", date=None)
    outlet.story("dated", status="draft")
    outlet.rebuild(drafts=True)
    assert outlet.html("drafts/dated/").select(".dateline time")
    assert not outlet.html("drafts/undated/").select(".dateline time")
    of_dated, of_undated = (
        "article:published_time" in str(outlet.html(f"drafts/{name}/"))
        for name in ("dated", "undated")
    )
    assert (of_dated, of_undated) == (True, False)
    incremental = outlet.files()
    outlet.rebuild(drafts=True, now="2026-11-25T09:01", clean=True)
    assert differing(incremental, outlet.files()) == []


def test_held_stories_that_link_to_one_another_by_address_are_seen_before_their_hour(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("one", date="2026-12-01", body="[Two](/2026/12/two/).\n\n## More")
    outlet.story(
        "two", date="2026-12-01", body="[One](/2026/12/one/#more).\n\n[Again](/2026/12/one)."
    )
    outlet.rebuild(drafts=True)
    links = outlet.html("drafts/two/").select(".story .story-body a")
    assert [link["href"] for link in links[:2]] == ["/drafts/one/#more", "/drafts/one/"]
    content, _, _ = read(Options(content=str(outlet.content), now=NOW, drafts=True))
    assert content.target("/2026/12/one/", "")[1], (
        "a setting's link, which is on all pages, is none to a draft"
    )
