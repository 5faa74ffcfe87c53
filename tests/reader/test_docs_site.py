"""The documents as a site: every link leads somewhere, every page can be found, and nothing is
asked of another host.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from broadside import __version__
from tests.repository import PROJECT
from tests.sample import inv
from tools import docs
from tools.docs import MENU

REPOSITORY = "https://forge.example/ours/broadside"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("docs")
    (made / "versions.json").write_text(
        '[{"version": "0.0.9", "title": "0.0.9", "aliases": []}]', "utf-8"
    )
    command = inv(PROJECT, "docs", "--site", str(made), "--repository", REPOSITORY)
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def test_the_menu_has_every_document() -> None:
    assert sorted(name for names in MENU.values() for name in names) == sorted(
        path.stem for path in (PROJECT / "docs").glob("*.md")
    )


def test_each_page_can_be_edited_and_found_and_asks_nothing_of_another_host(folder: Path) -> None:
    site = folder / __version__
    found = {
        each["location"].partition("#")[0]
        for each in json.loads((site / "search.json").read_text("utf-8"))["items"]
    }
    for name in (name for names in MENU.values() for name in names):
        url = "" if name == "index" else f"{name}/"
        page = BeautifulSoup((site / url / "index.html").read_text("utf-8"), "lxml")
        assert page.select(f'a[href="{REPOSITORY}/edit/main/docs/{name}.md"]'), name
        assert url in found
        loaded = [
            each.get("src") or each["href"]
            for each in page.select("[src], link[href]:not([rel=canonical])")
        ]
        assert [each for each in loaded if "//" in str(each)] == []


def test_links_to_headings_lead_to_headings(folder: Path) -> None:
    site = folder / __version__
    pages = {path: BeautifulSoup(path.read_text("utf-8"), "lxml") for path in site.rglob("*.html")}
    for path, page in pages.items():
        for link in page.select(".md-content a[href*='#']"):
            url, _, heading = str(link["href"]).partition("#")
            if "://" not in url:
                target = (path.parent / url / "index.html").resolve() if url else path
                assert pages[target].select(f"[id='{heading}']"), (path, link["href"])


def test_the_versions_are_listed_newest_first(folder: Path) -> None:
    listed = [each["version"] for each in json.loads((folder / "versions.json").read_text("utf-8"))]
    assert listed == [__version__, "0.0.9"]
    assert f"url={__version__}/" in (folder / "index.html").read_text("utf-8")


@pytest.mark.parametrize(("target", "code"), [("index.md", 0), ("gone.md", 1)])
def test_a_link_that_leads_nowhere_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str, code: int
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text(f"# Speed\n\n[There]({target})\n", "utf-8")
    monkeypatch.setattr(docs, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(docs, "MENU", {"Start": ["index"]})
    assert docs.make(tmp_path / "site") == code
    assert (tmp_path / "site" / "versions.json").exists() == (code == 0)
