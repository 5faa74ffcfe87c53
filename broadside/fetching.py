"""Installs packages that few people need when they are first used, each set with its own lock and
in its own folder.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from broadside.disk import write_whole


def fetched(folder: Path, lock: Path) -> bool:
    """Install what a lock names into a folder, unless it is there already; returns whether there
    was anything to do.

    If that fails, raises CalledProcessError and leaves nothing that a later run would take for
    complete.
    """
    stamp, wanted = folder / "fetched.lock", lock.read_bytes()
    if stamp.is_file() and stamp.read_bytes() == wanted:
        return False
    shutil.rmtree(folder, ignore_errors=True)
    # -P keeps the caller's folder out of the module search, as inv does.
    pip = "-P -m pip install -q --require-hashes --no-deps --disable-pip-version-check".split()
    subprocess.run([sys.executable, *pip, "-r", str(lock), "--target", str(folder)], check=True)
    write_whole(stamp, wanted)
    return True


def search_in(folder: Path) -> None:
    """Add a folder to Python's module search, at the end, so that the packages of the environment's
    lock take precedence.
    """
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
