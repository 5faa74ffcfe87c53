"""Checks addresses of the live site that texts give in full, such as https://example.org/2026/11/the-ice-road/.

For a preview these are links to another site, so without this check only the build for readers would stop at one that leads
nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

from msgspec import Struct

from broadside.desk.conf import LIVE
from broadside.desk.options import settings_in
from broadside.plugins.faults import Fault
from broadside.plugins.front_matter.data import Data
from broadside.plugins.newsroom.addresses import is_foreseen
from broadside.plugins.newsroom.lost_links import Fragments
from broadside.plugins.newsroom.records import Record
from broadside.plugins.newsroom.room import Newsroom
from broadside.plugins.proof.reader import texts_in
from broadside.plugins.urls import elsewhere


class Site(Struct, frozen=True):
    """The live site: its address without a slash at the end, and the paths below which others answer."""

    address: str
    elsewhere: tuple[str, ...] = ()

    @classmethod
    def of(cls) -> Site:
        """The live site that publishconf.py describes."""
        found = settings_in(LIVE)
        return cls(found["SITEURL"].rstrip("/"), elsewhere(found))


def astray(newsroom: Newsroom, site: Site) -> Iterator[Fault]:
    """The faults of links to what the site does not have; links to files are left to the proofreading of the site."""
    fragments = Fragments(newsroom)
    for record in newsroom.records:
        if not newsroom.is_out(record):
            continue
        for link in inner(record, site):
            written = f"{site.address}{link}"
            found, problem = newsroom.target(link, record.path)
            if problem:
                problem = f'the link "{written}" points to no page that readers can see on this site'
                hint = "correct it, or take the link out"
                yield Fault(record.path, _line(newsroom, record, written), 0, "error", "broken-link", problem, hint)
            else:
                yield from fragments.check(record.path, _line(newsroom, record, written), written, found)


def inner(record: Record[Data], site: Site) -> Iterator[str]:
    """The links of a source that begin with the site's address and lead to a page, without that address."""
    for written in _written(record, f"{site.address}/"):
        link = written.removeprefix(site.address)
        if _is_page(link, site):
            yield link


def _written(record: Record[Data], start: str) -> dict[str, None]:
    """The addresses with this beginning: those of links in the text, and values of the front matter that are only an address."""
    html, begins = record.body.html, f' href="{escape(start)}'
    links = re.findall(f'<a\\b[^<>]*{re.escape(begins)}([^"]*)"', html) if begins in html else []
    alone = (text for text in texts_in(record.data) if text.startswith(start) and not re.search(r"\s", text))
    return dict.fromkeys([*(f"{start}{unescape(link)}" for link in links), *alone])


def _line(newsroom: Newsroom, record: Record[Data], written: str) -> int:
    """The first line of the text that has an address, else the first line of the header that has it.

    1 if it is written differently, such as with a backslash.
    """
    lines = (newsroom.root / record.path).read_text("utf-8", "replace").split("\n")
    header = max(record.lines.values(), default=0)
    numbers = [*range(header, len(lines)), *range(header)]
    return next((number + 1 for number in numbers if written in unescape(lines[number])), 1)


def _is_page(inner: str, site: Site) -> bool:
    """Whether an address below the site's top is one that is known before the site is made."""
    path = re.split("[?#]", inner)[0].strip("/")
    is_file = "." in path.rpartition("/")[2]
    return not (is_file or path.endswith("/republish")) and is_foreseen(path, site.elsewhere)
