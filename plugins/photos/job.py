"""Makes the derivatives of an original: it is decoded once, and each derivative is resized and encoded."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import PIL
from msgspec import Struct
from PIL import Image

from broadside.plugins.photos.container import sniff
from broadside.plugins.photos.darkroom import Changed
from broadside.plugins.photos.derive import TOP, plan
from broadside.plugins.photos.develop import develop
from broadside.plugins.photos.store import missing
from broadside.plugins.photos.values import Derivative, Kind, Original, Problem

# Chosen by measurement: AVIF below speed 8 doubles the time for 5 % fewer bytes, and one thread keeps bytes stable.
_SAVE: dict[Kind, dict[str, Any]] = {
    "avif": {"format": "AVIF", "speed": 8, "max_threads": 1, "codec": "aom"},
    "webp": {"format": "WEBP", "method": 4},
    "jpeg": {"format": "JPEG", "progressive": True, "optimize": True, "subsampling": "4:2:0"},
}


class PhotoJob(Struct, frozen=True):
    """An original and its derivatives."""

    path: Path
    derivatives: tuple[Derivative, ...]

    def make(self, wanted: Sequence[Derivative]) -> Iterable[tuple[Derivative, bytes]]:
        """The wanted derivatives with their bytes."""
        # The master depends on the whole plan, never on which derivatives are missing, or bytes would differ between runs.
        largest = max((one for one in self.derivatives if not one.cut_from), key=lambda one: one.width)
        master = original(self.path, wanted[0].source, (largest.width, largest.height))
        for size in sorted({_drawn(one) for one in wanted}):
            picture = master if size == master.size else master.resize(size, Image.Resampling.LANCZOS)
            yield from ((one, _encode(_cut(picture, one), one)) for one in wanted if _drawn(one) == size)

    def failed(self, fault: Exception) -> Problem:
        """The problem of a file that only decoding shows to be damaged, or that was removed since it was inspected."""
        return _failed(self.path, fault)


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
        original(self.path, self.picture.digest, (smallest.width, smallest.height))
        yield from ((one, b"decoded") for one in wanted)

    def failed(self, fault: Exception) -> Problem:
        """The same problem as that of its derivatives."""
        return _failed(self.path, fault)

    def is_done(self, store: Path) -> bool:
        """Whether the store has what shows that the original can be decoded: this, or a derivative."""
        return not missing(self.derivatives, store) or not missing(plan(self.picture)[:1], store)


def original(path: Path, source: str, size: tuple[int, int]) -> Image.Image:
    """The original at a path, developed at a size; raises Changed if its SHA-256 digest is no longer `source`."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != source:
        raise Changed
    kind = sniff(data)
    if kind is None:
        raise ValueError("it is not a JPEG, PNG, WebP or AVIF")
    return develop(data, kind, size)


def _failed(path: Path, fault: Exception) -> Problem:
    if isinstance(fault, FileNotFoundError):
        return Problem("photo-missing", f"{path.name} was taken away meanwhile", "put it back, or use another")
    return Problem("photo-damaged", f"{path.name} cannot be decoded: {fault}", "export it again from its source")


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
