"""The preview, ./inv serve: builds, serves on this machine, and builds again after every save."""

from __future__ import annotations

import errno
import gc
import importlib
import multiprocessing
import threading
from contextlib import suppress
from http.server import ThreadingHTTPServer
from multiprocessing.connection import Connection

from broadside.build.up_to_date import code_of
from broadside.config.options import Options, refuse_without_content, settings_of
from broadside.doors import load
from broadside.folders import OUTLET
from broadside.parallel import without_ctrl_c
from broadside.preview.builds import Builds
from broadside.preview.server import NewsHolder, listen
from broadside.preview.watch import Saves, WantedFiles

LOCK = str(OUTLET / "requirements.lock")
BEHIND = "requirements.lock has changed. Start ./inv serve again, and the environment follows it."


class NotServed(Exception):
    """The preview cannot start; the message says why."""


def serve(options: Options, port: int) -> None:
    """Serve until Ctrl-C."""
    gc.enable()  # ./inv starts with it off, but this runs for hours
    refuse_without_content(options)
    try:
        server, state = listen(options, port)
    except OSError as problem:
        raise NotServed(_why_not(problem, port)) from None
    except OverflowError:
        raise NotServed(f"{port} is not a port; choose one between 1024 and 65535.") from None
    ours, theirs = multiprocessing.Pipe()
    # A process of its own: the threads that serve would keep this one from forking builds.
    process = multiprocessing.get_context("fork").Process(
        target=_serve, args=(server, state, ours, theirs, options), daemon=True
    )
    with without_ctrl_c():
        process.start()
    # The other process has a copy; this one would keep the port taken after that has ended.
    server.socket.close()
    theirs.close()
    print(
        f"Serving http://127.0.0.1:{port}/ - save a file, and the page follows; Ctrl-C ends it.",
        flush=True,
    )
    try:
        _build_at_every_save(options, ours)
    except KeyboardInterrupt:
        print()
    finally:
        process.terminate()


def _why_not(problem: OSError, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken, perhaps by another ./inv serve; try ./inv serve --port"
            f" {port + 1}"
        )
    return f"Port {port} cannot be used ({problem.strerror}); try ./inv serve --port 8000"


def _build_at_every_save(options: Options, server: Connection) -> None:
    # From now on saves are recorded, so that none is missed during the first build.
    saves = Saves(
        WantedFiles(options.content_path, OUTLET, (options.output_path, options.cache_path))
    )
    loaded = _load(options)
    builds = Builds(options, lambda: not loaded or code_of(options) != loaded, server)
    try:
        while True:
            if saved := saves.next():
                if LOCK in saved:  # new code may need a package that the old environment lacks
                    print(BEHIND, flush=True)
                builds.saved(saved)
            if builds.go_on() or saves.is_time:
                saves.compare()
    finally:
        builds.end()


def _load(options: Options) -> tuple[str, ...]:
    """Load all code that builds need, which takes longer than most builds; returns its digests, or
    () if that fails.
    """
    code = code_of(options)  # before loading, so that a save in between counts as a change
    try:
        import broadside.preview.process  # noqa: F401 -- both are loaded for the processes that are forked

        for name in settings_of(options).PLUGINS:
            importlib.import_module(name)
    except Exception:
        return ()  # the build will report it
    return code


def _serve(
    server: ThreadingHTTPServer,
    state: NewsHolder,
    ours: Connection,
    builds: Connection,
    options: Options,
) -> None:
    """Serve until the builder has ended, so that nothing keeps the port, however it ended."""
    ours.close()
    with suppress(Exception):  # the build will report it
        load(settings_of(options).PLUGINS)  # they say with which types files are sent

    def follow() -> None:
        state.follow(builds)
        server.shutdown()

    threading.Thread(target=follow, daemon=True).start()
    server.serve_forever()
