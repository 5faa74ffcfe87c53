"""What Git knows of the sources. Outside a repository it knows nothing, and the clock alone decides which build is newer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from broadside.desk import git


def commit_of(folder: Path) -> str | None:
    """The commit that is checked out in a folder; "" outside a repository, None if Git names no commit inside one.

    Outside a repository Git is not started at all: a build reads nothing but its own folders.
    """
    inside = any((each / ".git").exists() for each in (folder, *folder.parents))
    return (git.commit_of(folder, "HEAD") or None) if inside else ""


def why_none(folder: Path) -> str:
    """Why Git names no commit of a folder in a repository, and what to do about it; "" if it names one by now."""
    try:
        found = git.commit_of(folder, "HEAD", must_answer=True)
    except git.GitFailed as problem:
        return f": {str(problem).rstrip('.')}"
    return "" if found else ": its repository has no commit; commit everything"


def uncommitted(folder: Path, paths: Sequence[Path]) -> list[str]:
    """The files at or below some paths of a repository that are new or have uncommitted changes."""
    inside = [str(path) for path in paths if path.exists()]
    flags = ["--porcelain", "-z", "--no-renames", "--untracked-files=normal"]
    try:
        return [line[3:] for line in git.listed(git.git(folder, "status", *flags, "--", *inside))]
    except git.GitFailed:
        return []
