"""Lets one run at a time make the environment."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def held(path: str) -> Iterator[int]:
    """Hold the lock file at path, waiting for another run that does; the file stays, the hold ends with its holders."""
    with open(path, "a+b") as file:
        if not try_lock(file.fileno(), wait=False):
            print("Another ./inv is setting up; waiting for it…", file=sys.stderr, flush=True)
            try_lock(file.fileno(), wait=True)
        yield file.fileno()


def try_lock(hold: int, *, wait: bool) -> bool:
    """Lock an open file; False when another run has it and we are not to wait."""
    try:
        if sys.platform == "win32":
            import msvcrt

            # LK_LOCK gives up after ten seconds, and a set-up takes longer.
            while True:
                try:
                    msvcrt.locking(hold, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
                    return True
                except OSError:
                    if not wait:
                        return False
        else:
            import fcntl

            fcntl.flock(hold, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except BlockingIOError:
        return False
