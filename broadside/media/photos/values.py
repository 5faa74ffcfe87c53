"""The values for a photo, from the file that a writer hands in to what a template prints."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from broadside.faults import Fault, Severity

Focus = tuple[int, int]
"""The point of a photo that crops keep, as percentages from the left and from the top."""
Kind = Literal["avif", "webp", "jpeg", "png"]
CreditLabel = Literal["photo", "image"]


class Problem(Struct, frozen=True):
    """Something wrong with a picture file, wherever it is used."""

    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def at(self, path: str, line: int = 0) -> Fault:
        """The problem as a fault of a source."""
        return Fault(path, line, 0, self.severity, self.code, self.message, self.hint)


class Original(Struct, frozen=True):
    """A picture file that passed inspection; width and height are those that a reader sees, after EXIF orientation.

    `size` is that of the file in bytes.
    """

    stem: str
    digest: str
    width: int
    height: int
    kind: Kind
    size: int = 0


class Description(Struct, frozen=True):
    """A photo in its user's words; `redistribute` says that others may print it when they republish the story."""

    alt: str
    caption: str = ""
    credit: str = ""
    credit_label: CreditLabel = "photo"
    redistribute: bool = False
    focus: Focus | None = None


class Derivative(Struct, frozen=True):
    """One picture file: its path under the output, its size, and how it is made.

    If it is cut from another derivative, `cut_from` is that one's size, and `cut_at` says which share of what is cut off is
    cut on the left and at the top.
    """

    name: str
    width: int
    height: int
    kind: Kind
    quality: int
    source: str
    cut_from: tuple[int, int] | None = None
    cut_at: tuple[float, float] = (0.5, 0.5)


class Source(Struct, frozen=True):
    """One format of a photo: media type and (url, width) candidates, narrowest first."""

    type: str
    candidates: tuple[tuple[str, int], ...]


class Crop(Struct, frozen=True):
    """A lead photo in one of the shapes that search engines and other sites ask for."""

    url: str
    width: int
    height: int


class Photo(Struct, frozen=True):
    """What a template prints: text, the fallback's size and URL, and the better formats in order of preference.

    `src` is "" in a text that was imported without the picture's file; its caption is all there is. `crops` are those of a
    lead photo, the widest first; `redistribute` says that others may print it when they republish the story. `focus` is the point
    that style sheets keep where they cut it.
    """

    alt: str
    caption: str
    credit: str
    credit_label: CreditLabel
    width: int
    height: int
    src: str
    sources: tuple[Source, ...]
    crops: tuple[Crop, ...] = ()
    redistribute: bool = False
    focus: Focus | None = None
