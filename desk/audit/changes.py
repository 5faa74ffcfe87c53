"""What an edit changed in the words of a story, and whether a reader is told: the pure part of ./inv audit."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

WITHIN = "'’‘ʼ\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Signs inside words that come and go with typography: apostrophes, soft hyphens, joiners."""
COUNTED = "%‰+=°"
"""Signs that mean something by themselves, as currencies do."""
UNSPACED = (
    ("\u0e00", "\u0eff"),
    ("\u0f00", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\u3040", "\u30ff"),
    ("\u3400", "\u9fff"),
)
"""Scripts that put no spaces between words; each letter counts as one."""


class Version(Struct, frozen=True):
    """A story that readers could see, as one revision has it; addresses are below the site's top.

    `text` is its source, `words` what readers see of it. `first` is the address by which feeds know it, `former` those
    that lead to it. `minor` is what the key says, "" nothing.
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
"""How a successor is recognised, the surest way first: a key of the old version, and the keys of a new one."""


def words(text: str) -> list[str]:
    """The words of a text in order, without what typography or capitals could change."""
    return "".join(map(_kept, unicodedata.normalize("NFKC", text).casefold())).split()


def _kept(char: str) -> str:
    kind = unicodedata.category(char)
    if kind[0] in "LMN":
        return f" {char} " if any(first <= char <= last for first, last in UNSPACED) else char
    return f" {char} " if kind == "Sc" or char in COUNTED else "" if char in WITHIN else " "


def changed(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words an edit changed: one put in another's place counts once, and so does one added or taken out.

    It is what the longer text has beyond the longest sequence of words that both share. That is a distance: nothing
    changed only between equal texts, it is the same in both directions, and a detour is never shorter.
    """
    return max(len(old), len(new)) - _shared(old, new)


def _shared(old: Sequence[str], new: Sequence[str]) -> int:
    """The length of the longest common subsequence, each row of the table one number (Hyyrö 2004)."""
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
    """Each old story with its successor: the new one at its address, or to which that address leads, or in its file.

    No story has two successors or is that of two; one of which nothing is left has none.
    """
    left, free = {version.path: version for version in old}, {version.path: version for version in new}
    for key_of, keys_of in MATCHES:
        found = {key: version.path for version in free.values() for key in keys_of(version)}
        for path, version in list(left.items()):
            successor = free.pop(found.get(key_of(version), ""), None)
            if successor:
                yield left.pop(path), successor


def is_told(old: Version, new: Version) -> bool:
    """Whether the new version says that it was changed: by a later `updated`, one correction more, or `minor` said anew."""
    later = new.updated is not None and (old.updated is None or new.updated > old.updated)
    return later or new.corrections > old.corrections or bool(new.minor and new.minor != old.minor)


def first_difference(old: str, new: str) -> int:
    """The line of the new text, from 1, at which it begins to differ from the old."""
    lines, before = new.split("\n"), old.split("\n")
    same = next((i for i, (one, other) in enumerate(zip(lines, before, strict=False)) if one != other), len(before))
    return min(same, len(lines) - 1) + 1
