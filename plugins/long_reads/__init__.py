"""Lays out a story's text for its own page: links on headings, contents of a long story, notes beside the text.

No settings. Adds the filter laid_out, which takes a story. Streams, feeds, republish pages and the search index show the text
as it was read. The contents, and the place of the newsletter box, are those of stories of more than LONG words.
"""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from broadside.plugins.long_reads.layout import Layout, laid_out
from broadside.site import Site, signals
from broadside.site.story import Story
from broadside.site.texts import Texts
from broadside.words import Catalogs


def add_filter(site: Site) -> None:
    """Give the templates `laid_out`."""
    site.filters["laid_out"] = partial(shown, texts=site.texts, words=site.words)


def shown(story: Story, texts: Texts, words: Catalogs) -> Layout:
    """A story's text laid out for its own page, with its links, photos and charts in place."""
    text = laid_out(story.record.body, story.words, words.of(story.lang))
    return replace(text, opening=texts.filled(story, text.opening), rest=texts.filled(story, text.rest))


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_filter)
