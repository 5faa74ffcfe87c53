"""Makes the site: has Pelican write what changed into the second tree, exchanges it with the output, and reports."""

from __future__ import annotations

import gc
import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from broadside.build.due import moments
from broadside.build.proof import Unsound
from broadside.build.release import note_release
from broadside.build.report import BuildFailed, NotNoted, Report
from broadside.build.staging import Staging
from broadside.build.up_to_date import inputs, note
from broadside.build.write import Written
from broadside.config.files import names_of
from broadside.config.links import astray
from broadside.config.options import Options, settings_of
from broadside.content.content import Content
from broadside.content.folder import scan
from broadside.faults import FaultsFound, SiteFailed, errors_in
from broadside.folders import OUTLET
from broadside.stopping import stop_no_more

if TYPE_CHECKING:  # it loads Pelican
    from broadside.build.run import Build

TO_BLAME = (
    "A theme, a setting or Broadside itself is to blame; or an address of this site that a text gives in full, "
    "which ./inv check finds."
)


def make_site(options: Options, made_of: str, keep: Callable[[Build], object] = bool) -> Report:
    """Make what changed in the site; raises FaultsFound or BuildFailed, and then leaves the output as it was.

    `made_of` is what up_to_date.inputs() said before anything was read. What the site was made of goes to `keep`.
    """
    _show_log()
    if not options.content_path.is_dir():  # Pelican would stop with a traceback
        raise FaultsFound(scan(options.content_path).faults)
    staging = Staging(options.output_path, options.cache_path, options.content_path, OUTLET)
    settings = settings_of(options, staging.tree)  # first, so that refused settings leave nothing behind

    def waiting() -> None:
        print("This output is being built or published already; waiting for it …", file=sys.stderr)

    with staging.locked(waiting) as waited, _without_garbage_collector():
        if waited:  # the content may have changed meanwhile, and may change back before the next build
            made_of, settings = inputs(options), settings_of(options, staging.tree)
        staging.prepare(fresh=options.clean)
        settings["LIVE_PATH"] = str(staging.output)
        build = _run_pelican(settings, options.conf)
        keep(build)
        site, written, tree = build.site, build.written, build.tree
        now = site.options.now
        report = _report(site.content, written)
        until = moments(site.content, site.options, now)[0].moment
        if written.written or written.removed:
            staging.commit(tree, written, at_last=stop_no_more)
        elif written.has_begun:
            tree.store.keep_pages(written.files, written.dropped, tree.after_exchange([], is_made=False))
        try:
            note_release(options, now, settings["SITEURL"], bool(settings.get("SHOW_DRAFTS")))
            note(tree.store, made_of, report, now, until)
        except OSError as problem:
            raise NotNoted(options.output_path, problem) from None
    return report


def _show_log() -> None:
    """Print what our plugins log, a line for each message."""
    ours = logging.getLogger("broadside")
    ours.setLevel(logging.INFO)
    ours.handlers = [logging.StreamHandler()]
    ours.propagate = False


def _report(content: Content, written: Written) -> Report:
    stories = content.stories
    states = Counter(content.states[record.path] for record in stories)
    warnings = [fault for fault in content.faults if fault.severity == "warning"]
    held = [each for each in stories if content.states[each.path] == "held"] if states["held"] else []
    hours = sorted((each.date, each.data.title, each.path) for each in held if each.date)
    lines = [(hour.isoformat(), title, path) for hour, title, path in hours]
    return Report(states, written.written, written.skipped, len(written.removed), warnings, lines, len(content.to_mend))


def _run_pelican(settings: dict[str, Any], conf: str) -> Build:
    """Have Pelican build with the settings, which come from the file `conf`."""
    from broadside.build.run import Build

    logging.getLogger("pelican").setLevel(logging.ERROR)
    wanted = list(settings["PLUGINS"])

    class OurBuild(Build):
        def init_path(self) -> None:
            """Leave sys.path alone: Pelican would put the current folder first, where there may be a guest's numpy.py."""

        def check(self, content: Content) -> None:
            """Raise FaultsFound if the content or a link in the settings has errors."""
            super().check(content)
            faults = list(astray(content, self.settings, OUTLET, conf))
            if errors_in(faults):
                raise FaultsFound(faults)

    with _quiet_console():
        build = OurBuild(settings)
        missing = [name for name in wanted if set(settings["PLUGINS"]).isdisjoint(names_of(name))]
        if missing:
            raise BuildFailed(f"the plugin {missing[0]} could not be loaded; the lines above say why")
        with _failing_in_words():
            build.run()
    return build


@contextmanager
def _failing_in_words() -> Iterator[None]:
    """Say in one line why a build stopped, if the theme or the settings are to blame rather than a bug of ours."""
    from jinja2 import TemplateError, TemplateSyntaxError

    try:
        yield
    except TemplateSyntaxError as problem:
        raise BuildFailed(f"{problem.filename or problem.name}:{problem.lineno}: {problem.message}") from None
    except TemplateError as problem:
        raise BuildFailed(f"a template failed: {type(problem).__name__}: {problem}") from None
    except Unsound as problem:
        raise BuildFailed(f"{problem}\n{TO_BLAME}") from None
    except SiteFailed as problem:
        raise BuildFailed(str(problem)) from None


@contextmanager
def _quiet_console() -> Iterator[None]:
    """Suppress Pelican's closing line; ours says more."""
    from pelican.log import console

    console.quiet = True
    try:
        yield
    finally:
        console.quiet = False


@contextmanager
def _without_garbage_collector() -> Iterator[None]:
    """Turn the garbage collector off: a build makes many values and drops few, so collecting them wastes time."""
    was_on = gc.isenabled()  # ./inv starts with it off
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # or the collector would visit all of them as the process ends
        if was_on:
            gc.enable()
