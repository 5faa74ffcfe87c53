"""The files of the editor as the engine has them: Sveltia CMS, whose licence is among them. tools/editor.py writes them."""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).parent / "sveltia"


def digests() -> dict[str, str]:
    """The digest of each file by its path below /admin/."""
    names: dict[str, str] = json.loads((FOLDER / "files.json").read_text("utf-8"))["files"]
    return names


def file(name: str, digest: str) -> bytes:
    """A file; its digest says that it has not changed since another build."""
    del digest
    path = FOLDER / name
    if path.is_file():  # a face, which is compressed by itself
        return path.read_bytes()
    import brotli

    return bytes(brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()))
