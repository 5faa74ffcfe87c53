"""./inv pack: one file that says all of a site and nothing of the machine."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import pytest

from broadside.outlet.packing import NotPacked, pack


def folder(path: Path, names: list[str]) -> Path:
    for name in names:
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(f"text of {name}")
    return path


def test_the_same_site_gives_the_same_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    names = ["index.html", "b/index.html", "a.xml", "ü/x.html", "long/" * 30 + "x.html"]
    one, two = folder(tmp_path / "one", names), folder(tmp_path / "two", names[::-1])
    os.utime(two / "a.xml", (1, 1))
    (two / "a.xml").chmod(0o600)
    os.link(two / "a.xml", tmp_path / "second")
    assert pack(one, tmp_path / "one.tar") == pack(two, tmp_path / "two.tar")
    with tarfile.open(tmp_path / "one.tar") as tar:
        entries = tar.getmembers()
    assert [entry.name for entry in entries] == sorted(f"./{name}" for name in names)
    assert {
        (entry.mode, entry.uid, entry.gid, entry.uname, entry.mtime, entry.isreg())
        for entry in entries
    } == {(0o644, 0, 0, "", 0, True)}


def test_a_link_in_place_of_the_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("kept")
    (tmp_path / "x.tar").symlink_to(tmp_path / "precious")
    pack(folder(tmp_path / "x", ["index.html"]), tmp_path / "x.tar")
    assert (tmp_path / "precious").read_text() == "kept"
    assert tarfile.is_tarfile(tmp_path / "x.tar")


def test_what_is_no_site_is_not_packed(tmp_path: Path) -> None:
    with pytest.raises(NotPacked):
        pack(folder(tmp_path / "x", ["a.html"]), tmp_path / "x.tar")


def test_a_place_that_cannot_hold_it_is_refused(tmp_path: Path) -> None:
    site = folder(tmp_path / "site", ["index.html"])
    with pytest.raises(NotPacked):
        pack(site, site / "deep" / "artifact.tar")
    with pytest.raises(NotPacked):
        pack(site, tmp_path)
    assert [path.name for path in site.rglob("*")] == ["index.html"]
