"""Slugs: the parts of addresses that are made from words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?")
LONGEST = 100
"""In characters; well below the limit of what file systems and people accept."""

DEVICE_NAMES = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
RESERVED = DEVICE_NAMES | {"index", "page", "feed"}


GUESSED = re.compile(
    "[\u05d0-\u05f2\u0620-\u064a\u066e-\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb1d-\ufb4f\ufb50-\ufdfb\ufe70-\ufefc"
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fe\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
"""A letter that is Hebrew or Arabic, where vowels are left out, or kana or Han, which languages
read differently.
"""


@lru_cache(8192)
def slugify(text: str) -> str:
    """The slug of a text, made as Pelican does by default: "Where's Évian?" -> "wheres-evian".

    It is cut at a hyphen to LONGEST characters, and "" if nothing in the text can be spelled in
    ASCII.
    """
    slug = spelled(text)
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0].strip("-_") or slug[:LONGEST].strip("-_")


def is_guessed(text: str) -> bool:
    """Whether the slug of a text would be a guess that its readers do not recognize, as 田中 gives
    tian-zhong.
    """
    return not text.isascii() and bool(GUESSED.search(text))


def slug_of(name: str, given: Mapping[str, str]) -> str:
    """The slug given for a name (`given` has names in lower case), or else the one made from its
    letters.
    """
    return given.get(name.casefold()) or slugify(name)


def spelled(text: str) -> str:
    """A text in the letters of slugs, not cut."""
    if not text.isascii():
        from unidecode import unidecode  # slow to load, and most text needs none of it

        text = unidecode(unicodedata.normalize("NFKC", text))
    text = re.sub(r"[^\w\s-]", "", text, flags=re.ASCII).strip().lower()
    return re.sub(r"[-\s]+", "-", text).strip("-_")


def slug_problem(slug: str, reserved: Collection[str] = RESERVED) -> str:
    """What is wrong with a slug, as a phrase to follow its name; "" if it is good.

    A term's index is in a folder for its kind, where only DEVICE_NAMES is `reserved`.
    """
    if len(slug) > LONGEST:
        return f"has {len(slug)} characters; {LONGEST} at most"
    if not SLUG.fullmatch(slug):
        return "may hold only the letters a-z, digits, hyphens and underscores"
    if slug in reserved:
        return "is a name that the site or a computer keeps for itself"
    return ""
