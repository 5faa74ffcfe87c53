"""The credit line under a photo, without the different forms that desks give to the same words."""

from __future__ import annotations

import re

from msgspec import Struct

from broadside.media.photos.values import Description, Photo
from broadside.words import ENGLISH, Language

_LABEL = re.compile(r"^(?:(?:top|lead)\s+)?(?:(?:photo|image|picture)\s+credit|credit)s?\s*[:：]\s*", re.IGNORECASE)
_ONE_SIDED_SLASH = re.compile(r"(?<=\S) +/(?=[^\s/])|(?<=[^\s/:])/ +(?=\S)")
_TITLES = frozenset(("capt", "col", "dr", "gen", "gov", "jr", "lt", "mr", "mrs", "ms", "prof", "rep", "sen", "sgt"))
_ABBREVIATIONS = _TITLES | {"bros", "co", "corp", "inc", "ltd", "no", "sr", "st"}


class CreditLine(Struct, frozen=True):
    """The parts of a printed line, as plain text: label with its colon, caption and credit; any of them may be empty."""

    label: str
    caption: str
    credit: str

    @property
    def closing(self) -> str:
        """The credit as it is printed: in parentheses after a caption, bare if it is alone."""
        return f"({_inner_brackets(self.credit)})" if self.caption and self.credit else self.credit

    @property
    def words(self) -> str:
        """Caption and credit, without the label."""
        return " ".join(filter(None, (self.caption, self.closing)))

    def __str__(self) -> str:
        return f"{self.label} {self.words}" if self.label and self.words else self.words


def credit_line(photo: Photo | Description, lead: bool = False, words: Language = ENGLISH) -> CreditLine:
    """The line under a photo; that of a story's top photo (`lead`) is below the text, and says so in `words`."""
    credit = _clean_credit(photo.credit)
    return CreditLine(words.credit(photo.credit_label, lead), _clean_caption(photo.caption, credit), credit)


def _clean_credit(text: str) -> str:
    text = _without_label(text)
    closed, start, end = _closed(text), 0, len(text)
    while True:
        if closed.get(start) == end - 1:
            start, end = start + 1, end - 1
        elif _ends_in_stop(text[start:end]):
            end -= 1
        else:
            return _ONE_SIDED_SLASH.sub(" / ", text[start:end])
        start += text[start : start + 1] == " "
        end -= text[end - 1 : end] == " "


def _clean_caption(text: str, credit: str) -> str:
    text = _without_label(text)
    start = text.rfind("(")
    # Agencies end their captions with the credit; after such a caption it would be printed twice.
    if credit and start >= 0 and _clean_credit(text[start:]) == credit:
        text = text[:start].rstrip()
    return text


def _without_label(text: str) -> str:
    return _LABEL.sub("", " ".join(text.split()), count=1)


def _closed(text: str) -> dict[int, int]:
    """Where each parenthesis of a text is closed, worked out once, because a credit may be in thousands of them."""
    closed: dict[int, int] = {}
    opened: list[int] = []
    for at, char in enumerate(text):
        if char == "(":
            opened.append(at)
        elif char == ")" and opened:
            closed[opened.pop()] = at
    return closed


def _ends_in_stop(text: str) -> bool:
    """Whether the text ends in a full stop that is not part of an abbreviation or an ellipsis."""
    if not text.endswith("."):
        return False
    word = text[:-1].rpartition(" ")[2].strip("([\"'“‘")
    abbreviated = "." in word or word.lower() in _ABBREVIATIONS or (len(word) == 1 and word.isupper())
    return bool(word) and not abbreviated


def _inner_brackets(text: str) -> str:
    balanced = text.count("(") == text.count(")")
    return text.replace("(", "[").replace(")", "]") if balanced else text
