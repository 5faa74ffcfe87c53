"""The job that makes a card for the store of finished pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from PIL import Image

from broadside.plugins.cards.draw import PHOTO_WIDTH, card
from broadside.plugins.cards.frame import Frame
from broadside.plugins.cards.values import HEIGHT, Words
from broadside.plugins.photos.job import original
from broadside.plugins.photos.values import Derivative, Original, Problem


class CardJob(Struct, frozen=True):
    """One card; `path` is the photo on it or, if it has none, the story's source."""

    path: Path
    derivatives: tuple[Derivative, ...]
    words: Words
    photo: Original | None
    frame: Frame

    def make(self, wanted: Sequence[Derivative]) -> Iterable[tuple[Derivative, bytes]]:
        """The card with its bytes."""
        for one in wanted:
            data = card(self.words, self._shot(), self.frame, one.kind)
            self.frame.check()  # otherwise the store would keep it for ever under the wrong name
            yield one, data

    def failed(self, fault: Exception) -> Problem:
        """The problem is the photo's: no words can make a card fail, and a bad font or mark stops all cards."""
        return Problem("photo-damaged", f"{self.path.name} cannot be put on a card: {fault}", "export it again")

    def _shot(self) -> Image.Image | None:
        """The photo cut to its column, with its subject taken to be above the middle."""
        if not self.photo:
            return None
        scale = max(PHOTO_WIDTH / self.photo.width, HEIGHT / self.photo.height)
        width = max(PHOTO_WIDTH, round(self.photo.width * scale))
        height = max(HEIGHT, round(self.photo.height * scale))
        left, top = (width - PHOTO_WIDTH) // 2, (height - HEIGHT) // 3
        shot = original(self.path, self.photo.digest, (width, height)).convert("RGB")
        return shot.crop((left, top, left + PHOTO_WIDTH, top + HEIGHT))
