"""A move from a former address to the current one, in the formats that hosts and browsers understand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from msgspec import Struct

from broadside.markdown.typography import is_rtl
from broadside.urls import file_of
from broadside.words import ENGLISH, Language, in_english


class Move(Struct, frozen=True):
    """A former address and the current one, both below the site's `root`; `former` is without escapes, as people read it."""

    former: str
    now: str
    root: str = ""

    @property
    def save_as(self) -> str:
        """The output file at the former address."""
        return file_of(self.former)

    @property
    def has_page(self) -> bool:
        """Whether a page can stand at the former address.

        Hosts decide by the end of its name whether to serve it as one. Where today's page differs only in case, some file
        systems have one file for both.
        """
        return self.save_as.lower().endswith((".html", ".htm")) and not self.is_same_but_for_case

    @property
    def is_same_but_for_case(self) -> bool:
        """Whether the two addresses differ in nothing but capitals."""
        return self.save_as.lower() == file_of(self.now).lower()

    @property
    def source(self) -> str:
        """The former address from the root of the host, escaped as in browsers' requests."""
        return quote(f"{self.root}/{self.former}")

    @property
    def target(self) -> str:
        """The current address from the root of the host."""
        return f"{self.root}/{self.now}"


def one_for_each_file(moves: Iterable[Move]) -> list[Move]:
    """The moves for which pages are written: "/old" and "/old/" are one file, and so are "Old" and "old"."""
    return list({move.save_as.lower(): move for move in moves}.values())


def page(move: Move, absolute: str, words: Language = ENGLISH) -> bytes:
    """A page that leads on at once; it tells search engines that `absolute` is now the address."""
    target, canonical = escape(move.target), escape(absolute)
    said = (words.gettext("Moved"), words.gettext("This page has moved"), words.gettext("Go to where it is now"))
    title, moved, go = (escape(each, quote=False) for each in said)
    direction = ' dir="rtl"' if is_rtl(words.lang) else ""
    html = (
        '<!doctype html>\n<html lang="'
        f'{words.lang}"{direction}>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width">\n'
        f'<meta name="robots" content="noindex">\n<link rel="canonical" href="{canonical}">\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n</head>\n<body>\n'
        f'<main>\n<h1>{moved}</h1>\n<p><a href="{target}">{go}</a></p>\n</main>\n'
        "</body>\n</html>\n"
    )
    return in_english(html).encode()


def lines(moves: Iterable[Move]) -> bytes:
    """A file of lines such as "/old/ /new/ 301"."""
    return "".join([f"{move.source} {quote(move.target)} 301\n" for move in moves]).encode()


def nginx_map(moves: Iterable[Move]) -> bytes:
    """A file to include in nginx's map of $uri, which nginx has already unescaped.

    Its map takes a text in any case, so an address that differs from today's only in case is a pattern there, or it would
    lead today's to itself for ever.
    """
    rows: dict[str, str] = {}
    for move in moves:
        path = f"{move.root}/{move.former}"
        key = f"~^{re.escape(path)}$" if move.is_same_but_for_case else path.lower()
        rows.setdefault(key, f'"{_in_quotes(key if key[0] == "~" else path)}" "{_in_quotes(quote(move.target))}";\n')
    return "".join(rows.values()).encode()


def _in_quotes(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
