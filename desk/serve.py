"""./inv serve: builds, serves on this machine, and builds again at every save."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys

from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desk.options import PROJECT, Options
from desk.preview.server import listen

CODE = (".py", ".lock")
LEFT_ALONE = {".git", ".venv", ".preview", "output", "node_modules", "__pycache__"}


class PortTaken(Exception):
    """Something else listens on the port."""


def serve(options: Options, port: int) -> None:
    """Serve until Ctrl-C."""
    from watchfiles import watch

    try:
        server, state = listen(options.output_path, port)
    except OSError:
        raise PortTaken(f"Port {port} is taken; choose another with --port.") from None
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(server, state, theirs), daemon=True)
    process.start()
    server.socket.close()
    print(f"Serving http://127.0.0.1:{port}/ (Ctrl-C ends it)", flush=True)
    try:
        ours.send(build_apart(options, fresh=False))
        for changes in watch(options.content_path, PROJECT, debounce=80, step=20, watch_filter=Wanted(options), raise_interrupt=False):
            ours.send(build_apart(options, fresh=any(path.endswith(CODE) for _, path in changes)))
    except KeyboardInterrupt:
        pass
    finally:
        process.terminate()


class Wanted:
    """Which changed files call for a build: the stories, the theme and the code, but nothing that a build writes."""

    def __init__(self, options: Options) -> None:
        self.made = (str(options.output_path), str(options.cache_path))

    def __call__(self, change: Any, path: str) -> bool:
        """Whether the path is of interest."""
        parts = Path(path).parts
        hidden = any(part.startswith(".") for part in Path(path).relative_to(PROJECT).parts) if path.startswith(str(PROJECT)) else parts[-1].startswith(".")
        return not hidden and not LEFT_ALONE & set(parts) and not path.startswith(self.made) and not path.endswith(("~", ".swp", ".pyc"))


def build_apart(options: Options, fresh: bool) -> str:
    """Build in a process of its own, since Pelican's signals outlive a build; returns the faults as text, "" when it was good.

    A forked process starts at once with our modules loaded; a `fresh` one loads changed code.
    """
    context = multiprocessing.get_context("spawn" if fresh or sys.platform == "darwin" else "fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_build, args=(options, theirs))
    process.start()
    theirs.close()
    try:
        faults = str(ours.recv())
    except EOFError:
        faults = "The build ended without a word; the terminal may say more."
    process.join()
    return faults


def _build(options: Options, outcome: Any) -> None:
    from desk.build import BuildFailed, FaultsFound, OutputRefused, build, placed
    from plugins.faults import render

    try:
        report = build(options)
        print(report, flush=True)
        if report.warnings:
            print(render(placed(report.warnings, options), "text"), flush=True)
        outcome.send("")
    except FaultsFound as found:
        _say(outcome, render(placed(found.faults, options), "text"))
    except (OutputRefused, BuildFailed) as problem:
        _say(outcome, str(problem))
    except KeyboardInterrupt:
        os._exit(130)
    except Exception as problem:
        _say(outcome, f"{type(problem).__name__}: {problem}")


def _say(outcome: Any, words: str) -> None:
    print(words, file=sys.stderr, flush=True)
    outcome.send(words)


def _serve(server: Any, state: Any, builds: Connection) -> None:
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the builder, which ends this process
    threading.Thread(target=state.follow, args=(builds,), daemon=True).start()
    server.serve_forever()



