"""Makes one list of all corrections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from broadside.plugins.front_matter.data import Correction
from broadside.plugins.site.story import Story


def ledger(stories: Iterable[Story]) -> list[tuple[Story, Correction]]:
    """Each correction with its story, newest first; those of the same moment by the story's slug."""
    entries = [(story, correction) for story in stories for correction in story.corrections]
    entries.sort(key=lambda entry: entry[0].slug)
    entries.sort(key=lambda entry: datetime.fromisoformat(entry[1].date), reverse=True)
    return entries
