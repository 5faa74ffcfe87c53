"""Reads the content folder for commands that change nothing; does not even write a cache."""

from __future__ import annotations

from broadside.build.report import placed
from broadside.config.options import Options, settings_of
from broadside.content.content import Content, ReadOptions
from broadside.content.read import read_cached
from broadside.faults import FaultsFound
from broadside.settings import Settings


def read(options: Options) -> tuple[Content, ReadOptions, Settings]:
    """The content folder with its faults, and the settings used to read it."""
    settings = settings_of(options)
    content, reading, _ = read_cached(settings)
    return content, reading, settings


def sound(options: Options) -> tuple[Content, ReadOptions, Settings]:
    """The same as read(), but raises FaultsFound if the content has errors and so could not be
    built.
    """
    content, reading, settings = read(options)
    if content.has_errors:
        raise FaultsFound(placed(content.faults, options))
    return content, reading, settings
