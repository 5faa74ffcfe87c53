"""Deletes what builds made: ./inv clean."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from desk.options import PREVIEW, Options


def clean(options: Options) -> list[Path]:
    """Delete the output, the preview and their caches; returns what was there."""
    preview = replace(options, output=str(PREVIEW))
    paths = [options.output_path, options.cache_path, preview.output_path, preview.cache_path]
    there = [path for path in paths if path.is_dir() and not path.is_symlink()]
    for path in there:
        shutil.rmtree(path)
    return there
