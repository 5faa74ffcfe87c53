"""The recording of a story as pages show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from broadside.plugins.recordings import webvtt
from broadside.plugins.recordings.content import RECORDED
from broadside.site.linked_files import LinkedFile, linked_file

if TYPE_CHECKING:
    from broadside.content.records import Record
    from broadside.front_matter.data import StoryData
    from broadside.site.attributes import Around


class Transcript(Struct, frozen=True):
    """The transcript of a recording: the file's address below the site's root, its full path, and
    its digest.
    """

    url: str
    path: str
    digest: str

    def paragraphs(self) -> list[tuple[str, str]]:
        """Its paragraphs, each with the name of the speaker where that changes."""
        with open(self.path, encoding="utf-8-sig", errors="replace") as file:
            return [*webvtt.paragraphs(webvtt.parsed(file.read())[0])]


class Audio(Struct, frozen=True):
    """The recording of a story: its file, its duration in seconds, and what belongs to it."""

    file: LinkedFile
    duration: float
    credit: str = ""
    chapters: tuple[tuple[int, str], ...] = ()
    transcript: Transcript | None = None

    @property
    def minutes(self) -> int:
        """Its duration in minutes, at least 1."""
        return max(1, round(self.duration / 60))

    @property
    def span(self) -> str:
        """Its duration in ISO 8601, such as PT4M5S."""
        minutes, seconds = divmod(round(self.duration), 60)
        return f"PT{minutes}M{seconds}S"


def audio_of(record: Record[StoryData], around: Around) -> Audio | None:
    """The recording of a story; None if there is none."""
    said, content = RECORDED.of(record.data), around.content
    if not said.audio or content.states[record.path] == "withdrawn":
        return None
    file = linked_file(said.audio, content, record.data.lang)
    if not file:
        return None
    spoken = content.files.get(said.transcript)
    transcript = None
    if spoken:
        transcript = Transcript(
            content.addresses.files[said.transcript],
            f"{content.root}/{said.transcript}",
            spoken.digest,
        )
    duration = content.files[said.audio].duration
    return Audio(file, duration, said.audio_credit, tuple(said.chapters), transcript)
