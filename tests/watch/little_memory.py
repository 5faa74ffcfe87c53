"""Commands that are run in little memory on content full of hostile pictures."""

from __future__ import annotations

import re
import resource
import subprocess
from collections.abc import Iterable
from pathlib import Path

from tests.sample import NOW, Outlet

MEMORY = 700_000_000
"""Bytes of address space, of which numpy takes 90 million and uses a fifth."""
PATIENCE = 60
"""Seconds after which a command is ended: many times what it takes, and far less than a bomb
would.
"""


def small() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def ran(made: Outlet, verb: str, *flags: str) -> tuple[int, str]:
    """Run a command in little memory: its exit code, and what it said."""
    command = made.command(verb, "--content", str(made.content), "--now", NOW, *flags)
    done = subprocess.run(
        command, preexec_fn=small, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    return done.returncode, done.stdout + done.stderr


def with_pictures(path: Path, files: Iterable[tuple[str, bytes]]) -> tuple[Outlet, list[str]]:
    """An outlet with a story for each picture; the names."""
    made, names = Outlet(path), []
    made.story("plain")
    (made.content / "photos").mkdir()
    for name, data in files:
        (made.content / "photos" / name).write_bytes(data)
        slug = name.replace(".", "-")
        made.story(slug, photo=f"photos/{name}", alt="A.", credit="B")
        names.append(slug)
    return made, names


def refused(made: Outlet, said: str) -> dict[str, str]:
    """What a command that failed says of each story or picture, in one line each, with code and a
    way to mend it.
    """
    lines = [line for line in said.splitlines() if ": error: " in line]
    found = {}
    for line in lines:
        match = re.fullmatch(
            r".*?/(articles|photos)/([\w.-]+?)(?:\.md)?(?::\d+)?: error: (photo-[a-z-]+): .+", line
        )
        assert match, line
        found[match[2].replace(".", "-")] = match[3]
    return found


def published(made: Outlet) -> dict[str, str]:
    """Build, taking out what is refused, until the site stands; what was refused, and why."""
    out: dict[str, str] = {}
    for _ in range(3):
        code, said = ran(made, "build", "--output", str(made.output))
        assert "Traceback" not in said
        if code == 0:
            return out
        faults = refused(made, said)
        assert faults, said
        out |= faults
        for slug in faults:
            (made.content / "articles" / f"{slug}.md").unlink()
    raise AssertionError(said)
