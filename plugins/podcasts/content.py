"""Finds which sections and series are podcasts, which recordings are episodes, and what podcast
directories would refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from broadside.content.content import Content
from broadside.content.records import Record
from broadside.faults import Fault, Severity, quoted
from broadside.front_matter.data import PodcastData, StoryData, podcast_title
from broadside.media.derivatives import SMALLEST_ARTWORK, artwork
from broadside.media.files import ending_of

PLAYED = (".mp3", ".m4a")
"""The kinds of recordings that every podcast directory accepts."""
LONGEST_DESCRIPTION = 4000
"""The maximum length of a description, in bytes."""


class Podcast(Struct, frozen=True):
    """A section or series that is a podcast: its keys, title and description; the kind, name and
    slug of its term; how to make a fault.
    """

    data: PodcastData
    title: str
    kind: str
    name: str
    slug: str
    description: str
    fault: Callable[[str, str, str, str, Severity], Fault]

    def has(self, record: Record[StoryData], content: Content) -> bool:
        """Whether a story is in the section or series."""
        if self.kind == "section":
            return self.name in record.data.sections
        return self.slug in content.series_of.get(record.path, ())


def podcasts(content: Content) -> Iterator[Podcast]:
    """Every section and series that is a podcast."""
    for entry in content.lists.sections:
        if section := entry.data.podcast:
            data = entry.data
            said = section.description or data.description
            yield Podcast(
                section, podcast_title(data), "section", data.name, data.slug, said, entry.fault
            )
    for record in content.series:
        if series := record.data.podcast:
            said = series.description or record.data.description
            title = podcast_title(record.data)
            yield Podcast(
                series, title, "series", record.data.name, record.slug, said, record.fault
            )


def is_played(data: StoryData) -> bool:
    """Whether every podcast directory accepts the story's recording."""
    return ending_of(data.audio) in PLAYED


def check(content: Content) -> Iterator[Fault]:
    """The faults that podcast directories would refuse."""
    every = [*podcasts(content)]
    for each in every:
        original = content.originals.get(each.data.picture)
        side = SMALLEST_ARTWORK
        if original:
            side = artwork(original).width
        if original and side < SMALLEST_ARTWORK:
            message = (
                f"the artwork is {original.width:,} × {original.height:,} pixels, of which {side:,}"
                f" × {side:,} would be left"
            )
            hint = f"export it as a square of at least {SMALLEST_ARTWORK:,} pixels"
            yield each.fault("podcast.picture", "podcast", message, hint, "error")
        size = len(each.description.encode())
        if not size:
            message = f"nothing says what the podcast {quoted(each.title)} is about"
            yield each.fault("podcast", "podcast", message, 'add "description:"', "error")
        elif size > LONGEST_DESCRIPTION:
            message = (
                f"the description of the podcast {quoted(each.title)} has {size:,} bytes;"
                f" {LONGEST_DESCRIPTION:,} are allowed"
            )
            yield each.fault("podcast.description", "podcast", message, "shorten it", "error")
    for record in content.stories if every else ():
        if record.data.audio and not is_played(record.data):
            for each in every:
                if each.has(record, content):
                    message = (
                        f"directories do not take {ending_of(record.data.audio)}, so"
                        f" {quoted(each.title)} will lack this episode"
                    )
                    yield record.fault(
                        "audio", "podcast", message, "export it as MP3 or M4A", "warning"
                    )
