"""Pulls galleys: the page of a story that was just saved, before the site is made anew.

A build of a large archive takes seconds, most of them spent on finding that nothing else changed. The process that made
the last one still has all that its pages were made of, so it can read one story again and set its page. The build that
follows brings whatever else the save changes, and has the last word on this page too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican.plugins import signals

from broadside.desk.preview.state import Galley, Moved
from broadside.plugins.faults import errors_in
from broadside.plugins.front_matter.data import StoryData
from broadside.plugins.newsroom import MadeArticle, content_of
from broadside.plugins.newsroom.addresses import address, status
from broadside.plugins.newsroom.names import with_whole_names
from broadside.plugins.newsroom.reader import Reader
from broadside.plugins.newsroom.records import Record, is_story
from broadside.plugins.newsroom.story import FROM_OTHERS, Story, attributes, handed
from broadside.plugins.press import Press, rendered

SAME = ("slug", "date", "lang")
"""What a save must not have changed, besides the status: a story that moves or comes out changes more than its own page."""


class Galleys:
    """Watches a build, and then pulls galleys from what it has left in memory."""

    _writer: Press
    """The writer of the build that was watched."""

    def __init__(self) -> None:
        self._generator: Any = None
        self._reader: Reader | None = None
        signals.article_writer_finalized.connect(self._keep)

    def _keep(self, generator: Any, writer: Press) -> None:
        self._generator, self._writer = generator, writer

    @property
    def ready(self) -> bool:
        """Whether there was a build to watch: there is none if the site stood."""
        return self._generator is not None

    def prepare(self) -> None:
        """Do in advance what the first galley would otherwise wait for, and drop the build's pages."""
        if self._generator:
            desk = self._generator.context["desk"]
            self._reader = Reader(Path(self._generator.settings["PATH"]), desk.rules, desk.lang)
            self._clear()
            for story in self._stories()[:1]:
                self.pull(story.record.path)  # nobody sees it, but its templates are compiled now

    def pull(self, path: str) -> Galley | Moved | None:
        """The page of a story, by its path relative to the content folder, or its new address; None if only a build can tell."""
        if not self._reader:
            return None
        old = next((story for story in self._stories() if story.record.path == path), None)
        if old is None:
            return None
        newsroom, desk = self._generator.context["newsroom"], self._generator.context["desk"]
        (record,) = with_whole_names([self._reader.read(path, "story")], newsroom.authors)
        if not is_story(record) or errors_in(record.faults) or not desk.shows(state := status(record, desk.now)):
            return None
        try:
            stands = address(record, state, desk)
            return self._set(old, record) if stands == old.url else Moved(old.url, stands)
        except Exception:
            # The story names what this build has not seen, or the theme is at fault: the next build will say.
            return None
        finally:
            self._clear()

    def _stories(self) -> list[Story]:
        generator = self._generator
        shown = (*generator.articles, *generator.hidden_articles, *generator.drafts)
        return [*shown, *generator.translations, *generator.hidden_translations, *generator.drafts_translations]

    def _set(self, old: Story, record: Record[StoryData]) -> Galley | None:
        context, writer = self._generator.context, self._writer
        newsroom, desk = context["newsroom"], context["desk"]
        if status(record, desk.now) != old.desk_status:
            return None
        data = attributes(record, newsroom, desk, context["terms"], context["album"])
        if data is None or any(data[name] != getattr(old, name) for name in SAME):
            return None
        story = content_of(MadeArticle, data, self._generator.settings, context)
        for name in FROM_OTHERS:
            setattr(story, name, getattr(old, name))
        template = self._generator.get_template(story.template)
        writer.write_file(story.save_as, template, context, **handed(story))
        (page,) = writer.pages
        return Galley(page.path, rendered(page))

    def _clear(self) -> None:
        self._writer.pages.clear()
        self._writer.bundles.clear()
