"""An outlet with a history, for tests of what Git knows of stories."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.repository import PROJECT
from tests.sample import Outlet


class Newsroom(Outlet):
    """An outlet whose content is in a repository of its own."""

    def __init__(self, path: Path, project: Path = PROJECT) -> None:
        super().__init__(path, project)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str, at: str = "2026-11-20T10:00:00+0000") -> None:
        """Run Git in the content folder, by a clock that says `at`."""
        names = {
            f"GIT_{who}_{what}": "a@b.example"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        }
        dates = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        subprocess.run(
            ["git", *words],
            cwd=self.content,
            env=os.environ | names | dates,
            check=True,
            capture_output=True,
        )

    def commit(self, day: int = 20) -> None:
        """Commit everything on a day of November."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x", at=f"2026-11-{day}T10:00:00+0000")
