"""Cuts each story of a stream where a reader may want to stop, between whole blocks, so that no quotation loses its source.

Adds the filter cut, which takes a story and its number in the stream, and returns its opening and the rest. The theme
shows the rest in a <details> element, so that nothing needs JavaScript.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from markupsafe import Markup

from broadside.content.records import Record
from broadside.front_matter.data import Written
from broadside.markdown.body import Block, demoted, html_of
from broadside.site import Site, signals
from broadside.site.story import Story
from broadside.site.texts import Texts

NO_TEXT = frozenset({"heading", "rule", "photo", "gallery", "box"})
"""Blocks that do not count as text."""


def add_filter(site: Site) -> None:
    """Give the templates `cut`."""
    site.filters["cut"] = partial(cut, texts=site.texts, blocks=site.settings["KEEP_READING_BLOCKS"])


def cut(story: Story, number: int, texts: Texts, blocks: int) -> list[Markup]:
    """The opening and the rest of a story with this number in a stream; the rest is empty if it is shown whole."""
    parts = split(story.record, blocks)
    whole = html_of([*parts[0], *parts[1]])
    return [texts.filled(story, demoted(part, whole), f"s{number}--") if part else Markup() for part in parts]


def split(record: Record[Written], wanted: int = 2) -> tuple[list[Block], list[Block]]:
    """A body's blocks before and after the cut; none after it if the story is shown whole.

    The cut comes after `wanted` top-level blocks, or at the writer's <!--more-->. A story no longer than that, or marked
    `stream: full`, is not cut. A heading, a lead-in that ends in a colon, or a question in bold stays with what it
    introduces; a photo, a rule or a box does not count as a block. Footnotes are a last block, and never a reason to cut.
    """
    body = record.body
    cut = body.more or _after(body.blocks, wanted)
    if getattr(record.data, "stream", "") == "full" or cut >= sum(block.kind != "notes" for block in body.blocks):
        return body.blocks, []
    return body.blocks[:cut], body.blocks[cut:]


def _after(blocks: Sequence[Block], wanted: int) -> int:
    """How many blocks make `wanted` blocks of text, with those that must not be separated from them."""
    counted = 0
    for number, block in enumerate(blocks, 1):
        if block.kind in NO_TEXT:
            continue
        counted += 1
        if counted >= wanted and block.kind != "question" and not block.leads_in:
            return number
    return len(blocks)


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_filter)
