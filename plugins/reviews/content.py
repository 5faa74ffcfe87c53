"""When there is a page of reviews."""

from __future__ import annotations

from collections.abc import Iterator

from broadside.content.addresses import editorial
from broadside.content.content import Content


def own_pages(content: Content) -> Iterator[str]:
    """The page, once a story has reviewed something."""
    if any(story.data.reviews for story in editorial(content)):
        yield "reviews"
