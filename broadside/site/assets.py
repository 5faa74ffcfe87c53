"""Style sheets and scripts that few pages need, each a file whose name changes with its contents.

Templates have their addresses by name, as `extra_css` and `extra_js`; extras.html links to them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from broadside.faults import SiteFailed
from broadside.site import Page, Site

COMMENT = re.compile(rb"(?m)^[ ]*//.*\n")
PLACE = re.compile(r" at :(\d+):(\d+)$")


class AssetFailed(SiteFailed):
    """A file of the look cannot be used; the message says which and why."""


class Asset(Struct, frozen=True):
    """A file of the look: its address, which contains a digest of its bytes, and the bytes."""

    url: str
    data: bytes


def add_stylesheet(site: Site, *files: Path | str) -> None:
    """Publish style sheets as one, by the name of the first; a relative path is one in the theme's
    static/.
    """
    paths = [_path(site, file) for file in files]
    name = paths[0].stem
    _add(site, "extra_css", name, bundled(f"theme/{name}.css", [checked(path) for path in paths]))


def add_script(site: Site, file: Path | str) -> None:
    """Publish a script by its name, without its comments; a relative path is one in the theme's
    static/.
    """
    path = _path(site, file)
    _add(site, "extra_js", path.stem, without_comments(path))


def _path(site: Site, file: Path | str) -> Path:
    return Path(site.settings.THEME, "static", file)


def _add(site: Site, kind: str, name: str, asset: Asset) -> None:
    addresses = site.values.setdefault(kind, {})
    if addresses.setdefault(name, asset.url) != asset.url:
        raise AssetFailed(f'{kind} has another file named "{name}"; give one of them another name')
    site.assets.append(Page(asset.url, asset.data))


def bundled(url: str, texts: Iterable[str]) -> Asset:
    """One style sheet of several."""
    return named(url, minified("\n".join(texts)).encode())


def checked(path: Path, is_wanted: Callable[[str], bool] = bool) -> str:
    """A style sheet, minified, so that a missing brace in it cannot swallow the next; "" if it is
    not wanted.
    """
    try:
        css = path.read_text("utf-8")
        return minified(css) if is_wanted(css) else ""
    except (OSError, ValueError) as problem:
        raise AssetFailed(f"{path}: {_from_line_1(str(problem))}") from None


def _from_line_1(problem: str) -> str:
    """A message of lightningcss, with lines counted from 1 instead of 0."""
    return PLACE.sub(lambda match: f" in line {int(match[1]) + 1}, column {match[2]}", problem)


@lru_cache(maxsize=256)  # most files are in several style sheets
def minified(css: str) -> str:
    """A style sheet without what browsers do not need."""
    import lightningcss  # slow to load, and commands that build nothing load this module too

    return str(lightningcss.process_stylesheet(css, minify=True))


def without_comments(path: Path) -> Asset:
    """A script without the lines that are comments."""
    return named(f"theme/{path.name}", COMMENT.sub(b"", path.read_bytes()))


def named(url: str, data: bytes) -> Asset:
    """The asset with a digest in its name, so that it can be cached for ever."""
    stem, dot, ending = url.rpartition(".")
    return Asset(f"{stem}-{hashlib.blake2b(data, digest_size=5).hexdigest()}{dot}{ending}", data)
