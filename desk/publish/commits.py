"""What Git knows of the sources; where there is no Git, nothing is known, and the clock decides alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

LEADS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH")
"""Variables by which Git leads what it starts to its own repository."""


def commit_of(folder: Path) -> str:
    """The commit that is checked out in a folder; "" where it is in no repository, or Git is not there."""
    done = _git(folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    return done.stdout.strip() if done and done.returncode == 0 else ""


def is_dirty(folder: Path, paths: Sequence[Path]) -> bool:
    """Whether some paths of a repository have changes that no commit holds, new files among them."""
    inside = [str(path) for path in paths if path.exists()]
    done = _git(folder, "status", "--porcelain", "--untracked-files=normal", "--", *inside)
    return bool(done and done.returncode == 0 and done.stdout.strip())


def is_ancestor(folder: Path, one: str, other: str) -> bool | None:
    """Whether the second commit came of the first; None where Git does not know both."""
    done = _git(folder, "merge-base", "--is-ancestor", one, other)
    return None if done is None or done.returncode not in (0, 1) else done.returncode == 0


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[str] | None:
    """Ask Git, which then changes nothing, not even its index, and starts no watcher that a repository names.

    It is not started where there is no repository, nor led to another one, as a hook's environment does.
    """
    if not any((each / ".git").exists() for each in (folder, *folder.parents)):
        return None
    command = ["git", "--no-optional-locks", "-c", "core.fsmonitor=false", "-C", str(folder), *words]
    environment = {name: value for name, value in os.environ.items() if name not in LEADS}
    try:
        return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    except OSError:
        return None
