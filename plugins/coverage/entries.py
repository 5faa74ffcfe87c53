"""Running coverage: a story told in entries, each below a heading that begins with its hour, `##
14:05 The vote`; the newest first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo

from msgspec import Struct

from broadside.dates import moment_of
from broadside.faults import quoted
from broadside.markdown.body import PREFIX, Block, html_of, plain_text
from broadside.markdown.places import without_hidden

HOUR = re.compile(r"(?:(?P<day>\d{4}-\d\d-\d\d) )?(?P<hour>\d\d:\d\d)(?= *\S)")
"""When an entry was written. Without a day, on the day of the story."""
HEADING = re.compile(r" {0,3}##(?!#)[ \t]*(.*)")
SHOWN = re.compile(r'<h2 id="([^"]*)"><time datetime="([^"]*)">[^<]*</time>')
HINT = (
    "begin it with the hour, as in ## 14:05 The vote, or for another day ## 2026-11-26 00:10 The"
    " count"
)


class Entry(Struct, frozen=True):
    """An entry: the fragment of its address, its moment as a machine reads it, its heading without
    the hour, and its words.
    """

    id: str
    moment: str
    headline: str
    text: str


def slips(text: str, day: str, zone: tzinfo) -> Iterator[tuple[int, str, str]]:
    """The line of each heading of an entry that does not begin with an hour that exists, what is
    wrong, and what to do.
    """
    lines = zip(text.split("\n"), without_hidden(text).split("\n"), strict=True)
    for number, (written, shown) in enumerate(lines, 1):
        heading = None
        if HEADING.fullmatch(shown):
            heading = HEADING.fullmatch(written)
        if heading and not _hour(heading[1], day, zone):
            wrong = "has no hour"
            if HOUR.match(heading[1].strip()):
                wrong = "begins with no hour of the day"
            yield (
                number,
                f"{quoted(heading[1].strip())} is an entry of running coverage and {wrong}",
                HINT,
            )


def newest_first(
    blocks: Sequence[Block], day: str, zone: tzinfo, shown: Callable[[datetime, bool], str]
) -> list[Block]:
    """The blocks with the entries in the order of their moments, the newest first; what is before
    the first stays before them.

    `shown` writes a moment for readers, with its day if it is told that the entries are of several.
    """
    opening: list[Block] = []
    entries: list[tuple[datetime, list[Block]]] = []
    notes = [block for block in blocks if block.kind == "notes"]
    hours = [_hour_of(block, day, zone) for block in blocks]
    with_day = any(f"{hour[0]:%Y-%m-%d}" != day for hour in hours if hour)
    for block, hour in zip(blocks, hours, strict=True):
        if hour:
            moment, rest = hour
            tag = block.html.partition(">")[0]
            html = (
                f'{tag}><time datetime="{moment.isoformat()}">{shown(moment, with_day)}</time>'
                f" {rest}"
            )
            entries.append((moment, [Block(block.kind, html)]))
        elif block.kind != "notes":
            (entries[-1][1] if entries else opening).append(block)
    entries.sort(key=lambda entry: entry[0], reverse=True)
    ordered = [*opening, *(block for _, entry in entries for block in entry), *notes]
    return [
        Block(each.kind, each.html.rstrip("\n") + "\n" * (number < len(ordered)))
        for number, each in enumerate(ordered, 1)
    ]


def newest_of(blocks: Sequence[Block]) -> tuple[int, str]:
    """The number of blocks before the first entry of such a text, and the moment of that; all, and
    "", without entries.
    """
    found = ((number, SHOWN.match(block.html)) for number, block in enumerate(blocks))
    return next(((number, entry[2]) for number, entry in found if entry), (len(blocks), ""))


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


def _hour_of(block: Block, day: str, zone: tzinfo) -> tuple[datetime, str] | None:
    """The moment with which a block begins, and the rest of it, if an entry begins with it."""
    tag, _, words = block.html.partition(">")
    if block.kind == "heading" and tag.startswith("<h2"):
        return _hour(words, day, zone)
    return None


def _hour(heading: str, day: str, zone: tzinfo) -> tuple[datetime, str] | None:
    """The moment with which a heading begins, and the rest of it."""
    said = HOUR.match(heading.strip())
    try:
        if said:
            return (
                moment_of(f"{said['day'] or day}T{said['hour']}", zone),
                heading.strip()[said.end() :].lstrip(),
            )
        return None
    except ValueError:
        return None
