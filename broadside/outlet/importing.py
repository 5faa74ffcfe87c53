"""Loads the importer, a separate package that an outlet needs only while it moves in; fetches what is missing."""

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
from broadside.outlet.wheels import CHECKOUT, IMPORTER, importer_in

DISTRIBUTION, LOCK = "broadside-import", "requirements.lock"
IMPORTERS = CHECKOUT / "importers"
"""The importer's folder, if the engine is a checkout."""
VENDOR, CACHE = OUTLET / "vendor", OUTLET / ".cache"
FETCHED = CACHE / "importer"
"""Where the importer and its packages are installed."""


class NoImporter(Exception):
    """The importer, or a package it needs, is missing and cannot be fetched; the message says which and what to do."""


def importer() -> ModuleType:
    """The importer's module `command`, once all that it needs is installed."""
    if (IMPORTERS / IMPORTER).is_dir():
        search_in(IMPORTERS)
        _fetch_needs(IMPORTERS / LOCK)
    elif (found := importlib.util.find_spec(IMPORTER)) and found.origin:
        if (installed := _version_of(DISTRIBUTION)) != __version__:
            raise NoImporter(
                f"the {DISTRIBUTION} that is installed is {installed}, and Broadside is {__version__}: install that version of both"
            )
        _fetch_needs(Path(found.origin).parent / LOCK)
    else:
        _fetch(_lock_with(_vendored()))
    return importlib.import_module(f"{IMPORTER}.command")


def _vendored() -> Path:
    if wheel := importer_in(VENDOR, __version__):
        return wheel
    raise NoImporter(
        f"{IMPORTER}-{__version__}-py3-none-any.whl is not in vendor/. Put it there and run this again; "
        "./inv docs moving-in says where to get it."
    )


def _fetch_needs(lock: Path) -> None:
    """Fetch what the lock names, unless the environment has all of it."""
    named = [line.split()[0] for line in lock.read_text("utf-8").splitlines() if line[:1].isalnum()]
    names = {line.partition("==")[0] for line in named}  # one may be there twice, for older and newer Pythons
    if any(f"{name}=={_version_of(name)}" not in named for name in names):
        _fetch(lock)


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _fetch(lock: Path) -> None:
    try:
        if fetched(FETCHED, lock):
            print(f"Fetched what an import needs into {FETCHED.relative_to(OUTLET)}.", file=sys.stderr)
    except subprocess.CalledProcessError:
        raise NoImporter("what an import needs could not be fetched; pip says above why. Run this again.") from None
    search_in(FETCHED)


def _lock_with(wheel: Path) -> Path:
    """A lock of the importer's wheel and everything in its own lock."""
    try:
        needs = zipfile.ZipFile(wheel).read(f"{IMPORTER}/{LOCK}").decode()
    except (OSError, KeyError, zipfile.BadZipFile) as problem:
        raise NoImporter(f"{wheel} is no wheel of the importer ({problem}): put a whole one there") from None
    lock = CACHE / "importer.lock"
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    write_whole(lock, f"{needs}{wheel.as_uri()} --hash=sha256:{digest}\n".encode())
    return lock
