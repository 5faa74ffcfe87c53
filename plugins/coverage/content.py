"""The key `live`, and a text that is told in entries: the newest comes first, and the story was
updated when it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from broadside.content.given import Text
from broadside.digests import IN_LISTS
from broadside.faults import Fault
from broadside.front_matter import fields as check
from broadside.front_matter.data import Keys, key
from broadside.plugins.coverage.entries import newest_first, newest_of, slips
from broadside.validation import Keyed


class Covered(Struct, metaclass=Keyed):
    """The key of stories."""

    live: str = key(
        "`running`: the text is running coverage, in entries below headings that begin with an"
        " hour, `## 14:05 The vote`; readers see the newest first, and their page asks for more by"
        " itself. `over`: it has ended. [The editors'"
        " reference](editors-reference.md#running-coverage)"
        " explains it.",
        check.one_of("running", "over"),
        shown=IN_LISTS,
        label="Running coverage",
        hint="Entries below headings that begin with an hour.",
        after="opening",
    )


COVERED = Keys(Covered)


def in_entries(text: Text) -> Iterator[Fault]:
    """Put the newest entry of running coverage first."""
    data, body = text.data, text.body
    if not (COVERED.of(data).live and data.date):
        return
    day = data.date.partition("T")[0]

    def shown(moment: datetime, with_day: bool) -> str:
        if with_day:
            return text.words.to_the_minute(moment)
        return text.words.clock(moment)

    body.blocks = newest_first(body.blocks, day, text.zone, shown)
    opening, entry = newest_of(body.blocks)
    if body.more > opening:
        body.more = 0  # among entries, whose places change, it cuts nothing
    newest = max(filter(None, (data.date, data.updated, entry)), key=datetime.fromisoformat)
    if newest != data.date:
        data.updated = newest
    else:
        data.updated = ""
    for line, *slip in slips(text.written, day, text.zone):
        yield Fault(text.path, text.line + line - 1, 0, "error", "entry-hour", *slip)
