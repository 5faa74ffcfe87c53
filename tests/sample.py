"""A small outlet for tests that build: a content folder that is filled story by story, and its
output.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from broadside.config.options import Options
from tests.forked import command, in_fork
from tests.repository import PROJECT

NOW = "2026-11-25T09:00"
"""The moment that every build here is for, unless a test says otherwise."""
HARBOUR = {
    "photo": "photos/harbour.jpg",
    "alt": "A harbour.",
    "credit": "Photo by A. Person/Agency",
}
"""The front matter of a story's photo, as Outlet.photo makes one."""


class Outlet:
    """A content folder at `path`/content that a build accepts at once, and its output at
    `path`/output.
    """

    def __init__(self, path: Path, project: Path = PROJECT) -> None:
        self.path, self.project = path, project
        self.content, self.output, self.cache = (
            path / "content",
            path / "output",
            path / ".output.cache",
        )
        if self.content.exists():
            return
        (self.content / "articles").mkdir(parents=True)
        self.write("sections.yml", "- name: Europe\n- name: Asia\n- name: Briefs\n  rail: briefs\n")
        self.write("story_types.yml", "- name: Analysis\n- name: Opinion\n")
        self.author("Ana Pereira")

    def copy(self, path: Path, project: Path = PROJECT) -> Outlet:
        """The same outlet elsewhere, with what was built."""
        for folder in (self.content, self.output, self.cache):
            shutil.copytree(folder, path / folder.name)
        return Outlet(path, project)

    def copy_content(self, path: Path) -> Outlet:
        """An outlet elsewhere with the same content, of which nothing was built."""
        shutil.copytree(self.content, path / self.content.name)
        return Outlet(path, self.project)

    def write(self, path: str, text: str) -> Path:
        """Write a file of the content folder."""
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        return file

    def file(self, name: str, data: bytes) -> Path:
        """Put a file into files/."""
        file = self.content / "files" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return file

    def story(
        self, slug: str = "a-story", *, body: str = "Body.", where: str = "articles", **given: Any
    ) -> Path:
        """Write a story that is valid but for what is overridden; None leaves a key out."""
        usual = {
            "title": f"Headline of {slug}",
            "dek": f"Dek of {slug}.",
            "date": "2026-11-20T09:00",
        }
        usual |= {"author": "Ana Pereira", "section": "Europe", "type": "Analysis", "slug": slug}
        if "authors" in given:
            del usual["author"]
        if "sections" in given:
            del usual["section"]
        return self.write(f"{where}/{slug}.md", front(usual | given) + body + "\n")

    def author(self, name: str, bio: str = "Writes.", **given: Any) -> Path:
        """Write an author's file, named by the slug of the name."""
        stem = name.lower().replace(" ", "-")
        return self.write(f"authors/{stem}.md", front({"name": name} | given) + bio + "\n")

    def page(self, slug: str, body: str = "Text.", **given: Any) -> Path:
        """Write a plain page."""
        return self.write(
            f"pages/{slug}.md",
            front({"title": f"Title of {slug}", "slug": slug} | given) + body + "\n",
        )

    def roundup(self, day: str, note: str = "A note.", **given: Any) -> Path:
        """Write the note of a round-up."""
        return self.write(
            f"roundups/{day}.md", front({"title": f"Round-up of {day}"} | given) + note + "\n"
        )

    def photo(
        self, name: str = "harbour.jpg", colour: str = "teal", size: tuple[int, int] = (48, 32)
    ) -> Path:
        """Write a picture of one colour into photos/."""
        from PIL import Image

        file = self.content / "photos" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", size, colour).save(file)
        return file

    def command(self, verb: str, *flags: str) -> list[str]:
        """A command of the outlet's project, for a test that starts it anew or stops it; the others
        run it.
        """
        return inv(self.project, verb, *flags)

    def run(
        self, verb: str, *flags: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the project in a process of its own, in the outlet's folder if not in
        another.
        """
        return command(
            [verb, *flags], self.project, cwd or self.path, os.environ if env is None else env
        )

    def build(
        self, *flags: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the real command: build, into the output, for NOW, in one process; flags may say
        otherwise.
        """
        given = {flag for flag in flags if flag.startswith("--")}
        usual = {
            "--content": str(self.content),
            "--output": str(self.output),
            "--now": NOW,
            "--jobs": "1",
        }
        rest = [
            word for name, value in usual.items() if name not in given for word in (name, value)
        ]
        return self.run("build", *rest, *flags, cwd=cwd or Path.cwd(), env=env)

    def rebuild(
        self, *, output: Path | None = None, settings: dict[str, Any] | None = None, **options: Any
    ) -> str:
        """Build in a forked process, much quicker than the command; what was done, or what went
        wrong.

        `settings` take the place of the project's. It forks no others unless `jobs` says so: for a
        few pages, that takes longer than the pages.
        """
        usual: dict[str, Any] = {
            "content": str(self.content),
            "output": str(output or self.output),
            "now": NOW,
            "jobs": 1,
        }
        asked = Options(**(usual | options))
        return in_fork(asked, self.project, settings)

    def files(self, output: Path | None = None) -> dict[str, bytes]:
        """Every file of the output by its path."""
        root = output or self.output
        return {
            file.relative_to(root).as_posix(): file.read_bytes()
            for file in sorted(root.rglob("*"))
            if file.is_file()
        }

    def html(self, path: str) -> BeautifulSoup:
        """A page of the output by its path below the site's top."""
        file = self.output / (path + "index.html" if path.endswith("/") or not path else path)
        return BeautifulSoup(file.read_text("utf-8"), "lxml")


def inv(project: Path, *words: str) -> list[str]:
    """A command of a project, as ./inv gives it to invoke."""
    return [sys.executable, "-P", "-m", "invoke", "--search-root", str(project), *words]


def front(values: Mapping[str, Any]) -> str:
    """The values as front matter: JSON's way of writing text and lists is YAML's too."""
    lines = (
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in values.items()
        if value is not None
    )
    return f"---\n{''.join(lines)}---\n"


def differing(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    """The files that are not the same, or not in both."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
