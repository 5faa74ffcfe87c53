"""The page of a story: what it is handed. The preview makes it anew alone."""

from __future__ import annotations

from typing import Any

from broadside.site import Page
from broadside.site.story import Story


def story_page(story: Story) -> Page:
    """A story's own page."""
    return Page(story.save_as, story.template, page_values(story))


def page_values(story: Story) -> dict[str, Any]:
    """The values for a story's own page."""
    shown = {"article": story, "stories": story.stream, "rails": story.rails, "parts": story.parts}
    replies = {"answers": story.answers, "answered_by": story.answered_by, "letters": story.letters}
    return shown | {"support": story.support} | replies
