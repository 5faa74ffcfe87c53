"""Fills the placeholders in the texts of stories and pages, for templates and feeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from jinja2 import Environment
from markupsafe import Markup

from broadside.content.records import Record
from broadside.markdown.body import FileNote, fill, has_gallery, plays
from broadside.markdown.tags import with_rel
from broadside.media.charts import Chart
from broadside.media.files import OWN_FILE
from broadside.media.films import Film
from broadside.media.photos import Photo, in_rows
from broadside.site.attributes import EXTRAS
from broadside.words import in_english


class WithText(Protocol):
    """Something with a text, and with the links, photos, charts and films for its placeholders."""

    @property
    def lang(self) -> str:
        """The language of the text."""

    @property
    def record(self) -> Record[Any] | None:
        """What was read."""

    @property
    def inner_links(self) -> Sequence[str]:
        """The addresses that its inner links lead to."""

    @property
    def inline_photos(self) -> Sequence[Photo]:
        """The photos in the text."""

    @property
    def file_notes(self) -> Mapping[int, FileNote]:
        """The notes beside links to files, by the number of the link."""

    @property
    def inline_charts(self) -> Sequence[Chart]:
        """The charts in the text."""

    @property
    def films(self) -> Sequence[Film]:
        """The films in the text that have a still."""

    @property
    def teaser(self) -> str:
        """The digest of what lists show of it."""

    @property
    def whole(self) -> str:
        """The digest of all of it."""

    def __hash__(self) -> int:
        """By identity."""


class Texts:
    """Fills the placeholders of texts; the theme's components draw photos, galleries, charts and
    films.

    A page that is passed this depends on all templates and settings: its digests `teaser` and
    `whole` are the renderer's.
    """

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.teaser = self.whole = ""
        self.shown: list[WithText] = []
        """The stories and pages of which texts were shown, for who asks which are."""

    def body(self, story: WithText) -> Markup:
        """The whole text of a story or page."""
        if story.record:
            return self.filled(story, story.record.body.html)
        return Markup()

    def body_elsewhere(self, story: WithText) -> Markup:
        """The text for readers elsewhere, where nothing plays or opens: stills and galleries become
        photos, recordings become links.
        """
        if story.record:
            return self._filled(story, story.record.body.html, "", on_site=False)
        return Markup()

    def filled(self, story: WithText, html: str, prefix: str = "") -> Markup:
        """A part of a story's text with its links, photos, charts and films in place, and `prefix`
        before each id.
        """
        return self._filled(story, html, prefix, on_site=True)

    def _filled(self, story: WithText, html: str, prefix: str, *, on_site: bool) -> Markup:
        self.shown.append(story)

        def photo(number: int) -> str:
            return self._draw("photo", story.inline_photos[number])

        def chart(number: int) -> str:
            return self._draw("chart", story.inline_charts[number], story.lang)

        def gallery(numbers: list[int], caption: str) -> str | None:
            photos = [story.inline_photos[number] for number in numbers]
            # if an import did not find one, it has only a caption
            has_all = all(each.src for each in photos)
            if not (on_site and has_all):
                return None
            return self._draw(
                "gallery",
                in_rows(photos),
                Markup(caption),
                f"{prefix}photo_{numbers[0]}",
                story.lang,
            )

        def film(number: int) -> str:
            shown = story.films[number]
            if on_site:
                return self._draw("film", shown, story.lang)
            return self._draw("photo", shown.still)

        links, notes = story.inner_links.__getitem__, story.file_notes
        filled = fill(
            html,
            prefix,
            links,
            photo,
            chart,
            film=film,
            gallery=gallery,
            players=on_site,
            files=notes,
        )
        return Markup(with_rel(filled, rel) if (rel := getattr(story, "link_rel", "")) else filled)

    def _draw(self, name: str, *values: object) -> str:
        component = self.environment.get_template(f"components/{name}.html").module
        return in_english(str(getattr(component, name)(*values)).strip())


def extras(shown: WithText, below: Iterable[WithText] = ()) -> list[str]:
    """Which of "audio", "film" and "gallery" are in some texts, and what else plugins say that
    their page needs.

    Each has a style sheet of its own that few pages need. Most texts show by what they link to that
    they have none, so they are not loaded.
    """
    found = {name for needed in EXTRAS for name in needed(shown)}
    for each in (shown, *below):
        if each.films:
            found.add("film")
        if each.record and len(each.inline_photos) > 1 and has_gallery(each.record.body.html):
            found.add("gallery")
        if (
            each.record
            and any(OWN_FILE.match(link) for link, _ in each.record.links)
            and plays(each.record.body.html)
        ):
            found.add("audio")
    return sorted(found)
