"""The keys of a story that is read aloud, and what is wrong with its recording."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath

from msgspec import Struct

from broadside.content.content import Content
from broadside.content.records import Record
from broadside.faults import Fault, quoted
from broadside.front_matter.data import Keys, StoryData, key
from broadside.front_matter.fields import Pattern, in_files, printed_name
from broadside.media.files import AUDIO, TRANSCRIPT
from broadside.validation import Keyed
from broadside.words import ENGLISH


def _chapter(match: re.Match[str]) -> tuple[int, str]:
    hours, minutes, seconds, title = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds), printed_name(title)


audio_path = in_files("a recording in files/", f"such a file ends in {', '.join(AUDIO)}", *AUDIO)
transcript_path = in_files(
    "a transcript in files/", f"such a file is WebVTT, and ends in {TRANSCRIPT}", TRANSCRIPT
)
chapter = Pattern(
    re.compile(
        r"(?:(\d{1,2}):(?=\d\d:))?(\d{1,3}):([0-5]\d)(?:[.,]\d{3}(?!\d))?[ .:–-]*(?<=\W)(\S.*)",
        re.A,
    ),
    "a chapter",
    'write when it begins and what it is called, such as "4:05 The weir"',
    _chapter,
    is_words=True,
)
"""Its start in seconds, and its title."""


class Recorded(Struct, metaclass=Keyed):
    """The keys of stories."""

    audio: str = key(
        "The story read aloud: an MP3 or M4A in `content/files/`, written `files/the-ice-road.mp3`."
        " The browser's own player stands below the byline, with how long it takes; lists say that"
        " there is something to hear, and feeds carry it."
        " [Podcasts](editors-reference.md#podcasts) are"
        " made of such stories.",
        audio_path,
        elsewhere=("podcast_file", "enclosure", "mp3", "audio_file"),
        label="Recording",
        hint="The story read aloud, as MP3 or M4A.",
        after="file",
    )
    audio_credit: str = key(
        "Who reads it, or who made the recording: `Read by A. Person`. Say so if a machine reads.",
        label="Who reads it",
        in_type=True,
        needs=("audio",),
        after="audio",
    )
    transcript: str = key(
        "What is said, if that is not the text of the story: a"
        " [WebVTT](https://www.w3.org/TR/webvtt1/) file, written `files/the-ice-road.vtt`. Readers"
        ' find it behind "Transcript", and in search. Who speaks is named by `<v Ana Pereira>`'
        " before the words.",
        transcript_path,
        label="Transcript",
        hint="In WebVTT, if something else is said than the story’s text.",
        needs=("audio",),
        after="audio_credit",
    )
    chapters: list[tuple[int, str]] = key(
        "A list of `0:00 Opening`: when each begins, and what it is called. Each leads to its"
        " minute in the recording; podcast apps show them too.",
        chapter,
        default=[],
        label="Chapters",
        hint="One to a line, with the minutes and seconds at which it begins.",
        needs=("audio",),
        after="transcript",
    )


RECORDED = Keys(Recorded)


def faults(content: Content) -> Iterator[Fault]:
    """The faults of recordings, and of their chapters."""
    for record in content.stories:
        if not {"audio", "chapters"} & record.data.own.keys():
            continue
        said = RECORDED.of(record.data)
        yield from _out_of_order(record, said)
        if said.audio in content.files:
            yield from _of_file(record, said, content.files[said.audio].duration)


def _out_of_order(record: Record[StoryData], said: Recorded) -> Iterator[Fault]:
    for number, ((before, _), (start, title)) in enumerate(pairwise(said.chapters), 1):
        if start <= before:
            message = f"the chapter {quoted(title)} begins before the one above it"
            hint = "put the chapters into the order of their times"
            yield record.fault(f"chapters.{number}", "value", message, hint)


def _of_file(record: Record[StoryData], said: Recorded, duration: float) -> Iterator[Fault]:
    """It has no duration, or a chapter begins after its end."""
    if not duration:
        message = (
            f"{PurePosixPath(said.audio).name} does not say how long it is; it is damaged, or was"
            " cut off"
        )
        yield record.fault("audio", "file-kind", message, "export it again from its source")
    for number, (start, title) in enumerate(said.chapters):
        if 0 < duration <= start:
            message = (
                f"the chapter {quoted(title)} begins after the end of the recording, at"
                f" {ENGLISH.playing_time(duration)}"
            )
            hint = "correct its time, or delete it"
            yield record.fault(f"chapters.{number}", "value", message, hint)
