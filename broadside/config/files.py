"""Reads an outlet's settings from pelicanconf.py and publishconf.py, and finds slips in them, with
file and line.
"""

from __future__ import annotations

import ast
import importlib
import os
import runpy
import sys
import traceback
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec, module_from_spec
from operator import attrgetter
from pathlib import Path
from typing import Any

from broadside.faults import Fault, one_line

LIVE, OURS = FILES = ("publishconf.py", "pelicanconf.py")
"""The file with the settings of the live site, and the file that it builds on."""
NEAR = 0.85
"""How similar an unknown name must be to that of a setting or plugin to count as a misspelling.
Themes have settings of their own, and the names of all plugins begin alike.
"""

RENAMED: dict[str, str] = {}
"""Former names of settings -> today's. A former name still works, and ./inv check warns of it."""


class Slips(Exception):
    """The settings cannot be used; the message says where and why."""


def settings_in(file: str, project: Path) -> dict[str, Any]:
    """The settings in one of a project's files, without Pelican's defaults; raises Slips if the
    file cannot be run.
    """
    before, path = list(sys.path), str(project / file)  # publishconf.py adds its folder
    if not os.path.isfile(path):
        raise Slips(
            f"There is no {file} in {project}; run commands in the folder of an outlet, which"
            " broadside init makes"
        )
    forget()
    try:
        return with_new_names(
            {key: value for key, value in runpy.run_path(path).items() if key.isupper()}
        )
    except (Exception, SystemExit) as problem:
        # a file that calls exit() would make a build look successful
        raise Slips(one_line(_nul(project) or _why(problem, path))) from None
    finally:
        sys.path[:] = before


def of_pelican() -> Any:
    """Pelican's module of settings.

    The rest of Pelican is not loaded with it: that takes 0.15 s, and only builds need it.
    """
    if "pelican" in sys.modules:
        return importlib.import_module("pelican.settings")
    return _of_pelican_alone()


@cache
def _of_pelican_alone() -> Any:
    package = find_spec("pelican")
    assert package  # noqa: S101 -- it is in our lock
    # not executed: its first lines load all of Pelican
    sys.modules["pelican"] = module_from_spec(package)
    try:
        return importlib.import_module("pelican.settings")
    finally:  # who needs Pelican later gets it whole
        for name in [name for name in sys.modules if name.partition(".")[0] == "pelican"]:
            del sys.modules[name]


def forget() -> None:
    """Unload pelicanconf.py, or a list to which publishconf.py adds would grow every time it is
    read.
    """
    sys.modules.pop("pelicanconf", None)


def with_new_names(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings under today's names."""
    return settings | {new: settings[old] for old, new in RENAMED.items() if old in settings}


def renamed(project: Path) -> Iterator[Fault]:
    """A warning for each setting that an outlet calls by a former name."""
    for name, (path, line) in lines_of(project, LIVE).items():
        if name in RENAMED:
            yield Fault(
                str(path),
                line,
                1,
                "warning",
                "renamed-setting",
                f"{name} is now {RENAMED[name]}",
                "rename it",
            )


def _why(problem: BaseException, path: str) -> str:
    """The place where a settings file fails, and the reason."""
    if isinstance(problem, SyntaxError):
        hint = ""
        # Python may say no more than this if a comma is missing, and may name the next line.
        if problem.msg == "invalid syntax":
            hint = "; look for a comma, a quote or a bracket that is missing there or above"
        return f"{shown(problem.filename or path)}:{problem.lineno or 1}: {problem.msg}{hint}"
    frames = traceback.extract_tb(problem.__traceback__)
    at = next(
        (frame for frame in reversed(frames) if os.path.basename(frame.filename) in FILES),
        frames[-1],
    )
    if isinstance(problem, SystemExit):
        words = "this ends every command before it begins; delete it"
    else:
        words = f"{type(problem).__name__}: {problem}"
    return f"{shown(at.filename)}:{at.lineno}: {words}"


def _nul(project: Path) -> str:
    """A message about a NUL in a settings file, for which Python names neither file nor line; "" if
    there is none.
    """
    for path in (project / file for file in FILES):
        if path.is_file():
            before, nul, _ = path.read_bytes().partition(b"\0")
        else:
            before, nul, _ = (b"", b"", b"")
        if nul:
            line = len(before.split(b"\n"))
            return f"{shown(str(path))}:{line}: holds U+0000, which cannot be printed; delete it"
    return ""


def place_of(name: str, written: str, project: Path, file: str) -> tuple[Path, int]:
    """The file and line where a setting contains these words; the line of its name if they are not
    found.
    """
    path, line = lines_of(project, file).get(name, (project / OURS, 1))
    after = enumerate(path.read_text("utf-8").splitlines()[line - 1 :], line)
    return path, next((number for number, text in after if written in text), line)


def lines_of(project: Path, last: str) -> dict[str, tuple[Path, int]]:
    """The file and line where each setting is last set, up to the end of the file `last`."""
    found: dict[str, tuple[Path, int]] = {}
    for file in reversed(FILES[FILES.index(last) :]):
        nodes = ast.walk(ast.parse((project / file).read_text("utf-8")))
        names = [
            node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        ]
        for node in sorted(names, key=attrgetter("lineno")):
            found[node.id] = project / file, node.lineno
    return found


def shown(path: str) -> str:
    """The path as the user can open it."""
    near = os.path.relpath(path)
    if near.startswith(".."):
        return path
    return near
