"""Leads readers from former addresses to the current ones, on any host.

Settings: SITEURL. Signals used: article_writer_finalized. Needs newsroom.
Writes a page at every former address that front matter or a list names in redirect_from, except addresses of files that are
not pages, such as an old feed, and those that differ from today's only in case. For hosts that can answer with a true
redirect, writes _redirects (Netlify, Cloudflare Pages) and redirects.map (nginx).
"""

from __future__ import annotations

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.press import Press
from broadside.plugins.redirects import forms


def write_redirects(generator: ArticlesGenerator, writer: Press) -> None:
    """Add the pages and the two lists."""
    newsroom, urls = generator.context["newsroom"], generator.context["terms"].urls
    moves = [forms.Move(former, url, urls.root) for former, url in sorted(newsroom.addresses.former.items())]
    for move in forms.one_for_each_file(move for move in moves if move.has_page):
        writer.add_data(move.save_as, forms.page(move, urls.absolute(move.now)))
    if moves:
        for name, form in (("_redirects", forms.lines), ("redirects.map", forms.nginx_map)):
            writer.add_data(name, form(moves))


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_redirects)
