"""Reads a transcript in WebVTT (https://www.w3.org/TR/webvtt1/): what is said, by whom and when;
and what players would lose of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import pairwise
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from broadside.faults import quoted
from broadside.letters import UNPRINTABLE
from broadside.media.files import Mistake

LARGEST = 5_000_000
"""The maximum size of a transcript in bytes: a day of talk in any script."""
MOST_MISTAKES = 20
"""How many mistakes of one transcript are reported."""
PARAGRAPH = 400
"""After this many characters a paragraph ends with the next sentence."""
LONGEST = 4 * PARAGRAPH
"""After this many characters a paragraph ends with the next cue: machine transcripts often have no
full stops.
"""
PAUSE = 2.5
"""After this many seconds of silence a new paragraph begins."""
ROLLING = 3
"""How many lines of a cue the next may repeat, as in captions that roll up."""
AT_ONCE = 0.1
"""The pause in seconds up to which a cue directly follows another."""
LINE_END = re.compile(r"\r\n|\r|\n")
OTHER_BLOCKS = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
"""Blocks that are not cues: remarks, and what only a film needs."""
ARROW = "-->"
CLOCK = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"\s*{CLOCK}\s+-->\s+{CLOCK}(?:\s.*)?", re.A)
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s++([^<>]++)>", re.I)
TAG = re.compile(
    rf"</?(?:c|i|b|u|ruby|rt)(?:\.[^\s<>]*)?\s*>|</?(?:v|lang)(?:\.[^\s<>]*)?(?:\s[^<>]*)?>|<{CLOCK}>",
    re.I | re.A,
)
"""The format's tags, and timestamps; anything else between < and > is words."""
SENTENCE_END = re.compile(r"[.?!…。؟][\"'”’»)]*$")
ENDING = 16
"""The last letters in which the end of a sentence is searched for."""
TIMES_HINT = "write them as 00:01.000 --> 00:04.500"
EMPTY_LINE = "leave a line empty above them, without a space in it"


class Cue(Struct, frozen=True):
    """Words that are said from one moment to another, in seconds; `speaker` is "" if nobody is
    named.
    """

    line: int
    start: float
    end: float
    text: str
    speaker: str = ""


def parsed(text: str) -> tuple[list[Cue], list[Mistake]]:
    """The readable cues of a transcript, and what is wrong with it."""
    cues: list[Cue] = []
    mistakes: list[Mistake] = []
    first, *blocks = _blocks(LINE_END.split(text.removeprefix("\ufeff")))
    if not re.match(r"WEBVTT(?:[ \t]|$)", first[1][0]):
        mistakes.append(
            Mistake(
                first[0],
                "transcript",
                "the transcript does not begin with WEBVTT",
                "write it there",
            )
        )
    if any(ARROW in line for line in first[1][1:]):
        hint = "leave a line empty below WEBVTT, without a space in it"
        mistakes.append(
            Mistake(first[0] + 1, "transcript", "the first words are still in the heading", hint)
        )
    for number, lines in blocks:
        if OTHER_BLOCKS.match(lines[0]):
            # Players would show the words below times that are here, or lose them.
            wrong = _times_within(number + 1, lines[1:], lines[0].split()[0])
            mistakes += wrong[:1]
        else:
            said, wrong = _cue(number, lines)
            cues += said
            mistakes += wrong
    for before, cue in pairwise(cues):
        if cue.start < before.start:
            message = f"these words begin before those at line {before.line}"
            mistakes.append(
                Mistake(cue.line, "transcript", message, "put them into the order of their times")
            )
    if not cues and not mistakes:
        mistakes.append(Mistake(1, "transcript", "the transcript has no words", TIMES_HINT))
    return [*_unrolled(cues)], sorted(mistakes, key=lambda each: each.line)[:MOST_MISTAKES]


def mistakes(file: BinaryIO, size: int) -> Iterable[Mistake]:
    """What is wrong with a transcript; one that is too large is not read."""
    if size > LARGEST:
        message = f"the transcript has {size / 1e6:,.1f} MB; {LARGEST // 1_000_000} MB are allowed"
        return [Mistake(1, "transcript", message, "divide it")]
    return parsed(file.read(size).decode("utf-8-sig", "replace"))[1]


