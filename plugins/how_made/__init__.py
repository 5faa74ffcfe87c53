"""How stories were made: the words for the box at a story's end, and the page of those that
artificial intelligence had a part in.

The page is there once there is such a story. Its text is that of the plain page at its address, if
there is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.how_made.content import AI_USED, MAKING, own_pages, unchecked
from broadside.urls import save_as


def add_filters(site: Site) -> None:
    """Give templates the filters how_made and part_of_ai, in the words for a story's language."""
    from broadside.plugins.how_made.words import how_made, part_of_ai

    site.filters["how_made"] = lambda story: how_made(story, site.words.of(story.lang, marks=True))
    site.filters["part_of_ai"] = lambda story: part_of_ai(
        story, site.words.of(story.lang, marks=True)
    )


def pages(site: Site) -> Iterator[Page]:
    """The page of stories that artificial intelligence had a part in."""
    url = site.urls.own["ai"]
    if articles := [story for story in reversed(site.stories) if story.ai in AI_USED]:
        yield Page(save_as(url), "how_made/ai", {"articles": articles, "page": site.text_at(url)})


def register() -> None:
    """Give the keys, their check, and what it adds to a build."""
    give(
        __name__,
        Plugin(
            keys=[MAKING],
            checks=[unchecked],
            own_pages=[own_pages],
            arranged=[add_filters],
            pages=[pages],
        ),
    )
