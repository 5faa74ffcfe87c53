"""Finds a newer Python for ./inv when the one that runs it is too old; must parse on Python 3.6."""

import os
import shutil
import subprocess
import sys

NAMES = ("python3.14", "python3.13", "python3.12", "python3.11", "python3", "python")
# A name on the PATH proves little: a version manager's stand-in fails, and Debian ships Python without ensurepip.
PROBE = "import sys, venv, ensurepip; sys.exit(sys.version_info[:2] < (3, 11))"


def found() -> "list[str]":
    """Every command on the PATH that could be a newer Python, best first."""
    paths = [shutil.which(name) for name in NAMES]
    return list(dict.fromkeys(path for path in paths if path))


def suits(path: str) -> bool:
    """Whether the Python at path runs, is new enough and can make an environment."""
    try:
        return subprocess.call([path, "-I", "-c", PROBE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def hand_over(command: "list[str]") -> int:
    """Say that this Python is too old, and go on with a newer one; returns only if there is none."""
    say("Broadside needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))
    suitable = [path for path in found() if suits(path)]
    if not suitable:
        say("There is no newer one on the PATH that can make an environment. Install one and run this again:")
        say("  Debian, Ubuntu: sudo apt install python3 python3-venv    macOS: brew install python")
        return 1
    say("Newer ones here: {}. Going on with the first.".format(", ".join(suitable)))
    command = suitable[:1] + command
    os.execv(command[0], command)


def say(text: str) -> None:
    """Print a line on standard error: standard output belongs to the task."""
    print(text, file=sys.stderr, flush=True)
