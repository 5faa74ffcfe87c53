"""Outlets that are built once for all tests that only look at them."""

from __future__ import annotations

import pytest

from tests.builds.magazine import built_magazine
from tests.sample import Outlet


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """The magazine with its site; look, but change nothing."""
    return built_magazine(tmp_path_factory.mktemp("magazine"))
