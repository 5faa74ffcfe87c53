"""Compares the versions of a story, paragraph by paragraph and then word by word."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import asdict

from broadside.markdown.bare import plain
from broadside.markdown.body import PLACEHOLDER, PREFIX
from broadside.plugins.versions.content import Note
from broadside.site.story import Story

BREAK = "\n\n"
OWN_WORD = "\u3040-\u30ff\u3400-\u9fff"
"""Letters of languages that put no space between words."""
WORD = re.compile(rf"{BREAK}|[{OWN_WORD}]\s?|[^\s{OWN_WORD}]+(?:[ \t]|\n(?!\n))*|\s")
ALIKE = 0.4
"""How much of two passages must be the same for a comparison that reads well."""

Piece = tuple[str, str]
"""Words that are the "same", were taken "out" or put "in"."""


class Change(NamedTuple):
    """What changed from one version to the next, each part in paragraphs of pieces; a part is empty
    if it is the same.
    """

    notes: Sequence[Note]
    title: list[list[Piece]]
    dek: list[list[Piece]]
    text: list[list[Piece]]


def text_of(html: str) -> str:
    """A text as plain text, without its pictures, charts and films."""
    return plain(PLACEHOLDER.sub("", html).replace(PREFIX, ""))


def changes(story: Story) -> list[Change]:
    """The changes that a story declares, newest first."""
    now = (story.versions.last, story.title, story.dek, text_of(story.record.body.html))
    steps = [(each.notes, each.title, each.dek, each.text) for each in story.versions.before]
    made = []
    taken: set[str] = set()
    for before, (notes, *after) in reversed([*pairwise([*steps, now])]):
        is_told = bool(notes)
        title, dek, text = (
            compared(*each, taken, is_told) for each in zip(before[1:], after, strict=True)
        )
        if is_told:
            made.append(Change(notes, title, dek, text))
    return made


def compared(before: str, after: str, taken: set[str], is_told: bool = True) -> list[list[Piece]]:
    """The paragraphs of two texts that differ, without those that were `taken` back later; if
    nobody was told of a change, what it took out is added to these.
    """
    one, other = before.strip().split(BREAK), after.strip().split(BREAK)
    found: list[list[Piece]] = []
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        old, new = one[a:b], other[c:d]
        if not taken.isdisjoint(old + new) or (not is_told and _lost(old, new)):
            taken.update(old)
        else:
            found += _in_paragraphs(_pieces(BREAK.join(old), BREAK.join(new)))
    return found


def _lost(old: Iterable[str], new: Iterable[str]) -> Counter[str]:
    """The words that were taken out."""
    return Counter(" ".join(old).split()) - Counter(" ".join(new).split())


def _pieces(before: str, after: str) -> Iterator[Piece]:
    one, other = WORD.findall(before), WORD.findall(after)
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    steps = matcher.get_opcodes()
    if matcher.ratio() < ALIKE:
        steps = [("replace", 0, len(one), 0, len(other))]
    for kind, a, b, c, d in steps:
        if kind == "equal":
            yield "same", "".join(one[a:b])
        else:
            yield "out", "".join(one[a:b])
            yield "in", "".join(other[c:d])


def _in_paragraphs(pieces: Iterator[Piece]) -> list[list[Piece]]:
    found: list[list[Piece]] = [[]]
    for kind, words in pieces:
        first, *rest = words.split(BREAK)
        for at, part in enumerate((first, *rest)):
            if at:
                found.append([])
            if part:
                found[-1].append((kind, part))
    return [paragraph for paragraph in found if paragraph]


def as_json(article: Story, address: str) -> bytes:
    """The same for programs."""
    said = [
        each._asdict() | {"notes": [asdict(note) for note in each.notes]}
        for each in changes(article)
    ]
    whole = {"url": address, "title": article.title, "changes": said}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"
