"""An outlet with an engine of its own, both of which a test may change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.repository import PROJECT
from tests.sample import Outlet

PAUSE = """\
import time
from pathlib import Path

from pelican.plugins import signals


def pause(generator, writer):
    if not Path({marker!r}).exists():
        Path({marker!r}).touch()
        time.sleep(60)


def register():
    signals.article_writer_finalized.connect(pause)
"""

NO_LINKS = 'MENUITEMS = ["sections"]\nLINKS = []\nFOOTER_LINKS = []\nPOLICIES = {}'
"""Settings for content that lacks the pages to which the demo's menus and policies lead."""


def checkout(path: Path, settings: str = "") -> Path:
    """Make an outlet with the demo's settings and lines added to them, and a copy of the engine in
    its folder broadside.
    """
    for name in ("broadside", "halyard"):
        shutil.copytree(PROJECT / name, path / name)  # links are followed; bytecode is copied too
    shutil.copytree(PROJECT / "extras", path / "extras", ignore=shutil.ignore_patterns("tests"))
    for name in ("pelicanconf.py", "publishconf.py"):
        shutil.copy2(PROJECT / name, path)
    (path / "tasks.py").write_text("from broadside.tasks import *\n", "utf-8")
    with (path / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{settings}\n")
    return path


def refused(built: Outlet, path: Path, change: Callable[[Path], object]) -> str:
    """What a build says that a change to the project makes impossible; the site stays as it was."""
    project = checkout(path / "project")
    outlet = built.copy(path, project)
    change(project)
    done = outlet.build()
    assert done.returncode == 1
    assert outlet.files() == built.files()
    return done.stderr + done.stdout


def plugin(project: Path, name: str, source: str) -> None:
    """Add a plugin, which runs before the site is printed."""
    (project / "plugins").mkdir(exist_ok=True)
    (project / "plugins" / f"{name}.py").write_text(source, "utf-8")
    with (project / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(f'\nPLUGINS.append("plugins.{name}")\n')


def pausing(project: Path, marker: Path) -> None:
    """Have the first build stop half way, with everything ready to be printed, once it has made the
    marker.
    """
    plugin(project, "pause", PAUSE.format(marker=str(marker)))
