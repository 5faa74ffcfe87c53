"""Makes the pictures that are missing from the store, each once, in several processes.

An original is decoded once, into plain upright sRGB pixels without metadata, and each of its
derivatives is resized and encoded.
"""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import os
import warnings
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import PIL
from msgspec import Struct
from PIL import Image, ImageCms

from broadside.faults import SiteFailed
from broadside.media.derivatives import plan
from broadside.media.photo_files import open_picture, orientation, sniff
from broadside.media.photos import Derivative, Kind, Original, Problem
from broadside.media.picture_store import missing, write
from broadside.parallel import can_fork, die_with_parent, without_ctrl_c
from broadside.terminal import counted

DOING = "Making pictures"
# Chosen by measurement: AVIF below speed 8 doubles the time for 5 % fewer bytes, and one thread
# keeps bytes stable.
ENCODING: dict[Kind, dict[str, Any]] = {
    "avif": {"format": "AVIF", "speed": 8, "max_threads": 1, "codec": "aom"},
    "webp": {"format": "WEBP", "method": 4},
    "jpeg": {"format": "JPEG", "progressive": True, "optimize": True, "subsampling": "4:2:0"},
}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Changed(Exception):
    """A picture has changed since the build began."""


class Job(Protocol):
    """Pictures that are made together; `path` is the file for which a problem with them is
    reported.
    """

    @property
    def path(self) -> Path:
        """The file they are made from."""

    @property
    def derivatives(self) -> tuple[Derivative, ...]:
        """The pictures that the store should have."""

    def make(self, wanted: Sequence[Derivative]) -> Iterable[tuple[Derivative, bytes]]:
        """The wanted derivatives, each with its bytes; raises Changed, SiteFailed, or whatever a
        decoder raises.
        """

    def failed(self, fault: Exception) -> Problem:
        """The problem to report for an exception that `make` raised."""


class PhotoJob(Struct, frozen=True):
    """An original and its derivatives."""

    path: Path
    derivatives: tuple[Derivative, ...]

    def make(self, wanted: Sequence[Derivative]) -> Iterable[tuple[Derivative, bytes]]:
        """The wanted derivatives with their bytes."""
        # The largest depends on the whole plan, never on which derivatives are missing, or bytes
        # would differ between runs.
        widest = max(
            (one for one in self.derivatives if not one.cut_from), key=lambda one: one.width
        )
        largest = decode_file(self.path, wanted[0].source, (widest.width, widest.height))
        for size in sorted({_scaled(one) for one in wanted}):
            if size == largest.size:
                picture = largest
            else:
                picture = largest.resize(size, Image.Resampling.LANCZOS)
            yield from (
                (one, _encode(_cut(picture, one), one)) for one in wanted if _scaled(one) == size
            )

    def failed(self, fault: Exception) -> Problem:
        """The problem of a file that turns out damaged when decoded, or that was removed since it
        was inspected.
        """
        return _undecodable(self.path, fault)


class DecodeJob(Struct, frozen=True):
    """An original that is only decoded; the store records that this succeeded."""

    path: Path
    picture: Original

    @property
    def derivatives(self) -> tuple[Derivative, ...]:
        """The entry of the store; it depends on the decoders' versions, because others may judge
        differently.
        """
        one = self.picture
        name = f"decoded/{one.digest}-{PIL.__version__}"
        return (Derivative(name, one.width, one.height, one.kind, 0, one.digest),)

    def make(self, wanted: Sequence[Derivative]) -> Iterable[tuple[Derivative, bytes]]:
        """The wanted entry, once the original is decoded."""
        # Damage shows at any size; the smallest takes a tenth of the time of the largest, most of
        # which is scaling.
        smallest = plan(self.picture)[0]
        decode_file(self.path, self.picture.digest, (smallest.width, smallest.height))
        yield from ((one, b"decoded") for one in wanted)

    def failed(self, fault: Exception) -> Problem:
        """The same problem as that of its derivatives."""
        return _undecodable(self.path, fault)

    def is_done(self, store: Path) -> bool:
        """Whether the store shows that the original can be decoded: by this entry, or a
        derivative.
        """
        return not missing(self.derivatives, store) or not missing(plan(self.picture)[:1], store)


