"""Which slots there are."""

from __future__ import annotations

from pathlib import Path

from broadside.look import SLOTS, faults_of_slots
from tests.repository import PROJECT


def test_a_slot_that_does_not_exist_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "slots"
    folder.mkdir(parents=True)
    for name in ("after-storey.html", "head.html"):
        (folder / name).write_text("<p>a</p>", "utf-8")
    (fault,) = faults_of_slots(tmp_path)
    assert (fault.path, fault.code) == (str(folder / "after-storey.html"), "slot")
    assert "after-story" in fault.hint


def test_the_theme_has_each_slot_and_nothing_in_it() -> None:
    folder = PROJECT / "theme" / "templates" / "slots"
    assert {path.stem for path in folder.iterdir()} == {*SLOTS}
    assert faults_of_slots(PROJECT / "theme") == []
