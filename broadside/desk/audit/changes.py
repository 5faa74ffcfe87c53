"""Finds what an edit changed in a story's words, and whether a reader is told: the pure part of ./inv audit."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

WITHIN = "'’‘ʼ\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters inside words that typography adds or removes: apostrophes, soft hyphens, joiners."""
COUNTED = "%‰+=°"
"""Characters that mean something by themselves, as currency signs do."""
UNSPACED = (
    ("\u0e00", "\u0eff"),
    ("\u0f00", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"),
)
"""Scripts that put no spaces between words; each letter counts as a word."""


class Version(Struct, frozen=True):
    """A story that readers could see, as one revision has it; addresses are relative to the site's top.

    `text` is its source, `words` what readers see of it. `first` is the address by which feeds know it, `former` those
    that lead to it. `minor` is the value of that key, "" if it is absent.
    """

    path: str
    url: str
    first: str
    former: frozenset[str]
    text: str
    words: list[str]
    updated: datetime | None = None
    corrections: int = 0
    minor: str = ""


MATCHES: tuple[tuple[Callable[[Version], str], Callable[[Version], Iterable[str]]], ...] = (
    (lambda old: old.url, lambda new: (new.url,)),
    (lambda old: old.url, lambda new: new.former),
    (lambda old: old.path, lambda new: (new.path,)),
)
"""How a successor is recognised, the surest way first: by a key of the old version among the keys of a new one."""


def words(text: str) -> list[str]:
    """The words of a text in order, without what typography or capitals could change."""
    return "".join(map(_kept, unicodedata.normalize("NFKC", text).casefold())).split()


def _kept(char: str) -> str:
    kind = unicodedata.category(char)
    if kind[0] in "LMN":
        return f" {char} " if any(first <= char <= last for first, last in UNSPACED) else char
    return f" {char} " if kind == "Sc" or char in COUNTED else "" if char in WITHIN else " "


def changed(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words an edit changed: a word that replaces another counts once, and so does one added or removed.

    It is the length of the longer text less that of the longest sequence of words that both share. That is a distance: it is 0
    only between equal texts, it is the same in both directions, and a detour is never shorter.
    """
    return max(len(old), len(new)) - _shared(old, new)


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """The length of the longest common subsequence; each row of the table is one number (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for place, word in enumerate(old):
        places[word] = places.get(word, 0) | 1 << place
    every = (1 << len(old)) - 1
    row = every
    for word in new:
        match = row & places.get(word, 0)
        row = (row + match) | (row - match)
    return len(old) - (row & every).bit_count()


def pairs(old: Iterable[Version], new: Iterable[Version]) -> Iterator[tuple[Version, Version]]:
    """Each old story with its successor: the new one at its address, or the one to which that address leads, or the one in its file.

    No story has two successors or succeeds two; a story that was deleted has none.
    """
    left, free = {version.path: version for version in old}, {version.path: version for version in new}
    for key_of, keys_of in MATCHES:
        found = {key: version.path for version in free.values() for key in keys_of(version)}
        for path, version in list(left.items()):
            successor = free.pop(found.get(key_of(version), ""), None)
            if successor:
                yield left.pop(path), successor


def is_told(old: Version, new: Version) -> bool:
    """Whether the new version says that it was changed: by a later `updated`, one more correction, or a new `minor`."""
    later = new.updated is not None and (old.updated is None or new.updated > old.updated)
    return later or new.corrections > old.corrections or bool(new.minor and new.minor != old.minor)


def first_difference(old: str, new: str) -> int:
    """The line of the new text, counted from 1, at which it begins to differ from the old."""
    lines, before = new.split("\n"), old.split("\n")
    same = next((i for i, (one, other) in enumerate(zip(lines, before, strict=False)) if one != other), len(before))
    return min(same, len(lines) - 1) + 1
