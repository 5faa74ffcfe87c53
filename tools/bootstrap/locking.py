"""Lets one run at a time make the environment."""

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held(path: str) -> Iterator[int]:
    """Hold the lock file at path, after waiting for any other run that holds it; the file stays, but the hold ends with its holders."""
    with open(path, "a+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another ./inv is setting up; waiting for it…", file=sys.stderr, flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()
