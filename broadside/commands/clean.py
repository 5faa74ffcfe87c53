"""Deletes what builds made: ./inv clean."""

from __future__ import annotations

import shutil
from pathlib import Path

from broadside.build.staging import is_ours, is_repository
from broadside.config.options import PHOTOS, PREVIEW, Options


def clean(options: Options) -> list[Path]:
    """Delete the output, the previews and their caches, and return what was deleted.

    A folder that no build of ours made has no cache beside it, or nothing of a site in it, and is left alone; so is a Git
    repository. A slip in --output must not cost anybody their files.
    """
    caches = [options.cache_path, *sorted(PREVIEW.parent.glob(f".{PREVIEW.name}*.cache"))]
    made = [path for cache in caches if cache.is_dir() for path in (*_outputs_beside(cache), cache)]
    deleted = []
    for path in (*made, PHOTOS):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
            deleted.append(path)
    return deleted


def _outputs_beside(cache: Path) -> list[Path]:
    """The output to which a cache belongs, by the inverse of Options.cache_path; none if it is not ours to delete."""
    output = cache.with_name(cache.name.removeprefix(".").removesuffix(".cache"))
    return [output] if is_ours(output, cache) and not is_repository(output) else []
