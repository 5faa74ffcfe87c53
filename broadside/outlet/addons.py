"""Loads add-ons: packages of their own in extras/, which only some outlets need; fetches what is
missing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType

from broadside import __version__
from broadside.disk import write_whole
from broadside.fetching import fetched, search_in
from broadside.folders import OUTLET
from broadside.outlet.wheels import CHECKOUT, add_on_in

LOCK = "requirements.lock"
EXTRAS = CHECKOUT / "extras"
"""The add-ons' folder, if the engine is a checkout."""
VENDOR, CACHE = OUTLET / "vendor", OUTLET / ".cache"


class NotThere(Exception):
    """An add-on, or a package it needs, is missing and cannot be fetched; the message says which
    and what to do.
    """


def add_on(name: str) -> ModuleType:
    """The module `command` of an add-on, such as import, once all that it needs is installed."""
    package, folder = f"broadside_{name}", EXTRAS / name
    if (folder / package).is_dir():
        search_in(folder)
        _fetch_needs(name, folder / LOCK)
    elif (found := importlib.util.find_spec(package)) and found.origin:
        _must_be_of_our_version(f"broadside-{name}")
        _fetch_needs(name, Path(found.origin).parent / LOCK)
    else:
        _fetch(name, _lock_with(_vendored(name), package))
    return importlib.import_module(f"{package}.command")


def _must_be_of_our_version(distribution: str) -> None:
    if (installed := _version_of(distribution)) != __version__:
        raise NotThere(
            f"the {distribution} that is installed is {installed}, and Broadside is {__version__}:"
            " install that version of both"
        )


def _vendored(name: str) -> Path:
    if wheel := add_on_in(VENDOR, name, __version__):
        return wheel
    raise NotThere(
        f"this is an add-on, and broadside_{name}-{__version__}-py3-none-any.whl is not in vendor/."
        " Put it there and run this again; ./inv docs add-ons says where to get it."
    )


def _fetch_needs(name: str, lock: Path) -> None:
    """Fetch what the lock names, unless the environment has all of it."""
    named = [line.split()[0] for line in lock.read_text("utf-8").splitlines() if line[:1].isalnum()]
    # one may be there twice, for older and newer Pythons
    names = {line.partition("==")[0] for line in named}
    if any(f"{needed}=={_version_of(needed)}" not in named for needed in names):
        _fetch(name, lock)


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _fetch(name: str, lock: Path) -> None:
    folder = CACHE / "add-ons" / name
    try:
        if fetched(folder, lock):
            print(f"Fetched what this needs into {folder.relative_to(OUTLET)}.", file=sys.stderr)
    except subprocess.CalledProcessError:
        raise NotThere(
            "what this needs could not be fetched; pip says above why. Run this again."
        ) from None
    search_in(folder)


def _lock_with(wheel: Path, package: str) -> Path:
    """A lock of an add-on's wheel and everything in its own lock."""
    try:
        needs = zipfile.ZipFile(wheel).read(f"{package}/{LOCK}").decode()
    except (OSError, KeyError, zipfile.BadZipFile) as problem:
        raise NotThere(
            f"{wheel} is no wheel of an add-on ({problem}): put a whole one there"
        ) from None
    lock = CACHE / "add-ons" / f"{package}.lock"
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock.parent.mkdir(parents=True, exist_ok=True)
    write_whole(lock, f"{needs}{wheel.as_uri()} --hash=sha256:{digest}\n".encode())
    return lock
