"""Leads readers of former addresses to where a story or page is now, on any host.

Settings: SITEURL. Signals used: article_writer_finalized. Needs newsroom.
Writes a page at every former address that front matter names in redirect_from; and for hosts that can answer with a
true redirect, _redirects (Netlify, Cloudflare Pages) and redirects.map (nginx).
"""

from __future__ import annotations

from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from plugins.fingerprint import digest
from plugins.redirects import forms


def write_redirects(generator: ArticlesGenerator, writer: Any) -> None:
    """Add the pages and the two lists."""
    newsroom, urls = generator.context["newsroom"], generator.context["terms"].urls
    moves = [forms.Move(former, url, urls.root) for former, url in sorted(newsroom.former.items())]
    for move in moves:
        page = forms.page(move, urls.absolute(move.now))
        writer.add_file(move.save_as, digest(page), lambda page=page: page)
    if moves:
        for name, form in (("_redirects", forms.lines), ("redirects.map", forms.nginx_map)):
            data = form(moves)
            writer.add_file(name, digest(data), lambda data=data: data)


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_redirects)
