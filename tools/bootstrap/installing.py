"""Runs venv and pip so that the newcomer's own Python set-up neither interferes nor is touched."""

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable

from .trouble import Trouble, from_output

# Of pip's many variables, only those that say how to reach packages are kept; the others (PIP_USER, PIP_TARGET, PIP_PREFIX,
# PIP_NO_BINARY …) would change what is installed, or where.
HOW_TO_REACH = frozenset(
    "PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_FIND_LINKS PIP_NO_INDEX PIP_CERT PIP_CLIENT_CERT PIP_PROXY PIP_TRUSTED_HOST "
    "PIP_TIMEOUT PIP_DEFAULT_TIMEOUT PIP_CACHE_DIR PIP_NO_CACHE_DIR PIP_CONFIG_FILE PIP_KEYRING_PROVIDER".split()
)
PIP_OPTIONS = (
    "--no-deps --require-hashes --only-binary=:all: --no-input --retries=2 --progress-bar=off "
    "--disable-pip-version-check --no-warn-script-location"
).split()
# Without the caller's folder, site packages and variables; UTF-8 for folders with names beyond ASCII.
ALONE = ("-I", "-X", "utf8")
TAIL = 400
OURS = ("broadside", "plugins", "tasks.py", "pelicanconf.py")  # the last is a module too, of publishconf.py


def clean(environment: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The environment for venv and pip: no Python and pip settings but those that say how to reach packages."""
    kept = {
        name: value
        for name, value in environment
        if name in HOW_TO_REACH or not name.startswith(("PIP_", "PYTHON", "VIRTUAL_ENV", "__PYVENV", "UV_"))
    }
    # The variable overrides a "user = true" in a pip.conf; LC_ALL keeps the errors in the language that trouble.py reads.
    return kept | {"PIP_USER": "0", "LC_ALL": "C"}


def count(lock: str) -> int:
    """How many packages a lock names."""
    return len(re.findall(r"^[A-Za-z0-9][^\s=]*==", lock, re.MULTILINE))


def make_venv(venv: str, hold: int) -> None:
    """Make an empty environment."""
    follow([base_python(), *ALONE, "-m", "venv", "--without-pip", "--prompt", "broadside", venv], hold)


def install(python: str, lock: str, hold: int, hear: Callable[[str], None]) -> None:
    """Install pip and exactly what the lock names into the environment of this Python."""
    # Not left to venv, which swallows what ensurepip says when it fails.
    follow([python, *ALONE, "-m", "ensurepip", "--default-pip"], hold)
    follow([python, *ALONE, "-m", "pip", "install", *PIP_OPTIONS, "-r", lock], hold, hear)
    # A pip.conf with target or prefix in it sends packages elsewhere, and pip reports success.
    if subprocess.call([python, *ALONE, "-c", "import invoke"], stderr=subprocess.DEVNULL):
        raise Trouble("The packages did not arrive in .venv. Does your pip.conf set target or prefix? It must not.")


def compile_ours(python: str, root: str, hold: int) -> None:
    """Compile our own code, as pip compiles packages; otherwise each command would compile it anew under invoke, in 0.1 s.

    The compiled code is checked by the bytes of its source, not by times, so that an edit within the same second is never
    missed. Python itself compiles code that cannot be kept, or has been edited since, as it is loaded.
    """
    ours = [os.path.join(root, name) for name in OURS]
    with contextlib.suppress(Trouble):
        follow([python, *ALONE, "-m", "compileall", "-qq", "--invalidation-mode", "checked-hash", *ours], hold)


def follow(command: list[str], hold: int, hear: Callable[[str], None] | None = None) -> None:
    """Run a command to its end, line by line.

    `hold` is the open lock file: the child keeps it too, so that no other run starts while a child outlives its parent.
    """
    tail: deque[str] = deque(maxlen=TAIL)
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=clean(os.environ.items()),
        pass_fds=(hold,),
        process_group=0,
        encoding="utf-8",
        errors="replace",
    ) as child:
        try:
            for line in child.stdout or ():
                tail.append(line)
                if hear:
                    hear(line.strip())
        except BaseException:
            stop(child)
            raise
    if child.returncode:
        raise Trouble(from_output("".join(tail)))


def stop(child: subprocess.Popen[str]) -> None:
    """End a child and its own children, which would go on writing."""
    with contextlib.suppress(ProcessLookupError, PermissionError):  # it has just ended by itself
        os.killpg(child.pid, signal.SIGKILL)


def base_python() -> str:
    """The interpreter behind this one: .venv may be active, and it is about to be moved away."""
    return getattr(sys, "_base_executable", None) or sys.executable
