"""The pages of stories, and plain pages such as /about/. No settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from broadside.plugins import charts, signals
from broadside.plugins.markup.body import plays
from broadside.plugins.site import Site
from broadside.plugins.site.page import Page
from broadside.plugins.site.story import Story


def pages(site: Site) -> Iterator[Page]:
    """The page of each story and plain page."""
    for story in site.every_story:
        yield story_page(story)
    for page in site.plain_pages:
        yield Page(page.save_as, page.template, {"page": page})


def story_page(story: Story) -> Page:
    """A story's own page."""
    return Page(story.save_as, story.template, handed(story))


def handed(story: Story) -> dict[str, Any]:
    """What a story's own page is handed."""
    shown = {"article": story, "stories": story.stream, "rails": story.rails, "parts": story.parts}
    return shown | {"support": story.support}


def add_filters(site: Site) -> None:
    """Give templates what draws the charts in texts, and says whether a text plays a recording."""
    site.filters.update(charts.filters(site.words))
    site.filters["plays"] = lambda shown: bool(shown.record and plays(shown.record.body.html))


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_filters)
    signals.pages.connect(pages)
