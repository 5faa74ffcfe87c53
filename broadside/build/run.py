"""A build from beginning to end: Build.run has all the steps, and make_site runs it for a command.

Pelican runs Build (the setting PELICAN_CLASS). Pelican loads the settings and plugins, and shows
our stories and pages as real articles to plugins made for Pelican; whatever they write becomes part
of the site. Reading, checking and writing files is our own code.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from blinker import Signal
from jinja2 import Template, TemplateError, TemplateSyntaxError
from pelican import Pelican
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.log import console
from pelican.plugins import signals as pelicans
from pelican.writers import Writer

from broadside.build.due import moments
from broadside.build.proof import Unsound, proofreader
from broadside.build.release import note_release, refuse_early_clock
from broadside.build.render import CompiledTemplates, Renderer, of_theme
from broadside.build.report import BuildFailed, NotNoted, Report
from broadside.build.staging import Staging, exchange_trees
from broadside.build.tree import Tree
from broadside.build.up_to_date import inputs, note_inputs
from broadside.build.write import WrittenFiles, write
from broadside.config.links import astray
from broadside.config.options import Options, settings_of
from broadside.content.content import Content
from broadside.content.folder import scan
from broadside.content.read import read_cached
from broadside.dates import DATES, now_of
from broadside.disk import printable
from broadside.doors import lacking, names_of
from broadside.faults import FaultsFound, SiteFailed, errors_in
from broadside.folders import OUTLET
from broadside.markdown.typography import is_rtl
from broadside.plugin import forget_all
from broadside.settings import Settings
from broadside.site import Bundle, Page, Site
from broadside.site.arrange import arrange
from broadside.site.doors import complete, pages_of
from broadside.site.story import FromRecord, digest_stories
from broadside.site.texts import Texts
from broadside.stopping import stop_no_more
from broadside.store import Store
from broadside.words import equip

log = logging.getLogger("broadside")

NAMED = 5
"""How many files or values a warning names."""
PELICANS = frozenset(
    "articles authors categories dates draft_pages drafts filenames generated_content"
    " hidden_articles hidden_pages localsiteurl "
    "pages period_archives related_posts static_content static_files static_links staticfiles"
    " tags translations".split()
)
"""What Pelican's own generators put into the context."""
FileStates = Mapping[str, tuple[int, int, int]]
TO_BLAME = (
    "A theme, a setting or Broadside itself is to blame; or an address of this site that a text"
    " gives in full, "
    "which ./inv check finds."
)


