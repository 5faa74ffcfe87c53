"""Reads addresses, file names, bytes, JSON and HTML as found in archives, and finds spans between
two signs of a text.

An unreadable value is lost, but never stops the import; something unclosed takes no more time than
something closed.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from bisect import bisect_left
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement
from bs4.exceptions import ParserRejectedMarkup

LONGEST_NAME = 240
"""The maximum length of a file name on every system in bytes, with room for an extension such as
`.part`.
"""
ASCII = "<rss version='1.0'>Aa09;:,.-+*/!?&#%</rss>"
MAIL_ALONE = re.compile(r"[^\s@/:?#<>]+@[\w-]+(?:\.[\w-]+)+")
"""An e-mail address where a link's address should be."""
HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which JSON and file names may contain, but written files may not."""
REJECTED = re.compile(r"<(?=!\[)")


def split_address(address: str) -> SplitResult | None:
    """The parts of an address; None if it is invalid, such as `http://[site_url]/a`."""
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def host_in(address: str) -> str:
    """The host of an address, in lower case; "" if it has none or cannot be read."""
    parts = split_address(address)
    if parts:
        return (parts.hostname or "").lower()
    return ""


def site_in(address: str) -> str:
    """The host of an address with its port; "" if it has none or cannot be read."""
    parts = split_address(address)
    if parts:
        return parts.netloc.lower()
    return ""


def path_in(address: str) -> str:
    """The path of an address, as it is written; "" if it cannot be read."""
    parts = split_address(address)
    if parts:
        return parts.path
    return ""


def joined(base: str, address: str) -> str:
    """The full address of a link on the page `base`; unchanged if either cannot be read."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def file_name(name: str) -> str:
    """A valid file name from a part of an address; one that is too long is cut, and keeps its
    extension.
    """
    name = HALVES.sub("", name.replace("\0", "").replace("/", ""))
    data = name.encode()
    if len(data) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if stem and len(ending) < 10:
        ending = f"{dot}{ending}"
    else:
        ending = ""
    digest = hashlib.sha256(data).hexdigest()[:16]
    return f"{data[: LONGEST_NAME - 30].decode('utf-8', 'ignore')}-{digest}{ending}"


def place_in(site: str, path: str) -> str:
    """Where a download from a site is kept: its path there, decoded, in valid file names."""
    names = (file_name(part) for part in (site.lower(), *path.split("/")))
    return "/".join(name for name in names if name not in ("", ".", ".."))


def decoder_of(named: str) -> codecs.IncrementalDecoder:
    """A decoder for the encoding that a file names in ASCII; UTF-8 if that is no text encoding,
    such as `rot13`.
    """
    if named.lower() in ("iso-8859-1", "latin1"):
        named = "cp1252"
    try:
        if ASCII.encode().decode(named, "replace") == ASCII:
            return codecs.getincrementaldecoder(named)("replace")
    except (LookupError, ValueError):
        pass
    return codecs.getincrementaldecoder("utf-8")("replace")


def decoded(data: bytes) -> str:
    """The decoded text: UTF-8 or, with a byte-order mark, UTF-16; anything else as Windows' code
    page.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", WINDOWS)


def _of_windows(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    return problem.object[problem.start : problem.end].decode("cp1252", "replace"), problem.end


WINDOWS = "broadside-windows"
"""Decodes bytes that are not UTF-8, so that one of them costs one letter and not all others."""
codecs.register_error(WINDOWS, _of_windows)


def json_in(text: str) -> Any:
    """Parse JSON; raises ValueError if it is invalid or nested too deeply."""
    try:
        values = json.loads(text, strict=False)
        halves = "\\ud" in text or "\\uD" in text
        if halves:
            return json.loads(HALVES.sub("", json.dumps(values, ensure_ascii=False)))
        return values
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def put_back(text: str, sign: str, kept: Callable[[int], str], most: int) -> str:
    """A text with each number between two signs replaced by what was kept under it; signs from the
    archive itself are removed.
    """

    def put(match: re.Match[str]) -> str:
        number = int(match[1])
        if number < most:
            return kept(number)
        return ""

    return re.sub(f"{sign}([0-9]{{1,9}}){sign}", put, text)


LONGEST = 200
LONG_RUN = re.compile(rf"[ \t]{{{LONGEST},}}")
"""Meaningless runs of spaces, in which other code would search for a line's end from each space."""


def soup_of(html: str) -> BeautifulSoup:
    """The tree of HTML; a `<![` that the parser refuses is text, and so is the beginning of
    anything without an end.
    """
    # For each beginning, the parser would search the rest.
    last = html.rfind(">") + 1
    comment = html.rfind("-->") + 1
    html = LONG_RUN.sub(LONGEST * " ", html[:last] + html[last:].replace("<", "&lt;"))
    html = html[:comment] + html[comment:].replace("<!--", "&lt;!--")
    try:
        return BeautifulSoup(html, "html.parser")
    except ParserRejectedMarkup:
        return BeautifulSoup(REJECTED.sub("&lt;", html), "html.parser")


MAKER = BeautifulSoup("", "html.parser")


def element(name: str, *inside: PageElement | str, **attributes: str) -> Tag:
    """A new element with its content; `data_card` becomes the attribute `data-card`."""
    made = MAKER.new_tag(
        name, attrs={key.replace("_", "-"): value for key, value in attributes.items()}
    )
    for each in inside:
        made.append(each)
    return made


def replaced(
    text: str,
    opening: re.Pattern[str],
    closing: re.Pattern[str],
    made: Callable[[re.Match[str], str, str], str],
    end: str = "",
) -> str:
    """The text with each span from an opening to the next closing with the same name, the only
    group of both, replaced by `made`.

    A regular expression for the whole span would search the rest of the text once for each unclosed
    opening. `made` gets the opening, what is written from there up to the sign `end`, and what is
    between that and the closing.
    """
    closings: dict[str, list[tuple[int, int]]] = {}
    for match in closing.finditer(text):
        closings.setdefault(match[match.lastindex or 0].lower(), []).append(match.span())
    parts: list[str] = []
    at = done = 0
    sign = -1
    while closings and (opened := opening.search(text, at)):
        at = start = opened.end()
        if end:
            if not (sign >= at):
                sign = text.find(end, at)
            if sign < 0:
                break
            start = sign + len(end)
        places = closings.get(opened[opened.lastindex or 0].lower(), [])
        number = bisect_left(places, (start, 0))
        if number == len(places):
            continue
        close, after = places[number]
        parts += (
            text[done : opened.start()],
            made(opened, text[at : start - len(end)], text[start:close]),
        )
        at = done = after
    return "".join((*parts, text[done:]))


def alone(
    text: str, pattern: re.Pattern[str], made: Callable[[re.Match[str]], str], end: str = "]"
) -> str:
    """The text with each match of a pattern replaced by `made`; matches end with `end`, and nothing
    after the last `end` is searched.
    """
    last = text.rfind(end) + len(end)
    if last:
        return pattern.sub(made, text[:last]) + text[last:]
    return text
