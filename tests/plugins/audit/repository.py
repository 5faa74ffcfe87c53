"""An outlet in a Git repository: what the tests of the audit share."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from broadside.config.options import Options
from broadside.faults import Fault
from broadside.plugins.audit.command.comparing import audit
from tests.sample import NOW, Outlet

WORDS = " ".join(f"word{number}" for number in range(100))
OTHER = WORDS.replace("word", "other", 40)
FEW = WORDS.replace("word", "other", 30)
WHO = {
    f"GIT_{who}_{what}": f"ana@{what}"
    for who in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}


class Repo:
    """An outlet in a Git repository, in a folder of it."""

    def __init__(self, path: Path, names: str = "sha1") -> None:
        self.path, self.outlet = path, Outlet(path / "site")
        self.git("init", "-q", "-b", "main", f"--object-format={names}")
        self.outlet.story("a", body=WORDS)
        self.commit()

    def git(self, *arguments: str, date: str = "2026-11-24T09:00:00Z") -> str:
        dates = {
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_DATE": date,
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        done = subprocess.run(
            ["git", "-C", str(self.path), *arguments],
            env=os.environ | WHO | dates,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def commit(self, date: str = "2026-11-24T09:00:00Z") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "Edit", date=date)
        return self.git("rev-parse", "HEAD")

    def moved(self, slug: str, where: str, **story: Any) -> None:
        """The story a, in another file."""
        (self.outlet.content / "articles" / "a.md").unlink()
        self.outlet.story(slug, where=where, **story)

    def renamed(self, **story: Any) -> None:
        """The story a, whose slug is now that of its headline."""
        path = self.outlet.story("a", body=WORDS, **story)
        path.write_text(path.read_text("utf-8").replace('slug: "a"\n', ""), "utf-8")

    def audited(self, since: str = "", until: str = "", now: str = NOW) -> list[Fault]:
        return audit(Options(content=str(self.outlet.content), now=now), since, until).faults

    def codes(self, **asked: str) -> list[str]:
        return [fault.code for fault in self.audited(**asked)]
