"""Deletes what builds made: ./inv clean."""

from __future__ import annotations

import shutil
from pathlib import Path

from msgspec.structs import replace

from desk.options import PHOTOS, PREVIEW, Options


def clean(options: Options) -> list[Path]:
    """Delete the output, the previews and their caches; returns what was there.

    A folder that no build of ours made has no cache beside it, and is left alone: a slip in --output must not cost
    somebody their files.
    """
    deleted = []
    caches = sorted(PREVIEW.parent.glob(f".{PREVIEW.name}*.cache"))
    previews = [path.with_name(path.name[1:].removesuffix(".cache")) for path in caches]
    for each in (options, *(replace(options, output=str(preview)) for preview in previews)):
        if not each.cache_path.is_dir():
            continue
        for path in (each.output_path, each.cache_path):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
                deleted.append(path)
    if PHOTOS.is_dir():
        shutil.rmtree(PHOTOS)
        deleted.append(PHOTOS)
    return deleted