class Build(Pelican):
    """Pelican, with our own steps from the content to the site."""

    site: Site
    renderer: Renderer
    tree: Tree
    written: WrittenFiles

    def run(self) -> None:
        """Build the site: read, arrange, complete, pages, write, exchange.

        Raises FaultsFound if the content has errors, before anything is written; raises Unsound if
        finished pages have faults, before readers see any of them.
        """
        self._started = time.monotonic()
        settings, self._environment = Settings(self.settings), self._environment_of_theme()
        output, store = Path(self.output_path), Store(Path(settings.CACHE_PATH))
        self.tree = Tree(Path(settings.LIVE_PATH or output), output, store)

        content, options, cache = read_cached(settings, store)
        # Even if there are errors: the next build then reads only the sources that were corrected.
        cache.save()
        self.check(content)

        self.site = site = arrange(content, options, settings, cache, Texts(self._environment))
        equip(self._environment, site.words)
        self._environment.bytecode_cache = CompiledTemplates(site)
        site.filters |= DATES | {"body": site.texts.body, "is_rtl": is_rtl}

        complete(site)
        added = self._shown_to_plugins_for_pelican()
        # Only now are all attributes set; pages take their digests from these.
        digest_stories([*site.every_story, *site.plain_pages])

        files = [*pages_of(site)]

        self.renderer = renderer = Renderer(self._environment, site)
        self.written = written = write(
            [*added, *(file for file in files if isinstance(file, Page))],
            [file for file in files if isinstance(file, Bundle)],
            self.tree,
            digest_of=renderer.digest,
            whole_of=renderer.whole,
            render=renderer.made,
            prepare=renderer.compile_templates,
            proof=proofreader(site),
            jobs=settings.JOBS,
        )
        self.before_exchange()

        if self.tree.is_in_place:  # run by `pelican`, not by our command
            store.keep_pages(written.files, written.dropped)
            self._say_what_was_made(content)
        elif written.written or written.removed:
            exchange_trees(self.tree, written, at_last=stop_no_more)
        elif written.has_begun:
            store.keep_pages(
                written.files, written.dropped, self.tree.after_exchange([], is_made=False)
            )

    def _say_what_was_made(self, content: Content) -> None:
        """Print our closing line: Pelican counts the stories of its own generators, which have
        none.
        """
        report = _report(content, self.written)
        report.seconds = time.monotonic() - self._started
        console.print(str(report), highlight=False, soft_wrap=True)

    def check(self, content: Content) -> None:
        """Raise FaultsFound if the content has errors."""
        if content.has_errors:
            raise FaultsFound(content.faults)

    def before_exchange(self) -> None:
        """A hook for when the new site is complete and readers still see the old one; does nothing
        here.
        """

    def _environment_of_theme(self) -> Any:
        """One environment for all templates: that of Pelican's generators, with the outlet's
        theme.
        """
        places = {"path": self.path, "theme": self.theme, "output_path": self.output_path}
        return of_theme(Generator({}, self.settings, **places).env)

    def _shown_to_plugins_for_pelican(self) -> list[Page]:
        """Let Pelican's generators show the stories and pages to plugins made for Pelican; return
        the pages that these write.
        """
        self._added: list[Page] = []
        self._watch = PluginWatch(Path(self.output_path))
        pelicans.generator_init.connect(self._share_environment)
        super().run()
        self._watch.tell()
        return self._added

    def _share_environment(self, generator: Generator) -> None:
        generator.env = self._environment
        self._watch.meets(generator.context)

    # Pelican has no public way to replace its two generators, or to be given another writer.

    def _get_generator_classes(self) -> list[Any]:
        # if nobody looks, the generators need not sort the stories
        shown = bool(self._watch.others)
        stories = [*self.site.published[::-1], *self.site.others]
        ours = {
            ArticlesGenerator: partial(Stories, contents=stories if shown else []),
            PagesGenerator: partial(PlainPages, contents=self.site.plain_pages if shown else []),
        }
        return [ours.get(kind, kind) for kind in super()._get_generator_classes()]

    def _get_writer(self) -> Writer:
        return Collector(self.output_path, self.settings, self._added)


def make_site(options: Options, made_of: str, keep: Callable[[Build], object] = bool) -> Report:
    """Make what changed in the site; raises FaultsFound or BuildFailed, and then leaves the output
    as it was.

    `made_of` is what up_to_date.inputs() returned before anything was read. `keep` is called with
    the finished Build.
    """
    _show_log()
    if not options.content_path.is_dir():  # where Pelican would stop with a traceback
        raise FaultsFound(scan(options.content_path).faults)
    staging = Staging(options.output_path, options.cache_path, options.content_path, OUTLET)
    # first, so that refused settings leave nothing behind
    settings = settings_of(options, staging.tree)

    def waiting() -> None:
        print("This output is being built or published already; waiting for it …", file=sys.stderr)

    with staging.locked(waiting) as waited, _without_garbage_collector():
        # the content may have changed while waiting, and may change back before the next build
        if waited:
            made_of, settings = inputs(options), settings_of(options, staging.tree)
        if options.production:
            refuse_early_clock(options, now_of(settings.NOW, ZoneInfo(settings.TIMEZONE)))
        staging.prepare(fresh=options.clean)
        settings.LIVE_PATH = str(staging.output)
        build = _run_pelican(settings, options.conf, keep)
        now = build.site.options.now
        try:
            note_release(options, now, settings.SITEURL, bool(settings.SHOW_DRAFTS))
            note_inputs(build.tree.store, made_of, build.report, now, build.until)
        except OSError as problem:
            raise NotNoted(options.output_path, problem) from None
    return build.report


