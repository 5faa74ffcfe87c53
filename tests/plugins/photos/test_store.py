"""The store of finished pictures: what is damaged in it is not believed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.photos.store import put, taken

PICTURE = b"the bytes of a picture"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "photos" / "a-480.jpg"


def test_a_picture_comes_back_as_it_was_put(place: Path) -> None:
    put(place, PICTURE)
    assert taken(place) == PICTURE
    assert [file.name for file in place.parent.iterdir()] == ["a-480.jpg"]


def test_what_is_not_there_is_not_taken(place: Path) -> None:
    assert taken(place) is None


@pytest.mark.parametrize("other", [b"", b"poison", PICTURE, PICTURE * 9])
def test_what_was_not_put_there_is_taken_away(place: Path, other: bytes) -> None:
    place.parent.mkdir()
    place.write_bytes(other)
    assert taken(place) is None
    assert not place.exists()


def test_of_two_builds_that_see_the_damage_none_fails(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.parent.mkdir()
    place.write_bytes(b"poison")
    read = Path.read_bytes

    def read_and_let_another_take_it_away(path: Path) -> bytes:
        data = read(path)
        path.unlink()
        return data

    monkeypatch.setattr(Path, "read_bytes", read_and_let_another_take_it_away)
    assert taken(place) is None


@given(st.binary(max_size=99), st.data())
def test_no_change_goes_unseen(tmp_path_factory: pytest.TempPathFactory, picture: bytes, data: st.DataObject) -> None:
    place = tmp_path_factory.mktemp("store") / "a.jpg"
    put(place, picture or PICTURE)
    sealed = bytearray(place.read_bytes())
    if data.draw(st.booleans()):
        del sealed[data.draw(st.integers(0, len(sealed) - 1)) :]
    else:
        sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    place.write_bytes(sealed)
    assert taken(place) is None
