"""./inv changed: which pages a proposal changes, by their headlines, in a real repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from broadside.editing.changed import NEW, ChangedPage, Changes
from tests.forges import commit, git
from tests.sample import NOW, Outlet


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("changed"))
    for slug in ("stays", "changes", "goes"):
        made.story(slug)
    git(made.path, "init", "-q", "-b", "main")
    commit(made.path, "All")
    git(made.path, "switch", "-q", "-c", "mine")
    made.story("changes", title="A new *headline* [here]")
    made.story("comes", status="draft")
    (made.content / "articles" / "goes.md").unlink()
    made.write("front_page.yml", "- slot: first\n  story: stays\n")
    commit(made.path, "Changes")
    made.story("not-committed", date="2199-01-01")
    return made


@pytest.mark.git
def test_each_page_is_named_with_what_happens_to_it(outlet: Outlet) -> None:
    done = outlet.run(
        "changed",
        "--content",
        str(outlet.content),
        "--since",
        "main",
        "--format",
        "json",
        "--now",
        NOW,
    )
    made = json.loads(done.stdout)
    found = {
        Path(page["path"]).stem: (page["how"], page["state"], page["url"]) for page in made["pages"]
    }
    assert found == {
        "changes": ("Changed", "", "2026/11/changes/"),
        "comes": ("New", "draft", "drafts/comes/"),
        "goes": ("Gone", "", ""),
        "not-committed": ("New", "held", "drafts/not-committed/"),
    }
    assert [Path(path).name for path in made["others"]] == ["front_page.yml"]
    default = outlet.run(
        "changed", "--content", str(outlet.content), "--format", "json", "--now", NOW
    )
    assert default.stdout == done.stdout, "compared with where the branch left main"


def test_a_headline_is_text_in_the_summary_and_leads_to_the_preview() -> None:
    title = "<b>*A* [link](javascript:x) `code` # | https://evil.example @all &amp;"
    page = ChangedPage(NEW, title, "draft", "drafts/a/", "content/articles/a_b.md")
    html = MarkdownIt("commonmark", {"html": True, "linkify": True}).render(
        Changes([page]).markdown("https://example.org/p")
    )
    assert html.count("<a ") == 2
    assert '<a href="https://example.org/p/drafts/a/">' in html
    assert "<b>" not in html
    assert "<em>" not in html
    assert "<code>" not in html
