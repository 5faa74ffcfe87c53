"""Reads the content folder for commands that change nothing: nothing is written, not even into a cache."""

from __future__ import annotations

from typing import Any

from broadside.desk.options import Options, settings_of
from broadside.desk.report import placed
from broadside.plugins.faults import FaultsFound
from broadside.plugins.newsroom.read import newsroom_of
from broadside.plugins.newsroom.room import Desk, Newsroom


def read(options: Options) -> tuple[Newsroom, Desk, dict[str, Any]]:
    """The content folder with its faults, and the settings by which it was read."""
    settings = settings_of(options)
    newsroom, desk, _ = newsroom_of(settings)
    return newsroom, desk, settings


def sound(options: Options) -> tuple[Newsroom, Desk, dict[str, Any]]:
    """The same, but raises FaultsFound if the content has errors and so could not be built."""
    newsroom, desk, settings = read(options)
    if newsroom.broken:
        raise FaultsFound(placed(newsroom.faults, options))
    return newsroom, desk, settings
