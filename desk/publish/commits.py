"""What Git knows of the sources. Without Git nothing is known, and the clock alone decides which build is newer."""

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


def uncommitted(folder: Path, paths: Sequence[Path]) -> list[str]:
    """The files at or below some paths of a repository that are new or have uncommitted changes."""
    inside = [str(path) for path in paths if path.exists()]
    flags = ["--porcelain", "-z", "--no-renames", "--untracked-files=normal"]
    try:
        return [line[3:] for line in git.listed(git.git(folder, "status", *flags, "--", *inside))]
    except git.GitFailed:
        return []
