"""Cuts each story of a stream where a reader may want to stop, but never inside a block.

Settings: KEEP_READING_BLOCKS (blocks before the cut, default 2).
Signals used: all_generators_finalized. Needs newsroom.
Adds the filter cut, which takes a story and its number in the stream, and returns its opening and the rest. The theme
shows the rest in a <details> element, so that nothing needs JavaScript.
"""

from __future__ import annotations

from functools import partial

from markupsafe import Markup
from pelican.generators import Generator
from pelican.plugins import signals

from broadside.plugins.keep_reading.cut import split
from broadside.plugins.markup.body import demoted
from broadside.plugins.newsroom.story import Story
from broadside.plugins.newsroom.texts import Texts
from broadside.plugins.press.environment import environments


def add_filters(generators: list[Generator]) -> None:
    """Give the templates `cut`."""
    context, settings = generators[0].context, generators[0].settings
    cut = partial(_cut, texts=context["texts"], blocks=settings.get("KEEP_READING_BLOCKS", 2))
    for environment in environments(generators):
        environment.filters["cut"] = cut


def _cut(story: Story, number: int, texts: Texts, blocks: int) -> list[Markup]:
    """The opening and the rest of a story with this number in a stream; the rest is empty if it is shown whole."""
    parts = split(story.record, blocks)
    whole = "".join(parts)
    return [texts.filled(story, demoted(part, whole), f"s{number}--") if part else Markup() for part in parts]


def register() -> None:
    """Connect to Pelican."""
    signals.all_generators_finalized.connect(add_filters)
