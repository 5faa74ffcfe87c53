"""What Git knows of the sources; where there is no Git, nothing is known, and the clock decides alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desk import git


def commit_of(folder: Path) -> str:
    """The commit that is checked out in a folder; "" where it is in no repository, or Git is not there.

    Outside a repository Git is not started at all: a build reads nothing but its own folders.
    """
    inside = any((each / ".git").exists() for each in (folder, *folder.parents))
    return git.commit_of(folder, "HEAD") if inside else ""


def is_dirty(folder: Path, paths: Sequence[Path]) -> bool:
    """Whether some paths of a repository have changes that no commit holds, new files among them."""
    inside = [str(path) for path in paths if path.exists()]
    try:
        return bool(git.git(folder, "status", "--porcelain", "--untracked-files=normal", "--", *inside).strip())
    except git.GitFailed:
        return False


def is_ancestor(folder: Path, one: str, other: str) -> bool | None:
    """Whether the second commit came of the first; None where Git does not know both."""
    known = git.commit_of(folder, one) and git.commit_of(folder, other)
    return git.is_ancestor(folder, one, other) if known else None
