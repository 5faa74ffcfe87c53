"""Builds in forked processes, where everything is loaded already: many small builds in the time of one command."""

from __future__ import annotations

import importlib
import multiprocessing
import sys
from collections.abc import Callable
from functools import cache, partialmethod
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from desk.options import PROJECT, Options, settings_in


class Compiled(BytecodeCache):
    """Templates that an earlier build compiled: that takes half of the time of a small build, and tells a test nothing."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was compiled of the same source."""
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self.code[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@cache
def load() -> None:
    """Load all that a build and its preview do, so that none which is forked from here has to."""
    for name in ("desk.build", "desk.making", "desk.preview.galley", *settings_in("pelicanconf.py")["PLUGINS"]):
        importlib.import_module(name)


def in_fork(options: Options, project: Path = PROJECT) -> str:
    """Build, and say what was done or what went wrong; a process of its own, because Pelican's signals outlive a build."""
    load()
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_build, args=(options, project, theirs))
    process.start()
    theirs.close()
    try:
        outcome, COMPILED.code = ours.recv()
    except EOFError:
        outcome = "killed"
    process.join()
    return str(outcome)


def with_compiled_templates() -> None:
    """Have every environment of this process use them."""
    Environment.__init__ = partialmethod(Environment.__init__, bytecode_cache=COMPILED)  # type: ignore[assignment, method-assign]


def _build(options: Options, project: Path, outcome: Any) -> None:
    with_compiled_templates()
    if project != PROJECT:
        _move_into(project)
    try:
        from desk import standing, templates
        from desk.build import build

        templates.ahead = lambda options: lambda _environment: None  # these builds have COMPILED
        # Tests change files sooner than people; the times of this system tell.
        standing.SETTLED = 0  # type: ignore[attr-defined]
        said = str(build(options))
    except BaseException as problem:
        said = f"{type(problem).__name__}: {problem}"
    outcome.send((said, COMPILED.code))


def alone(check: Callable[[], object]) -> None:
    """Run a check in a process of its own: it has one thread, whatever the tests before have started."""
    process = multiprocessing.get_context("fork").Process(target=check)
    process.start()
    process.join()
    assert process.exitcode == 0, "what went wrong stands above, as the process printed it"


def _move_into(project: Path) -> None:
    """Have this process load the code of another copy of the project, and packages from its folder lib."""
    sys.dont_write_bytecode = True  # an edit in the same second and of the same size would not be seen
    for name in [name for name in sys.modules if name.partition(".")[0] in ("desk", "plugins")]:
        del sys.modules[name]
    sys.path[:] = [str(project), str(project / "lib"), *(path for path in sys.path if path not in ("", str(PROJECT)))]
