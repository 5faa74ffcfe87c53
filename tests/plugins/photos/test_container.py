"""Where pictures end: truncated files, and files that hold more than a picture."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.photos.inspect import inspect, inspect_bytes
from broadside.plugins.photos.values import Original
from tests.plugins.photos.conftest import Shot, codes, made, scene

STARTS = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8X", b"\0\0\0\x18ftypavif"]


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.avif"])
def test_animation_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    scene(40, 40).save(path, save_all=True, append_images=[scene(40, 40).rotate(90)], duration=50)
    assert codes(path) == ["photo-animated"]


@pytest.mark.parametrize("lossless", [True, False])
def test_a_still_of_the_short_form_is_no_animation(shot: Shot, lossless: bool) -> None:
    assert isinstance(inspect(shot("a.webp", lossless=lossless)), Original)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif"])
@pytest.mark.parametrize("keep", [0.1, 0.6, 0.99])
def test_truncated(shot: Shot, name: str, keep: float) -> None:
    path = shot(name)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    assert set(codes(path)) <= {"photo-truncated", "photo-kind"}


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif"])
@pytest.mark.parametrize("tail", ["zip", "html", "code"])
def test_polyglot(shot: Shot, name: str, tail: str) -> None:
    path = shot(name)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("x.js", "alert(1)")
    tails = {"zip": archive.getvalue(), "html": b"<html><script>alert(1)</script>", "code": b"\nprint('hello, world')"}
    path.write_bytes(path.read_bytes() + tails[tail])
    assert codes(path) == ["photo-hides-data"]


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif"])
@pytest.mark.parametrize("tail", [b"\x1a", b"left behind here"])
def test_a_few_bytes_after_the_end_are_accepted_and_never_published(shot: Shot, name: str, tail: bytes) -> None:
    path = shot(name)
    path.write_bytes(path.read_bytes() + tail)
    store = path.parent / "store"
    assert made(path, store)
    assert [file for file in store.rglob("*.*") if b"left behind here" in file.read_bytes()] == []


@pytest.mark.parametrize("tail", [b"<svg>", b"#!/bin/sh", b"GIF89a", b"PK\x03\x04", b"%PDF-1.7", b"x" * 17])
def test_what_may_be_the_beginning_of_another_file_is_not(shot: Shot, tail: bytes) -> None:
    path = shot()
    path.write_bytes(path.read_bytes() + tail)
    assert codes(path) == ["photo-hides-data"]


@pytest.mark.parametrize("comment", [b"<ScRiPt>alert(1)</script>", b"zip"])
def test_what_hides_in_a_comment(shot: Shot, comment: bytes) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("x.js", "alert(1)")
    assert codes(shot(comment=archive.getvalue() if comment == b"zip" else comment)) == ["photo-hides-data"]


def test_a_telephones_second_jpeg_and_padding_are_no_polyglot(shot: Shot) -> None:
    path = shot()
    preview = shot("b.jpg", (20, 20)).read_bytes()
    path.write_bytes(path.read_bytes() + b"\0" * 9 + preview + b"\0" * 64)
    assert isinstance(inspect(path), Original)


@pytest.mark.parametrize("padding", [b"", b"\0"])
def test_no_telephone_adds_thousands_of_jpegs(shot: Shot, padding: bytes) -> None:
    """Behind each, the rest of the file was copied: 30 MB of them took hours."""
    path = shot()
    path.write_bytes(path.read_bytes() + (b"\xff\xd8\xff\xda\0\2\xff\xd9" + padding) * 5_000)
    assert codes(path) == ["photo-hides-data"]


def test_fill_before_a_marker_is_passed_over(shot: Shot) -> None:
    path = shot()
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff" * 1_000 + data[2:])
    assert isinstance(inspect(path), Original)


def test_a_multi_picture_file_shows_its_first_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    scene(120, 80).save(path, format="MPO", save_all=True, append_images=[scene(30, 20)])
    found = inspect(path)
    assert isinstance(found, Original)
    assert (found.width, found.height) == (120, 80)


@pytest.mark.parametrize("progressive", [True, False])
def test_a_jpeg_with_restart_markers_ends_where_it_ends(shot: Shot, progressive: bool) -> None:
    path = shot(size=(300, 200), progressive=progressive, restart_marker_blocks=1)
    assert isinstance(inspect(path), Original)


@given(
    st.sampled_from(STARTS),
    st.binary(),
)
def test_rubbish_behind_a_good_start_is_refused_and_never_raises(start: bytes, rest: bytes) -> None:
    assert isinstance(inspect_bytes(start + rest, "a.jpg"), list)
