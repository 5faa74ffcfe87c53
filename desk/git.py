"""Git, as the desk asks it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


class GitFailed(Exception):
    """Git did not answer; says what it said."""


def git(folder: Path, *words: str, given: bytes = b"") -> bytes:
    """What Git says, in the repository around a folder; raises GitFailed where it refuses or is not there."""
    env = {name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_WORK_TREE")}
    if "GIT_INDEX_FILE" in env:  # which Git tells its hooks of as seen from where it calls them
        env["GIT_INDEX_FILE"] = os.path.abspath(env["GIT_INDEX_FILE"])
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], input=given, env=env, capture_output=True, check=False
        )
    except OSError as problem:
        raise GitFailed(f"Git cannot be run: {problem.strerror}") from None
    if done.returncode:
        raise GitFailed(done.stderr.decode("utf-8", "replace").strip() or f"git {words[0]} failed")
    return done.stdout


def commit_of(folder: Path, name: str) -> str:
    """The commit that a name stands for, such as HEAD or origin/main; "" where it stands for none."""
    try:
        return (
            git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode().strip()
        )
    except GitFailed:
        return ""


def is_ancestor(folder: Path, older: str, newer: str) -> bool:
    """Whether one commit came before another in its history, or is the same; a commit that is not there did not."""
    try:
        git(folder, "merge-base", "--is-ancestor", older, newer)
    except GitFailed:
        return False
    return True


def names(listing: bytes) -> list[str]:
    """The paths of a list that Git ends with zeros, as the file system has them."""
    return [os.fsdecode(name) for name in listing.split(b"\0") if name]
