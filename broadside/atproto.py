"""Addresses of records in an account on the AT Protocol (https://atproto.com/specs/at-uri-scheme,
https://standard.site/).
"""

from __future__ import annotations

from hashlib import sha256

DOCUMENT, PUBLICATION = "site.standard.document", "site.standard.publication"
RECORDS = "standard-site.json"
"""The file of the site that lists the records that the account is to have."""
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"


def record_key(name: str) -> str:
    """The key of a record, always the same for the name, in the form that such keys must have: a
    moment and a number.

    The moment falls into seven months of 2023 (https://atproto.com/specs/tid).
    """
    number = int.from_bytes(sha256(name.encode()).digest()[:8], "big")
    moment = 1_672_531_200_000_000 + (number >> 20)
    value = moment << 10 | number & 0x3FF
    return "".join(_DIGITS[value >> 5 * place & 31] for place in reversed(range(13)))


def uri(account: str, collection: str, name: str) -> str:
    """The address of the record of this name."""
    return f"at://{account}/{collection}/{record_key(name)}"
