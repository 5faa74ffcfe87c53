"""Addresses as an outlet's settings want them."""

from __future__ import annotations

from pathlib import Path

from tests.checkout import checkout
from tests.outlet import Outlet


def test_what_belongs_to_a_page_that_is_a_file_is_in_a_folder_of_its_name(tmp_path: Path) -> None:
    patterns = {"ARTICLE": "{slug}", "CATEGORY": "category/{slug}", "TAG": "tag/{slug}"}
    lines = [f"{kind}_URL = '{pattern}.html'" for kind, pattern in patterns.items()]
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", "\n".join([*lines, "INDEX_SIZE = 1"])))
    outlet.story("one", topics=["Ice"])
    outlet.story("two", topics=["Ice"], date="2026-11-21T09:00")
    done = outlet.build()
    assert done.returncode == 0, done.stderr
    found = outlet.files().keys()
    for page in ("category/europe", "tag/ice"):
        assert {f"{page}.html", f"{page}/feed.xml", f"{page}/rss.xml", f"{page}/page/1/index.html"} <= found
    assert {"one.html", "one/republish/index.html"} <= found
    assert [name for name in found if ".html" in name.removesuffix(".html")] == []


def test_two_stories_of_one_slug_are_no_translations_of_each_other_whatever_pelican_thinks(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", "ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = 'slug'"))
    outlet.story("one")
    outlet.story("one", where="articles/2025", date="2025-10-20", lang="fr")
    assert outlet.build().returncode == 0
    assert {"2026/11/one/index.html", "2025/10/one/index.html"} <= outlet.files().keys()
    assert len(outlet.html("sections/europe/").select("article.teaser")) == 2
