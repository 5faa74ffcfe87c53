"""Packs a built site into one file, the same bytes for the same site, and compares such a file with
a new build.
"""

from __future__ import annotations

import hashlib
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from broadside.config.options import Options
from broadside.folders import OUTLET


class NotPacked(Exception):
    """The site cannot be packed or compared; the message says why."""


def pack(output: Path, file: Path) -> str:
    """Write a site's folder into a tar file, and return its SHA-256.

    Nothing in it depends on the machine: no owner, no time, no order of the disk, no link between
    files.
    """
    if not (output / "index.html").is_file():
        raise NotPacked(f"{output} holds no site; build it first")
    if file.resolve().is_relative_to(output.resolve()):
        raise NotPacked(
            f"{file} is in the site, and would be packed into itself; name another place"
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)  # it may be a link, which writing would follow
        with tarfile.open(file, "x", format=tarfile.PAX_FORMAT) as tar:
            for path in sorted(output.rglob("*")):
                if path.is_file():
                    _add(tar, path, f"./{path.relative_to(output).as_posix()}")
        with file.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as problem:
        raise NotPacked(f"{file} cannot be written ({problem.strerror or problem})") from None


def _add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = path.stat().st_size, 0o644
    with path.open("rb") as data:
        tar.addfile(entry, data)


def verify(file: Path, options: Options, build: Callable[[Options], object]) -> list[str]:
    """The paths in which a packed site differs from a clean build of the same sources; none if all
    is well.

    Pictures are taken from the store, where their names are digests; everything else is made again.
    """
    try:
        with tarfile.open(file, "r:") as tar:
            packed = dict(_digests(tar))
    except (OSError, tarfile.TarError) as problem:
        raise NotPacked(f"{file} is not a packed site ({problem})") from None
    place = OUTLET / ".cache"
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="verify-", dir=place) as folder:
        output = Path(folder) / "site"
        build(replace(options, output=str(output), production=True, clean=True))
        built = {
            path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in output.rglob("*")
            if path.is_file()
        }
    return sorted(
        path for path in packed.keys() | built.keys() if packed.get(path) != built.get(path)
    )


def _digests(tar: tarfile.TarFile) -> Iterator[tuple[str, str]]:
    for entry in tar:
        data = None
        if entry.isfile():
            data = tar.extractfile(entry)
        yield (
            entry.name.removeprefix("./"),
            hashlib.sha256(data.read()).hexdigest() if data else "no file",
        )
