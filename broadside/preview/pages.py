"""The preview's own pages, which plugins have in their preview.py: docs/plugins.md shows how."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from broadside.config.options import Options
from broadside.content.content import Content, ReadOptions
from broadside.parts import modules
from broadside.settings import Settings


class PreviewState(Struct, frozen=True):
    """What pages of the preview show: the content as of the last build, or as it is now if that has
    failed.

    `edit` is the address that edits a file, as editors.edit_in() returns it.
    """

    content: Content
    reading: ReadOptions
    options: Options
    settings: Settings
    edit: str


class NotSaved(Exception):
    """What was sent to a page of the preview cannot be saved; the message says why."""


class PreviewPage(Struct, frozen=True):
    """A page that only ./inv serve shows, made anew after each build, at an address below the root.

    `files` are the style sheets and scripts that it loads from /_broadside/. `save` takes the JSON
    that the page sends to its own address, returns what the page is told, and raises NotSaved.
    """

    address: str
    html: Callable[[PreviewState], bytes]
    files: tuple[Path, ...] = ()
    save: Callable[[Options, Any], str] | None = None


@cache
def own_pages() -> tuple[PreviewPage, ...]:
    """The pages of all plugins, those that an outlet has switched off included."""
    return tuple(page for module in modules("preview") for page in module.PAGES)