def paragraphs(cues: Iterable[Cue]) -> Iterator[tuple[str, str]]:
    """What is said as paragraphs, each with the speaker if it changes, or ""."""
    speaker = named = ""
    words: list[str] = []
    length, end = 0, 0.0
    for cue in cues:
        if words and (
            cue.speaker != speaker or cue.start - end > PAUSE or _is_full(length, words[-1])
        ):
            yield named, " ".join(words)
            named, words, length = "", [], 0
        if cue.speaker != speaker:
            named = speaker = cue.speaker
        words.append(cue.text)
        length += len(cue.text) + 1
        end = cue.end
    if words:
        yield named, " ".join(words)


def _is_full(length: int, last: str) -> bool:
    """Whether a paragraph of this length, ending in these words, is complete."""
    return length > LONGEST or (length > PARAGRAPH and bool(SENTENCE_END.search(last[-ENDING:])))


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """The blocks between empty lines, each with its first line's number; the first block is the
    heading, even if it is empty.

    A line of spaces is not empty: captions of YouTube have them within cues. It does not begin a
    block, though.
    """
    blocks: list[tuple[int, list[str]]] = [(1, [lines[0]])]
    is_open = True
    for number, line in enumerate(lines[1:], 2):
        if not line:
            is_open = False
        elif is_open:
            blocks[-1][1].append(line)
        elif line.strip():
            blocks.append((number, [line]))
            is_open = True
    return blocks


def _cue(number: int, lines: list[str]) -> tuple[list[Cue], list[Mistake]]:
    """What each voice says in the block that begins at a line, with a line break between lines; a
    name may come above its times.
    """
    at = next((place for place, line in enumerate(lines[:2]) if ARROW in line), None)
    if at is None:
        message = f"{quoted(lines[0][:40])} has no times, and would be lost"
        return [], [
            Mistake(
                number, "transcript", message, "delete the empty line above it, or write its times"
            )
        ]
    times, said = TIMES.fullmatch(lines[at]), lines[at + 1 :]
    if not times:
        return [], [Mistake(number + at, "transcript", "the times cannot be read", TIMES_HINT)]
    start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
    if end <= start:
        return [], [
            Mistake(number + at, "transcript", "the words end before they begin", TIMES_HINT)
        ]
    first = number + at + 1
    wrong = [*_times_within(first, said, "words"), *_unseen(first, said)]
    if wrong:
        return [], [min(wrong, key=lambda each: each.line)]
    return [
        Cue(number + at, start, end, text, speaker)
        for speaker, text in _voices("\n".join(said))
        if text
    ], []


def _times_within(first: int, lines: list[str], what: str) -> list[Mistake]:
    """The mistakes of lines, from a number on, that have times where none are allowed."""
    message = f"there are times within {what}"
    return [
        Mistake(number, "transcript", message, EMPTY_LINE)
        for number, line in enumerate(lines, first)
        if ARROW in line
    ]


def _unseen(first: int, lines: list[str]) -> Iterator[Mistake]:
    """The mistakes of lines, from a number on, with invisible characters."""
    for number, line in enumerate(lines, first):
        if UNPRINTABLE.search(unescape(line)):
            yield Mistake(number, "transcript", "the line has an invisible character", "delete it")


def _voices(payload: str) -> Iterator[tuple[str, str]]:
    """Who speaks in a cue, and the lines that are said; "" for words before the first name."""
    before, *named = VOICE.split(payload)
    yield "", _plain(before)
    for name, words in zip(named[::2], named[1::2], strict=True):
        yield " ".join(unescape(name).split()), _plain(words)


def _plain(payload: str) -> str:
    """The lines of a cue without tags and without empty lines."""
    lines = (" ".join(unescape(line).split()) for line in TAG.sub("", payload).split("\n"))
    return "\n".join(filter(None, lines))


def _unrolled(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Cues with their lines joined, without the lines that are still on the screen from the cue
    before.
    """
    before: Cue | None = None
    for cue in cues:
        lines = cue.text.split("\n")
        text = " ".join(lines[_still_shown(before, cue, lines) :] if before else lines)
        if text:
            yield replace(cue, text=text)
        before = cue


def _still_shown(before: Cue, cue: Cue, lines: list[str]) -> int:
    """How many lines of a cue repeat the last ones of the cue before; words repeated after a pause
    do not count.
    """
    if cue.speaker != before.speaker or cue.line == before.line:
        return 0
    shown = before.text.rsplit("\n", ROLLING)[-ROLLING:]
    if cue.start - before.end < AT_ONCE:
        most = len(lines)
    else:
        most = len(lines) - 1
    return next(
        (size for size in range(min(most, len(shown)), 0, -1) if shown[-size:] == lines[:size]), 0
    )


def _seconds(clock: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in clock)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
