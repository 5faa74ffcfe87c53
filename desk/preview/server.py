"""Serves a built site on this machine, with a line to each open page that says when to load again."""

from __future__ import annotations

import json
import threading
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

LIVE = Path(__file__).with_name("live.js")
SCRIPT = b'<script src="/_broadside/live.js" defer></script></body>'
HEARTBEAT = 15.0
"""Seconds after which a quiet line is tried, so that a closed page is noticed."""


class State:
    """What the last build said: its number, and its faults as text ("" when it was good)."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.number = 0
        self.faults = ""

    def follow(self, builds: Connection) -> None:
        """Take in the outcome of each build, until the builder goes away."""
        while True:
            try:
                faults = builds.recv()
            except (EOFError, OSError):
                return
            with self.changed:
                self.number += 1
                self.faults = faults
                self.changed.notify_all()


class Handler(SimpleHTTPRequestHandler):
    """Files of the output folder, pages with the live script, and the events."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, state: State, directory: str) -> None:
        self.state = state
        super().__init__(*args, directory=directory)

    def do_GET(self) -> None:
        """Answer with a file, the live script, or the events."""
        path = self.path.partition("?")[0]
        if path == "/_broadside/events":
            self._events()
        elif path == "/_broadside/live.js":
            self._send(HTTPStatus.OK, "text/javascript", LIVE.read_bytes())
        else:
            self._page(path)

    def _page(self, path: str) -> None:
        file = Path(self.translate_path(path))
        if file.is_dir() and not path.endswith("/"):
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", path + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        file = file / "index.html" if file.is_dir() else file
        if file.suffix != ".html" and file.is_file():
            super().do_GET()
            return
        status = HTTPStatus.OK if file.is_file() else HTTPStatus.NOT_FOUND
        missing = Path(self.directory) / "404.html"
        html = file.read_bytes() if file.is_file() else missing.read_bytes() if missing.is_file() else _bare(self.state.faults)
        self._send(status, "text/html; charset=utf-8", html.replace(b"</body>", SCRIPT))

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        state, seen = self.state, self.state.number
        try:
            self._tell("faults" if state.faults else "fine", state.faults)
            while True:
                with state.changed:
                    state.changed.wait_for(lambda: state.number != seen, HEARTBEAT)
                    quiet, seen, faults = state.number == seen, state.number, state.faults
                if quiet:
                    self.wfile.write(b": still here\n\n")
                    self.wfile.flush()
                else:
                    self._tell("faults" if faults else "built", faults)
        except OSError:
            return  # the page was closed

    def _tell(self, event: str, data: str) -> None:
        self.wfile.write(f"event: {event}\ndata: {json.dumps(data)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of each request: the terminal is for builds and faults."""


def _bare(faults: str) -> bytes:
    """A page for a site that could not be built yet."""
    text = faults or "The site is being built …"
    return f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Not built yet</title><body><h1>Not built yet</h1><pre>{escape(text)}</pre></body></html>'.encode()


def listen(output: Path, port: int) -> tuple[ThreadingHTTPServer, State]:
    """A server bound to this machine only; raises OSError where the port is taken."""
    state = State()
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, state=state, directory=str(output)))
    server.daemon_threads = True
    return server, state
