"""Renders the page of a story that was just saved, before the site is built anew.

A build of a large archive takes seconds, most of them spent on finding that nothing else changed. The process that made
the last one still has all that its pages were made of, so it can read one story again and render its page. The build that
follows brings whatever else the save changes, and has the last word on this page too.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from broadside.content.addresses import address, status
from broadside.content.imported import sifted
from broadside.content.names import with_whole_names
from broadside.content.reader import Reader
from broadside.content.records import Record, is_story
from broadside.content.relations import pictures
from broadside.faults import errors_in
from broadside.front_matter.data import StoryData
from broadside.preview.state import Moved, Rerendered

if TYPE_CHECKING:  # they load Pelican, which the server does not need
    from broadside.build.run import Build
    from broadside.site.story import Story

SAME = ("slug", "date", "lang")
"""What a save must not have changed, besides the status: a story that moves or comes out changes more than its own page."""


class Rerender:
    """Renders pages of single stories with the templates and values of a build."""

    def __init__(self, build: Build) -> None:
        self._site, self._renderer = build.site, build.renderer
        options = self._site.options
        self._reader = Reader(Path(self._site.settings["PATH"]), options.rules, options.lang, options.words)
        for story in self._site.every_story[:1]:
            self.page(story.record.path)  # nobody sees it, but its templates are compiled now

    def page(self, path: str) -> Rerendered | Moved | None:
        """The page of a story, by its path relative to the content folder, or its new address; None if only a build can tell."""
        old = next((story for story in self._site.every_story if story.record.path == path), None)
        if old is None:
            return None
        content, options = self._site.content, self._site.options
        (record,) = with_whole_names([self._reader.read(path, "story")], content.authors)
        faults, _ = sifted(record.faults, content.lenient)
        if not is_story(record) or errors_in(faults) or not options.shows(state := status(record, options.now)):
            return None
        if not content.originals.keys() >= {picture for picture, _ in pictures(record)}:
            return None  # it may be there since
        try:
            url = address(record, state, options)
            return self._rendered(old, record, state) if url == old.url else Moved(old.url, url)
        except Exception:
            # The story names what this build has not seen, or the theme is at fault: the next build will say.
            return None

    def _rendered(self, old: Story, record: Record[StoryData], state: str) -> Rerendered | None:
        from broadside.plugins.stories import story_page
        from broadside.site.story import ADDED

        if state != old.desk_status:
            return None
        story = self._site.maker.story(record)
        if any(getattr(story, name) != getattr(old, name) for name in SAME):
            return None
        for name in ADDED:
            setattr(story, name, getattr(old, name))
        page = story_page(story)
        return Rerendered(page.path, self._renderer.render(page))
