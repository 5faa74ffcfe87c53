"""Turns a failure into a sentence that says what to do about it."""

import errno
import sys


class Trouble(Exception):
    """The set-up cannot go on; the text is for the newcomer."""


FULL = "The disk is full. Make room (the environment needs about 600 MB) and run this again."
CLOSED = "This folder cannot be written to. Put the project into a folder of your own and run this again there."
OFFLINE = (
    "The package index cannot be reached. Check the network connection (behind a proxy, set HTTPS_PROXY; for a "
    "mirror, set pip's index as usual) and run this again."
)
MISMATCH = (
    "A downloaded package is not the one that requirements.lock names, so none was installed. Run this again; if it "
    "stays so, the index or something before it hands out altered files: tell whoever looks after the project."
)
NO_VENV = (
    "This Python cannot make environments: its venv module is not complete. Debian, Ubuntu: "
    "sudo apt install python3-venv (or python{}.{}-venv). Then run this again."
)
NO_WHEEL = (
    "The package index has no ready-made file of a package for Python {}.{} on this machine. The packages are known to "
    "exist for Python 3.11 to 3.14 on Linux with glibc (Alpine has musl) and macOS 13 or newer; to try another "
    "Python, for example: python3.13 inv"
)

# The first match counts: a broken network also ends in "no matching distribution".
SIGNS = (
    (("no space left on device", "errno 28]", "quota exceeded"), FULL),
    (("do not match the hashes",), MISMATCH),
    (("ensurepip is not", "no module named ensurepip", "no module named venv"), NO_VENV),
    (("retrying (", "max retries exceeded", "connection aborted", "network is unreachable"), OFFLINE),
    (("temporary failure in name resolution", "read timed out", "sslerror", "proxyerror"), OFFLINE),
    (("no matching distribution found", "is not a supported wheel"), NO_WHEEL),
    (("read-only file system", "permission denied", "errno 13]"), CLOSED),
)
WORTH_QUOTING = (MISMATCH, NO_WHEEL)
WIDTH = 200
FULL_ERRORS = {errno.ENOSPC, errno.EDQUOT}
CLOSED_ERRORS = {errno.EACCES, errno.EPERM, errno.EROFS}


def from_output(text: str) -> str:
    """What the output of a failed pip or venv means, or its own words if the meaning is not known."""
    lowered = text.lower()
    for signs, meaning in SIGNS:
        if any(sign in lowered for sign in signs):
            return meaning.format(*sys.version_info[:2]) + (f"\n{errors(text)}" if meaning in WORTH_QUOTING else "")
    last = "\n".join(f"  {line}" for line in text.strip().splitlines()[-12:])
    return f"Setting up did not work. The last words of the tool were:\n{last}"


def errors(text: str) -> str:
    """The first line that the tool itself calls an error, and the few lines that follow it."""
    lines = text.strip().splitlines()
    first = next((number for number, line in enumerate(lines) if line.startswith("ERROR:")), len(lines))
    return "\n".join(f"  {line[:WIDTH]}" for line in lines[first : first + 8])


def from_error(error: OSError) -> str:
    """What an error of the file system means."""
    if error.errno in FULL_ERRORS:
        return FULL
    if error.errno in CLOSED_ERRORS:
        return f"{CLOSED} ({error.filename})" if error.filename else CLOSED
    return f"Setting up did not work: {error}"
