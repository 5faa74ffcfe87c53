"""Make the derivatives that a plan lists: each original is decoded once, each derivative is made once."""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import os
import threading
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from plugins.parallel import die_with_parent
from plugins.photos.container import sniff
from plugins.photos.derive import TOP, missing
from plugins.photos.develop import develop
from plugins.photos.values import Derivative, Kind, Problem

# Chosen by measurement: AVIF below speed 8 doubles the time for 5 % fewer bytes, and one thread keeps bytes stable.
_SAVE: dict[Kind, dict[str, Any]] = {
    "avif": {"format": "AVIF", "speed": 8, "max_threads": 1, "codec": "aom"},
    "webp": {"format": "WEBP", "method": 4},
    "jpeg": {"format": "JPEG", "progressive": True, "optimize": True, "subsampling": "4:2:0"},
    "png": {"format": "PNG", "optimize": True},
}


AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Job:
    """One original and the derivatives wanted of it."""

    path: Path
    derivatives: tuple[Derivative, ...]


class _Unwritten(Exception):
    """The store took no file: a full disk or a missing right, and not the picture's fault."""


def make(path: Path, derivatives: Sequence[Derivative], store: Path) -> list[Problem]:
    """Write the missing derivatives of one original into the store; returns what went wrong."""
    wanted = missing(derivatives, store)
    if not wanted:
        return []
    try:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != wanted[0].source:
            return [Problem("photo-changed", f"{path.name} changed while it was read", "build again")]
        for derivative, picture in _pictures(data, derivatives, wanted):
            _write(store / derivative.name, _encode(picture, derivative))
    except _Unwritten as fault:
        return [Problem("photo-unwritten", f"the pictures of {path.name} cannot be written: {fault.__cause__}")]
    except MemoryError:
        return [Problem("photo-too-large", f"{path.name} takes more memory than there is", "scale it down")]
    except Exception as fault:  # decoders raise anything on damaged data, and one file must not stop the others
        again = "export it again from its source"
        return [Problem("photo-damaged", f"{path.name} cannot be decoded: {fault}", again)]
    return []


def make_all(jobs: Iterable[Job], store: Path, processes: int = 2) -> list[tuple[Path, Problem]]:
    """Write the missing derivatives of many originals; returns each failed file with its problem, in order of jobs."""
    _sweep(store)
    unique = {job.derivatives: job for job in jobs if missing(job.derivatives, store)}
    todo = list(unique.values())
    if processes < 2 or len(todo) < 2:
        return [(job.path, problem) for job in todo for problem in make(job.path, job.derivatives, store)]
    results = _in_processes(todo, store, min(processes, len(todo)))
    return [(job.path, problem) for job, problems in zip(todo, results, strict=True) for problem in problems]


def _sweep(store: Path) -> None:
    """Delete what killed builds left half written; another build that is at work now keeps its own."""
    for half in store.rglob(".*.tmp"):
        with suppress(OSError):  # that build has just finished it
            if half.stat().st_mtime < time.time() - AN_HOUR:
                half.unlink()


def _in_processes(jobs: Sequence[Job], store: Path, processes: int) -> list[list[Problem]]:
    with _pool(processes) as pool:
        try:
            results = [_result(future) for future in [_submit(pool, job, store) for job in jobs]]
        except BaseException:
            # Ctrl-C must not wait for two hundred pictures that nobody wants any more.
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    # A decoder that crashes takes the pool and its neighbours with it; alone, each shows whose fault it was.
    return [_alone(job, store) if result is None else result for job, result in zip(jobs, results, strict=True)]


def _alone(job: Job, store: Path) -> list[Problem]:
    with _pool(1) as pool:
        result = _result(_submit(pool, job, store))
    if result is None:
        return [Problem("photo-crash", f"{job.path.name} made the picture library crash", "export it again")]
    return result


def _submit(pool: ProcessPoolExecutor, job: Job, store: Path) -> Future[list[Problem]] | None:
    try:
        return pool.submit(make, job.path, job.derivatives, store)
    except BrokenProcessPool:  # it broke while this job was still to be handed over
        return None


def _result(future: Future[list[Problem]] | None) -> list[Problem] | None:
    try:
        return future.result() if future else None
    except BrokenProcessPool:
        return None


def start_method() -> str:
    """How workers start: a fork is instant but copies the locks other threads hold, so with threads about, afresh."""
    return "fork" if threading.active_count() == 1 and hasattr(os, "fork") else "spawn"


def _pool(processes: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context(start_method())
    # A build that is killed tells its workers nothing; they would wait for pictures for ever.
    return ProcessPoolExecutor(processes, context, initializer=die_with_parent, initargs=(os.getpid(),))


def _pictures(
    data: bytes, derivatives: Sequence[Derivative], wanted: Sequence[Derivative]
) -> Iterable[tuple[Derivative, Image.Image]]:
    # The master depends on the whole plan and never on what happens to be missing, or bytes would differ between runs.
    largest = max((one for one in derivatives if not one.cut_from), key=lambda one: one.width)
    kind = sniff(data)
    if kind is None:
        raise ValueError("it is no JPEG, PNG, WebP or AVIF")
    master = develop(data, kind, (largest.width, largest.height))
    for size in sorted({_drawn(one) for one in wanted}):
        picture = master if size == master.size else master.resize(size, Image.Resampling.LANCZOS)
        yield from ((one, _cut(picture, one)) for one in wanted if _drawn(one) == size)


def _drawn(one: Derivative) -> tuple[int, int]:
    return one.cut_from or (one.width, one.height)


def _cut(picture: Image.Image, one: Derivative) -> Image.Image:
    if not one.cut_from:
        return picture
    left, top = (picture.width - one.width) // 2, int((picture.height - one.height) * TOP)
    return picture.crop((left, top, left + one.width, top + one.height))


def _encode(picture: Image.Image, derivative: Derivative) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, quality=derivative.quality, **_SAVE[derivative.kind])
    return buffer.getvalue()


def _write(target: Path, data: bytes) -> None:
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # half a picture would be believed for ever, because its name promises the whole
        temporary.replace(target)
    except OSError as fault:
        temporary.unlink(missing_ok=True)
        raise _Unwritten from fault
