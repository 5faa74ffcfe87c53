"""The search index in blocks: what a change costs, and that it leaves what a clean build makes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from broadside.store import Store
from tests.checkout import checkout
from tests.sample import Outlet, differing
from tests.stress.test_growth import fill


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """Twelve stories in blocks of three, built; look, but change nothing."""
    path = tmp_path_factory.mktemp("archive")
    outlet = Outlet(path, checkout(path / "project", "SEARCH_BLOCK = 3"))
    fill(outlet, range(12))
    assert outlet.build().returncode == 0
    return outlet


@pytest.fixture
def outlet(archive: Outlet, tmp_path: Path) -> Outlet:
    """The same, for a test to change."""
    return archive.copy(tmp_path, archive.project)


def fingerprints(outlet: Outlet) -> dict[str, str]:
    return {
        file.bundle: file.digest
        for file in Store(outlet.cache, only_asks=True).pages().values()
        if file.bundle
    }


def rebuilt(outlet: Outlet) -> list[str]:
    """Build, and say which parts of the index were made anew; the whole site must be what a clean
    build makes.
    """
    before = fingerprints(outlet)
    done = outlet.build()
    assert done.returncode == 0, done.stderr
    after = fingerprints(outlet)
    files = outlet.files()
    clean = outlet.path / "clean"
    assert outlet.build("--clean", "--output", str(clean)).returncode == 0
    assert differing(files, outlet.files(clean)) == []
    return differing(before, after)


def search_files(outlet: Outlet) -> set[str]:
    return {name.split("/")[1] for name in outlet.files() if name.startswith("pagefind/")}


def test_an_index_has_a_folder_for_each_block_and_one_engine(archive: Outlet) -> None:
    shared = {"pagefind.js", "wasm.en.pagefind", "blocks.json", "names.json", "words"}
    assert search_files(archive) == shared | {"1", "2", "3", "4"}
    known = json.loads((archive.output / "pagefind" / "blocks.json").read_text())
    assert known == {"since": ["January 2000"] * 4, "years": [2000] * 4, "words": known["words"]}
    assert len([*(archive.output / "pagefind" / "words").iterdir()]) == known["words"]


def test_an_edit_makes_one_block_anew(outlet: Outlet) -> None:
    before = outlet.files()
    outlet.story(
        "story-4", body="Something else.", date="2000-01-05", topics=["Water"], title="Matter 4"
    )
    assert rebuilt(outlet) == ["pagefind/2"]
    found = {name for name in differing(before, outlet.files()) if name.startswith("pagefind/")}
    words = {name for name in found if name.startswith("pagefind/words/")}
    assert words
    assert {name.rsplit("/", 1)[0] for name in found - words} == {
        "pagefind/2",
        "pagefind/2/index",
        "pagefind/2/fragment",
    }


def test_a_new_story_begins_a_block_and_leaves_the_full_ones(outlet: Outlet) -> None:
    fill(outlet, range(12, 13))
    assert rebuilt(outlet) == ["pagefind/5"]
    fill(outlet, range(13, 15))
    assert rebuilt(outlet) == ["pagefind/5"]


def test_a_story_that_comes_in_with_an_old_date_moves_the_later_ones_on(outlet: Outlet) -> None:
    outlet.story("found-late", date="2000-01-06T12:00")
    assert rebuilt(outlet) == ["pagefind/3", "pagefind/4", "pagefind/5"]
    outlet.story("found-late", date="2000-02-01")
    assert rebuilt(outlet) == ["pagefind/3", "pagefind/4", "pagefind/5"]


def test_another_size_of_blocks_and_no_search_leave_nothing_of_the_old_ones(
    outlet: Outlet, tmp_path: Path
) -> None:
    fewer = Outlet(outlet.path, checkout(tmp_path / "fewer", "SEARCH_BLOCK = 6"))
    assert fewer.build().returncode == 0
    assert {"1", "2"} == {name for name in search_files(fewer) if name.isdecimal()}
    none = Outlet(outlet.path, checkout(tmp_path / "none", "SEARCH = False"))
    assert none.build().returncode == 0
    assert search_files(none) == set()
