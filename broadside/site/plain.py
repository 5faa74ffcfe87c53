"""What plugins need in a plain Pelican site: one that Pelican builds without Broadside, with any
theme.

There nobody sends our signals, so the plugins that work there have a module plain.py, which
connects to Pelican's.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

GROUPS = (
    "articles",
    "drafts",
    "hidden_articles",
    "translations",
    "drafts_translations",
    "hidden_translations",
)


def is_plain() -> bool:
    """Whether Pelican registers our plugins for a build that is not Broadside's."""
    return "broadside.config.options" not in sys.modules


def every_article(generator: Any) -> Iterator[Any]:
    """All articles that get a page, published or not."""
    for group in GROUPS:
        yield from getattr(generator, group)


def listed(article: Any, *keys: str) -> list[str]:
    """The entries of the first of these keys that the header of an article has, which is a text
    with commas or semicolons, or a list.
    """
    from pelican.readers import ensure_metadata_list

    written = next((article.metadata[key] for key in keys if article.metadata.get(key)), "")
    return list(
        ensure_metadata_list(
            list(map(str, written)) if isinstance(written, (list, tuple)) else str(written)
        )
    )
