"""Polyglots and broken pictures end in a clear fault, or come out as plain pictures, in little
memory.

Bombs, which take a while even where they are refused, are in tests/stress/test_bombs.py.
"""

from __future__ import annotations

from pathlib import Path

from tests.watch import pictures
from tests.watch.little_memory import published, with_pictures


def test_a_polyglot_is_refused_or_its_tail_is_not_published(tmp_path: Path) -> None:
    made, names = with_pictures(tmp_path, pictures.polyglots())
    out = published(made)
    clean = {
        "comment-handler-jpg",
        "comment-svg-jpg",
        "app-jpg",
        "exif-jpg",
        "text-png",
        "unknown-chunk-png",
        "profile-png",
        *(f"text-behind-{kind}" for kind in pictures.FORMATS),
    }
    assert set(names) - out.keys() == clean
    files = made.files()
    shown = [name for name in files if name.startswith("photos/")]
    assert len(shown) >= 3 * len(clean)
    assert [name for name, data in files.items() if pictures.MARK in data] == []
    assert {Path(name).suffix for name in shown} == {".avif", ".webp", ".jpg"}


def test_a_picture_that_stops_short_is_refused_or_whole(tmp_path: Path) -> None:
    made, names = with_pictures(tmp_path, pictures.short())
    out = published(made)
    assert [name for name in names if name.startswith(("tenth", "last")) and name not in out] == []
    assert set(out.values()) <= {"photo-damaged", "photo-kind", "photo-too-large"}
