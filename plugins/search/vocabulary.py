"""The words of the archive in small files, with which theme/static/js/spelling.js corrects typing
errors.

Each word is in the part of its length and beginning, and in that of its length and end. One typing
error leaves one of the two unchanged, so the two parts for a misspelled word contain every word
that is one error away. A word's part depends only on its letters, without accents; a part does not
say how common its words are, so it changes only when a word appears in the archive for the first
time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from unicodedata import category, normalize
from zlib import crc32

from broadside.content.records import Record
from broadside.front_matter.data import StoryData
from broadside.parallel import share
from broadside.plugins.search.blocks import FOLDER, SearchBlock
from broadside.store import Change, Kept, Store

WORDS = f"{FOLDER}/words"
"""The folder of the parts."""
EACH = 128
"""How many words of the archive there are for each part, which then has some 250, about 2 kB; a
misspelled word needs six parts.
"""
WORD = re.compile(r"\b[^\W\d_\u0700-\u1dff\u2000-\U0010ffff]{3,40}\b")
"""A word of three letters or more, in a script that puts spaces between words and whose letters are
separate.
"""
IGNORED = re.compile("[\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Soft hyphens, and marks on letters that a reader may leave out."""
KIND = "words"
"""What is kept: the words of each block, with spaces between them."""


def vocabulary(
    blocks: Sequence[SearchBlock], text: Callable[[Record[StoryData]], str], store: Store, jobs: int
) -> set[str]:
    """All words of the archive; a block's are kept until it changes."""
    kept = store.all(KIND)
    changed = [
        each for each in blocks if each.folder not in kept or kept[each.folder].mark != each.digest
    ]

    def read(some: Sequence[SearchBlock]) -> list[str]:
        return [" ".join(sorted(words_in(map(text, block.stories)))) for block in some]

    made = zip(changed, share(read, changed, jobs, least=4), strict=True)
    new = {block.folder: Kept(words.encode(), block.digest) for block, words in made}
    store.keep(Change(KIND, new, kept.keys() - {block.folder for block in blocks}))
    kept |= new
    return set().union(*(kept[block.folder].value.decode().split() for block in blocks))


def words_in(texts: Iterable[str]) -> set[str]:
    """The words of texts in lower case."""
    seen: set[str] = set()
    found: set[str] = set()
    for text in texts:
        # most were in an earlier text, and few need a closer look
        pieces = set(text.lower().split()) - seen
        seen |= pieces
        small = " ".join(pieces)
        found.update(
            WORD.findall(small if small.isascii() else IGNORED.sub("", normalize("NFC", small)))
        )
    return found


def parts(words: Collection[str]) -> list[str]:
    """The parts, each with its words in alphabetical order; their number is a power of two, so that
    it seldom changes.
    """
    keyed: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        for key in keys(fold(word)):
            keyed[key].append(word)
    number = 1 << (len(words) // EACH).bit_length()
    made: list[set[str]] = [set() for _ in range(number)]
    for key, members in keyed.items():
        made[crc32(key.encode()) % number].update(members)
    return [" ".join(sorted(part)) for part in made]


def keys(word: str) -> tuple[str, str]:
    """The length of a word with its beginning, and with its end; one typing error cannot change
    both.

    The end is the longer one, because more words end alike than begin alike.
    """
    length = len(word)
    beginning = length // 3
    return f"{length}<{word[:beginning]}", f"{length}>{word[beginning + 1 :]}"


def fold(word: str) -> str:
    """A word without accents."""
    if word.isascii():
        return word
    return "".join(letter for letter in normalize("NFKD", word) if category(letter)[0] != "M")
