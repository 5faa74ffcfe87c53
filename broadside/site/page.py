"""What plugins hand over: pages, and bundles of files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct


class Copied(Struct, frozen=True):
    """A file that a page is a copy of: its full path, and the digest of its bytes, by which it counts."""

    path: str
    digest: str


class Page(Struct, frozen=True):
    """A file of the site: its path below the output folder, what makes it, and the values that this is handed.

    `content` is the name of a template ("front"), a function of the values that returns bytes, the bytes themselves, or a file.
    A page may depend on nothing but its values, the settings, the templates and the code: these decide whether it is made anew.
    Stories under the names `article`, `stories` and `roundup` count with all that their own pages show, any others as teasers.
    """

    path: str
    content: str | bytes | Callable[..., bytes] | Copied
    values: Mapping[str, Any] = {}


class Bundle(Struct, frozen=True):
    """Files below one folder that are made together by a function of the values, which returns their bytes by name.

    The folder may also hold other bundles' folders and pages, as long as no file is claimed twice.
    """

    folder: str
    make: Callable[..., Mapping[str, bytes]]
    values: Mapping[str, Any] = {}

    def owns(self, path: str) -> bool:
        """Whether a path lies in the bundle's folder."""
        return path.startswith(f"{self.folder}/")
