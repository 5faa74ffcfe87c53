"""As an archive grows, what was closed stays as it is, and one story more costs what it always
did.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checkout import checkout
from tests.plugins.sitemaps.validator import faults_of
from tests.sample import Outlet, differing

SETTINGS = "INDEX_SIZE, RAIL_PAGES, RAIL_LENGTH, FEED_MAX_ITEMS, SEARCH_BLOCK = 4, 3, 2, 4, 10"


def archive(path: Path, count: int, first: int = 0) -> Outlet:
    """An outlet with stories of different matters, from the oldest to the newest."""
    outlet = Outlet(path, checkout(path / "project", SETTINGS))
    fill(outlet, range(first, first + count))
    assert outlet.build().returncode == 0
    return outlet


def fill(outlet: Outlet, numbers: range) -> None:
    for number in numbers:
        words = " ".join(f"w{number}x{at}" for at in range(40))
        date = f"{2000 + number // 240}-{1 + number // 20 % 12:02}-{1 + number % 20:02}"
        outlet.story(
            f"story-{number}", body=words, date=date, topics=["Water"], title=f"Matter {number}"
        )


@pytest.fixture(scope="module")
def grown(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[int, tuple[dict[str, bytes], dict[str, bytes]]]:
    """Size of an archive -> its site before and after one story more."""
    sites = {}
    for size in (23, 83):
        outlet = archive(tmp_path_factory.mktemp(f"of-{size}"), size)
        before = outlet.files()
        fill(outlet, range(size, size + 1))
        assert outlet.build().returncode == 0
        sites[size] = before, outlet.files()
    return sites


def test_one_story_more_changes_as_many_files_in_an_archive_four_times_as_large(
    grown: dict[int, tuple[dict[str, bytes], dict[str, bytes]]],
) -> None:
    small, large = (differing(*site) for site in grown.values())
    assert len(small) == len(large)
    assert len(large) < 60


def test_one_story_more_changes_the_sitemap_of_its_month_and_no_other(
    grown: dict[int, tuple[dict[str, bytes], dict[str, bytes]]],
) -> None:
    before, after = grown[83]
    maps = {name for name in differing(before, after) if "sitemap" in name}
    assert maps == {"sitemap.xml", "sitemaps/2000-05.xml"}
    assert len([name for name in before if name.startswith("sitemaps/2")]) == 5
    assert [
        fault
        for name, data in after.items()
        if name.startswith("sitemap")
        for fault in faults_of(data)
    ] == []


def test_a_closed_page_of_an_index_is_never_touched_again(tmp_path: Path) -> None:
    outlet = archive(tmp_path, 23)
    before = outlet.files()
    assert (
        outlet.html("latest/").select_one("nav.pagination a[rel=next]")["href"] == "/latest/page/4/"  # type: ignore[index]
    )
    fill(outlet, range(23, 40))
    assert outlet.build().returncode == 0
    after = outlet.files()
    for index in (
        "latest",
        "sections/europe",
        "topics/water",
        "authors/ana-pereira",
        "types/analysis",
    ):
        for page in range(1, 5):
            name = f"{index}/page/{page}/index.html"
            assert before[name] == after[name], name
        assert f"{index}/page/8/index.html" in after
        canonical = {
            page: str(outlet.html(f"{index}/page/{page}/").select("link[rel=canonical]")[0]["href"])
            for page in (4, 10)
        }
        assert canonical[4].endswith(f"/{index}/page/4/"), "a closed page is one in its own right"
        assert canonical[10].endswith(f"/{index}/"), "the open page is the front once more"


def test_a_new_story_that_spells_a_topic_otherwise_renames_it_nowhere(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("a-old", date="2026-01-01", topics=["Climate"])
    outlet.story("b-old", date="2026-01-02", topics=["Climate"])
    outlet.rebuild()
    before = outlet.files()["2026/01/a-old/index.html"]
    outlet.story("z-new", date="2026-11-01", topics=["climate"])
    outlet.rebuild()
    assert str(outlet.html("topics/climate/index.html").select("h1")[0].string) == "Climate"
    assert b">climate<" not in before
    assert b">climate<" not in outlet.files()["2026/01/a-old/index.html"]
