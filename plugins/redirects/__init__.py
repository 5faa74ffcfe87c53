"""Leads readers from former addresses to the current ones, on any host.

Makes a page at every former address named in redirect_from, except addresses of files that are not
pages, such as an old feed, and those that differ from today's only in case. For hosts that can send
true redirects, makes _redirects (Netlify, Cloudflare Pages) and redirects.map (nginx); they also
lead who looks for the account FEDIVERSE at this host to its server.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import quote, urlsplit

from msgspec import Struct

from broadside.markdown.typography import is_rtl
from broadside.plugin import Page, Plugin, Site, give
from broadside.urls import Urls, below, file_of
from broadside.words import ENGLISH, Language, in_english

WEBFINGER = "/.well-known/webfinger"
"""Where a host is asked for its accounts (RFC 7033)."""


class Move(Struct, frozen=True):
    """A former address and the current one, both below the site's `root`; `former` is unescaped, as
    people read it.
    """

    former: str
    now: str
    root: str = ""

    @property
    def save_as(self) -> str:
        """The output file at the former address."""
        return file_of(self.former)

    @property
    def has_page(self) -> bool:
        """Whether there can be a page at the former address.

        Hosts decide by its extension whether to serve it as a page. If only the case differs from
        today's page, some file systems have one file for both.
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


def pages(site: Site) -> Iterator[Page]:
    """The pages and the two lists."""
    urls = site.urls
    former = site.content.addresses.former | _to_copy(site)
    moves = [Move(old, url, urls.root) for old, url in sorted(former.items())]
    for move in one_for_each_file(move for move in moves if move.has_page):
        yield Page(move.save_as, page_at(move, urls.absolute(move.now), site.words.of(marks=True)))
    account = webfinger(site.settings.FEDIVERSE, urls)
    if moves or account:
        yield Page(
            "_redirects",
            netlify_rules(moves) + (f"{WEBFINGER} {account} 302\n".encode() if account else b""),
        )
        yield Page(
            "redirects.map",
            nginx_map(moves) + (f'"{WEBFINGER}" "{account}";\n'.encode() if account else b""),
        )


def webfinger(account: str, urls: Urls) -> str:
    """Where the server of an account says who it is; "" if the site cannot lead there, or is that
    server.
    """
    name, _, host = account[1:].partition("@")
    if not account or urls.root or host == urlsplit(urls.site).hostname:
        return ""
    return f"https://{host}{WEBFINGER}?resource=acct:{name}@{host}"


def _to_copy(site: Site) -> dict[str, str]:
    """The former addresses of republish pages, which are below those of the stories."""
    now, offered = (
        site.urls.own["republish"],
        [story for story in site.stories if story.republish_url],
    )
    old = [former for former, url in site.options.former_urls.items() if url == now]
    return {below(story.url, former): story.republish_url for former in old for story in offered}


def one_for_each_file(moves: Iterable[Move]) -> list[Move]:
    """The moves for which pages are written: "/old" and "/old/" are one file, and so are "Old" and
    "old".
    """
    return list({move.save_as.lower(): move for move in moves}.values())


def page_at(move: Move, absolute: str, words: Language = ENGLISH) -> bytes:
    """A page that redirects at once; it tells search engines that `absolute` is now the address."""
    target, canonical = escape(move.target), escape(absolute)
    said = (
        words.gettext("Moved"),
        words.gettext("This page has moved"),
        words.gettext("Go to where it is now"),
    )
    title, moved, go = (escape(each, quote=False) for each in said)
    direction = ""
    if is_rtl(words.lang):
        direction = ' dir="rtl"'
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


def netlify_rules(moves: Iterable[Move]) -> bytes:
    """A file of lines such as "/old/ /new/ 301"."""
    return "".join([f"{move.source} {quote(move.target)} 301\n" for move in moves]).encode()


def nginx_map(moves: Iterable[Move]) -> bytes:
    """A file to include in nginx's map of $uri, which nginx has already unescaped.

    nginx's map ignores case, so an address that differs from today's only in case becomes a
    pattern, or today's would redirect to itself for ever.
    """
    rows: dict[str, str] = {}
    for move in moves:
        path = f"{move.root}/{move.former}"
        if move.is_same_but_for_case:
            key = f"~^{re.escape(path)}$"
        else:
            key = path.lower()
        rows.setdefault(
            key,
            f'"{_in_quotes(key if key[0] == "~" else path)}" "{_in_quotes(quote(move.target))}";\n',
        )
    return "".join(rows.values()).encode()


def _in_quotes(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(pages=[pages]))
