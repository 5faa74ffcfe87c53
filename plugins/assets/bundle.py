"""The theme's style sheets and scripts as files whose names change with their contents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import lightningcss
from msgspec import Struct

from broadside.plugins.faults import SiteFailed


class AssetFailed(SiteFailed):
    """A file of the theme cannot be used; the message says which and why."""


class Asset(Struct, frozen=True):
    """A file of the theme: its address, which contains a digest of its bytes, and the bytes."""

    url: str
    data: bytes


def stylesheet(css: Path) -> Asset:
    """All CSS of the theme as one small file: tokens, base, the components, then the pages by name, and the rules for print."""
    by_name = [part for folder in ("components", "pages") for part in sorted((css / folder).glob("*.css"))]
    parts = [css / "tokens.css", css / "base.css", *by_name, css / "print.css"]
    return _bundled("theme/site.css", parts)


def feed_stylesheet(css: Path) -> Asset:
    """The style sheet for feeds in a browser, in a file of its own, so that no page of the site carries it."""
    return _bundled("theme/feed.css", [css / "tokens.css", css / "feed.css"])


def _bundled(url: str, parts: Iterable[Path]) -> Asset:
    return named(url, _minified("\n".join(_checked(part) for part in parts if part.is_file())).encode())


def _checked(path: Path) -> str:
    """One CSS file, checked separately, so that a missing brace in it cannot swallow the next one."""
    try:
        return _minified(path.read_text("utf-8"))
    except ValueError as problem:
        raise AssetFailed(f"{path}: {problem}") from None


def _minified(css: str) -> str:
    return str(lightningcss.process_stylesheet(css, minify=True))


def as_it_is(path: Path) -> Asset:
    """A script or picture, unchanged: our scripts are short enough."""
    return named(f"theme/{path.name}", path.read_bytes())


def named(url: str, data: bytes) -> Asset:
    """The asset with a digest in its name, so that it can be cached for ever."""
    stem, dot, ending = url.rpartition(".")
    return Asset(f"{stem}-{hashlib.blake2b(data, digest_size=5).hexdigest()}{dot}{ending}", data)
