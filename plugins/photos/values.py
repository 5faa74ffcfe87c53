"""What a photo is, from the file a writer hands in to the value a template prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["avif", "webp", "jpeg", "png"]
CreditLabel = Literal["photo", "image"]
MEDIA_TYPES: Mapping[Kind, str] = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpeg": "image/jpeg",
    "png": "image/png",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a picture file; the rim adds path and line and makes it a Fault."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """A picture file that passed inspection; width and height are as a reader sees it, after EXIF orientation."""

    stem: str
    digest: str
    width: int
    height: int
    kind: Kind

    def to_dict(self) -> dict[str, Any]:
        """The value as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Original:
        """The value `to_dict` gave away."""
        return cls(**data)


@dataclass(frozen=True, slots=True)
class Derivative:
    """One picture file: its path under the output, its size, and how it is made.

    One that is cut out of a derivative names that one's size, `cut_from`.
    """

    name: str
    width: int
    height: int
    kind: Kind
    quality: int
    source: str
    cut_from: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One format of a photo: media type and (url, width) candidates, narrowest first."""

    type: str
    candidates: tuple[tuple[str, int], ...]

    @property
    def srcset(self) -> str:
        """The candidates as an HTML srcset, for a site that lives at the root of its host."""
        return ", ".join(f"{url} {width}w" for url, width in self.candidates)


@dataclass(frozen=True, slots=True)
class Crop:
    """A lead photo in one of the shapes that search engines and other sites ask for."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Photo:
    """What a template prints: text, the fallback's size and URL, and the better formats in order of preference.

    `crops` are those of a lead photo, the widest first.
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

    def to_dict(self) -> dict[str, Any]:
        """The value as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Photo:
        """The value `to_dict` gave away, also after a journey through JSON, which makes lists of tuples."""
        sources = tuple(
            Source(source["type"], tuple((url, width) for url, width in source["candidates"]))
            for source in data["sources"]
        )
        crops = tuple(Crop(**crop) for crop in data["crops"])
        return cls(**{**data, "sources": sources, "crops": crops})
