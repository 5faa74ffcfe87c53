"""Proofreads the site before it is published: every link must lead somewhere, and every page must be whole.

Settings: SITEURL, ELSEWHERE_PATHS (addresses on the same host, such as "/shop/", below which something else is served).
Signals used: article_writer_finalized. Needs newsroom and press.
A build with a flaw stops, and readers still see the site as it was.
"""

from __future__ import annotations

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.press import Press
from broadside.plugins.proof.reader import Proofreader, texts_in
from broadside.plugins.urls import file_of


def proofread(generator: ArticlesGenerator, writer: Press) -> None:
    """Have the print run show each file that it makes to a proofreader."""
    newsroom, urls = generator.context["newsroom"], generator.context["terms"].urls

    def said() -> str:
        lists, records = newsroom.lists, newsroom.records
        named = [entry.data for entry in (*lists.sections, *lists.story_types)]
        told = [
            [record.data, record.body.html, [[p.alt, p.caption, p.credit] for p in record.photos]] for record in records
        ]
        return "\n".join(texts_in([named, told, dict(generator.settings)]))

    # A feed may know a story by a former address at which no page can stand, and from which the host leads on.
    moved = {file_of(former) for former in newsroom.addresses.former}

    writer.show_to(Proofreader(urls.site, urls.root, moved, urls.elsewhere, said))


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(proofread)
