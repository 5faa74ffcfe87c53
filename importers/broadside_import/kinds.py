"""The kinds of archive that can be moved in, and the module that reads each."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from broadside_import.model import Archive, Options
from broadside_import.source import Source

Read = Callable[[Source, Options], Archive]

KINDS: dict[str, str] = {
    "wordpress": "the XML that Tools, Export writes: one or several files",
    "ghost": "the JSON that Ghost exports, with content/images beside it or in the same zip",
    "substack": "the zip that Substack exports",
    "hugo": "a Hugo site: its folder, with content and configuration",
    "jekyll": "a Jekyll site: its folder, with _posts and _config.yml",
    "eleventy": "an Eleventy site: its folder, with the texts and their data",
    "pelican": "a Pelican site: its folder, with content and pelicanconf.py",
}
"""A kind, and what it reads. A line each, in the order of the docs: wordpress, ghost, substack, hugo, jekyll, eleventy, pelican."""
READERS = {
    "hugo": ("generators", "Hugo"),
    "jekyll": ("generators", "Jekyll"),
    "eleventy": ("generators", "Eleventy"),
    "pelican": ("pelican", "Pelican"),
}
"""The module and the class of which `read(source, options)` reads such an archive; the others have a module of their name with it."""


def reader_of(kind: str) -> Read:
    """The function that reads such an archive; its module is loaded only now."""
    name, cls = READERS.get(kind, (kind, ""))
    module = import_module(f"broadside_import.{name}")
    read: Read = (getattr(module, cls) if cls else module).read
    return read
