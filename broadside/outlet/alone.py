"""Begins an outlet where nothing is installed: with the engine's wheel and the standard library
alone.

What the outlet needs is installed into it, once, as its own ./inv would do it; `init` then runs in
that environment.
"""

from __future__ import annotations

import os
import runpy
import shutil
import sys
from pathlib import Path
from typing import NoReturn

from broadside.folders import ENGINE
from broadside.outlet.wheels import NoWheel, Wheel

BEGUN = frozenset({".venv", ".venv.lock", "inv", "requirements.lock", "vendor"})
"""What is in the folder when `init` itself begins; the lock of .venv says that nothing else made
it.
"""
USAGE = (
    "python3 -m broadside init DIR [--yes] [--wheel FILE] [FLAGS]: Broadside needs the name of a"
    " new folder"
)
WITHOUT_VALUE = ("--yes", "--help", "-h")


def is_free(folder: Path) -> bool:
    """Whether an outlet may be written into a folder: it is new or empty, or was only begun."""
    if folder.is_symlink():
        return False
    if folder.is_dir():
        names = {each.name for each in folder.iterdir()}
    else:
        names = set()
    return not folder.exists() or (
        folder.is_dir() and (not names or (names <= BEGUN and ".venv.lock" in names))
    )


def begin(words: list[str]) -> NoReturn:
    """Make the outlet's environment, and run `init` with these words in it."""
    named, asks = _folder_and_wheel(words)
    if not named:
        sys.exit(USAGE)
    folder = Path(named).absolute()
    if not is_free(folder):
        sys.exit(f"{named} is not a new or empty folder: name one that is")
    path = Path(asks or _own_wheel()).absolute()
    try:
        wheel = Wheel(path)
    except NoWheel as problem:
        sys.exit(str(problem))
    (folder / "vendor").mkdir(parents=True, exist_ok=True)
    shutil.copy(path, folder / "vendor")
    (folder / "requirements.lock").write_text(wheel.lock(), "utf-8")
    (folder / "inv").write_text(wheel.text("starter/inv"), "utf-8")
    runpy.run_path(str(folder / "inv"))["set_up"](["requirements.lock"])
    python = str(folder / ".venv" / "bin" / "python")
    # -I: what PYTHONPATH names is this wheel, and packages are no files that can be read in place
    # there.
    os.execv(
        python,
        [
            python,
            "-I",
            "-m",
            "broadside",
            "init",
            *words,
            *([] if asks else ["--wheel", str(path)]),
        ],
    )


def _folder_and_wheel(words: list[str]) -> tuple[str, str]:
    """The folder and the wheel that the words name, each "" if they name none."""
    folder, wheel, rest = "", "", iter(words)
    for word in rest:
        flag, given, value = word.partition("=")
        if not word.startswith("-"):
            folder = folder or word
        elif flag not in WITHOUT_VALUE:
            if not given:
                value = next(rest, "")
            if flag == "--wheel":
                wheel = value
    return folder, wheel


def _own_wheel() -> str:
    """The wheel that this code is loaded from."""
    if ENGINE.parent.suffix != ".whl":
        sys.exit("Name the wheel of Broadside with --wheel")
    return str(ENGINE.parent)
