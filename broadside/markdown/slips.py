"""Slips in a text that Markdown reads as they stand: cells parted by tabs, a level of headings left out, words still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from broadside.markdown.body import letters
from broadside.markdown.places import without_hidden

SIGNS = ("\t", "#", "**", "__")
"""A text without any of these has no such slip."""
NO_ROW = re.compile(r"\s*(?:[|<>#:\[]|\*\[|[-*+•·▪◦‣–—]\s|\(?(?:[0-9]{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s)")
"""The beginning of an item, a note, a quotation or raw HTML, where tabs part no cells."""
HEADING = re.compile(r"(?:>[ ]?)*(#{2,6}|#(?=[ \t]))(?!#)(.*)")
BOLD = re.compile(r"(\*\*|__)([^\s*_][^*_]{0,98}[^\s*_])\1[ \t]*")
ENDS = tuple(".,:;?!…。、，：；？！،؛؟।")
"""What ends a sentence, such as an interviewer's question in bold, and no heading."""
BEHIND = "\"'”’»)]"
"""What may follow that."""
UNFINISHED = re.compile(r"(?<![\w/.=?&#%@-])(?:(?:TK)+(?!-[A-Z0-9])|X{3,}(?!-))(?![\w/]|\.\w)")
"""TK and XXX as words of their own, and not in an address or a number of a model."""
OF_EDITING = frozenset({"heading-level", "heading-bold"})
"""What an editor sets right, and a reader hardly notices."""


class Slip(NamedTuple):
    """One slip, in a line that counts from 1."""

    line: int
    code: str
    message: str
    hint: str


def slips(text: str, title: str) -> Iterator[Slip]:
    """The slips in a text that is shown below a title; none can be in code or in a comment."""
    if any(sign in text for sign in SIGNS):
        lines = without_hidden(text).split("\n")
        yield from _pasted(lines)
        yield from _headings(lines, letters(title))
        yield from _bold(lines)


def unfinished(text: str, lang: str) -> Iterator[tuple[int, str]]:
    """Each line of a text in which a word such as TK or XXX marks what is to be filled in, with the word.

    TK alone means that to journalists who write in English; elsewhere it may be somebody's initials.
    """
    if "TK" in text or "XXX" in text:
        for number, line in enumerate(without_hidden(text).split("\n"), 1):
            words = UNFINISHED.findall(line)
            if word := next((each for each in words if each != "TK" or lang.partition("-")[0] == "en"), ""):
                yield number, word


def _pasted(lines: Sequence[str]) -> Iterator[Slip]:
    """The first of at least two lines that have equally many cells, parted by tabs as a spreadsheet parts them."""
    tabs = [0, *(0 if "|" in line or NO_ROW.match(line) else line.count("\t") for line in lines), 0]
    for number, here in enumerate(tabs[1:-1], 1):
        if here and tabs[number - 1] != here == tabs[number + 1]:
            cells = [cell.strip() for cell in lines[number - 1].split("\t")]
            head, rule = f"| {' | '.join(cells)} |", f"|{' --- |' * len(cells)}"
            message = "these lines are not read as a table; their cells are parted by tabs, as in a spreadsheet"
            hint = f"write this line as {head} and below it {rule}, and the others like the first"
            yield Slip(number, "table", message, hint)


def _headings(lines: Sequence[str], title: str) -> Iterator[Slip]:
    """A heading that repeats the title, and each that is two levels or more below the one before."""
    last, beginning = 0, next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    for number, line in enumerate(lines, 1):
        match = HEADING.match(line)
        words = match[2].strip(" \t#") if match else ""
        if not match or not words:
            continue
        level = len(match[1])
        if title and (level == 1 or number == beginning) and letters(words) == title:
            hint = "delete this line: the page shows the headline above the text"
            yield Slip(number, "heading-repeats", "this heading repeats the headline", hint)
            continue
        if last and level > last + 1:
            message = f"this heading is {level - last} levels below the one before"
            yield Slip(number, "heading-level", message, f"write {'#' * (last + 1)} {words}")
        last = level


def _bold(lines: Sequence[str]) -> Iterator[Slip]:
    """Each paragraph that is one short line in bold, does not end like a sentence, and has text below it."""
    end = max((number for number, line in enumerate(lines) if line.strip()), default=0)
    for number, line in enumerate(lines[:end]):
        match = BOLD.fullmatch(line)
        if not match or match[2].rstrip(BEHIND).endswith(ENDS) or "](" in line:
            continue
        if not (lines[number + 1].strip() or (number and lines[number - 1].strip())):
            hint = f"if it is a heading, write ## {match[2]}"
            yield Slip(number + 1, "heading-bold", "a line in bold stands by itself, and is not a heading", hint)
