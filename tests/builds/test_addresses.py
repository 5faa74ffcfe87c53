"""Addresses as an outlet's settings want them."""

from __future__ import annotations

from pathlib import Path

from tests.checkout import checkout
from tests.sample import NOW, Outlet


def test_what_belongs_to_a_page_that_is_a_file_is_in_a_folder_of_its_name(tmp_path: Path) -> None:
    patterns = {"ARTICLE": "{slug}", "CATEGORY": "category/{slug}", "TAG": "tag/{slug}"}
    outlet = Outlet(tmp_path)
    outlet.story("one", topics=["Ice"])
    outlet.story("two", topics=["Ice"], date="2026-11-21T09:00")
    settings = {f"{kind}_URL": f"{pattern}.html" for kind, pattern in patterns.items()}
    assert "published," in outlet.rebuild(settings=settings | {"INDEX_SIZE": 1})
    found = outlet.files().keys()
    for page in ("category/europe", "tag/ice"):
        assert {f"{page}.html", f"{page}/feed.xml", f"{page}/page/1/index.html"} <= found
    assert {"one.html", "one/republish/index.html"} <= found
    assert [name for name in found if ".html" in name.removesuffix(".html")] == []


def test_the_list_of_all_authors_topics_or_types_is_where_their_own_addresses_are(
    tmp_path: Path,
) -> None:
    patterns = [
        "FOOTER_LINKS = []",
        "AUTHOR_URL = 'autores/{slug}/'",
        "TAG_URL = 'temas/{slug}.html'",
        "STORY_TYPE_URL = 'que-es/{slug}/'",
    ]
    of_old = "SITE_PATHS += ['authors/', 'topics/', 'types/']"  # as an outlet's settings had it
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", "\n".join([*patterns, of_old])))
    outlet.story("one", topics=["Ice"], body="[a](/autores/) [b](/temas/) [c](/que-es/)")
    outlet.page("authors")
    done = outlet.build()
    assert done.returncode == 0, done.stderr
    found = outlet.files()
    assert {"autores/index.html", "temas/index.html", "que-es/index.html"} <= found.keys()
    assert not {"topics/index.html", "types/index.html"} & found.keys()
    assert "Title of authors" in found["authors/index.html"].decode(), "the address is free"
    foot = [str(link["href"]) for link in outlet.html("").select(".colophon a")]
    assert {"/autores/", "/temas/", "/que-es/"} <= {*foot}
    assert "/authors/" not in foot
    assert "/que-es/#analysis" in [
        link["href"] for link in outlet.html("que-es/analysis/").select(".index-links a")
    ]
    assert b"/autores/</loc>" in found["sitemaps/pages.xml"]
    for page in ("autores/", "temas/", "que-es/"):
        canonical = outlet.html(page).select_one("link[rel=canonical]")
        assert canonical
        assert str(canonical["href"]).endswith(f"/{page}")
    outlet.story("one", topics=["Ice"], body="[a](/topics/)")
    assert outlet.run("check", "--content", "content", "--now", NOW).returncode == 1


def test_what_something_else_answers_on_the_same_host_may_be_linked_to(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", "ELSEWHERE_PATHS = ['/shop/']"))
    outlet.story("one", body="[a](/shop/) [b](/shop/cart?x=1#here) [c](/shop)")
    for flags in ((), ("--files", "content/articles/one.md")):
        done = outlet.run("check", "--content", "content", "--now", NOW, *flags)
        assert done.returncode == 0, done.stdout
    assert outlet.build().returncode == 0
    links = [link["href"] for link in outlet.html("2026/11/one/").select(".story-body a")]
    assert links == ["/shop/", "/shop/cart?x=1#here", "/shop"]
    outlet.story("one", body="[a](/shopping/)")
    assert outlet.run("check", "--content", "content", "--now", NOW).returncode == 1


def test_two_stories_of_one_slug_are_no_translations_of_each_other_whatever_pelican_thinks(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("one")
    outlet.story("one", where="articles/2025", date="2025-10-20", lang="fr")
    settings = {"ARTICLE_TRANSLATION_ID": "slug", "PAGE_TRANSLATION_ID": "slug"}
    assert "published," in outlet.rebuild(settings=settings)
    assert {"2026/11/one/index.html", "2025/10/one/index.html"} <= outlet.files().keys()
    assert len(outlet.html("sections/europe/").select("article.teaser")) == 2
