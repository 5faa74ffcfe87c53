"""Builds that are killed: at a moment, or just before the Nth change that they make to the disk."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

from broadside.config.options import Options
from tests.forked import load, with_what_is_known
from tests.sample import NOW, Outlet

FORK = multiprocessing.get_context("fork")
CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR
SYSTEM_CALLS = {"renameat2", "syncfs"}
"""The exchange of the trees, and the wait for the disk before and after it."""
TIDY = ("lock", "photos", "next", "store.db")
"""How names in the cache folder begin."""

Step = Callable[[int, str], object]


def started(outlet: Outlet, step: Step | None = None, **options: Any) -> BaseProcess:
    """A build in a process group of its own; `step` is called in it, with number and kind, before
    each change it makes.
    """
    load()
    usual: dict[str, Any] = {
        "content": str(outlet.content),
        "output": str(outlet.output),
        "now": NOW,
        "jobs": 2,
    }
    asked = Options(**(usual | options))
    ready = FORK.Event()

    def work() -> None:
        os.setsid()
        ready.set()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        with_what_is_known()
        from broadside.build.build import build

        if step:
            watch(step)
        build(asked)

    process = FORK.Process(target=work)
    process.start()
    ready.wait()
    return process


def watch(step: Step) -> None:
    """Call `step` before each change that this process makes; processes that it forks are not
    watched.
    """
    here, number = os.getpid(), 0

    def hook(event: str, values: tuple[Any, ...]) -> None:
        nonlocal number
        changes = (
            event in CHANGES
            or (event == "open" and not isinstance(values[0], int) and (values[2] or 0) & WRITING)
            or (event == "ctypes.dlsym" and values[1] in SYSTEM_CALLS)
        )
        if changes and os.getpid() == here:
            number += 1
            step(number, str(values[1]) if event == "ctypes.dlsym" else event)

    sys.addaudithook(hook)


def killed_at(outlet: Outlet, at: int, since: str = "", group: bool = True, **options: Any) -> bool:
    """Whether a build was killed just before its change number `at`; False where it ended with
    fewer.

    With `since`, the first change of that kind is number 1.
    """
    begun = 0 if not since else -1

    def step(number: int, kind: str) -> None:
        nonlocal begun
        if begun < 0 and kind == since:
            begun = number - 1
        if begun >= 0 and number - begun == at:
            (os.killpg if group else os.kill)(os.getpid(), signal.SIGKILL)

    process = started(outlet, step, jobs=1, **options)
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def steps_of(outlet: Outlet, **options: Any) -> list[str]:
    """The changes that a build makes to the disk, in order; it is done when this returns."""
    read, write = os.pipe()
    process = started(
        outlet, lambda _, kind: os.write(write, f"{kind}\n".encode()), jobs=1, **options
    )
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as said:
        kinds = said.read().split()
    process.join()
    assert process.exitcode == 0
    return kinds


def untidy(outlet: Outlet) -> list[str]:
    """What lies beside the output and in its cache that belongs to no build.

    A picture that was half written stays for an hour: it may be another build's, which shares the
    store.
    """
    beside = {path.name for path in outlet.path.iterdir()} - {"content", "output", ".output.cache"}
    kept = [path.name for path in outlet.cache.iterdir()]
    odd = [name for name in kept if not name.startswith(TIDY) or name.endswith(".part")]
    searching = [path.name for path in outlet.cache.glob("search/*")]
    return [*beside, *odd, *searching]
