"""Finds out what a story is about: makes weighted terms of its text.

A story's terms depend on nothing but that story, so they can be kept as long as it does not change.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from broadside.content.stop_words import STOP_WORDS


def _between(opening: str, closing: str) -> str:
    """A pattern that looks for its end only as far as the next opening, so that thousands of openings take linear time."""
    return f"{opening}(?:(?!{opening}).)*?{closing}"


HEADLINE, DEK = 8, 2
"""How often a word in them counts, when one in the body counts once: a headline says what a story is about."""

NAME, NAMED = 1.75, 0.6
"""How much more a name counts, and the share of a word's mentions in the body that must have a capital for it to be a name."""

DAMPING = 0.65
"""Exponent of a term's count: the tenth mention says less than the second."""

LENGTH = 1.1
"""Exponent of a story's length; above 1, so that very long stories, which touch on everything, are not related to all."""

TERMS = 128
"""Terms kept of a story; fewer lose quality, more cost memory and gain little."""

WHOLE = 10_000
"""The whole number that stands for a weight of 1.0."""

SCRIPT = _between(r"<(?:script|style)\b", r"</(?:script|style)>")
MARKUP = (
    ("<", re.compile(f"{_between('<!--', '-->')}|{SCRIPT}|<[^<>]*>", re.DOTALL)),
    ("{", re.compile(_between(r"\{\{", r"\}\}"), re.DOTALL)),
    ("{", re.compile(_between("{%", "%}"), re.DOTALL)),
    ("]", re.compile(r"\]\([^()\s]*(?:\s+\"[^\"\n]*\")?\)")),
    ("]", re.compile(r"^\[[^\]\n]+\]:.*$", re.MULTILINE)),
    ("http", re.compile(r"https?://\S+")),
)
"""Patterns of what is not prose in HTML and Markdown (tags, comments, shortcodes, addresses), each with a text that all its
matches contain: a single character if possible, which is found faster than two."""

# Marks that \w leaves out but that belong inside a word: accents, and the vowel signs of Indic and related scripts.
INSIDE = r"\w\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0963\u0966-\u0dff\u0e00-\u109f\u1780-\u17ff"
WORD = re.compile(f"[{INSIDE}'’]+")
APART = re.compile(f"[^{INSIDE}]+|_+")
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
"""Scripts that do not, or not usefully, put spaces between words: pairs of characters take the place of words."""
SHORTEST, LONGEST = 2, 40
YEAR = 4
ODD, NAMELY = " ", "^"
REMEMBERED = 200_000
"""Pieces of text that a lexicon holds before it starts again, so that its memory does not grow with the archive."""


class Lexicon(dict[str, str]):
    """Remembers the meaning of pieces of text between spaces, over all stories that a process reads in a language.

    The meaning is usually one term. If there are several terms, or capitals, it is ODD and all terms with spaces between
    them, those with a capital preceded by NAMELY.
    """

    def __init__(self, lang: str) -> None:
        super().__init__()
        self._stop_words = STOP_WORDS.get(lang.lower().partition("-")[0], frozenset())

    def __missing__(self, piece: str) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        self[piece] = meaning = self._small(piece) if _is_small(piece) else self._meaning(piece)
        return meaning

    def _small(self, word: str) -> str:
        """The meaning of a plain word, as most are: a faster way."""
        term = singular(word)
        return "" if term in self._stop_words else term

    def _meaning(self, piece: str) -> str:
        meant = [
            NAMELY + term if word[0].isupper() else term
            for word in WORD.findall(piece)
            for term in spell(word.lower())
            if term not in self._stop_words
        ]
        meaning = " ".join(meant)
        return ODD + meaning if " " in meaning or NAMELY in meaning else meaning


def _is_small(piece: str) -> bool:
    """Whether a piece of text is one word of lower-case letters from a to z."""
    return SHORTEST <= len(piece) <= LONGEST and piece.isascii() and piece.isalpha() and piece.islower()


def signature(headline: str, dek: str, body: str, lexicon: Lexicon) -> str:
    """A story's strongest terms with their weights, strongest first: "nato:812 ukraine:640".

    The texts may be plain, HTML or Markdown.
    """
    mentions, capitals = tally(body, lexicon)
    counts: dict[str, float] = dict(mentions)
    for term, count in capitals.items():
        if count >= NAMED * counts[term]:
            counts[term] *= NAME
    for text, factor in ((headline, HEADLINE), (dek, DEK)):
        for term, count in tally(text, lexicon)[0].items():
            counts[term] = counts.get(term, 0) + count * factor
    strongest = sorted(sorted(counts), key=counts.__getitem__, reverse=True)[:TERMS]  # ties in alphabetical order
    damped = {count: count**DAMPING for count in {counts[term] for term in strongest}}
    length = sum([damped[counts[term]] ** 2 for term in strongest]) ** (LENGTH / 2)
    shares = {count: max(1, round(WHOLE * weight / length)) for count, weight in damped.items()}
    return " ".join([f"{term}:{shares[counts[term]]}" for term in strongest])


def tally(text: str, lexicon: Lexicon) -> tuple[dict[str, int], dict[str, int]]:
    """How often each term stands in a text, and how often with a capital."""
    counts: dict[str, int] = Counter(map(lexicon.__getitem__, prose(text).split()))
    capitals: dict[str, int] = {}
    counts.pop("", None)
    for meaning in [meaning for meaning in counts if meaning[0] == ODD]:
        count = counts.pop(meaning)
        for written in meaning.split():
            term = written.removeprefix(NAMELY)
            counts[term] = counts.get(term, 0) + count
            if term != written:
                capitals[term] = capitals.get(term, 0) + count
    return counts, capitals


def parse(signature: str) -> dict[str, int]:
    """The terms of a signature with their weights, strongest first."""
    parts = signature.replace(":", " ").split()
    return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))


def prose(text: str) -> str:
    """A text without its markup."""
    for start, pattern in MARKUP:
        if start in text:
            text = pattern.sub(" ", text)
    return html.unescape(text) if "&" in text else text


def spell(word: str) -> Iterator[str]:
    """Yield the terms that a word in lower case stands for: folded, singular, or pairs of characters."""
    if not word.isascii():
        word = fold(word)
    word = max(APART.split(word), key=len)
    for run in UNSPACED.findall(word):
        yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))
    for part in UNSPACED.split(word):
        if SHORTEST <= len(part) <= LONGEST and (len(part) == YEAR or not part.isdigit()):
            yield singular(part)


OF_KANA = "\u3099\u309a"
"""Marks that are no accents: ダ is another letter than タ."""


def fold(word: str) -> str:
    """A word without accents, points and case: "Évian" and "evian" are one term."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    if "\u0900" <= max(letters) <= "\u17ff":
        return unicodedata.normalize("NFC", letters)
    return unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c) or c in OF_KANA))


def singular(word: str) -> str:
    """An English plural's singular; other words, and words of other languages, mostly as they are."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses", "zes")) else word[:-1]
