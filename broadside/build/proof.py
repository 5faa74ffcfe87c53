"""Proofreads the site before it is published: every link must lead somewhere, and every page must
be complete.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Set
from urllib.parse import unquote
from xml.parsers import expat

from msgspec import Struct, field
from msgspec.structs import replace

from broadside.faults import SiteFailed
from broadside.site import Site
from broadside.urls import file_of, is_below

SHOWN = 20
"""How many different doubts a message lists."""
BEGINNING, END = b"<!doctype html>", b"</html>"
PARTS = (b"<html lang=", b"<title>", b"<main", b"<h1")
HREF, SRC, SRCSET = (re.compile(rb' %s="([^"]*)"' % name) for name in (b"href", b"src", b"srcset"))
QUICK_HREF, QUICK_SRC = (re.compile(rb'%s="([^"]*)"' % name) for name in (b"href", b"src"))
"""Faster patterns that may match too much: pages are full of spaces, so searching for a letter
takes half the time.
"""
LEFTOVERS = tuple(bytes([sign]) for sign in (2, 3, 14, 15, 16, 17, 18))
"""Placeholders that Python-Markdown and broadside/markdown/body.py use while rendering a text; none
may be left on a page.
"""
PELICAN = re.compile(rb"(?:\{|%7B|\|)[a-z]+(?:\}|%7D|\|)", re.I)
"""A link in Pelican's form, which should have been replaced by an address."""


class Doubt(Struct, frozen=True):
    """Something that may be wrong with the file at `path`: what it `says`, and the bytes `at` which
    it was found.

    If it depends on another `file`, which may not be written yet, the doubt is dropped when that
    file contains the bytes `unless`.
    """

    says: str
    at: bytes = b""
    file: str = ""
    unless: bytes = b""
    path: str = ""
    line: int = 0

    def with_line(self, data: bytes) -> Doubt:
        """The doubt with its line number, found in the bytes of its file."""
        if self.at:
            place = data.find(self.at)
        else:
            place = -1
        return replace(self, line=data.count(b"\n", 0, place) + 1 if place >= 0 else 0)

    def __str__(self) -> str:
        where = self.path
        if self.line:
            where = f"{self.path}:{self.line}"
        return f"{where}: {self.says}"


class Unsound(SiteFailed):
    """Files of the site have faults, so it must not be published."""

    def __init__(self, doubts: Iterable[Doubt]) -> None:
        by_fault: dict[str, list[str]] = {}
        for doubt in sorted(doubts, key=str):
            by_fault.setdefault(doubt.says, []).append(str(doubt))
        lines = [
            first + (f" ({len(more):,} more like it)" if more else "")
            for first, *more in by_fault.values()
        ]
        rest = []
        if len(lines) > SHOWN:
            rest = [f"and {len(lines) - SHOWN:,} more"]
        super().__init__("\n  ".join(["finished pages have faults:", *lines[:SHOWN], *rest]))


def proofreader(site: Site) -> Proofreader:
    """A proofreader for the files of a site."""
    # A feed may refer to a story by a former address that cannot be a page; the web server
    # redirects it.
    moved = {file_of(former) for former in site.content.addresses.former}
    return Proofreader(site.urls.root, moved, site.urls.elsewhere)


