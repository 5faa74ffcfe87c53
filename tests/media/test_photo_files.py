"""What inspection accepts, what it refuses, and under which code."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import ExifTags, Image

from broadside.media import photo_files as module
from broadside.media.photo_files import doubts, inspect, inspect_bytes, shape_problems, stem_of
from broadside.media.photos import Original
from broadside.media.pictures import DecodeJob, make
from tests.media.conftest import Shot, codes, made, scene
from tests.watch import pictures

STARTS = [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8X", b"\0\0\0\x18ftypavif"]
KINDS = [
    ("a.jpg", "jpeg"),
    ("a.JPEG", "jpeg"),
    ("a.png", "png"),
    ("a.webp", "webp"),
    ("a.avif", "avif"),
]


def png_header(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        map(pictures.chunk, (b"IHDR", b"IDAT", b"IEND"), (header, b"x", b""))
    )


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_accepts_the_four_kinds(shot: Shot, name: str, kind: str) -> None:
    found = inspect(shot(name))
    assert isinstance(found, Original)
    assert (found.stem, found.width, found.height, found.kind) == ("a", 120, 80, kind)


@pytest.mark.parametrize(
    ("name", "turn"),
    [*(("a.jpg", turn) for turn in range(1, 9)), ("a.png", 6), ("a.webp", 7), ("a.avif", 8)],
)
def test_size_is_that_after_orientation(shot: Shot, name: str, turn: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    found = inspect(shot(name, exif=exif))
    assert isinstance(found, Original)
    assert (found.width, found.height) == ((120, 80) if turn < 5 else (80, 120))


@pytest.mark.parametrize("value", [0, 9, 77])
def test_an_impossible_orientation_is_none(shot: Shot, value: int) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = value
    found = inspect(shot(exif=exif))
    assert isinstance(found, Original)
    assert (found.width, found.height) == (120, 80)


def test_missing_and_unreadable(tmp_path: Path) -> None:
    assert codes(tmp_path / "none.jpg") == ["photo-damaged"]
    assert codes(tmp_path) == ["photo-damaged"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "photo-damaged"),
        (
            b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
            "photo-kind",
        ),
        (b"<!DOCTYPE html><html></html>", "photo-kind"),
        (b"%PDF-1.7", "photo-kind"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "photo-kind"),
        (b"version https://git-lfs.github.com/spec/v1\n", "photo-kind"),
        (b"hello", "photo-kind"),
        (b"<svg></svg>", "photo-kind"),
        (b"II*\x00", "photo-kind"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, code: str) -> None:
    found = inspect_bytes(content, "a.jpg")
    assert isinstance(found, list)
    assert [problem.code for problem in found] == [code]


def test_gif_is_refused(shot: Shot) -> None:
    assert codes(shot("a.gif")) == ["photo-kind"]


def test_wrong_extension(shot: Shot) -> None:
    path = shot("a.png")
    assert codes(path.rename(path.with_suffix(".jpg"))) == ["photo-kind"]


@pytest.mark.parametrize("side", [8_000, 30_000])
def test_too_many_pixels_are_refused_by_the_header(side: int) -> None:
    found = inspect_bytes(png_header(side, side), "a.png")
    assert isinstance(found, list)
    assert [problem.code for problem in found] == ["photo-too-large"]


def test_too_many_bytes_are_refused_unread(shot: Shot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    assert codes(shot()) == ["photo-too-large"]


def test_a_strip_is_no_photo(shot: Shot) -> None:
    path = shot(size=(505, 50))
    original = inspect(path)
    assert isinstance(original, Original)
    assert [problem.code for problem in shape_problems(original, path.name)] == ["photo-kind"]
    assert shape_problems(replace(original, height=51), path.name) == []


def test_a_photo_that_is_larger_than_readers_see_it_is_told_with_its_size(shot: Shot) -> None:
    wide, heavy = shot(size=(6_001, 1_000)), shot("b.jpg")
    with heavy.open("ab") as file:
        file.write(bytes(10_000_000))
    for path, told in (
        (wide, "6,001 × 1,000 pixels"),
        (heavy, "10 MB"),
        (shot("c.jpg", size=(6_000, 1_000)), ""),
    ):
        original = inspect(path)
        assert isinstance(original, Original)
        found = doubts(original, path.name)
        assert [(problem.code, problem.severity) for problem in found] == [
            ("photo-too-large", "warning")
        ] * bool(told)
        assert told in "".join(problem.message for problem in found)


def test_a_strip_that_is_too_long_to_be_encoded_is_refused() -> None:
    found = inspect_bytes(png_header(20, 16_384), "a.png")
    assert isinstance(found, list)
    assert [problem.code for problem in found] == ["photo-kind"]
    assert isinstance(inspect_bytes(png_header(2_000, 16_384), "a.png"), Original)


def test_every_problem_is_told_at_once() -> None:
    found = inspect_bytes(png_header(9_000, 9_000) + b"<?php", "a.webp")
    assert isinstance(found, list)
    assert [problem.code for problem in found] == ["photo-kind", "photo-kind", "photo-too-large"]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Élysée Palace (2).JPG", "elysee-palace-2"),
        ("東京.jpg", "photo"),
        ("../../x.jpg", "x"),
        ("a__b--.png", "a-b"),
    ],
)
def test_stem(name: str, stem: str) -> None:
    assert stem_of(name) == stem


@given(st.text())
def test_any_stem_is_safe_in_a_url(name: str) -> None:
    stem = stem_of(name.replace("\0", ""))
    assert stem
    assert set(stem) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_picture_of_very_many_scans_or_notes_is_refused_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each scan costs as much as a picture, and each EXIF note a copy of those before it: 2 MB took
    a quarter of an hour.
    """
    many = [
        pictures.jpeg_of_scans(300, side=64),
        pictures.jpeg_with(0xE1, *[b"Exif\0\0x"] * 300),
        pictures.png(*[pictures.chunk(b"tEXt", b"Comment\0x")] * 300),
    ]
    opened: list[object] = []
    monkeypatch.setattr(module, "open_picture", lambda *args: opened.append(args))
    for data, name in zip(many, ("a.jpg", "b.jpg", "a.png"), strict=True):
        found = inspect_bytes(data, name)
        assert isinstance(found, list)
        assert [problem.code for problem in found] == ["photo-damaged"]
    assert opened == []


