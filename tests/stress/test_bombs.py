"""Pictures that ask for much more than they are end in a fault or a picture, in little memory and without a long wait."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

from PIL import Image

from broadside.plugins.photos.inspect import MAX_BYTES
from tests.watch import pictures
from tests.watch.little_memory import published, ran, with_pictures


def test_bombs_end_in_a_fault(tmp_path: Path) -> None:
    made, names = with_pictures(tmp_path, pictures.bombs())
    code, said = ran(made, "check")
    assert (code, "Traceback" in said) == (1, False), said
    out = published(made)
    harmless = {"notes-jpg", "exif-jpg", "more-pixels-than-said-png"}
    claimed = {"claimed-jpg", "claimed-webp", "claimed-avif"}
    large = {"black-png", "deep-png"}
    assert set(names) - out.keys() >= harmless | large, out
    assert set(names) - out.keys() <= harmless | claimed | large, out
    assert set(out.values()) <= {"photo-too-large", "photo-damaged", "photo-truncated"}


def test_the_bombs_are_bombs() -> None:
    """A picture's worth of work in a few bytes each: what the limits are there for."""
    made = dict(pictures.bombs())
    assert len(made["wide.png"]) < 1_000
    assert Image.open(io.BytesIO(made["scans.jpg"])).size == (7_000, 7_000)
    assert made["scans.jpg"].count(b"\xff\xda") > 20_000
    assert len(made["profiles.png"]) < MAX_BYTES
    assert len(zlib.decompress(pictures.zeros(100))) == 100_000_000
