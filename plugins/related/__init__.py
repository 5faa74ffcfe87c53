"""Finds each story's stream: hand-picked stories first, then the most similar by their text, then
the nearest in time.

In a Broadside site streams.py adds `stream` to stories, and `./inv related` explains it; in a plain
Pelican site plain.py adds `related_stories` to articles.
"""

from __future__ import annotations

from broadside.site.plain import is_plain


def register() -> None:
    """Connect to the build, or to that of a plain Pelican site."""
    if is_plain():
        from broadside.plugins.related.plain import connect
    else:
        from broadside.plugins.related.streams import connect
    connect()
