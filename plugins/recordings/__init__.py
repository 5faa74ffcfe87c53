"""Recordings: a story that is read aloud, with its transcript and its chapters."""

from __future__ import annotations

from broadside.media.files import TRANSCRIPT
from broadside.plugin import IN_LISTS, Attribute, FileCheck, Plugin, give
from broadside.plugins.recordings.audio import audio_of
from broadside.plugins.recordings.content import RECORDED, faults
from broadside.plugins.recordings.webvtt import mistakes


def register() -> None:
    """Give the keys, their checks, and what a story shows."""
    audio = Attribute("audio", IN_LISTS, "its recording, or None", audio_of)
    give(
        __name__,
        Plugin(
            keys=[RECORDED],
            checks=[faults],
            file_checks=[FileCheck(TRANSCRIPT, mistakes)],
            attributes=[audio],
        ),
    )
