"""What the suites of killed builds share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.changing import Changing


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the module that takes longest, so that no process waits for it in the end."""
    items.sort(key=lambda item: item.path.stem != "test_hostile")


@pytest.fixture
def changing(tmp_path: Path) -> Changing:
    changing = Changing(tmp_path)
    assert "published," in changing.outlet.rebuild()
    return changing
