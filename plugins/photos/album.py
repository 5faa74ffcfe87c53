"""The photos of a site: from the path that a writer named to the value that a template prints."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from broadside.plugins.photos.derive import crops, photo, plan
from broadside.plugins.photos.values import Crop, Derivative, Description, Original, Photo


class Album(Struct):
    """Makes photos of inspected originals, and remembers which derivatives they need: `used` maps paths to plans."""

    originals: Mapping[str, Original]
    used: dict[str, tuple[Derivative, ...]] = field(default_factory=dict)

    def photo(self, path: str, said: Description) -> Photo:
        """The photo of the original at a path, with the story's words."""
        if path not in self.used:
            self.used[path] = plan(self.originals[path])
        return photo(self.used[path], said)

    def lead(self, path: str, said: Description) -> Photo:
        """The same for a photo that leads a story, with its crops."""
        plain = self.photo(path, said)
        cut = crops(self.originals[path])
        if cut[0] not in self.used[path]:
            self.used[path] += cut
        return replace(plain, crops=tuple(Crop(each.name, each.width, each.height) for each in cut))
