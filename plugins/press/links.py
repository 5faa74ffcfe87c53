"""Notes where each page links to in a Bloom filter, so that when a file goes only pages that may link to it are read again.

Each file that a page links to sets a few of the page's bits, chosen by a digest of the file's path. A page that lacks one
of a file's bits does not link to it; a page that has all of them does, except for one page in fifty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

BITS, EACH = 512, 3
"""Bits of a page, and how many of them one file sets. Pages link to 40 to 70 files of the site."""
MANY = 40
"""If more files than this are gone, nearly every page seems to link to one of them, and reading all is quicker."""


def bits_of(file: str) -> int:
    """The bits that a file's path below the output folder sets."""
    name = hashlib.blake2b(file.encode("utf-8", "surrogatepass"), digest_size=2 * EACH).digest()
    bits = 0
    for at in range(0, 2 * EACH, 2):
        bits |= 1 << int.from_bytes(name[at : at + 2], "big") % BITS
    return bits


def noted(links: int | None) -> str:
    """The bits of a page as the manifest holds them; "" if its links are not known."""
    return "" if links is None else f"{links:x}"


def that_may_lead_to(gone: Collection[str], pages: Iterator[tuple[str, str]]) -> Iterator[str]:
    """Those of some pages, given with their noted links, that may link to a file that is gone."""
    wanted = [bits_of(file) for file in gone]
    for page, links in pages:
        if not links or len(wanted) > MANY:
            yield page
        else:
            bits = int(links, 16)
            if any(bits & each == each for each in wanted):
                yield page
