"""Finds which sections and series are podcasts, which recordings are episodes, and what podcast
directories would refuse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from broadside.content.addresses import of_terms
from broadside.content.content import Content
from broadside.content.records import Record
from broadside.faults import Fault, Severity, quoted
from broadside.front_matter.data import StoryData
from broadside.media.derivatives import artwork
from broadside.media.files import ending_of
from broadside.plugins.podcasts.keys import OF_SECTIONS, OF_SERIES, PodcastData
from broadside.plugins.recordings.content import RECORDED
from broadside.urls import below

PLAYED = (".mp3", ".m4a")
"""The kinds of recordings that every podcast directory accepts."""
SMALLEST_ARTWORK = 1400
"""The least width, in pixels, of artwork that directories accept; their maximum is twice as large
as any picture here.
"""
LONGEST_DESCRIPTION = 4000
"""The maximum length of a description, in bytes."""
FEED, FRONT, CHAPTERS = "podcast.xml", "podcast/", "chapters.json"
"""Its feed, beside the feeds of its index, its own page, and the file of the chapters of a story's
recording, below the story.
"""


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
        if section := OF_SECTIONS.of(entry.data).podcast:
            data = entry.data
            title, said = section.title or data.name, section.description or data.description
            yield Podcast(section, title, "section", data.name, data.slug, said, entry.fault)
    for record in content.series:
        if series := OF_SERIES.of(record.data).podcast:
            name, said = record.data.name, series.description or record.data.description
            title = series.title or name
            yield Podcast(series, title, "series", name, record.slug, said, record.fault)


def addresses(content: Content) -> Iterator[str]:
    """The feed and the page of each."""
    for _, source, url in of_terms(content, content.addresses):
        if "podcast" in getattr(source.data, "own", ()):
            yield from (below(url, name) for name in (FEED, FRONT))


def is_played(data: StoryData) -> bool:
    """Whether every podcast directory accepts the story's recording."""
    return ending_of(RECORDED.of(data).audio) in PLAYED


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
        audio = RECORDED.of(record.data).audio
        if audio and not is_played(record.data):
            for each in every:
                if each.has(record, content):
                    message = (
                        f"directories do not take {ending_of(audio)}, so"
                        f" {quoted(each.title)} will lack this episode"
                    )
                    yield record.fault(
                        "audio", "podcast", message, "export it as MP3 or M4A", "warning"
                    )
