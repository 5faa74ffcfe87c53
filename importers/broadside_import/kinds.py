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
"""A kind, and what it reads; the module `broadside_import.KIND` has `read(source, options)`. A line each, in the order of
the docs: wordpress, ghost, substack, hugo, jekyll, eleventy, pelican."""


def reader_of(kind: str) -> Read:
    """The function that reads such an archive; its module is loaded only now."""
    read: Read = import_module(f"broadside_import.{kind}").read
    return read
