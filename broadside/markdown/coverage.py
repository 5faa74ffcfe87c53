"""Running coverage: a story told in entries, each below a heading that begins with its hour, `## 14:05 The vote`; the newest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo

from msgspec import Struct

from broadside.dates import moment_of
from broadside.faults import quoted
from broadside.markdown.body import PREFIX, Block, html_of, plain_text

HOUR = re.compile(r"(?:(?P<day>\d{4}-\d\d-\d\d) )?(?P<hour>\d\d:\d\d)(?= *\S)")
"""When an entry was written. Without a day, on the day of the story."""
HEADING = re.compile(r" {0,3}##(?!#)[ \t]*(.*)")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
SHOWN = re.compile(r'<h2 id="([^"]*)"><time datetime="([^"]*)">[^<]*</time>')
HINT = "begin it with the hour, as in ## 14:05 The vote, or for another day ## 2026-11-26 00:10 The count"


class Entry(Struct, frozen=True):
    """An entry: the fragment of its address, its moment as a machine reads it, its heading without the hour, and its words."""

    id: str
    moment: str
    headline: str
    text: str


def slips(text: str, day: str, zone: tzinfo) -> Iterator[tuple[int, str, str]]:
    """The line of each heading of an entry that does not begin with an hour that exists, what is wrong, and what to do."""
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        found = FENCE.match(line)
        if found:
            fence = "" if fence and line.strip().startswith(fence) else fence or found[1]
        heading = None if fence or found else HEADING.fullmatch(line)
        if heading and not _moment(heading[1], day, zone):
            yield number, f"{quoted(heading[1].strip())} is an entry of running coverage without its hour", HINT


def newest_first(
    blocks: Sequence[Block], day: str, zone: tzinfo, shown: Callable[[datetime, bool], str]
) -> list[Block]:
    """The blocks with the entries in the order of their moments, the newest first; what is before the first stays before them.

    `shown` writes a moment for readers, and is told whether it is on the day of the story.
    """
    opening: list[Block] = []
    entries: list[tuple[datetime, list[Block]]] = []
    notes = [block for block in blocks if block.kind == "notes"]
    for block in blocks:
        tag, end, words = block.html.partition(">")
        moment = _moment(words, day, zone) if block.kind == "heading" and tag.startswith("<h2") else None
        if moment:
            said = HOUR.match(words)
            rest = words[said.end() :].lstrip() if said else words
            time = shown(moment, f"{moment:%Y-%m-%d}" == day)
            html = f'{tag}{end}<time datetime="{moment.isoformat()}">{time}</time> {rest}'
            entries.append((moment, [Block(block.kind, html)]))
        elif block.kind != "notes":
            (entries[-1][1] if entries else opening).append(block)
    entries.sort(key=lambda entry: entry[0], reverse=True)
    ordered = [*opening, *(block for _, entry in entries for block in entry), *notes]
    return [
        Block(each.kind, each.html.rstrip("\n") + "\n" * (number < len(ordered)))
        for number, each in enumerate(ordered, 1)
    ]


def opening_of(blocks: Sequence[Block]) -> int:
    """The number of blocks before the first entry."""
    return next((number for number, block in enumerate(blocks) if SHOWN.match(block.html)), len(blocks))


def entries_of(blocks: Sequence[Block]) -> list[Entry]:
    """The entries of a text that newest_first has ordered."""
    found: list[tuple[re.Match[str], list[Block]]] = []
    for block in blocks:
        begins = SHOWN.match(block.html)
        if begins:
            found.append((begins, [block]))
        elif found and block.kind != "notes":
            found[-1][1].append(block)
    return [
        Entry(
            begins[1].removeprefix(PREFIX),
            begins[2],
            _words(blocks[0].html.partition("</time>")[2]),
            _words(html_of(blocks[1:])),
        )
        for begins, blocks in found
    ]


def _words(html: str) -> str:
    return " ".join(plain_text(html).split())


def _moment(heading: str, day: str, zone: tzinfo) -> datetime | None:
    said = HOUR.match(heading.strip())
    try:
        return moment_of(f"{said['day'] or day}T{said['hour']}", zone) if said else None
    except ValueError:
        return None
