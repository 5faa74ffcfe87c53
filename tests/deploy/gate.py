"""A door between a client and a server: it counts what goes through, and can slam at any byte."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

VERBS = (b"GET ", b"PUT ", b"HEAD ", b"POST ", b"DELETE ")


class Gate:
    """Listens on a port of its own and passes everything on to another. `up` counts bytes from
    clients, `down` those back, `requests` what begins as requests of HTTP do.

    `at` calls something once so many bytes have gone up; `cut` breaks every connection from then
    on, `times` times.
    """

    def __init__(self, to: int) -> None:
        self.to, self.up, self.down, self.connections, self.requests = to, 0, 0, 0, 0
        self._at: list[tuple[int, Callable[[], object]]] = []
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._half: set[tuple[socket.socket, socket.socket]] = set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._welcome, daemon=True).start()

    def at(self, up: int, do: Callable[[], object]) -> None:
        """Call something, in a thread of the gate, before the byte passes that is so many bytes
        from now.
        """
        with self._lock:
            self._at.append((self.up + up, do))

    @property
    def waiting(self) -> bool:
        """Whether something is still to be called."""
        return bool(self._at)

    def cut(self) -> None:
        """Break every connection that is open."""
        for each in list(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Let nobody in any more."""
        self._door.close()
        self.cut()

    def _welcome(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            self.connections += 1
            try:
                server = socket.create_connection(("127.0.0.1", self.to), 10)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            for each in (client, server):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._open.add(each)
            for way in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pass, args=way, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, is_up: bool) -> None:
        with suppress(OSError):
            while data := source.recv(4096):
                self._count(len(data), is_up)
                self.requests += is_up and data.startswith(VERBS)
                target.sendall(data)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)
        with self._lock:
            pair = (source, target) if is_up else (target, source)
            self._half ^= {pair}
            if pair not in self._half:  # both ways have ended
                self._open -= {source, target}
                source.close()
                target.close()

    def _count(self, number: int, is_up: bool) -> None:
        with self._lock:
            if not is_up:
                self.down += number
                return
            self.up += number
            due = [do for at, do in self._at if at <= self.up]
            self._at = [(at, do) for at, do in self._at if at > self.up]
        for do in due:
            do()
