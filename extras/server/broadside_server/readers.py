"""./inv readers: which stories were read, from the log that nginx writes as nginx.py tells it,
which has nothing about persons.
"""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from msgspec import DecodeError, Meta, Struct, field
from msgspec.json import decode

from broadside.serving import (
    ENGLISH,
    Content,
    Options,
    count,
    file_of,
    one_line,
    published,
    read,
    record_names,
)
from broadside_server.nginx import log_of

SHOWN = 10
"""How many of a list are shown as text; the file has all stories."""
LONGEST = 1 << 16
"""A longer line is none of nginx's; it is read in pieces."""
MOST_SITES = 20_000
"""So many sites are counted at once: whoever sends invented ones must not fill the memory."""
SENT = (200, 304)
"""What is answered when a reader gets the page, or has it already."""
OUR_OWN, UNKNOWN = "pages of our own", "nowhere that is known"


class NoLog(Exception):
    """There is nothing to read; the message says where it should be."""


class Request(Struct, frozen=True):
    """A line of the log."""

    time: Annotated[datetime, Meta(tz=True)]
    path: str
    status: int
    by: Literal["reader", "program", "ahead"]
    site: str = field(name="from")


class Reads(Struct, frozen=True, omit_defaults=True):
    """How often a story, the stories of a section, or those to which a site led were read; a story
    has its address from the root.
    """

    name: str
    reads: int
    url: str = ""


class Readers(Struct, frozen=True):
    """What was read in so many days until `made`; each list begins with the most.

    `left_out` are requests that no reader made.
    """

    made: datetime
    days: int
    stories: list[Reads]
    today: list[Reads]
    sections: list[Reads]
    sites: list[Reads] = field(name="from")
    left_out: dict[str, int]
    unread: int
    first_unread: str

    def __str__(self) -> str:
        return "\n".join(map(one_line, self._lines()))

    def _lines(self) -> Iterator[str]:
        week = f"in {count(self.days, 'day')}"
        lists = {
            "today": self.today,
            week: self.stories,
            "by section": self.sections,
            "by where from": self.sites,
        }
        for title, rows in lists.items():
            yield (
                f"Most read {title}, until"
                f" {ENGLISH.to_the_minute(self.made)}:{'' if rows else ' nothing'}"
            )
            for row in rows[:SHOWN]:
                yield f"{row.reads:>8,}  {row.name}{f' ({row.url})' if row.url else ''}"
        if self.left_out:
            yield (
                "Not counted: requests"
                f" {', '.join(f'{what} ({number:,})' for what, number in self.left_out.items())}."
            )
        if self.unread:
            yield (
                f"{count(self.unread, 'line')} could not be read, the first at {self.first_unread}."
            )


def readers(options: Options, logs: Iterable[str] = (), days: int = 7) -> Readers:
    """What was read, from these logs, or from those that nginx keeps; raises NoLog."""
    content, reading, settings = read(options)
    host = urlsplit(settings.SITEURL).hostname or ""
    usual = log_of(host)
    files = [Path(log) for log in logs] or sorted(usual.parent.glob(f"{usual.name}*"))
    if not files:
        raise NoLog(
            f"there is no {usual}; nginx writes it with the configuration of ./inv server-init"
        )
    tally = Tally(content, host, reading.now, days)
    for place, line in _read(files):
        tally.add(place, line)
    return tally.result


def _read(files: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    """The lines of the logs, compressed or not, each with its place; what cannot be unpacked is a
    line without words.
    """
    for path in files:
        number = 0
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            try:
                while line := file.readline(LONGEST):
                    number += 1
                    yield f"{path}:{number}", line
            except (gzip.BadGzipFile, EOFError, zlib.error):
                yield f"{path}:{number + 1}", b""


class Tally:
    """Counts requests: line by line, so that logs may be of any length."""

    def __init__(self, content: Content, host: str, now: datetime, days: int) -> None:
        self.host, self.now, self.days = host.removeprefix("www."), now, days
        self.since, self.midnight = (
            now - timedelta(days=days),
            now.replace(hour=0, minute=0, second=0, microsecond=0),
        )
        known = content.addresses
        self.records = {known.urls_of[record.path]: record for record in published(content)}
        former = {file_of(old): url for old, url in known.former.items() if url in self.records}
        self.places = former | {file_of(url): url for url in self.records}
        self.stories, self.today, self.sections, self.sites, self.left_out = (
            Counter[str]() for _ in range(5)
        )
        self.unread, self.first_unread = 0, ""

    def add(self, place: str, line: bytes) -> None:
        """Count a line."""
        try:
            request = decode(line.decode("utf-8", "replace"), type=Request)
        except DecodeError:
            self.unread += 1
            self.first_unread = self.first_unread or place
            return
        if not self.since < request.time <= self.now:
            return
        url = self.places.get(file_of(request.path.removeprefix("/")))
        if request.by != "reader":
            self.left_out["by programs" if request.by == "program" else "ahead of a click"] += 1
        elif request.status not in SENT:
            self.left_out["that led on or failed"] += 1
        elif url is None:
            self.left_out["for other pages"] += 1
        else:
            self.stories[url] += 1
            self.today[url] += request.time >= self.midnight
            self.sections[record_names(self.records[url], "sections")[0]] += 1
            site = request.site.lower().removeprefix("www.")
            self.sites[OUR_OWN if site == self.host else site or UNKNOWN] += 1
            if len(self.sites) > MOST_SITES:
                self.sites = Counter(dict(self.sites.most_common(MOST_SITES // 2)))

    @property
    def result(self) -> Readers:
        """What was counted so far."""
        stories, today = (
            [
                Reads(self.records[url].data.title, reads, f"/{url}")
                for url, reads in counted.most_common()
                if reads
            ]
            for counted in (self.stories, self.today)
        )
        sections, sites = (
            [Reads(*each) for each in counted.most_common()]
            for counted in (self.sections, self.sites)
        )
        left_out = dict(self.left_out)
        return Readers(
            self.now,
            self.days,
            stories,
            today,
            sections,
            sites[:SHOWN],
            left_out,
            self.unread,
            self.first_unread,
        )
