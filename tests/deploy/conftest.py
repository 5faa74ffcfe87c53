"""Real servers on this machine that sites are published to, each on a free port and in a folder of its own."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def answers(port: int) -> bool:
    """Whether something listens at a port of this machine."""
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def wait_until(so: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Wait for something to become so."""
    until = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < until, f"waited {seconds} s for {what}"
        time.sleep(0.05)


@contextmanager
def running(command: list[str], port: int, log: Path, **how: object) -> Iterator[subprocess.Popen[bytes]]:
    """A server that is run in the foreground for as long as it is needed; it listens at the port when this begins."""
    with log.open("ab") as words:
        server = subprocess.Popen(command, stdout=words, stderr=words, **how)  # type: ignore[call-overload]
    try:
        wait_until(lambda: answers(port) or server.poll() is not None, command[0])
        assert server.poll() is None, log.read_text("utf-8", "replace")[-2000:]
        yield server
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what the servers of a whole session keep."""
    return tmp_path_factory.mktemp("servers")
