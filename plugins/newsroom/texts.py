"""Fills the placeholders in the texts of stories and pages, for templates to print."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct

from broadside.plugins.markup.body import fill
from broadside.plugins.photos.values import Photo

if TYPE_CHECKING:  # the terms of stories print texts too
    from broadside.plugins.newsroom.story import WithText


class Texts(Struct, frozen=True):
    """Fills the placeholders of texts; `draw` is the theme's own component for a photo."""

    draw: Callable[[Photo], str]

    def body(self, story: WithText) -> Markup:
        """The whole text of a story or page."""
        return self.filled(story, story.record.body.html)

    def filled(self, story: WithText, html: str, prefix: str = "") -> Markup:
        """A part of a story's text with its links and photos in place, and `prefix` before each id."""
        return Markup(fill(html, prefix, story.inner_links.__getitem__, lambda i: self.draw(story.inline_photos[i])))


def drawing(environment: Environment) -> Callable[[Photo], str]:
    """Draws a photo with the theme's component."""

    def draw(photo: Photo) -> str:
        return str(environment.get_template("components/photo.html").module.photo(photo)).strip()  # type: ignore[attr-defined]

    return draw