class BuildByCommand(Build):
    """A build run by our command, which also checks links in the settings and makes a report."""

    report: Report
    until: datetime
    """When the site next changes by itself."""

    def __init__(self, settings: Settings, conf: str, keep: Callable[[Build], object]) -> None:
        self._conf, self._keep = conf, keep
        super().__init__(vars(settings))

    def init_path(self) -> None:
        """Leave sys.path alone: Pelican would put the current folder first, where there may be a
        stranger's numpy.py.
        """

    def check(self, content: Content) -> None:
        """Raise FaultsFound if the content, or a link in the settings, has errors."""
        super().check(content)
        faults = list(astray(content, Settings(self.settings), OUTLET, self._conf))
        if errors_in(faults):
            raise FaultsFound(faults)

    def before_exchange(self) -> None:
        """Save what the site was made of, and prepare the report and the moment of the next
        change.
        """
        self._keep(self)
        content, options = self.site.content, self.site.options
        self.report = _report(content, self.written)
        self.until = min([moments(content, options, options.now)[0].moment, *self.site.turns])


def _run_pelican(settings: Settings, conf: str, keep: Callable[[Build], object]) -> BuildByCommand:
    """Have Pelican build with these settings, which came from the file `conf`."""
    logging.getLogger("pelican").setLevel(logging.ERROR)
    wanted = list(settings.PLUGINS)
    forget_all()
    with _quiet_console():
        build = BuildByCommand(settings, conf, keep)
        missing = [name for name in wanted if set(settings.PLUGINS).isdisjoint(names_of(name))]
        if missing:
            raise BuildFailed(
                f"the plugin {missing[0]} could not be loaded; the lines above say why"
            )
        for who, needed in lacking(settings.PLUGINS):
            raise BuildFailed(
                f"the setting PLUGINS leaves out {needed}, which {who} needs: add it, or leave out"
                " what needs it too"
            )
        with _failing_in_words():
            build.run()
    return build


def _report(content: Content, written: WrittenFiles) -> Report:
    stories = content.stories
    states = Counter(content.states[record.path] for record in stories)
    warnings = [fault for fault in content.faults if fault.severity == "warning"]
    held = []
    if states["held"]:
        held = [each for each in stories if content.states[each.path] == "held"]
    hours = sorted((each.date, each.data.title, each.path) for each in held if each.date)
    lines = [(hour.isoformat(), title, path) for hour, title, path in hours]
    return Report(
        states,
        written.written,
        written.skipped,
        len(written.removed),
        warnings,
        lines,
        len(content.to_mend),
    )


def _show_log() -> None:
    """Print our plugins' log, one line for each message."""
    ours = logging.getLogger("broadside")
    ours.setLevel(logging.INFO)
    ours.handlers = [logging.StreamHandler()]
    ours.propagate = False


@contextmanager
def _failing_in_words() -> Iterator[None]:
    """Turn errors in the theme or the settings into one line that says why the build stopped."""
    try:
        yield
    except TemplateSyntaxError as problem:
        raise BuildFailed(
            f"{problem.filename or problem.name}:{problem.lineno}: {problem.message}"
        ) from None
    except TemplateError as problem:
        raise BuildFailed(f"a template failed: {type(problem).__name__}: {problem}") from None
    except Unsound as problem:
        raise BuildFailed(f"{problem}\n{TO_BLAME}") from None
    except SiteFailed as problem:
        raise BuildFailed(str(problem)) from None


@contextmanager
def _quiet_console() -> Iterator[None]:
    """Suppress Pelican's closing line; ours says more."""
    console.quiet = True
    try:
        yield
    finally:
        console.quiet = False


@contextmanager
def _without_garbage_collector() -> Iterator[None]:
    """Turn the garbage collector off: a build allocates much and frees little, so collecting is
    wasted time.
    """
    was_on = gc.isenabled()  # ./inv starts with it off
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # or the collector would visit every object as the process ends
        if was_on:
            gc.enable()


