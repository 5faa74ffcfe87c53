"""Cuts each story of a stream where a reader may want to stop, but never inside a block.

Settings: KEEP_READING_BLOCKS (blocks before the cut, default 2).
Adds the filter cut, which takes a story and its number in the stream, and returns its opening and the rest. The theme
shows the rest in a <details> element, so that nothing needs JavaScript.
"""

from __future__ import annotations

from functools import partial

from markupsafe import Markup

from broadside.plugins import signals
from broadside.plugins.keep_reading.cut import split
from broadside.plugins.markup.body import demoted
from broadside.plugins.site import Site
from broadside.plugins.site.story import Story
from broadside.plugins.site.texts import Texts


def add_filter(site: Site) -> None:
    """Give the templates `cut`."""
    site.filters["cut"] = partial(cut, texts=site.texts, blocks=site.settings.get("KEEP_READING_BLOCKS", 2))


def cut(story: Story, number: int, texts: Texts, blocks: int) -> list[Markup]:
    """The opening and the rest of a story with this number in a stream; the rest is empty if it is shown whole."""
    parts = split(story.record, blocks)
    whole = "".join(parts)
    return [texts.filled(story, demoted(part, whole), f"s{number}--") if part else Markup() for part in parts]


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_filter)
