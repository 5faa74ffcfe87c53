"""Made-up sites, as a build for readers leaves them, and the command that publishes them."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from broadside.build.release import note_production
from broadside.config.options import Options
from broadside.fetching import fetched
from broadside.publish.s3 import BOTO, LOCK
from broadside.store import File, Store
from tests.checkout import checkout
from tests.forges import commit, git
from tests.sample import inv

BEGIN = datetime(2026, 11, 25, 9, tzinfo=UTC)
TARGETS = """
import json, os
TARGETS = json.loads(os.environ["TARGETS"])
"""
SITEURL = "https://halyard.test"


def pages(number: int, edition: int = 0, photos: int = 4) -> dict[str, bytes]:
    """A site of so many stories.

    Each edition changes a tenth of them, the front page and the feed, adds a story with its
    picture, and takes the story away that the edition before it added.
    """
    chance = random.Random(number)
    files = {f"photos/{at:02}/harbour-{at}.jpg": chance.randbytes(3000) for at in range(photos)}
    files |= {
        f"2026/{at % 12 + 1:02}/story-{at}/index.html": _page(f"Story {at}", chance)
        for at in range(number)
    }
    for at in range(number):
        if edition and (at + edition) % 10 == 0:
            files[f"2026/{at % 12 + 1:02}/story-{at}/index.html"] += (
                f"<p>Edition {edition}</p>".encode()
            )
    files |= {
        "index.html": _page(f"Front {edition}", chance),
        "feed.xml": f"<feed>{edition}</feed>".encode() * 30,
        "_redirects": b"/old /new 301\n",
        f"theme/site-{edition % 2}.css": b"p { margin: 0 } " * 40,
    }
    if edition:
        files[f"2026/11/added-{edition}/index.html"] = _page(f"Added {edition}", chance)
        files[f"photos/99/added-{edition}.jpg"] = random.Random(edition).randbytes(5000)
    return files


def _page(title: str, chance: random.Random) -> bytes:
    words = " ".join(f"{chance.getrandbits(40):x}" for _ in range(300))
    return f"<!doctype html><title>{title}</title><p>{words}</p>".encode()


@dataclass
class Site:
    """An output folder and what a build keeps beside it, and a repository of stories."""

    path: Path
    project: Path
    env: dict[str, str] = field(default_factory=dict)
    hours: int = 0

    def __post_init__(self) -> None:
        self.content.mkdir(parents=True, exist_ok=True)

    @property
    def content(self) -> Path:
        return self.path / "content"

    @property
    def output(self) -> Path:
        return self.path / "output"

    @property
    def options(self) -> Options:
        return Options(str(self.content), str(self.output))

    def build(
        self, files: Mapping[str, bytes], hours: int | None = None, siteurl: str = SITEURL
    ) -> dict[str, bytes]:
        """Have these files in the output, as if a build had made them an hour after the last
        one.
        """
        self.hours = self.hours + 1 if hours is None else hours
        for old in (
            [each for each in self.output.rglob("*") if each.is_file()]
            if self.output.is_dir()
            else []
        ):
            if old.relative_to(self.output).as_posix() not in files:
                old.unlink()
        for path, data in files.items():
            file = self.output / path
            if not file.is_file() or file.read_bytes() != data:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        found = {path: (self.output / path).stat() for path in files}
        kept = {path: File("mark", at.st_size, at.st_mtime_ns) for path, at in found.items()}
        Store(self.options.cache_path).keep_pages(kept, None)
        note_production(self.options, BEGIN + timedelta(hours=self.hours), siteurl)
        return dict(files)

    def command(self, *flags: str) -> list[str]:
        return inv(
            self.project,
            "publish",
            "--output",
            str(self.output),
            "--content",
            str(self.content),
            *flags,
        )

    def environment(self, targets: Mapping[str, Any]) -> dict[str, str]:
        return {**os.environ, "TARGETS": json.dumps(targets), **self.env}

    def publish(
        self,
        targets: Mapping[str, Any],
        *flags: str,
        env: Mapping[str, str] | None = None,
        seconds: float = 300,
    ) -> Done:
        """Run the command."""
        to = () if "--to" in flags else ("--to", next(iter(targets)))
        done = subprocess.run(
            self.command(*to, *flags), env={**self.environment(targets), **(env or {})},
            capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    def published(self, targets: Mapping[str, Any], *flags: str, seconds: float = 300) -> Done:
        """Run the command, which ends well."""
        done = self.publish(targets, *flags, seconds=seconds)
        assert done.code == 0, done.said
        return done

    def started(self, targets: Mapping[str, Any], *flags: str) -> Doomed:
        """Start the command, in a process group of its own."""
        words = self.command("--to", next(iter(targets)), *flags)
        return Doomed(
            subprocess.Popen(
                words, env=self.environment(targets), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                text=True, start_new_session=True,
            )
        )  # fmt: skip

    def git(self, *words: str) -> str:
        """Run Git in the repository of stories."""
        return git(self.content, *words)

    def commit(self, text: str) -> str:
        """Commit a story."""
        if not (self.content / ".git").is_dir():
            self.git("init", "-q", "-b", "main")
        (self.content / "story.md").write_text(text)
        return commit(self.content, text)


@dataclass
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@dataclass
class Doomed:
    """A command that will be killed, with all that it started."""

    process: subprocess.Popen[str]

    def kill(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    def ended(self) -> tuple[int, str]:
        out, _ = self.process.communicate(timeout=120)
        return self.process.returncode, out


def targeted(path: Path) -> Path:
    """A copy of the project whose targets are what the environment says, with what speaks to
    buckets.
    """
    made = checkout(path)
    with (made / "publishconf.py").open("a") as file:
        file.write(TARGETS)
    shutil.copy(LOCK, made)
    fetched(BOTO, LOCK)
    (made / ".cache").mkdir()
    (made / ".cache" / BOTO.name).symlink_to(BOTO)
    return made


def held(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path, through links."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
