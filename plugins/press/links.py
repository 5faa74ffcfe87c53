"""Where a page leads, noted in a few bits, so that when a file goes only the pages that may lead to it are read again.

Each file that a page leads to sets a few of the page's bits, which its name chooses. So a page with all bits of a file
may lead to it, or to others that happen to share them, in one page of fifty; a page without one of them does not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

BITS, EACH = 512, 3
"""Bits of a page, and those that one file sets. Pages lead to 40 to 70 files of the site."""
MANY = 40
"""If more files are gone, nearly every page seems to lead to one of them, and it is quicker to read all pages."""


def bits_of(file: str) -> int:
    """The bits that a file's path below the output folder sets."""
    name = hashlib.blake2b(file.encode("utf-8", "surrogatepass"), digest_size=2 * EACH).digest()
    bits = 0
    for at in range(0, 2 * EACH, 2):
        bits |= 1 << int.from_bytes(name[at : at + 2], "big") % BITS
    return bits


def noted(links: int | None) -> str:
    """The bits of a page as the manifest holds them; of one whose links nobody knows, nothing."""
    return "" if links is None else f"{links:x}"


def that_may_lead_to(gone: Collection[str], pages: Iterator[tuple[str, str]]) -> Iterator[str]:
    """Of pages with their noted links, those that may lead to a file that is gone."""
    wanted = [bits_of(file) for file in gone]
    for page, links in pages:
        if not links or len(wanted) > MANY:
            yield page
        else:
            bits = int(links, 16)
            if any(bits & each == each for each in wanted):
                yield page
