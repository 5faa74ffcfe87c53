"""Servers that tests run on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer

SOON = 0.02
"""Seconds after which a server sees that it should end; by itself it looks twice a second, and a
test waits for that.
"""


@contextmanager
def running(server: ThreadingHTTPServer) -> Iterator[str]:
    """Have a server answer in a thread, at this address."""
    threading.Thread(target=server.serve_forever, args=(SOON,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