class FromSite:
    """A generator of Pelican's whose articles or pages, `contents`, were already made."""

    contents: Iterable[FromRecord]
    context: dict[str, Any]

    def get_files(self, *_: Any, **__: Any) -> list[str]:
        """Each article's path, which get_cached_data() turns back into the article."""
        self._by_path = {content.record.path: content for content in self.contents}
        return list(self._by_path)

    def get_cached_data(self, path: str, default: Any = None) -> Any:
        """The article or page at a path."""
        return self._by_path.get(path, default)

    def cache_data(self, path: str, data: Any) -> None:
        """Cache nothing."""

    def check_disabled_readers(self) -> None:
        """Do nothing, because no file is read here."""


class Stories(FromSite, ArticlesGenerator):
    """Shows stories to Pelican's plugins; our plugin `stories` writes their pages."""

    def generate_pages(self, _writer: Writer) -> None:
        """Write nothing, but send the signal for each story that will be written."""
        if pelicans.article_generator_write_article.receivers:
            for story in self.contents:
                pelicans.article_generator_write_article.send(self, content=story)


class PlainPages(FromSite, PagesGenerator):
    """Shows plain pages to Pelican's plugins; our plugin `stories` writes them."""

    def generate_output(self, writer: Writer) -> None:
        """Write nothing, but send the signal for each page that will be written."""
        for page in self.contents:
            pelicans.page_generator_write_page.send(self, content=page)
        pelicans.page_writer_finalized.send(self, writer=writer)


class Collector(Writer):
    """Pelican's writer, collecting the pages of plugins made for Pelican instead of writing
    them.
    """

    def __init__(self, output_path: str, settings: dict[str, Any], pages: list[Page]) -> None:
        super().__init__(output_path, settings)
        self._pages = pages

    def add_data(self, name: str, data: bytes) -> None:
        """Add a file whose bytes are known."""
        self._pages.append(Page(name, data))

    def write_file(
        self, name: str, template: Template, _context: dict[str, Any], *_: Any, **values: Any
    ) -> None:
        """Add a page; the arguments of Pelican that are ignored do not change what it shows."""
        ours = {"relative_urls", "paginated", "template_name", "override_output", "url"}
        shown = {key: value for key, value in values.items() if key not in ours}
        self._pages.append(Page(name, str(template.name).removesuffix(".html"), shown))


class PluginWatch:
    """Notices what plugins made for Pelican do in vain: write files themselves, or set values in
    Pelican's context.

    It does nothing if there are no such plugins.
    """

    def __init__(self, output: Path) -> None:
        self.output, self.others = output, _others()
        if self.others:
            self.before = _file_states(output)
        else:
            self.before = {}
        self.context: dict[str, Any] = {}
        self.known: Collection[str] = ()

    def meets(self, context: dict[str, Any]) -> None:
        """Note what Pelican's context holds before the plugins run."""
        if not self.known:
            self.context, self.known = context, {*context, *PELICANS}

    def tell(self) -> None:
        """Warn of what they did in vain, naming their modules."""
        if not self.others:
            return
        who = " or ".join(self.others)
        written = sorted(
            path
            for path, state in _file_states(self.output).items()
            if self.before.get(path) != state
        )
        if written:
            named = ", ".join(map(printable, written[:NAMED])) + (
                " and others" if len(written) > NAMED else ""
            )
            cure = "it may use writer.write_file, or hand over a Page: ./inv docs plugins"
            log.warning(
                "%s wrote %s into the output by itself, where no reader gets it; %s",
                who,
                named,
                cure,
            )
        values = sorted(
            name for name in self.context.keys() - set(self.known) if not name.isupper()
        )
        if values:
            named, cure = (
                ", ".join(values[:NAMED]),
                "no template sees them there; use site.values: ./inv docs plugins",
            )
            log.warning("%s put %s into Pelican's context; %s", who, named, cure)


def _others() -> list[str]:
    """The modules outside Broadside that are connected to Pelican's signals."""
    connected = (
        receiver
        for signal in vars(pelicans).values()
        if isinstance(signal, Signal)
        for receiver in signal.receivers_for(None)
    )
    found = {str(getattr(receiver, "__module__", "")) for receiver in connected}
    return sorted(name for name in found if name and not name.startswith("broadside."))


def _file_states(folder: Path) -> FileStates:
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            status = os.lstat(path)
            found[os.path.relpath(path, folder)] = status.st_mtime_ns, status.st_size, status.st_ino
    return found
