"""The theme's stylesheet and scripts as files whose names change with their contents."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import lightningcss


class AssetFailed(Exception):
    """A file of the theme cannot be used; says which and why."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the theme: its address, which holds a digest of its bytes, and the bytes."""

    url: str
    data: bytes


def stylesheet(css: Path) -> Asset:
    """All CSS of the theme as one small file: tokens, base, the components by name, and what is for print."""
    parts = [css / "tokens.css", css / "base.css", *sorted((css / "components").glob("*.css")), css / "print.css"]
    texts = {part: part.read_text("utf-8") for part in parts if part.is_file()}
    try:
        return named("theme/site.css", lightningcss.process_stylesheet("\n".join(texts.values()), minify=True).encode())
    except ValueError:
        raise AssetFailed(_culprit(texts)) from None


def _culprit(texts: dict[Path, str]) -> str:
    """Which of the stylesheets has an error, and where."""
    for path, text in texts.items():
        try:
            lightningcss.process_stylesheet(text)
        except ValueError as problem:
            return f"{path}: {problem}"
    return "the stylesheets are good one by one, but not together"


def script(path: Path) -> Asset:
    """A script as it is: ours are short enough."""
    return named(f"theme/{path.name}", path.read_bytes())


def named(url: str, data: bytes) -> Asset:
    """The asset with a digest in its name, so that it may be cached for ever."""
    stem, dot, ending = url.rpartition(".")
    return Asset(f"{stem}-{hashlib.blake2b(data, digest_size=5).hexdigest()}{dot}{ending}", data)
