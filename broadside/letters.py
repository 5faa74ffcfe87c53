"""Forbidden characters: invisible and unprintable ones, and those that change the direction of a
text.
"""

from __future__ import annotations

import re
import unicodedata

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff]"
)
"""Characters that no text may hold: nobody can see them, and some turn the direction of what
follows.
"""
HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
    "|(?<=[!-~])[\u200c\u200d](?=[!-~])"
)
"""Invisible characters; joiners only between the letters a-z, because other scripts and emoji need
them.
"""
HARD_SPACES = "\u00a0\u2007\u202f"
"""No-break spaces; they look like other spaces, but not to YAML and Markdown."""

KANA_AND_HAN = (
    "\u3005-\u3007\u3031-\u3035\u3040-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
SOUTH_EAST_ASIAN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer."""
UNSPACED = SOUTH_EAST_ASIAN + KANA_AND_HAN
"""Letters, and their marks, of scripts without spaces between words."""

GARBLED = re.compile("\ufffd|Ã[\u00a1-\u00aa\u00ac\u00ae-\u00ba\u00bc-\u00bf€ƒ„‡ˆ‰]|â€[^ \n]?")
"""The remains of a letter that was decoded wrongly; "Ã" before a letter or a quotation mark is
Portuguese.
"""


def garbled(text: str) -> str:
    """The first letters of a text that were garbled by copying or converting it, or ""."""
    # faster than the pattern
    if text.isascii() or not ("\ufffd" in text or "Ã" in text or "â€" in text):
        return ""
    match = GARBLED.search(text)
    if match:
        return match[0]
    return ""


def instead(char: str) -> str:
    """What to do with a character that no text may hold."""
    turns = "\u202a" <= char <= "\u202e" or "\u2066" <= char <= "\u2069"
    if turns:
        return 'write <span dir="rtl"> around the words instead'
    return "delete it"


def named(char: str) -> str:
    """An invisible character, by number and name."""
    return (
        f"the invisible character U+{ord(char):04X} ({unicodedata.name(char, 'unnamed').lower()})"
    )
