"""The keys of a story that no reader sees."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from broadside.front_matter import fields as check
from broadside.front_matter.data import StoryData
from broadside.plugin import DeskNote, Keyed, Keys, key


class AtDesk(Struct, metaclass=Keyed):
    """The keys of stories."""

    desk: str = key(
        "Who has the story, or what it waits for, in your own words: `with Ana`, `legal`. Only [the"
        " desk](editors-reference.md#the-desk) shows it.",
        label="At the desk",
        hint="Who has it, or what it waits for. Readers never see it.",
        after="status",
    )
    planned: str = key(
        "The day you plan to publish a draft. Nothing happens by itself on that day: `date` decides"
        " that.",
        check.iso_date,
        label="Planned for",
        hint="A plan for the desk; nothing happens by itself on that day.",
        after="desk",
    )


AT_DESK = Keys(AtDesk)


def note(data: StoryData) -> DeskNote:
    """What the desk shows of a story."""
    said = AT_DESK.of(data)
    day = None
    if said.planned:
        day = datetime.fromisoformat(said.planned)
    return DeskNote(said.desk, day)