def test_what_only_a_library_would_read_at_length_is_refused_unread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pillow takes no marker of these five for the beginning of a segment, and an end before the
    first scan for none.
    """
    notes = b"\xff\xe1\0\x09Exif\0\0x" * 300
    end = pictures.picture("jpg")[2:]
    monkeypatch.setattr(module, "open_picture", lambda *args: pytest.fail("it was read"))
    for data in (
        *(pictures.jpeg_with(marker, notes) for marker in (0x00, 0xC8, 0xD0, 0xD8, 0xF0)),
        b"\xff\xd8\xff\xd9\xff\xd8" + notes + end,
        b"\xff\xd8" + notes + end[:-2],
        b"\xff\xd8" + notes + end + b"tail",
        b"\xff\xd8" + b"\xff" * 100_000 + end,
    ):
        found = inspect_bytes(data, "a.jpg")
        assert isinstance(found, list)
        assert {problem.code for problem in found} <= {"photo-damaged"}


def test_megabytes_of_an_editors_notes_are_not_too_many() -> None:
    """Photoshop keeps the ids of whatever was pasted into a picture, in segments that are full."""
    data = pictures.jpeg_with(
        0xE1, *[b"http://ns.adobe.com/xmp/extension/\0" + b"x" * 65_000] * 300
    )
    assert isinstance(inspect_bytes(data, "a.jpg"), Original)


def test_what_encoders_make_is_not_too_many(shot: Shot) -> None:
    assert isinstance(inspect(shot("a.jpg", progressive=True)), Original)
    data = pictures.jpeg_of_scans(100, side=64)
    assert isinstance(inspect_bytes(data, "a.jpg"), Original)
    # a PNG's pixels lie in pieces of a few kB
    pixels = pictures.png(*[pictures.chunk(b"IDAT", b"")] * 300)
    assert isinstance(inspect_bytes(pixels, "a.png"), Original)


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.avif"])
def test_animation_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    scene(40, 40).save(path, save_all=True, append_images=[scene(40, 40).rotate(90)], duration=50)
    assert codes(path) == ["photo-kind"]


@pytest.mark.parametrize("lossless", [True, False])
def test_a_still_of_the_short_form_is_no_animation(shot: Shot, lossless: bool) -> None:
    assert isinstance(inspect(shot("a.webp", lossless=lossless)), Original)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif"])
@pytest.mark.parametrize("keep", [0.1, 0.6, 0.99])
def test_a_picture_that_stops_short_is_refused_at_the_latest_when_it_is_decoded(
    shot: Shot, name: str, keep: float
) -> None:
    path = shot(name)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    found = inspect(path)
    if isinstance(found, Original):
        assert name in ("a.webp", "a.avif")
        assert [
            problem.code for problem in make(DecodeJob(path, found), path.parent / "store")
        ] == ["photo-damaged"]
    else:
        assert {problem.code for problem in found} <= {"photo-damaged", "photo-kind"}


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif"])
@pytest.mark.parametrize("tail", ["zip", "html"])
def test_polyglot(shot: Shot, name: str, tail: str) -> None:
    path = shot(name)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("x.js", "alert(1)")
    tails = {"zip": archive.getvalue(), "html": b"<html><script>alert(1)</script>"}
    path.write_bytes(path.read_bytes() + tails[tail])
    assert codes(path) == ["photo-kind"]


@pytest.mark.parametrize("comment", [b"<ScRiPt>alert(1)</script>", b"zip"])
def test_what_hides_in_a_comment(shot: Shot, comment: bytes) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        zipped.writestr("x.js", "alert(1)")
    assert codes(shot(comment=archive.getvalue() if comment == b"zip" else comment)) == [
        "photo-kind"
    ]


def test_a_telephones_second_jpeg_and_padding_are_no_polyglot(shot: Shot) -> None:
    path = shot()
    preview = shot("b.jpg", (20, 20)).read_bytes()
    path.write_bytes(path.read_bytes() + b"\0" * 9 + preview + b"\0" * 64)
    assert isinstance(inspect(path), Original)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.avif"])
def test_what_follows_a_picture_is_never_published(shot: Shot, name: str) -> None:
    path = shot(name)
    path.write_bytes(path.read_bytes() + b"left behind here" * 9)
    store = path.parent / "store"
    assert made(path, store)
    assert [file for file in store.rglob("*.*") if b"left behind here" in file.read_bytes()] == []


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
