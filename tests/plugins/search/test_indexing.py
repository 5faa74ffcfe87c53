"""What Pagefind makes of a block, and what is kept of it."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from pathlib import Path

import pagefind_bin  # type: ignore[import-untyped]
import pytest
from msgspec.structs import replace

from broadside.plugins.search.documents import Document, SearchFailed
from broadside.plugins.search.indexing import index, narrowing_facts, own_files_of, shared_files_of

STORIES = [Document(f"2026/{n}/", f"Story {n}", text=f"Of {n * n} words.") for n in range(30)]


def test_the_facts_of_results_are_under_the_names_of_their_files() -> None:
    files = index(STORIES, "en")
    found = json.loads(
        narrowing_facts(
            files,
            [replace(STORIES[0], year=2026, type="Brief", sections=("Europe",)), *STORIES[1:]],
        )
    )
    assert {f"fragment/{name}.pf_fragment" for name in found} == {
        name for name in files if "fragment/" in name
    }
    assert [0, 2026, "Brief", ["Europe"], []] in found.values()


def program(folder: Path, script: str) -> Path:
    """A shell script that stands in for Pagefind."""
    path = folder / "pretends-to-be-pagefind"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_an_index_is_the_same_however_its_stories_come() -> None:
    assert index(STORIES, "en") == index(STORIES[::-1], "en")


def test_a_block_has_its_own_files_and_leads_to_the_engine_that_all_share() -> None:
    files = index(STORIES, "en")
    shared, kept = shared_files_of(files), own_files_of(files)
    assert shared.keys() == {"pagefind.js", "wasm.en.pagefind"}
    assert not shared.keys() & kept.keys()
    assert {name.split("/")[0] for name in kept if "/" in name} == {"index", "fragment"}
    assert not [name for name in files if "ui" in name or "worker" in name or "highlight" in name]
    language = json.loads(kept["pagefind-entry.json"])["languages"]["en"]
    assert language["page_count"] == 30
    path = Path(f"pagefind/7/wasm.{language['wasm']}.pagefind")
    assert os.path.normpath(path) == "pagefind/wasm.en.pagefind"


def test_a_language_that_pagefind_does_not_know_has_an_engine_too() -> None:
    assert shared_files_of(index(STORIES, "zu")).keys() == {"pagefind.js", "wasm.unknown.pagefind"}


REFUSED = b64encode(
    json.dumps({"payload": {"type": "Error", "message": "too many words"}}).encode()
).decode()


@pytest.mark.parametrize(
    "answers", ['printf "e30=,"', "echo 'no base64'", "", f"printf {REFUSED},"]
)
def test_anything_that_is_not_an_answer_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: str
) -> None:
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program(tmp_path, answers))
    with pytest.raises(SearchFailed):
        index(STORIES, "en")


def test_a_pagefind_that_is_stuck_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("broadside.plugins.search.indexing.PATIENCE", 0.2)
    monkeypatch.setattr("broadside.plugins.search.indexing.PATIENCE_A_PAGE", 0.0)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program(tmp_path, "exec sleep 600"))
    with pytest.raises(SearchFailed):
        index(STORIES, "en")
