"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from broadside.settings import PluginSettings
from broadside.shapes import Keys, Outside, Secure, Service


class Archive(Keys):
    """Where copies of pages are: either a public archive or a folder."""

    available: Service = ""
    """The address at which a public archive says whether it has a copy, as the Wayback Machine
    does: `{url}` stands for the page, as in `"https://archive.org/wayback/available?url={url}"`.
    """
    save: Service = ""
    """The address at which it saves one, such as `"https://web.archive.org/save/{url}"`."""
    folder: str = ""
    """Your own folder for copies, such as `"copies"`."""
    url: Secure = ""
    """The address at which the files of this folder are public, with `https://`: a host of its own,
    because the copies are other people's pages with their scripts. Without it, editors alone have
    the copies.
    """


def _one_kind(archive: Mapping[str, Any] | None) -> None:
    """It is one of the two, and each address has a place for that of a page."""
    if archive is None:
        return
    asked = [archive[name] for name in ("available", "save") if name in archive]
    if len(asked) != (0 if "folder" in archive else 2):
        raise ValueError("should have either available and save, or folder")
    if not all("{url}" in address for address in asked):
        raise ValueError("should have {url} in available and in save")


CHECKS = {"SOURCES_ARCHIVE": _one_kind}


class SourcesSettings(PluginSettings):
    """What an outlet sets of it."""

    ## The outlet
    SOURCES: Outside = ""
    """The file in which `./inv sources` notes what became of the pages that stories [link
    to](editors-reference.md#pages-that-stories-link-to), such as `"sources.json"`: keep it in the
    repository. `""` notes nothing.
    """
    SOURCES_BELOW: bool = False
    """Whether each story ends with a list of those pages: "What this story rests on"."""
    SOURCES_ARCHIVE: Archive | None = None
    """Where `./inv sources` finds or saves copies of them: a public archive or a folder."""
