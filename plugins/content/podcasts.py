"""The podcasts of an outlet: the sections and series that are one, which stories are their episodes, and what directories refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from broadside.plugins.content.content import Content
from broadside.plugins.content.records import Record
from broadside.plugins.faults import Fault, Severity, quoted
from broadside.plugins.files.kinds import ending_of
from broadside.plugins.front_matter.data import PodcastData, StoryData
from broadside.plugins.photos.derive import SMALLEST_ARTWORK, artwork

PLAYED = (".mp3", ".m4a")
"""The kinds of recordings that every directory of podcasts takes."""
LONGEST = 4000
"""The most bytes of a description."""


class Podcast(Struct, frozen=True):
    """A section or a series that is a podcast: its keys, the term's kind, name, slug and description, and how a fault in it is told."""

    data: PodcastData
    kind: str
    name: str
    slug: str
    description: str
    fault: Callable[[str, str, str, str, Severity], Fault]

    @property
    def title(self) -> str:
        """Its title."""
        return self.data.title or self.name

    def has(self, record: Record[StoryData], content: Content) -> bool:
        """Whether a story is filed under the section or the series."""
        if self.kind == "section":
            return self.name in record.data.sections
        return self.slug in content.series_of.get(record.path, ())


def podcasts(content: Content) -> Iterator[Podcast]:
    """Every section and series that is one."""
    for entry in content.lists.sections:
        if section := entry.data.podcast:
            data = entry.data
            yield Podcast(
                section, "section", data.name, data.slug, section.description or data.description, entry.fault
            )
    for record in content.series:
        if series := record.data.podcast:
            said = series.description or record.data.description
            yield Podcast(series, "series", record.data.name, record.slug, said, record.fault)


def check(content: Content) -> Iterator[Fault]:
    """What directories of podcasts would refuse."""
    every = [*podcasts(content)]
    for each in every:
        original = content.originals.get(each.data.picture)
        side = artwork(original).width if original else SMALLEST_ARTWORK
        if original and side < SMALLEST_ARTWORK:
            message = f"the artwork is {original.width:,} × {original.height:,} pixels, of which {side:,} × {side:,} would be left"
            hint = f"make it a square of at least {SMALLEST_ARTWORK:,} pixels"
            yield each.fault("podcast.picture", "podcast-picture", message, hint, "error")
        size = len(each.description.encode())
        if not size:
            message = f"nothing says what the podcast {quoted(each.title)} is about"
            yield each.fault("podcast", "podcast-description", message, 'add "description:"', "error")
        elif size > LONGEST:
            message = f"the description of the podcast {quoted(each.title)} has {size:,} bytes; {LONGEST:,} are allowed"
            yield each.fault("podcast.description", "podcast-description", message, "shorten it", "error")
    for record in content.stories if every else ():
        if record.data.audio and ending_of(record.data.audio) not in PLAYED:
            for each in every:
                if each.has(record, content):
                    message = f"directories do not take {ending_of(record.data.audio)}, so {quoted(each.title)} will lack this episode"
                    yield record.fault("audio", "podcast-format", message, "export it as MP3 or M4A", "warning")
