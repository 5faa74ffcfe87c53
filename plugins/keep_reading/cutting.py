"""Where a text is cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

NO_TEXT = frozenset({"heading", "rule", "photo", "gallery", "box"})
"""Blocks that do not count as text."""


class Cuttable(Protocol):
    """A top-level block of a text."""

    @property
    def kind(self) -> str:
        """One of markdown.body.KINDS, "question" or "other"."""

    @property
    def leads_in(self) -> bool:
        """Whether it introduces the next block."""


def place_of_cut(blocks: Sequence[Cuttable], wanted: int, more: int, is_whole: bool) -> int:
    """How many blocks come before the cut; all of them if the story is shown whole.

    The cut comes after `wanted` top-level blocks, or after `more` if that is not 0, where the
    writer put <!--more-->. A story no longer than that, or which `is_whole`, is not cut. A heading,
    a lead-in that ends in a colon, or a question in bold stays with what it introduces; a photo, a
    rule or a box does not count as a block. Footnotes are a last block, and never a reason to cut.
    """
    cut = more or _after(blocks, wanted)
    if is_whole or cut >= sum(block.kind != "notes" for block in blocks):
        return len(blocks)
    return cut


def _after(blocks: Sequence[Cuttable], wanted: int) -> int:
    """How many blocks make `wanted` blocks of text, with those that must not be separated from
    them.
    """
    counted = 0
    for number, block in enumerate(blocks, 1):
        if block.kind in NO_TEXT:
            continue
        counted += 1
        if counted >= wanted and block.kind != "question" and not block.leads_in:
            return number
    return len(blocks)
