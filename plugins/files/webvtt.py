"""Reads a transcript in WebVTT (https://www.w3.org/TR/webvtt1/): what is said, by whom and when; and what players would lose of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import pairwise

from msgspec import Struct

from broadside.plugins.faults import quoted
from broadside.plugins.letters import UNPRINTABLE

LARGEST = 2_000_000
"""Characters that a transcript may have: some days of talk."""
MOST_MISTAKES = 20
"""How many mistakes of one transcript are told."""
PARAGRAPH = 400
"""After how many characters a paragraph ends with the next sentence."""
PAUSE = 2.5
"""After how many seconds of silence a new paragraph begins."""
LINE_END = re.compile(r"\r\n|\r|\n")
OTHER_BLOCKS = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
"""Blocks that are no cues: remarks, and what only a film needs."""
ARROW = "-->"
CLOCK = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
TIMES = re.compile(rf"\s*{CLOCK}\s+-->\s+{CLOCK}(?:\s.*)?", re.A)
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s++([^<>]++)>")
TAG = re.compile(r"<[^<>]*>")
SENTENCE_END = re.compile(r"[.?!…。؟][\"'”’»)]*$")
TIMES_HINT = "write them as 00:01.000 --> 00:04.500"


class Cue(Struct, frozen=True):
    """Words that are said from one moment to another, in seconds; `speaker` is "" if nobody is named."""

    line: int
    start: float
    end: float
    text: str
    speaker: str = ""


class Mistake(Struct, frozen=True):
    """What is wrong in a line of a transcript, as a fault has it."""

    line: int
    code: str
    message: str
    hint: str


def parsed(text: str) -> tuple[list[Cue], list[Mistake]]:
    """The cues of a transcript that can be read, and what is wrong with it."""
    if len(text) > LARGEST:
        return [], [Mistake(1, "transcript-size", f"the transcript has more than {LARGEST:,} letters", "divide it")]
    cues: list[Cue] = []
    mistakes: list[Mistake] = []
    first, *blocks = _blocks(LINE_END.split(text.removeprefix("\ufeff")))
    if not re.match(r"WEBVTT(?:[ \t]|$)", first[1][0]):
        mistakes.append(Mistake(first[0], "transcript", "the transcript does not begin with WEBVTT", "write it there"))
    if any(ARROW in line for line in first[1][1:]):
        hint = "leave a line empty below WEBVTT"
        mistakes.append(Mistake(first[0] + 1, "transcript", "the first words stand in the heading", hint))
    for number, lines in blocks:
        if not OTHER_BLOCKS.match(lines[0]):
            cue, wrong = _cue(number, lines)
            cues += [cue] if cue else []
            mistakes += wrong
    for before, cue in pairwise(cues):
        if cue.start < before.start:
            message = f"these words begin before those at line {before.line}"
            mistakes.append(Mistake(cue.line, "transcript-time", message, "put them into the order of their times"))
    if not cues and not mistakes:
        mistakes.append(Mistake(1, "transcript", "the transcript has no words", TIMES_HINT))
    return cues, sorted(mistakes, key=lambda each: each.line)[:MOST_MISTAKES]


def paragraphs(cues: Iterable[Cue]) -> Iterator[tuple[str, str]]:
    """What is said as paragraphs, each with who says it, where that is somebody else than before, or ""."""
    speaker = named = words = ""
    end = 0.0
    for cue in cues:
        long = len(words) > PARAGRAPH and SENTENCE_END.search(words)
        if words and (cue.speaker != speaker or long or cue.start - end > PAUSE):
            yield named, words
            named = words = ""
        if cue.speaker != speaker:
            named = speaker = cue.speaker
        words = f"{words} {cue.text}".strip()
        end = cue.end
    if words:
        yield named, words


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """The blocks between empty lines, each with its first line's number; the first block is the heading, even if it is empty."""
    blocks: list[tuple[int, list[str]]] = [(1, [lines[0]])]
    is_open = True
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            is_open = False
        elif is_open:
            blocks[-1][1].append(line)
        else:
            blocks.append((number, [line]))
            is_open = True
    return blocks


def _cue(number: int, lines: list[str]) -> tuple[Cue | None, list[Mistake]]:
    """The cue of a block that begins in a line; a name may stand above its times."""
    at = next((place for place, line in enumerate(lines[:2]) if ARROW in line), None)
    if at is None:
        message = f"{quoted(lines[0][:40])} has no times, and would be lost"
        return None, [Mistake(number, "transcript-time", message, "delete the empty line above it, or write its times")]
    times, said = TIMES.fullmatch(lines[at]), lines[at + 1 :]
    if not times:
        return None, [Mistake(number + at, "transcript-time", "the times cannot be read", TIMES_HINT)]
    start, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
    if end <= start:
        return None, [Mistake(number + at, "transcript-time", "the words end before they begin", TIMES_HINT)]
    for place, line in enumerate(said, number + at + 1):
        if ARROW in line:
            return None, [
                Mistake(place, "transcript-time", "times stand within words", "leave a line empty above them")
            ]
        if UNPRINTABLE.search(line):
            return None, [Mistake(place, "transcript", "the line has an invisible character", "delete it")]
    whole = " ".join(said)
    voice = VOICE.search(whole)
    speaker = " ".join(unescape(voice[1]).split()) if voice else ""
    text = " ".join(unescape(TAG.sub("", whole)).split())
    return (Cue(number + at, start, end, text, speaker) if text else None), []


def _seconds(clock: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in clock)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
