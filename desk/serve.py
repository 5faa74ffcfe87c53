"""./inv serve: builds, serves on this machine, and builds again at every save."""

from __future__ import annotations

import errno
import gc
import importlib
import multiprocessing
import os
import signal
import sys
import threading
from http.server import ThreadingHTTPServer
from multiprocessing.connection import Connection
from typing import Any

from desk.options import PROJECT, Options, settings_of
from desk.preview.server import listen
from desk.preview.state import Outcome, State
from desk.preview.watch import Wanted, is_code
from desk.trouble import told

SHOWN = 5
"""Drafts whose addresses are printed after a build; more would push the rest off the screen."""


class NotServed(Exception):
    """The preview cannot start; says why."""


def serve(options: Options, port: int) -> None:
    """Serve until Ctrl-C."""
    gc.enable()  # ./inv starts without, and this runs for hours
    if not options.content_path.is_dir():
        raise NotServed(f"There is no folder {options.content or options.content_path}.")
    try:
        server, state = listen(options.output_path, port)
    except OSError as problem:
        raise NotServed(_why_not(problem, port)) from None
    except OverflowError:
        raise NotServed(f"{port} is not a port; choose one between 1024 and 65535.") from None
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(
        target=_serve, args=(server, state, ours, theirs), daemon=True
    )
    process.start()
    server.socket.close()
    theirs.close()
    print(f"Serving http://127.0.0.1:{port}/ - save a file, and the page follows; Ctrl-C ends it.", flush=True)
    try:
        _build_at_every_save(options, ours)
    except KeyboardInterrupt:
        print()
    finally:
        process.terminate()


def _why_not(problem: OSError, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} is taken, perhaps by another ./inv serve; try ./inv serve --port {port + 1}"
    return f"Port {port} cannot be used ({problem.strerror}); try ./inv serve --port 8000"


def _build_at_every_save(options: Options, server: Connection) -> None:
    from watchfiles import watch

    wanted = Wanted(options.content_path, PROJECT, (options.output_path, options.cache_path))
    paths = {PROJECT} if options.content_path.is_relative_to(PROJECT) else {PROJECT, options.content_path}
    saves = watch(*paths, debounce=400, step=50, watch_filter=wanted, rust_timeout=200, yield_on_timeout=True)
    next(saves)  # from here on saves are noted, so that none is missed while the first build runs
    fresh = not _load(options)
    server.send(build_apart(options, fresh))
    for changes in saves:
        if changes:
            fresh |= any(is_code(path) for _, path in changes)
            server.send(build_apart(options, fresh))


def _load(options: Options) -> bool:
    """Load all code that builds need, which takes longer than most builds; whether that went well."""
    try:
        import desk.check
        import desk.making  # noqa: F401 -- loaded for the processes that are forked

        for name in settings_of(options, options.output_path)["PLUGINS"]:
            importlib.import_module(name)
    except Exception:
        return False  # the build will say what is wrong
    return True


def build_apart(options: Options, fresh: bool) -> Outcome:
    """Build in a process of its own, since Pelican's signals outlive a build.

    A forked process starts at once with all modules loaded; a `fresh` one loads code that changed since.
    """
    how = "spawn" if fresh or sys.platform == "darwin" else "fork"
    context: Any = multiprocessing.get_context(how)
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_build, args=(options, theirs))
    process.start()
    theirs.close()
    try:
        outcome = ours.recv()
    except EOFError:
        outcome = Outcome("The build ended without a word; the terminal may say more.")
    process.join()
    return outcome if isinstance(outcome, Outcome) else Outcome(str(outcome))


def _build(options: Options, outcome: Connection) -> None:
    from desk.build import build
    from desk.check import sources_of
    from desk.report import BuildFailed, placed
    from plugins.faults import FaultsFound, render

    try:
        report = build(options)
    except FaultsFound as found:
        faults = placed(found.faults, options)
        _say(outcome, render(faults, "text", sources_of(faults)))
    except BuildFailed as problem:
        _say(outcome, str(problem))
    except KeyboardInterrupt:
        os._exit(130)
    except Exception as problem:
        _say(outcome, told(problem))
    else:
        print(report)
        warnings = placed(report.warnings, options)
        if warnings:
            print(render(warnings, "text", sources_of(warnings)))
        print(*addresses(options.siteurl, report.written), sep="", end="", flush=True)
        outcome.send(Outcome(changed=bool(report.written or report.removed)))


def addresses(siteurl: str, written: list[str]) -> list[str]:
    """A line with the address of each draft and held story that was written; nothing on the site links to them."""
    drafts = [path.removesuffix("index.html") for path in written if path.startswith("drafts/")]
    lines = [f"  {siteurl}/{path}\n" for path in drafts[:SHOWN]]
    return [*lines, f"  and {len(drafts) - SHOWN} more: {siteurl}/drafts/\n"] if len(drafts) > SHOWN else lines


def _say(outcome: Connection, words: str) -> None:
    print(words, file=sys.stderr, flush=True)
    outcome.send(Outcome(words))


def _serve(server: ThreadingHTTPServer, state: State, ours: Connection, builds: Connection) -> None:
    """Serve, until the builder is gone: however it ended, nothing may go on holding the port."""
    ours.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the builder, which ends this process

    def follow() -> None:
        state.follow(builds)
        server.shutdown()

    threading.Thread(target=follow, daemon=True).start()
    server.serve_forever()
