"""Makes the pictures that are missing from the store, each once, in several processes.

An original is decoded once, and each of its derivatives is resized and encoded.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import PIL
from msgspec import Struct
from PIL import Image

from broadside.faults import SiteFailed
from broadside.media.photos.derive import plan
from broadside.media.photos.values import Derivative, Kind, Original, Problem
from broadside.media.pictures.decode import Changed, decode_file
from broadside.media.pictures.store import missing, write
from broadside.parallel import can_fork, die_with_parent, without_ctrl_c
from broadside.terminal import counted

AN_HOUR = 3600
DOING = "Making pictures"
# Chosen by measurement: AVIF below speed 8 doubles the time for 5 % fewer bytes, and one thread keeps bytes stable.
ENCODING: dict[Kind, dict[str, Any]] = {
    "avif": {"format": "AVIF", "speed": 8, "max_threads": 1, "codec": "aom"},
    "webp": {"format": "WEBP", "method": 4},
    "jpeg": {"format": "JPEG", "progressive": True, "optimize": True, "subsampling": "4:2:0"},
}


class Job(Protocol):
    """Pictures that are made together; `path` is the file for which a problem with them is reported."""

    @property
    def path(self) -> Path:
        """The file from which they are made."""

    @property
    def derivatives(self) -> tuple[Derivative, ...]:
        """The pictures that the store should have."""

    def make(self, wanted: Sequence[Derivative]) -> Iterable[tuple[Derivative, bytes]]:
        """The wanted derivatives, each with its bytes; raises Changed, SiteFailed, or whatever a decoder raises."""

    def failed(self, fault: Exception) -> Problem:
        """The problem to report for an exception that `make` raised."""


class PhotoJob(Struct, frozen=True):
    """An original and its derivatives."""

    path: Path
    derivatives: tuple[Derivative, ...]

    def make(self, wanted: Sequence[Derivative]) -> Iterable[tuple[Derivative, bytes]]:
        """The wanted derivatives with their bytes."""
        # The largest depends on the whole plan, never on which derivatives are missing, or bytes would differ between runs.
        widest = max((one for one in self.derivatives if not one.cut_from), key=lambda one: one.width)
        largest = decode_file(self.path, wanted[0].source, (widest.width, widest.height))
        for size in sorted({_scaled(one) for one in wanted}):
            picture = largest if size == largest.size else largest.resize(size, Image.Resampling.LANCZOS)
            yield from ((one, _encode(_cut(picture, one), one)) for one in wanted if _scaled(one) == size)

    def failed(self, fault: Exception) -> Problem:
        """The problem of a file that only decoding shows to be damaged, or that was removed since it was inspected."""
        return _undecodable(self.path, fault)


class DecodeJob(Struct, frozen=True):
    """An original that is only decoded; that it can be is all that the store keeps."""

    path: Path
    picture: Original

    @property
    def derivatives(self) -> tuple[Derivative, ...]:
        """The entry of the store; other versions of the decoders make another one, because they may judge otherwise."""
        one = self.picture
        name = f"decoded/{one.digest}-{PIL.__version__}"
        return (Derivative(name, one.width, one.height, one.kind, 0, one.digest),)

    def make(self, wanted: Sequence[Derivative]) -> Iterable[tuple[Derivative, bytes]]:
        """The wanted entry, once the original is decoded."""
        # Damage shows at any size; the smallest takes a tenth of the time of the largest, most of which is scaling.
        smallest = plan(self.picture)[0]
        decode_file(self.path, self.picture.digest, (smallest.width, smallest.height))
        yield from ((one, b"decoded") for one in wanted)

    def failed(self, fault: Exception) -> Problem:
        """The same problem as that of its derivatives."""
        return _undecodable(self.path, fault)

    def is_done(self, store: Path) -> bool:
        """Whether the store has what shows that the original can be decoded: this, or a derivative."""
        return not missing(self.derivatives, store) or not missing(plan(self.picture)[:1], store)


def make_all(jobs: Iterable[Job], store: Path, processes: int = 2) -> list[tuple[Path, Problem]]:
    """Write the missing pictures of many jobs; returns each failed file with its problem, in the order of the jobs."""
    _delete_half_written(store)
    todo = list({job.derivatives: job for job in jobs if missing(job.derivatives, store)}.values())
    results = _in_processes(todo, store, min(processes, len(todo)))
    return [(job.path, problem) for job, problems in zip(todo, results, strict=True) for problem in problems]


def make(job: Job, store: Path) -> list[Problem]:
    """Write the missing pictures of one job into the store; returns the problems."""
    wanted = missing(job.derivatives, store)
    if not wanted:
        return []
    name = job.path.name
    try:
        for derivative, data in job.make(wanted):
            try:
                write(store / derivative.name, data)
            except OSError as fault:  # a full disk or a missing permission, not the picture's fault
                return [Problem("photo-unwritten", f"the pictures of {name} cannot be written: {fault}")]
    except Changed:
        return [Problem("photo-changed", f"{name} changed while it was read", "build again")]
    except SiteFailed:  # the cause is the theme or the settings, and it would be reported for every picture
        raise
    except MemoryError:
        return [Problem("photo-too-large", f"{name} takes more memory than there is", "scale it down")]
    except Exception as fault:  # decoders raise anything on damaged data, and one file must not stop the others
        return [job.failed(fault)]
    return []


def _delete_half_written(store: Path) -> None:
    """Delete what killed builds left half written; the files of another build that is running now stay."""
    for half in store.rglob(".*.part"):
        with suppress(OSError):  # another build has just finished it
            if half.stat().st_mtime < time.time() - AN_HOUR:
                half.unlink()


def _in_processes(jobs: Sequence[Job], store: Path, processes: int) -> list[list[Problem]]:
    if processes < 2:
        return [make(job, store) for job in counted(DOING, jobs, len(jobs))]
    try:
        with _pool(processes) as pool:
            with without_ctrl_c():
                problems = pool.map(partial(make, store=store), jobs)
            return list(counted(DOING, problems, len(jobs)))
    except BrokenProcessPool:  # a decoder that crashes takes the pool with it; alone, each job shows whose fault it was
        return [_alone(job, store) for job in jobs]


def _alone(job: Job, store: Path) -> list[Problem]:
    if not missing(job.derivatives, store):
        return []
    try:
        with _pool(1) as pool:
            with without_ctrl_c():
                problems = pool.submit(make, job, store)
            return problems.result()
    except BrokenProcessPool:
        return [Problem("photo-crash", f"{job.path.name} made the picture library crash", "export it again")]


def _pool(processes: int) -> ProcessPoolExecutor:
    # A fork is instant, but loses other threads; where it would, workers are new processes.
    context = multiprocessing.get_context("fork" if can_fork() else "spawn")
    # The workers do not notice that the build was killed; they would wait for jobs for ever.
    return ProcessPoolExecutor(processes, context, initializer=die_with_parent, initargs=(os.getpid(),))


def _undecodable(path: Path, fault: Exception) -> Problem:
    if isinstance(fault, FileNotFoundError):
        return Problem("photo-missing", f"{path.name} was taken away meanwhile", "put it back, or use another")
    return Problem("photo-damaged", f"{path.name} cannot be decoded: {fault}", "export it again from its source")


def _scaled(one: Derivative) -> tuple[int, int]:
    """The size to which a derivative is scaled, before it is cut."""
    return one.cut_from or (one.width, one.height)


def _cut(picture: Image.Image, one: Derivative) -> Image.Image:
    if not one.cut_from:
        return picture
    across, down = one.cut_at
    left, top = int((picture.width - one.width) * across), int((picture.height - one.height) * down)
    return picture.crop((left, top, left + one.width, top + one.height))


def _encode(picture: Image.Image, derivative: Derivative) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, quality=derivative.quality, **ENCODING[derivative.kind])
    return buffer.getvalue()