class Proofreader(Struct):
    """Reads files of the site whose addresses begin with `root`, and gives a doubt for anything
    that looks wrong.

    `moved` are former files, which the web server redirects. Paths below `elsewhere` are served by
    something else.
    """

    root: str
    moved: Set[str]
    elsewhere: tuple[str, ...]
    _good: set[bytes] = field(default_factory=set)
    _has: Callable[[str], bool] = bool

    def __call__(self, path: str, data: bytes, has: Callable[[str], bool]) -> list[Doubt]:
        """The doubts about a file, if it is a page or a feed; `has` says whether the site has a
        file.
        """
        self._has = has
        if path.endswith(".html"):
            found = [*self._whole(data), *self._links(_links_in(data), data)]
        elif path.endswith(".xml"):
            found = [*_xml(data)]
        elif path.endswith(".json"):
            found = [*_json(data)]
        else:
            return []
        return [replace(doubt, path=path) for doubt in found]

    def _whole(self, data: bytes) -> Iterator[Doubt]:
        """The doubts about missing parts of a page, and about leftovers of rendering."""
        if not data.startswith(BEGINNING):
            yield Doubt("does not begin with <!doctype html>")
        if not data[-16:].rstrip().endswith(END):
            yield Doubt("does not end with </html>")
        for part in PARTS:
            if part not in data:
                yield Doubt(f"has no {part.decode()}…>".replace(">…>", ">"))
        for left in LEFTOVERS:
            if left in data:
                yield Doubt(
                    f"holds a placeholder, {left.decode()!r}, that was never filled", at=left
                )

    def _links(self, links: set[bytes], data: bytes) -> Iterator[Doubt]:
        """The doubts about links and pictures of a page that lead nowhere."""
        for link in sorted(links - self._good):
            doubts = [*self._link(link, data)]
            # last, because it is slow and most pages have no doubts
            if doubts and _is_attribute(link, data):
                yield from doubts

    def _link(self, link: bytes, data: bytes) -> Iterator[Doubt]:
        if PELICAN.match(link):
            yield Doubt(f"has the link {link.decode()!r}, which was never resolved", at=link)
        elif link.startswith(b"#"):
            yield from self._fragment(link, data)
        elif not link.startswith(b"/") or link.startswith(b"//"):
            self._good.add(link)
        else:
            yield from self._target(link)

    def _fragment(self, link: bytes, data: bytes) -> Iterator[Doubt]:
        if link not in (b"#", b"#top") and not any(
            _id(name) in data for name in {link[1:], unquote(link[1:]).encode()}
        ):
            yield Doubt(f"leads to {link.decode()!r}, which is not on the page", at=link)

    def _target(self, link: bytes) -> Iterator[Doubt]:
        """The doubt about an address that begins at the host's root; if it has a fragment, the
        target page decides.
        """
        address, _, fragment = html.unescape(link.decode()).partition("#")
        path = unquote(address.partition("?")[0])
        inside = path.removeprefix(self.root).lstrip("/")
        file = file_of(inside)
        if is_below(inside, self.elsewhere):
            self._good.add(link)
        elif not path.startswith(f"{self.root}/") or not (file in self.moved or self._has(file)):
            says = f"leads to {link.decode()!r}, where there is nothing"
            yield Doubt(says, at=link)
        elif fragment and fragment != "top" and not inside.startswith("files/"):
            # a page of a PDF, or a minute
            says = f"leads to {link.decode()!r}, a page without that place"
            yield Doubt(says, at=link, file=file, unless=_id(unquote(fragment).encode()))
        else:
            self._good.add(link)


def _links_in(data: bytes) -> set[bytes]:
    """The links and pictures of a page, and words that look like them."""
    links = {*QUICK_HREF.findall(data), *QUICK_SRC.findall(data)}
    for sources in SRCSET.findall(data) if b' srcset="' in data else ():
        links.update(source.split()[0] for source in sources.split(b",") if source.strip())
    return links


def _xml(data: bytes) -> Iterator[Doubt]:
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as problem:
        yield Doubt(f"is not well-formed: {problem}")


def _json(data: bytes) -> Iterator[Doubt]:
    try:
        json.loads(data)
    except ValueError as problem:
        yield Doubt(f"is not JSON: {problem}")


def _is_attribute(link: bytes, data: bytes) -> bool:
    """Whether a link appears in a real tag, not only in prose that shows HTML."""
    for pattern in (HREF, SRC, SRCSET):
        for match in pattern.finditer(data):
            if pattern is SRCSET:
                holds = link in match[1]
            else:
                holds = link == match[1]
            if holds and _in_tag(data, match.start()):
                return True
    return False


def _in_tag(data: bytes, at: int) -> bool:
    return data.rfind(b"<", 0, at) > data.rfind(b">", 0, at)


def _id(name: bytes) -> bytes:
    return b' id="%s"' % name
