"""What a story may say of its earlier versions, and the changes that it declares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from broadside.content.content import Content
from broadside.front_matter import fields as check
from broadside.front_matter.data import StoryData
from broadside.plugin import ON_PAGE, Fault, Keyed, Keys, key
from broadside.plugins.versions.settings import VersionsSettings
from broadside.settings import Settings


class Kept(Struct, metaclass=Keyed):
    """The keys of stories."""

    history: str = key(
        "`none`: nobody is shown [how the story read](editors-reference.md#earlier-versions) until"
        " now, not even when this key is gone.",
        check.one_of("none"),
        label="Earlier versions",
        hint="none, if nobody may see how it read before: for law, or for somebody’s safety.",
        after="corrections",
    )
    history_reason: str = key(
        "Why not, in a sentence. Readers see it.",
        shown=ON_PAGE,
        label="Why they are not shown",
        in_type=True,
        needs=("history",),
        after="history",
    )


KEPT = Keys(Kept)


class Note(Struct, frozen=True):
    """A change that a story declares: when, its kind, and what the story says of it; "" if only
    that it was updated.

    `number` counts those of one date.
    """

    date: str
    type: str
    number: int
    text: str = ""

    @property
    def mark(self) -> tuple[str, bool, int]:
        """What stays when its words are put better, or its kind."""
        return self.date, bool(self.text), self.number


def declared(data: StoryData) -> list[Note]:
    """The changes that a story declares: its corrections, oldest first, and its last update."""
    met: Counter[str] = Counter()
    notes = []
    for each in reversed(data.corrections):
        met[each.date] += 1
        notes.append(Note(each.date, each.type, met[each.date], each.text))
    return [*notes, Note(data.updated, "update", 1)] if data.updated else notes


def shown(content: Content, settings: Settings) -> Iterator[str]:
    """A line of ./inv status for each story that is to show how it read before."""
    begin = VersionsSettings.of(settings).VERSIONS
    if not begin:
        return
    for record in content.stories:
        is_out = content.states[record.path] == "published"
        notes = [note for note in declared(record.data) if note.date >= begin]
        if is_out and notes and not KEPT.of(record.data).history:
            since = max(note.date for note in notes)[:10]
            yield f"Earlier versions: {record.data.title}: shows what changed until {since}"


def unexplained(content: Content) -> Iterator[Fault]:
    """The fault of each story that hides its earlier versions and does not say why."""
    for record in content.stories:
        said = KEPT.of(record.data)
        if said.history and not said.history_reason and not record.is_faulty("history_reason"):
            message = "nothing tells readers why they cannot see the earlier versions"
            hint = 'add "history_reason:" with a sentence'
            yield record.fault("history", "missing-key", message, hint)
