"""Fills the placeholders in the texts of stories and pages, for templates and feeds to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment
from markupsafe import Markup

from broadside.plugins.markup.body import fill
from broadside.plugins.photos.values import Photo

if TYPE_CHECKING:  # stories print their texts by this
    from broadside.plugins.site.story import WithText


class Texts:
    """Fills the placeholders of texts; photos are drawn by the theme's own component.

    A page that is handed this counts all templates and settings: its digests `teaser` and `whole` are those of the renderer.
    """

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.teaser = self.whole = ""

    def body(self, story: WithText) -> Markup:
        """The whole text of a story or page."""
        return self.filled(story, story.record.body.html) if story.record else Markup()

    def filled(self, story: WithText, html: str, prefix: str = "") -> Markup:
        """A part of a story's text with its links and photos in place, and `prefix` before each id."""

        def photo(number: int) -> str:
            return self._draw(story.inline_photos[number])

        return Markup(fill(html, prefix, story.inner_links.__getitem__, photo, story.file_notes))

    def _draw(self, photo: Photo) -> str:
        component = self.environment.get_template("components/photo.html").module
        return str(component.photo(photo)).strip()  # type: ignore[attr-defined]
