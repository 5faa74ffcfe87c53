"""Leads readers from former addresses to the current ones, on any host.

Settings: SITEURL.
Makes a page at every former address that front matter or a list names in redirect_from, except addresses of files that are
not pages, such as an old feed, and those that differ from today's only in case. For hosts that can answer with a true
redirect, makes _redirects (Netlify, Cloudflare Pages) and redirects.map (nginx).
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugins import signals
from broadside.plugins.redirects import forms
from broadside.plugins.site import Site
from broadside.plugins.site.page import Page


def pages(site: Site) -> Iterator[Page]:
    """The pages and the two lists."""
    urls = site.urls
    moves = [forms.Move(former, url, urls.root) for former, url in sorted(site.content.addresses.former.items())]
    for move in forms.one_for_each_file(move for move in moves if move.has_page):
        yield Page(move.save_as, forms.page(move, urls.absolute(move.now), site.words.of()))
    if moves:
        yield Page("_redirects", forms.lines(moves))
        yield Page("redirects.map", forms.nginx_map(moves))


def register() -> None:
    """Connect to the build."""
    signals.pages.connect(pages)