def make_all(jobs: Iterable[Job], store: Path, processes: int = 2) -> list[tuple[Path, Problem]]:
    """Write the missing pictures of many jobs; returns each failed file with its problem, in the
    order of the jobs.
    """
    # Two paths with the same picture need the same derivatives, which are made once.
    todo = list({job.derivatives: job for job in jobs if missing(job.derivatives, store)}.values())
    results = _in_processes(todo, store, min(processes, len(todo)))
    return [
        (job.path, problem)
        for job, problems in zip(todo, results, strict=True)
        for problem in problems
    ]


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
                return [
                    Problem("photo-unwritten", f"the pictures of {name} cannot be written: {fault}")
                ]
    except Changed:
        return [Problem("photo-unwritten", f"{name} changed while it was read", "build again")]
    except SiteFailed:
        # the cause is the theme or the settings, and it would be reported for every picture
        raise
    except MemoryError:
        return [
            Problem("photo-too-large", f"{name} needs more memory than there is", "scale it down")
        ]
    except Exception as fault:
        # decoders raise anything on damaged data, and one file must not stop the others
        return [job.failed(fault)]
    return []


def _in_processes(jobs: Sequence[Job], store: Path, processes: int) -> list[list[Problem]]:
    if processes < 2:
        return [make(job, store) for job in counted(DOING, jobs, len(jobs))]
    try:
        with _pool(processes) as pool:
            with without_ctrl_c():
                problems = pool.map(partial(make, store=store), jobs)
            return list(counted(DOING, problems, len(jobs)))
    except BrokenProcessPool:
        # a decoder that crashes takes the pool with it; alone, each job shows whose fault it was
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
        return [
            Problem(
                "photo-damaged", f"{job.path.name} crashed the picture library", "export it again"
            )
        ]


def _pool(processes: int) -> ProcessPoolExecutor:
    # A fork is instant, but loses other threads; if there are any, workers are new processes.
    context = multiprocessing.get_context("fork" if can_fork() else "spawn")
    # The workers do not notice that the build was killed; they would wait for jobs for ever.
    return ProcessPoolExecutor(
        processes, context, initializer=die_with_parent, initargs=(os.getpid(),)
    )


def _undecodable(path: Path, fault: Exception) -> Problem:
    if isinstance(fault, FileNotFoundError):
        return Problem(
            "photo-missing",
            f"{path.name} was removed during the build",
            "put it back, or use another",
        )
    return Problem(
        "photo-damaged",
        f"{path.name} cannot be decoded: {fault}",
        "export it again from its source",
    )


def _scaled(one: Derivative) -> tuple[int, int]:
    """The size to which a derivative is scaled before it is cropped."""
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


def decode_file(path: Path, digest: str, size: tuple[int, int]) -> Image.Image:
    """The picture in a file, decoded at a size; raises Changed if its SHA-256 digest is no longer
    this.
    """
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise Changed
    kind = sniff(data)
    if kind is None:
        raise ValueError("it is not a JPEG, PNG, WebP or AVIF")
    return decode(data, kind, size)


def decode(data: bytes, kind: Kind, size: tuple[int, int]) -> Image.Image:
    """The picture at `size`, upright, in sRGB (or grey), flattened on white, without metadata.

    It is flattened for every format, not only JPEG, because black lettering on nothing vanishes on
    a dark page.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with open_picture(data, kind) as image:
            turn = orientation(image, data, kind)
            # From 5 on, the picture lies on its side: width and height change places.
            if turn < 5:
                lying = size
            else:
                lying = (size[1], size[0])
            # A JPEG is decoded at the smallest number of eighths that is still large enough: four
            # times less work.
            image.draft(None, lying)
            image.load()
            small = _resize(_eight_bit(image), lying)
            # Colours are converted when the picture is small: the same to the eye, and a fifth of
            # the work.
            flat = _on_white(_in_srgb(small, image.info.get("icc_profile")))
    if turn in _TURNS:
        upright = flat.transpose(_TURNS[turn])
    else:
        upright = flat.copy()
    upright.info = {}
    return upright


def _eight_bit(image: Image.Image) -> Image.Image:
    if image.mode == "I;16":
        # convert("L") clips at 255; 16-bit grey levels must be divided.
        return image.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    if image.mode == "RGBA":
        return image  # converting would copy it: 200 MB for a large picture
    if image.mode in ("P", "1") or image.has_transparency_data:
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    plain = "RGB"
    if image.mode in ("L", "RGBA"):
        plain = image.mode
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK") or _is_srgb(profile):
        if image.mode != plain:
            return image.convert(plain)
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode=plain
        )
    except (ImageCms.PyCMSError, OSError):
        # A damaged profile, or one for other channels than the picture's: take its colours as sRGB.
        return image.convert(plain)
    return converted or image.convert(plain)


def _is_srgb(profile: bytes) -> bool:
    # The profile of nearly every photo says so in its description, and converting sRGB to sRGB
    # costs a tenth of a second.
    return b"sRGB IEC61966" in profile or b"s\0R\0G\0B\0 \0I\0E\0C" in profile


def _resize(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("RGB")
