"""Files that are there whole or as they were; paths that leave the output folder are known, and so
are their folders.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest

from broadside.disk import folders_of, is_inside, opened_to_lock, write_whole
from broadside.folders import ENGINE
from tests.repository import PROJECT


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "note.txt"
    write_whole(path, b"old")
    write_whole(path, b"n", b"ew", mode=0o755)
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o755
    assert list(path.parent.iterdir()) == [path]


def test_a_link_in_the_way_goes_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    precious, path = tmp_path / "precious", tmp_path / "note.txt"
    precious.write_bytes(b"kept")
    for link in (path, tmp_path / f".note.txt.{os.getpid()}.part"):
        link.symlink_to(precious)
    write_whole(path, b"new")
    assert (path.read_bytes(), precious.read_bytes()) == (b"new", b"kept")
    assert not path.is_symlink()


def test_a_file_to_lock_is_no_link_and_keeps_its_bytes(tmp_path: Path) -> None:
    precious, lock = tmp_path / "precious", tmp_path / "lock"
    precious.write_bytes(b"kept")
    opened_to_lock(precious).close()
    lock.symlink_to(precious)
    with pytest.raises(OSError, match="lock"):
        opened_to_lock(lock)
    assert precious.read_bytes() == b"kept"


def test_what_fails_half_way_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    write_whole(path, b"old")
    with pytest.raises(TypeError):
        write_whole(path, b"new", "no bytes")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_all_else_that_the_engine_writes_goes_through_here() -> None:
    """What makes or changes a file in place is named here: it writes in a folder that the person
    named, and that is new or theirs.
    """
    inside = re.compile(r"\.write_(?:text|bytes)\(|open\((?:[^()]*, )?\"[wa]b?\"")
    files = [*Path(ENGINE).rglob("*.py"), *(PROJECT / "plugins").rglob("*.py")]
    files += (PROJECT / "extras").glob("*/broadside_*/**/*.py")
    found = {
        file.relative_to(PROJECT).as_posix()
        for file in files
        if inside.search(file.read_text("utf-8"))
    }
    assert found == {
        "broadside/outlet/alone.py",
        "broadside/outlet/starting.py",
        "extras/import/broadside_import/command.py",
        "extras/import/broadside_import/write.py",
        "extras/server/broadside_server/releases.py",
        "broadside/store.py",
        "plugins/manifest/verify.py",  # readers save it, and have no engine
    }


@pytest.mark.parametrize("name", ["", "/a", "a//b", "../a", "a/../b", "./a", "a\\b", "a\0b", "a/"])
def test_paths_that_leave_the_output_or_have_two_spellings_are_not_inside(name: str) -> None:
    assert not is_inside(name)


def test_the_folders_of_paths_go_up_to_the_top() -> None:
    assert folders_of(["a/b/c.html", "a/b/d.html", "e.html"]) == {"a/b", "a", ""}
    assert folders_of([]) == set()
