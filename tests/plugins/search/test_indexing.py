"""What Pagefind makes of a block, and what is kept of it."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import time
from base64 import b64encode
from pathlib import Path

import pagefind_bin  # type: ignore[import-untyped]
import pytest

from broadside.plugins.search.documents import Document, SearchFailed, record
from broadside.plugins.search.indexing import INDEX, Indexing, clear, common, own
from tests.forked import alone

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


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ('printf "e30=,"', "e30=,"),
        ('head -c 10 > /dev/null; echo "no base64"', "no base64"),
        ("", "was it killed"),
        ("echo 'a thread panicked' >&2", "a thread panicked"),
        ("printf '%09000d and no more' 0 >&2", "no search index: 0{388} and no more$"),
    ],
)
def test_anything_that_is_not_an_answer_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: str, why: str
) -> None:
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program(tmp_path, answers))
    with pytest.raises(SearchFailed, match=why):
        Indexing(ONE, "en", tmp_path / "search").files("1")


def test_what_pagefind_says_when_it_refuses_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = b64encode(json.dumps({"payload": {"type": "Error", "message": "too many words"}}).encode()).decode()
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program(tmp_path, f"printf {answer},"))
    with pytest.raises(SearchFailed, match="too many words"):
        Indexing(ONE, "en", tmp_path / "search").files("1")


def test_a_disk_that_takes_only_a_part_of_an_index_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, *_: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr("broadside.plugins.search.indexing.write_whole", full)
    with pytest.raises(SearchFailed, match=r"No space left.*is the disk full"):
        Indexing(ONE, "en", tmp_path / "search").files("1")


def program(folder: Path, script: str) -> Path:
    """A shell script that stands in for Pagefind."""
    path = folder / "pretends-to-be-pagefind"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_reason_for_having_no_index_is_given_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program(tmp_path, "echo it said why >&2"))
    with pytest.raises(SearchFailed) as failed:
        Indexing(BLOCKS, "en", tmp_path / "search", jobs).files("0")
    assert str(failed.value) == "Pagefind made no search index: it said why"


def test_a_failure_says_nothing_of_what_was_printed_over_other_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = f'echo "only a warning" >&2; exec {pagefind_bin.get_executable()} "$@"'
    script = f"if mkdir {tmp_path}/first 2> /dev/null; then {sound}; fi; echo it said why >&2"
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program(tmp_path, script))
    with pytest.raises(SearchFailed) as failed:
        Indexing(BLOCKS, "en", tmp_path / "search", 2).files("0")
    assert str(failed.value) == "Pagefind made no search index: it said why"


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_bug_of_ours_is_not_blamed_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    def mistaken(document: Document, lang: str) -> dict[str, object]:
        if document.url.startswith("2026/3/"):
            raise ZeroDivisionError("nothing to divide by")
        return record(document, lang)

    monkeypatch.setattr("broadside.plugins.search.indexing.record", mistaken)
    with pytest.raises(ZeroDivisionError, match="nothing to divide by"):
        Indexing(BLOCKS, "en", tmp_path / "search", jobs).files("0")


@pytest.mark.parametrize("harm", ["gone", "torn", "without an entry", "a folder"])
def test_an_index_that_is_not_whole_is_a_failure(tmp_path: Path, harm: str) -> None:
    indexing = Indexing({"1": BLOCKS["1"], "2": BLOCKS["2"]}, "en", tmp_path / "search")
    indexing.files("2")
    index = indexing._places["1"] / INDEX
    index.unlink()
    if harm == "a folder":
        index.mkdir()
    elif harm != "gone":
        index.write_text("{" if harm == "torn" else "{}")
    with pytest.raises(SearchFailed, match="is not whole"):
        indexing.files("1")


def test_a_pagefind_that_cannot_be_started_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: "/no/such/program")
    with pytest.raises(SearchFailed, match="/no/such/program"):
        Indexing(ONE, "en", tmp_path).files("1")


@pytest.mark.parametrize("says", ["a thread panicked", ""])
def test_a_pagefind_that_waits_for_ever_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str) -> None:
    waits = f"import time; time.sleep(30); open('{tmp_path}/woke', 'w')"
    stuck = program(tmp_path, f'echo "{says}" >&2\nexec {sys.executable} -c "{waits}"')
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: stuck)
    monkeypatch.setattr("broadside.plugins.search.indexing.PATIENCE", 0.5)
    monkeypatch.setattr("broadside.plugins.search.indexing.PATIENCE_A_PAGE", 0.0)
    with pytest.raises(SearchFailed, match=says or "was it killed, or is the disk full"):
        Indexing(ONE, "en", tmp_path / "search").files("1")
    assert not (tmp_path / "woke").exists()


def test_without_a_fork_the_index_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forked = made(tmp_path, ONE)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert made(tmp_path, ONE) == forked


def test_if_the_child_was_killed_the_index_is_made_here(tmp_path: Path) -> None:
    def check() -> None:
        indexing = Indexing(BLOCKS, "en", tmp_path / "search")
        while not next((tmp_path / "search").glob(f"*/*/{INDEX}"), None):
            time.sleep(0.001)
        assert indexing._made._child
        os.kill(indexing._made._child.pid, signal.SIGKILL)
        assert {name: indexing.files(name) for name in BLOCKS} == made(tmp_path / "whole")

    alone(check)


def test_what_a_stopped_build_left_goes_also_while_something_still_writes_there(tmp_path: Path) -> None:
    place = tmp_path / "search"
    (place / "left" / "1" / "site").mkdir(parents=True)
    ending = "i=0; while [ $i -lt 200 ]; do i=$((i+1)); mkdir -p $0/left; echo $i > $0/left/$i; done"
    writer = subprocess.Popen(["sh", "-c", ending, str(place)])
    end = time.monotonic() + 20
    while place.exists() or writer.poll() is None:
        assert time.monotonic() < end
        clear(place)


def test_two_indexings_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    one = Indexing(ONE, "en", tmp_path / "search")
    other = Indexing(ONE, "en", tmp_path / "search")
    assert one.files("1") == other.files("1")
    assert list((tmp_path / "search").iterdir()) == []


def test_a_build_that_is_killed_ends_what_runs_beside_it(tmp_path: Path) -> None:
    slow = program(tmp_path, f"echo at work >> {tmp_path}/runs\nsleep 1")
    build = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path), str(slow)], stdout=subprocess.DEVNULL)
    assert build.wait() == -signal.SIGKILL
    runs = len((tmp_path / "runs").read_text().splitlines())
    time.sleep(1.5)
    assert len((tmp_path / "runs").read_text().splitlines()) == runs == 1


KILLED = """
import os, signal, sys, time
from pathlib import Path
import pagefind_bin
from broadside.plugins.search.documents import Document
from broadside.plugins.search.indexing import Indexing

place, slow = map(Path, sys.argv[1:])
pagefind_bin.get_executable = lambda: slow
indexing = Indexing({str(n): [Document(f"{n}/", "A headline")] for n in range(9)}, "en", place / "search")
while not (place / "runs").exists():
    time.sleep(0.01)
os.kill(os.getpid(), signal.SIGKILL)
"""
