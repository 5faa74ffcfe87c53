"""Three hundred messy stories are read without a fault, and build into pages without a clash."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from tests.content.messy import stories
from tests.content.reading import read
from tests.sample import Outlet


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("messy"))
    made.page("about")
    made.story("base", date="2026-11-01T09:00", body="## A part\n\nBody.")
    for slug, data in stories(300):
        (made.content / "articles" / f"{slug}.md").write_bytes(data)
    return made


def test_none_has_a_fault(outlet: Outlet) -> None:
    content = read(outlet)
    assert content.faults == []
    assert len(content.stories) == 301
    assert all(record.words for record in content.stories)


def test_all_are_published_and_no_page_has_two_of_an_id(outlet: Outlet) -> None:
    assert outlet.rebuild().startswith("301 stories published, 0 held, 0 drafted")
    pages = sorted(outlet.output.glob("2026/11/*/index.html"))
    assert len(pages) == 301
    for page in pages[::6]:
        check(page)


def check(page: Path) -> None:
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    ids = Counter(str(tag["id"]) for tag in soup.find_all(id=True))
    assert [name for name, times in ids.items() if times > 1] == [], page
    places = {unquote(str(link["href"])[1:]) for link in soup.select("a[href^='#']")}
    assert places - {"top"} <= set(ids), page
