"""Decides which changed files call for a new build of the preview."""

from __future__ import annotations

import os
from collections.abc import Set
from pathlib import Path
from typing import Any

from msgspec import Struct

from broadside.plugins.newsroom.folder import is_left_over

NOT_WATCHED = {"output", "node_modules", "__pycache__", "tests", "docs", "tools"}
"""Folders of the project that no page depends on."""
CODE = (".py", ".lock")
HALF_WRITTEN = (".swp", ".swx", ".tmp", ".part", ".pyc")
"""Endings of temporary files beside the theme and the code; in the content, every file counts that a build sees."""


class Wanted(Struct, frozen=True):
    """Says whether a changed file matters: the content, theme, settings and code do; what builds and editors leave does not."""

    content: Path
    project: Path
    made: tuple[Path, ...] = ()

    def __call__(self, _: Any, path: str) -> bool:
        """Whether a change to this file calls for a build."""
        file = Path(path)
        if any(file.is_relative_to(folder) for folder in self.made):
            return False
        if file.is_relative_to(self.content):  # everything that a build would read or complain of
            return _is_seen(file.relative_to(self.content))
        if not file.is_relative_to(self.project):
            return False
        inside = file.relative_to(self.project)
        # Such as a log in the project folder, which grows with each build.
        is_stray = len(inside.parts) == 1 and "." in file.name and not path.endswith(CODE)
        is_half_written = inside.name.endswith(HALF_WRITTEN)
        return not (is_stray or is_half_written) and _is_seen(inside) and not NOT_WATCHED & set(inside.parts)


def the_story(content: Path, paths: Set[str]) -> str:
    """The path, relative to the content folder, of the one story that was saved; "" if anything else was saved too.

    Other files that are already gone do not count: editors make them to see whether they may write, or to save safely.
    """
    saved = [path for path in paths if path.endswith(".md") or os.path.lexists(path)]
    if len(saved) == 1:
        file = Path(saved[0])
        if file.suffix == ".md" and file.is_file() and file.is_relative_to(content / "articles"):
            return file.relative_to(content).as_posix()
    return ""


def _is_seen(inside: Path) -> bool:
    return not any(map(is_left_over, inside.parts))
