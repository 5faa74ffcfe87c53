"""Says whether .venv is whole and made from the lock as it stands now; must parse on Python 3.6.

The stamp is written last, so an environment that has one is whole. It holds the lock itself and not a hash of it:
comparing 130 kB costs less than importing hashlib, and this runs before every task.
"""

import os

LOCK = "requirements.lock"
# Raise this when the way of making an environment changes, so that existing ones are made anew.
RECIPE = "1"


def venv_of(root: str) -> str:
    """The environment's folder, for the project at root."""
    return os.path.join(root, ".venv")


def python_of(root: str) -> str:
    """The path of the environment's interpreter, whether it exists or not."""
    return os.path.join(venv_of(root), "bin", "python")


def stamp_of(root: str) -> str:
    """The file that says what a whole environment was made from."""
    return os.path.join(venv_of(root), "broadside-stamp")


def read(path: str) -> bytes:
    """The bytes of a file."""
    with open(path, "rb") as file:
        return file.read()


def wanted(root: str, lock: bytes) -> bytes:
    """What the stamp must say: the recipe, the place, the Python behind the environment, the lock.

    The place is in it because the scripts in an environment name it, and the Python because a system's upgrade replaces it.
    """
    behind = os.path.realpath(python_of(root))
    return os.fsencode("\n".join(["recipe " + RECIPE, root, behind, ""])) + lock


def is_ready(root: str) -> bool:
    """Whether tasks can run in the environment as it is."""
    try:
        return read(stamp_of(root)) == wanted(root, read(os.path.join(root, LOCK))) and os.path.exists(python_of(root))
    except OSError:
        return False
