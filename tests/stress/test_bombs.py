"""Pictures that ask for much more than they are end in a fault or a picture, in little memory and
without a long wait.
"""

from __future__ import annotations

from pathlib import Path

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
    assert set(out.values()) <= {"photo-too-large", "photo-damaged"}
