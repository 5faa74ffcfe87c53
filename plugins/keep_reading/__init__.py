"""Cuts the stories of a stream where a reader may want to stop, and never inside a block.

Settings: KEEP_READING_BLOCKS (blocks before the cut, default 2).
Signals used: all_generators_finalized. Needs newsroom.
Adds the filters opening and rest, which take a story and its number in the stream. The theme shows the rest in a
<details> element, so that nothing needs JavaScript.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from pelican.generators import Generator
from pelican.plugins import signals

from plugins.keep_reading.cut import split
from plugins.markup.body import demoted


def add_filters(generators: list[Generator]) -> None:
    """Give the templates `opening` and `rest`."""
    for generator in generators:
        if hasattr(generator, "env"):
            blocks = generator.settings.get("KEEP_READING_BLOCKS", 2)
            texts = generator.context["texts"]

            def part(which: int, texts: Any = texts, blocks: int = blocks) -> Any:
                def of(story: Any, number: int) -> Markup:
                    html = demoted(split(story.record, blocks)[which])
                    return texts.filled(story, html, f"s{number}--") if html else Markup()

                return of

            generator.env.filters.update(opening=part(0), rest=part(1))


def register() -> None:
    """Connect to Pelican."""
    signals.all_generators_finalized.connect(add_filters)
