"""Outlets that are built once for all tests that only look at them."""

from __future__ import annotations

import pytest

import plugins.assets
import plugins.cards
import plugins.corrections
import plugins.feeds
import plugins.front_page
import plugins.indexes
import plugins.keep_reading
import plugins.newsroom
import plugins.photos
import plugins.press
import plugins.rails
import plugins.related
import plugins.republish
import plugins.roundup
import plugins.roundup.edition
import plugins.roundup.entry
import plugins.search
import plugins.sitemaps  # noqa: F401 -- all of them, so that forked builds find them loaded
from tests.builds.magazine import magazine
from tests.outlet import Outlet


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """The magazine with its site; look, but change nothing."""
    outlet = magazine(tmp_path_factory.mktemp("magazine"))
    done = outlet.build()
    assert done.returncode == 0, done.stderr
    return outlet
