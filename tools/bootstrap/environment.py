"""Makes .venv from requirements.lock, whole or not at all, one run at a time."""

import importlib.util
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from . import installing, stamp
from .locking import held
from .progress import Progress
from .trouble import NO_VENV, Trouble, from_error

KEPT = "What was there before is kept and still runs, though it is not what the lock says: {} -m invoke TASK"


def prepare(root: str) -> int:
    """Make the environment ready, and return 0, or an exit code after a plain message on standard error."""
    try:
        with held(os.path.join(root, ".venv.lock")) as hold:
            if not stamp.is_ready(root):
                remake(root, hold)
    except Trouble as trouble:
        return fail(root, 1, str(trouble))
    except OSError as error:
        return fail(root, 1, from_error(error))
    except KeyboardInterrupt:
        return fail(root, 130, "Stopped. Nothing is half made: the next ./inv begins again.")
    return 0


def remake(root: str, hold: int) -> None:
    """Make the environment anew in its place; the old one is set aside, and comes back if that fails.

    It cannot be made elsewhere and moved in: the scripts in an environment name the place where it was made.
    """
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Trouble(NO_VENV.format(*sys.version_info[:2]))
    venv, aside = stamp.venv_of(root), stamp.venv_of(root) + ".old"
    set_aside(root, venv, aside)
    try:
        fill(root, hold, "Bringing .venv up to date" if os.path.lexists(aside) else "Setting up (once, a minute or so)")
    except BaseException:
        with undisturbed():
            remove(venv)
            if os.path.lexists(aside):
                os.rename(aside, venv)
        raise
    remove(aside)


def set_aside(root: str, venv: str, aside: str) -> None:
    """Move the old environment out of the way; a half-made .venv beside one that was set aside was left by a killed run."""
    if os.path.lexists(aside) and not os.path.exists(stamp.stamp_of(root)):
        remove(venv)
    elif os.path.lexists(venv):
        remove(aside)
        os.rename(venv, aside)


def fill(root: str, hold: int, title: str) -> None:
    """Make the environment, and write its stamp last."""
    lock = read_lock(root)
    progress = Progress(title, installing.count(lock.decode()))
    progress.start()
    try:
        venv = stamp.venv_of(root)
        installing.make_venv(venv, hold)
        # pip reads a copy, so that the stamp says what was installed even if the lock changes meanwhile.
        copy = os.path.join(venv, stamp.LOCK)
        write(copy, lock)
        installing.install(stamp.python_of(root), copy, hold, progress.read)
        installing.compile_ours(stamp.python_of(root), root, hold)
    except BaseException:
        progress.end()
        raise
    write(stamp.stamp_of(root) + ".new", stamp.wanted(root, lock))
    os.replace(stamp.stamp_of(root) + ".new", stamp.stamp_of(root))
    progress.end("Set-up done.")


def read_lock(root: str) -> bytes:
    """The lock's bytes."""
    try:
        return stamp.read(os.path.join(root, stamp.LOCK))
    except FileNotFoundError:
        raise Trouble("requirements.lock is missing. Bring it back: git checkout requirements.lock") from None


def write(path: str, content: bytes) -> None:
    """Write a file."""
    with open(path, "wb") as file:
        file.write(content)


def remove(path: str) -> None:
    """Remove a folder, or the link that stands for one."""
    if os.path.islink(path):
        os.unlink(path)
    elif os.path.lexists(path):
        shutil.rmtree(path)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back an impatient second Ctrl-C until things are put back."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def fail(root: str, code: int, message: str) -> int:
    """Say what went wrong, and return the exit code."""
    print(f"inv: {message}", file=sys.stderr)
    if os.path.exists(stamp.stamp_of(root)) and os.access(stamp.python_of(root), os.X_OK):
        print(KEPT.format(stamp.python_of(root)), file=sys.stderr)
    return code
