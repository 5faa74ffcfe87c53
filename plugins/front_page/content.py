"""When the front page changes by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from broadside.content.content import Content
from broadside.dates import Due
from broadside.faults import quoted


def moments(content: Content, after: datetime) -> Iterator[Due]:
    """The moments at which slots expire, whether or not the page then changes."""
    for entry in content.lists.slots:
        if entry.data.until and (end := datetime.fromisoformat(entry.data.until)) > after:
            what = (
                f"{quoted(entry.data.story)} leaves the front page's slot {quoted(entry.data.slot)}"
            )
            yield Due(end, "slot", "front_page.yml", what)
