"""What the tests of the audit share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.plugins.audit.repository import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path)
