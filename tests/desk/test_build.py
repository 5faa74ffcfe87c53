"""The build as a whole: what it says of its time."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from broadside.desk import build as building
from broadside.desk.options import Options
from broadside.desk.report import Report


def test_the_report_gives_the_seconds_of_the_whole_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    clock = count(100)

    def built(*_: object) -> Report:
        next(clock)  # all that is looked at, loaded and made
        return Report()

    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    monkeypatch.setattr(building, "_checked_or_made", built)
    assert building.build(Options(output=str(tmp_path))).seconds == 2
