"""When there is a page of stories that artificial intelligence had a part in."""

from __future__ import annotations

from collections.abc import Iterator

from broadside.content.addresses import editorial
from broadside.content.content import Content
from broadside.front_matter.vocabulary import AI_USED


def own_pages(content: Content) -> Iterator[str]:
    """The page, once there is such a story."""
    if any(story.data.ai in AI_USED for story in editorial(content)):
        yield "ai"
