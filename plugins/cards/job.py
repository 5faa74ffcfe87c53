"""A card as the store of finished pictures makes it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct
from PIL import Image

from plugins.cards.draw import PHOTO_WIDTH, card
from plugins.cards.frame import Frame
from plugins.cards.values import HEIGHT, Words
from plugins.photos.job import original
from plugins.photos.values import Derivative, Original, Problem


class CardJob(Struct, frozen=True):
    """One card; `path` is the photo on it, or the source of a story that has none."""

    path: Path
    derivatives: tuple[Derivative, ...]
    words: Words
    photo: Original | None
    frame: Frame

    def make(self, wanted: Sequence[Derivative]) -> Iterable[tuple[Derivative, bytes]]:
        """The card with its bytes."""
        for one in wanted:
            data = card(self.words, self._shot(), self.frame, one.kind)
            self.frame.check()  # or the store would keep it for ever under the name of another
            yield one, data

    def failed(self, fault: Exception) -> Problem:
        """The photo is to blame: no words can make a card fail, and fonts and mark raise what stops all of them."""
        return Problem("photo-damaged", f"{self.path.name} cannot be put on a card: {fault}", "export it again")

    def _shot(self) -> Image.Image | None:
        """The photo cut to its column; what matters stands above the middle."""
        if not self.photo:
            return None
        scale = max(PHOTO_WIDTH / self.photo.width, HEIGHT / self.photo.height)
        width = max(PHOTO_WIDTH, round(self.photo.width * scale))
        height = max(HEIGHT, round(self.photo.height * scale))
        left, top = (width - PHOTO_WIDTH) // 2, (height - HEIGHT) // 3
        shot = original(self.path, self.photo.digest, (width, height)).convert("RGB")
        return shot.crop((left, top, left + PHOTO_WIDTH, top + HEIGHT))
