"""Slugs: the part of an address that is made from words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
LONGEST = 100
"""Characters; well below what file systems and people accept."""

DEVICE_NAMES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
RESERVED = DEVICE_NAMES | {"index", "page", "feed"}


@lru_cache(8192)
def slugify(text: str) -> str:
    """The slug of a text, as Pelican makes it by default: "Where's Évian?" -> "wheres-evian".

    Cut at a hyphen to LONGEST characters; "" when nothing of the text can be spelled in ASCII.
    """
    slug = spelled(text)
    return (
        slug
        if len(slug) <= LONGEST
        else slug[: LONGEST + 1].rpartition("-")[0].strip("-_") or slug[:LONGEST].strip("-_")
    )


def spelled(text: str) -> str:
    """A text in the letters of slugs, however long it is."""
    if not text.isascii():
        from unidecode import unidecode  # its tables take a while to load, and most text needs none

        text = unidecode(unicodedata.normalize("NFKC", text))
    text = re.sub(r"[^\w\s-]", "", text, flags=re.ASCII).strip().lower()
    return re.sub(r"[-\s]+", "-", text).strip("-_")


def slug_problem(slug: str, reserved: Collection[str] = RESERVED) -> str:
    """What is wrong with a slug, as a phrase after its name; "" when it is good.

    A term's index lies in a folder of its own kind, where nothing but DEVICE_NAMES is `reserved`.
    """
    if len(slug) > LONGEST:
        return f"has {len(slug)} characters; {LONGEST} at most"
    if not SLUG.fullmatch(slug):
        return "may hold only the letters a-z, digits, hyphens and underscores"
    if slug in reserved:
        return "is a name that the site or a computer keeps for itself"
    return ""
