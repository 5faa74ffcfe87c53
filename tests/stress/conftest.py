"""What the suites of killed builds share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.changing import Changing


@pytest.fixture
def changing(tmp_path: Path) -> Changing:
    changing = Changing(tmp_path)
    assert "published," in changing.outlet.rebuild()
    return changing
