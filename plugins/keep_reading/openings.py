"""The filter `cut`: the opening and the rest of a story in a Broadside site's stream."""

from __future__ import annotations

from functools import partial

from markupsafe import Markup

from broadside.content.records import Record
from broadside.markdown.body import Block, demoted, html_of
from broadside.plugin import Plugin, Site, Written, give
from broadside.plugins.keep_reading.cutting import place_of_cut
from broadside.site.story import Story
from broadside.site.texts import Texts


def add_filter(site: Site) -> None:
    """Give the templates `cut`."""
    site.filters["cut"] = partial(cut, texts=site.texts, blocks=site.settings.KEEP_READING_BLOCKS)


def cut(story: Story, number: int, texts: Texts, blocks: int) -> list[Markup]:
    """The opening and the rest of a story with this number in a stream; the rest is empty if it is
    shown whole.
    """
    parts = split(story.record, blocks)
    whole = html_of([*parts[0], *parts[1]])
    return [
        texts.filled(story, demoted(part, whole), f"s{number}--") if part else Markup()
        for part in parts
    ]


def split(record: Record[Written], wanted: int = 2) -> tuple[list[Block], list[Block]]:
    """A body's blocks before and after the cut; none after it if the story is short, or marked
    `stream: full`.
    """
    body = record.body
    at = place_of_cut(body.blocks, wanted, body.more, getattr(record.data, "stream", "") == "full")
    return body.blocks[:at], body.blocks[at:]


def connect() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[add_filter]))
