"""What Pagefind makes of a block, and what is kept of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.search import worker
from plugins.search.corpus import Document, SearchFailed
from plugins.search.indexing import Indexing, common, own

BLOCKS = {
    str(block): [Document(f"2026/{block}/{n}/", f"Story {n}", text=f"Of {n * n} words.") for n in range(30)]
    for block in range(5)
}
ONE = {"1": BLOCKS["1"]}


def made(place: Path, blocks: dict[str, list[Document]] = BLOCKS, jobs: int = 1) -> dict[str, dict[str, bytes]]:
    indexing = Indexing(blocks, "en", place, jobs)
    return {name: indexing.files(name) for name in blocks}


def test_an_index_is_the_same_however_it_is_made(tmp_path: Path) -> None:
    first, *others = (made(tmp_path / "search", jobs=jobs) for jobs in (1, 3, 9))
    assert [other == first for other in others] == [True] * 2
    backwards = made(tmp_path / "search", {name: BLOCKS[name][::-1] for name in reversed(BLOCKS)}, 2)
    assert backwards == first
    assert list((tmp_path / "search").iterdir()) == []


def test_a_block_has_its_own_files_and_leads_to_the_engine_that_all_share(tmp_path: Path) -> None:
    files = made(tmp_path, ONE)["1"]
    shared, kept = common(files), own(files)
    assert shared.keys() == {"pagefind.js", "wasm.en.pagefind"}
    assert not shared.keys() & kept.keys()
    assert {name.split("/")[0] for name in kept if "/" in name} == {"index", "fragment"}
    assert not [name for name in files if "ui" in name or "worker" in name or "highlight" in name]
    language = json.loads(kept["pagefind-entry.json"])["languages"]["en"]
    assert language["page_count"] == 30
    path = Path(f"pagefind/7/wasm.{language['wasm']}.pagefind")
    assert os.path.normpath(path) == "pagefind/wasm.en.pagefind"


def test_a_language_that_pagefind_does_not_know_has_an_engine_too(tmp_path: Path) -> None:
    files = Indexing(ONE, "zu", tmp_path).files("1")
    assert common(files).keys() == {"pagefind.js", "wasm.unknown.pagefind"}


@pytest.mark.parametrize("ending", [".json", ".pf_fragment", ".pf_index", ".pf_meta", ".pagefind"])
def test_an_index_of_which_the_disk_took_only_a_part_is_a_failure(tmp_path: Path, ending: str) -> None:
    indexing = Indexing(ONE, "en", tmp_path)
    indexing._process.wait()
    file = next(indexing._places["1"].joinpath("index").rglob(f"*{ending}"))
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(SearchFailed, match="not whole"):
        indexing.files("1")


def test_a_failure_says_what_pagefind_printed_and_of_which_block_it_is(tmp_path: Path) -> None:
    indexing = Indexing({"1": [], "2": BLOCKS["2"]}, "en", tmp_path)
    assert indexing.files("2")
    with pytest.raises(SearchFailed, match=r"Pagefind made no search index.*not able to build"):
        indexing.files("1")


def test_a_pagefind_that_cannot_be_started_is_said(tmp_path: Path) -> None:
    worker.main("/no/such/program", "2", str(os.getppid()), str(tmp_path))
    assert "/no/such/program" in (tmp_path / "log").read_text()
    assert not (tmp_path / "done").exists()


def test_a_pagefind_that_was_killed_is_a_failure(tmp_path: Path) -> None:
    indexing = Indexing(BLOCKS, "en", tmp_path)
    indexing._process.kill()
    with pytest.raises(SearchFailed, match="was it killed"):
        indexing.files("4")


def test_pagefind_is_not_started_for_a_build_that_was_killed(tmp_path: Path) -> None:
    nobody = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    worker.main("/no/such/program", "2", nobody.stdout.decode().strip(), str(tmp_path))
    assert list(tmp_path.iterdir()) == []
