"""The process of a preview build: it builds, makes the preview's own pages, then renders single
pages on request.
"""

from __future__ import annotations

import fnmatch
import multiprocessing
import os
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from broadside.build.build import build
from broadside.build.reading import read
from broadside.build.report import BuildFailed, NotNoted, mending, sources_of
from broadside.build.up_to_date import inputs
from broadside.config.options import OptionRefused, Options, draft_pattern, settings_in
from broadside.content.addresses import address, status
from broadside.content.imported import sifted
from broadside.content.names import with_whole_names
from broadside.content.reader import Reader
from broadside.content.records import Record, is_story
from broadside.content.relations import pictures
from broadside.faults import FaultsFound, errors_in, render
from broadside.front_matter.data import StoryData
from broadside.parallel import die_with_parent
from broadside.preview.editors import edit_in
from broadside.preview.pages import PreviewState, own_pages
from broadside.preview.server import Moved, Outcome, OwnPages, Rerendered
from broadside.publish.headers import allowed_by
from broadside.terminal import bars, coloured
from broadside.trouble import told
from broadside.urls import save_as

if TYPE_CHECKING:  # loaded only when something is built
    from broadside.build.run import Build
    from broadside.site.story import Story

SHOWN = 5
"""How many drafts' addresses are printed after a build; more would push the rest off the screen."""
SAME = ("slug", "date", "lang")
"""What a save must not have changed, besides the status: a story that moves or is published changes
more than its own page.
"""


def work(options: Options, line: Connection) -> None:
    """Build, and then render single pages for the process at the other end of the line."""
    watcher = multiprocessing.parent_process()
    if watcher and watcher.pid:
        # A forked process also holds its parent's end of the line, so it would never see the line
        # close.
        die_with_parent(watcher.pid)
    builds: list[Build] = []
    try:
        outcome = _build(options, builds)
        was_up_to_date = not (outcome.faults or builds)
        line.send((outcome, was_up_to_date))
        if was_up_to_date:
            _build_anyway(options, builds)
        rerender, found = None, _own_pages_or_none(options, builds)
        if builds:
            rerender = Rerender(builds.pop())
        line.send(found)
        while True:
            path = line.recv()
            line.send(rerender.page(path) if rerender else None)
    except (EOFError, OSError):
        return


def _build(options: Options, builds: list[Build]) -> Outcome:
    try:
        with bars():
            report = build(options, builds.append)
    except FaultsFound as found:
        return _failed(render(found.faults, "text", sources_of(found.faults)))
    except (BuildFailed, NotNoted) as problem:
        return _failed(str(problem))
    except OptionRefused as problem:
        return _failed(str(problem.message))
    except Exception as problem:
        return _failed(told(problem))
    print(*mending(report), report, sep="\n")
    if report.warnings:
        print(coloured(render(report.warnings, "text", sources_of(report.warnings)), sys.stdout))
    drafts = save_as(draft_pattern(options).format(slug="*"))
    print(
        *addresses(options.siteurl, fnmatch.filter(report.written, drafts)),
        sep="",
        end="",
        flush=True,
    )
    return Outcome(allowed=allowed_by(settings_in(options.conf)))


def _own_pages_or_none(options: Options, builds: list[Build]) -> OwnPages:
    """The preview's own pages; none if the content cannot be read at all, which the build has
    reported.
    """
    with suppress(Exception):
        return _own_pages(options, builds[-1] if builds else None)
    return OwnPages()


def _build_anyway(options: Options, builds: list[Build]) -> None:
    """Build a site that is up to date, so that the values needed for rendering a page are in
    memory.
    """
    from broadside.build.run import make_site

    with suppress(Exception):  # it was sound just now; the next build will report anything new
        make_site(options, inputs(options), builds.append)


def addresses(siteurl: str, drafts: list[str]) -> list[str]:
    """Lines with the addresses of drafts and held stories that were written; nothing on the site
    links to them.
    """
    lines = [f"  {siteurl}/{path.removesuffix('index.html')}\n" for path in drafts[:SHOWN]]
    if len(drafts) > SHOWN:
        return [*lines, f"  and {len(drafts) - SHOWN} more: {siteurl}/desk/\n"]
    return lines


def _failed(words: str) -> Outcome:
    """Print why a build failed, and return it as the outcome."""
    print(coloured(words, sys.stderr), file=sys.stderr, flush=True)
    return Outcome(words)


class Rerender:
    """Renders the page of a story that was just saved, with a build's templates and values, before
    the site is rebuilt.

    A build of a large archive takes seconds, mostly to find out that nothing else changed. This
    process still has everything that its pages were made of, so it can read one story again and
    render its page. The next build makes the other changes that the save causes, and replaces this
    page too.
    """

    def __init__(self, build: Build) -> None:
        self._site, self._renderer = build.site, build.renderer
        options = self._site.options
        self._reader = Reader(
            Path(self._site.settings.PATH), options.rules, options.lang, options.words
        )
        for story in self._site.every_story[:1]:
            self.page(story.record.path)  # nobody sees it, but it compiles the templates

    def page(self, path: str) -> Rerendered | Moved | None:
        """The page of a story, by its path relative to the content folder, or its new address; None
        if only a build can tell.
        """
        old = next((story for story in self._site.every_story if story.record.path == path), None)
        if old is None:
            return None
        content, options = self._site.content, self._site.options
        (record,) = with_whole_names([self._reader.read(path, "story")], content.authors)
        faults, _ = sifted(record.faults, content.lenient)
        if (
            not is_story(record)
            or errors_in(faults)
            or not options.shows(state := status(record, options.now))
        ):
            return None
        if not content.originals.keys() >= {picture for picture, _ in pictures(record)}:
            return None  # it may have been added since
        try:
            url = address(record, state, options)
            if url == old.url:
                return self._rendered(old, record, state)
            return Moved(old.url, url)
        except Exception:
            # The story names something new to this build, or the theme is at fault: the next build
            # will tell.
            return None

    def _rendered(self, old: Story, record: Record[StoryData], state: str) -> Rerendered | None:
        from broadside.site.story_page import story_page

        if state != old.desk_status:
            return None
        story = self._site.maker.story(record)
        if any(getattr(story, name) != getattr(old, name) for name in SAME):
            return None
        story.__dict__.update(old.__dict__ | story.__dict__)  # including what plugins have set
        page = story_page(story)
        return Rerendered(page.path, self._renderer.render(page))


def _own_pages(options: Options, build: Build | None) -> OwnPages:
    """The preview's own pages as of a build or, if there was none, for the content as it is now."""
    if build:
        content, reading, settings = build.site.content, build.site.options, build.site.settings
    else:
        content, reading, settings = read(options)
    edit = edit_in(os.environ, settings)
    preview = PreviewState(content, reading, options, settings, edit)
    return OwnPages({page.address: page.html(preview) for page in own_pages()}, edit)
