"""The magazine, which is built once for all tests that only look at it."""

from __future__ import annotations

import fcntl
import os

import pytest

from tests.builds.magazine import built_magazine
from tests.sample import Outlet


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """The magazine with its site; look, but change nothing: the processes that share the tests
    share it too.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with (folder / "magazine.lock").open("w") as hold:
        fcntl.flock(hold, fcntl.LOCK_EX)
        place = folder / "magazine"
        if (place / "output").exists():
            return Outlet(place)
        place.mkdir()
        return built_magazine(place)
