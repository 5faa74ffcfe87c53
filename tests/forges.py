"""Repositories of tests, and the files of forges."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import yaml

from tests.repository import PROJECT

AUTHOR = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")


def git(folder: Path, *words: str) -> str:
    command = ["git", "-C", str(folder), *AUTHOR, *words]
    return subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=60
    ).stdout.strip()


def commit(folder: Path, words: str) -> str:
    """Commit all that changed; the commit."""
    git(folder, "add", "--all", "--force", ".")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", words)
    return git(folder, "rev-parse", "HEAD")


def workflow(path: str) -> dict[Any, Any]:
    return dict(yaml.safe_load((PROJECT / path).read_text("utf-8")))
