"""The content folders that are watched: good ones, the corpus of faults, and one that tries to get
out.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.builds.magazine import magazine
from tests.faults.corpus import Case, cases, outlet
from tests.sample import Outlet
from tests.watch.escapes import escaping, outside
from tests.watch.rules import Rules


def good(path: Path) -> Outlet:
    """The magazine, with what may be odd and is right: every case of the corpus that has no
    fault.
    """
    made = magazine(path)
    for case in cases():
        if not case.expected and not case.alone:
            put(case, made)
    return made


def faulty(path: Path) -> Outlet:
    """An outlet that was built, with every case of the corpus that does not spoil the folder for
    the others.
    """
    made = outlet(path)
    for case in cases():
        if not case.alone:
            put(case, made)
    return made


def lonely(path: Path, *kinds: str) -> list[Outlet]:
    """An outlet for each case of the corpus that spoils its folder, or for those whose names begin
    so.
    """
    found = []
    for case in cases():
        if case.alone and case.name.startswith(kinds or ""):
            found.append(outlet(path / case.name))
            put(case, found[-1])
    return found


def hostile(path: Path) -> Outlet:
    """An outlet whose content tries to get out."""
    path.mkdir(exist_ok=True)
    outside(path)
    made = outlet(path)
    escaping(made)
    return made


def put(case: Case, made: Outlet) -> None:
    """Put a case into an outlet."""
    for source in case.sources:
        source.write(made.content)


def run(made: Outlet, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in the outlet's folder; a pipe or device that is opened keeps it waiting, which
    is a failure.
    """
    return subprocess.run(
        words,
        cwd=made.path,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=240,
        check=False,
    )


def rules(made: Outlet) -> Rules:
    """What may be done in an outlet."""
    return Rules(made.content, made.output)
