"""Leads readers from former addresses to the current ones, on any host.

Settings: SITEURL, FORMER_URLS (folders that the site's own pages once were in, with those in which they are).
Makes a page at every former address that front matter or a list names in redirect_from, except addresses of files that are
not pages, such as an old feed, and those that differ from today's only in case. For hosts that can answer with a true
redirect, makes _redirects (Netlify, Cloudflare Pages) and redirects.map (nginx).
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugins.redirects import forms
from broadside.site import Site, signals
from broadside.site.page import Page
from broadside.urls import below


def pages(site: Site) -> Iterator[Page]:
    """The pages and the two lists."""
    urls = site.urls
    former = site.content.addresses.former | _to_copy(site)
    moves = [forms.Move(old, url, urls.root) for old, url in sorted(former.items())]
    for move in forms.one_for_each_file(move for move in moves if move.has_page):
        yield Page(move.save_as, forms.page(move, urls.absolute(move.now), site.words.of(marks=True)))
    if moves:
        yield Page("_redirects", forms.lines(moves))
        yield Page("redirects.map", forms.nginx_map(moves))


def _to_copy(site: Site) -> dict[str, str]:
    """The former addresses of the pages from which others may copy, which are below the stories."""
    now, offered = site.urls.own["republish"], [story for story in site.stories if story.republish_url]
    old = [former for former, url in site.options.former_urls.items() if url == now]
    return {below(story.url, former): story.republish_url for former in old for story in offered}


def register() -> None:
    """Connect to the build."""
    signals.pages.connect(pages)
