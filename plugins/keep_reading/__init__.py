"""Cuts each story of a stream where a reader may want to stop, between whole blocks, so that no quotation loses its source.

Adds the filter cut, which takes a story and its number in the stream, and returns its opening and the rest. The theme
shows the rest in a <details> element, so that nothing needs JavaScript.
"""

from __future__ import annotations

import re
from functools import partial

from markupsafe import Markup

from broadside.content.records import Record
from broadside.front_matter.data import Written
from broadside.markdown.body import IN_GALLERY, OPEN, demoted
from broadside.site import Site, signals
from broadside.site.story import Story
from broadside.site.texts import Texts

HEADINGS = ("<h2", "<h3", "<h4", "<h5", "<h6")
NO_TEXT = (*HEADINGS, "<hr", f"{OPEN}P", "<aside", "<details", IN_GALLERY)
"""The beginnings of blocks that a reader does not count as text: headings, rules, photos, boxes, galleries."""
LEAD_IN = re.compile(r"[:：]\s*(?:</\w+>)+$")
QUESTION = re.compile(r"<p><(strong|b)>(?:(?!</\1>).)*</\1></p>", re.S)
"""A paragraph in bold: a question in an interview."""


def add_filter(site: Site) -> None:
    """Give the templates `cut`."""
    site.filters["cut"] = partial(cut, texts=site.texts, blocks=site.settings["KEEP_READING_BLOCKS"])


def cut(story: Story, number: int, texts: Texts, blocks: int) -> list[Markup]:
    """The opening and the rest of a story with this number in a stream; the rest is empty if it is shown whole."""
    parts = split(story.record, blocks)
    whole = "".join(parts)
    return [texts.filled(story, demoted(part, whole), f"s{number}--") if part else Markup() for part in parts]


def split(record: Record[Written], blocks: int = 2) -> tuple[str, str]:
    """A body's HTML before and after the cut; the second part is empty if the story is shown whole.

    The cut comes after `blocks` top-level blocks, or at the writer's <!--more-->. A story no longer than that, or marked
    `stream: full`, is not cut. A heading, a lead-in that ends in a colon, or a question in bold stays with what it
    introduces; a photo, a rule or a box does not count as a block. Footnotes are a last block, and never a reason to cut.
    """
    body = record.body
    html, ends = body.html, body.ends
    if getattr(record.data, "stream", "") == "full" or not ends:
        return html, ""
    cut = body.more or _after(html, ends, blocks)
    text_blocks = len(ends) - (1 if _block(html, ends, len(ends) - 1).startswith('<div class="footnotes"') else 0)
    if cut >= text_blocks:
        return html, ""
    at = ends[cut - 1]
    return html[:at], html[at:]


def _after(html: str, ends: list[int], wanted: int) -> int:
    """How many blocks make `wanted` blocks of text, with those that must not be separated from them."""
    counted = number = 0
    while number < len(ends):
        block = _block(html, ends, number)
        number += 1
        if block.startswith(NO_TEXT):
            continue
        counted += 1
        if counted >= wanted and not LEAD_IN.search(block[-80:]) and not QUESTION.fullmatch(block):
            break
    return number


def _block(html: str, ends: list[int], number: int) -> str:
    return html[ends[number - 1] if number else 0 : ends[number]].strip()


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_filter)
