"""Reads the content folder for commands that change nothing: nothing is written, not even into a cache."""

from __future__ import annotations

import importlib
from typing import Any

from broadside.desk.conf import names_of
from broadside.desk.options import Options, settings_of
from broadside.desk.report import placed
from broadside.plugins.faults import FaultsFound
from broadside.plugins.newsroom.read import newsroom_of
from broadside.plugins.newsroom.room import Desk, Newsroom

_registered: set[str] = set()


def with_own_keys(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings, once the outlet's own plugins have added their keys to the front matter; in a build, Pelican sees to that."""
    for name in settings["PLUGINS"]:
        if not name.startswith("broadside.") and name not in _registered:
            _registered.add(name)
            _imported(name).register()
    return settings


def _imported(plugin: str) -> Any:
    name, in_full = names_of(plugin)
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as problem:
        if problem.name != name:
            raise
        return importlib.import_module(in_full)


def read(options: Options) -> tuple[Newsroom, Desk, dict[str, Any]]:
    """The content folder with its faults, and the settings by which it was read."""
    settings = with_own_keys(settings_of(options))
    newsroom, desk, _ = newsroom_of(settings)
    return newsroom, desk, settings


def sound(options: Options) -> tuple[Newsroom, Desk, dict[str, Any]]:
    """The same, but raises FaultsFound if the content has errors and so could not be built."""
    newsroom, desk, settings = read(options)
    if newsroom.broken:
        raise FaultsFound(placed(newsroom.faults, options))
    return newsroom, desk, settings
