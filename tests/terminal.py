"""Runs a command in a real terminal, as people do."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path


def in_terminal(
    command: Sequence[str], folder: Path, env: Mapping[str, str], typed: str = ""
) -> tuple[int, str]:
    """The command's exit code, and all that the terminal was sent; `typed` is what somebody
    types.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    env = {**os.environ, "TERM": "xterm-256color", **env}
    process = subprocess.Popen(
        command, cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    said = b""
    try:
        while part := os.read(ours, 65_536):
            said += part
    except OSError:  # Linux says so when the other side is closed
        pass
    os.close(ours)
    return process.wait(60), said.decode().replace("\r\n", "\n")
