"""The store of finished pictures: what is damaged in it is not believed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.media.photos import Derivative
from broadside.media.picture_store import UNUSED, clean, missing, read, write

PICTURE = b"the bytes of a picture"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "photos" / "a-480.jpg"


def test_a_picture_comes_back_as_it_was_write(path: Path) -> None:
    write(path, PICTURE)
    assert read(path) == PICTURE
    assert [file.name for file in path.parent.iterdir()] == ["a-480.jpg"]


@pytest.mark.parametrize("other", [b"", b"poison", PICTURE, PICTURE * 9])
def test_what_was_not_written_there_is_removed(path: Path, other: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(other)
    assert read(path) is None
    assert not path.exists()


def test_of_two_builds_that_see_the_damage_none_fails(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"poison")
    read_bytes = Path.read_bytes

    def read_and_let_another_remove_it(path: Path) -> bytes:
        data = read_bytes(path)
        path.unlink()
        return data

    monkeypatch.setattr(Path, "read_bytes", read_and_let_another_remove_it)
    assert read(path) is None


@given(st.binary(max_size=99), st.data())
def test_no_change_goes_unseen(
    tmp_path_factory: pytest.TempPathFactory, picture: bytes, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("store") / "a.jpg"
    write(path, picture or PICTURE)
    stored = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        del stored[data.draw(st.integers(0, len(stored) - 1)) :]
    else:
        stored[data.draw(st.integers(0, len(stored) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(stored)
    assert read(path) is None


def test_what_no_build_has_used_for_long_goes_and_so_does_what_was_left_half_written(
    tmp_path: Path,
) -> None:
    used = [Derivative(name, 1, 1, "jpeg", 1, "") for name in ("photos/asked.jpg", "read.jpg")]
    names = [
        *(each.name for each in used),
        "photos/unused.jpg",
        "photos/.new.jpg.7.part",
        "new.jpg",
        ".other.jpg.8.part",
    ]
    for name in names:
        write(tmp_path / name, PICTURE)
    for name in names[:4]:
        os.utime(tmp_path / name, (time.time() - UNUSED - 60,) * 2)
    assert missing(used[:1], tmp_path) == []
    assert read(tmp_path / "read.jpg") == PICTURE
    clean(tmp_path)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {*names[:2], *names[4:]}
