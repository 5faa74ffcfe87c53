"""Prints the site: every output file goes through one print run, which skips what has not changed.

Settings: OUTPUT_PATH, CACHE_PATH (where the manifest of the last run is kept, beside the output folder and never in it), JOBS,
PLUGINS (pages depend on which they are, and on the files of those that are none of ours), QUIRE (stories whose pages lie
together, default 50), LIVE_PATH (the site that readers see, where the output is a second tree that will be exchanged with
it; the desk sets it).
Signals used: get_writer, get_generators, generator_init. Must come last in PLUGINS, so that it prints last.
A page sees the settings in capitals, the names of vocabulary.SITE_CONTEXT, and what its writer hands it; all of these
are in its fingerprint. Sends the signal printed of broadside.plugins.signals.
The function once(component, value, …) makes a component for many pages once.
Templates come from the theme alone: one that is missing is an error.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Template
from pelican.generators import Generator
from pelican.plugins import signals
from pelican.writers import Writer

from broadside.plugins.fingerprint import Digests, digest, of_code, of_folder, of_own
from broadside.plugins.manifest import EXCHANGED, MANIFEST, Manifest
from broadside.plugins.press.environment import LazyTemplate, compile_all, of_theme
from broadside.plugins.press.look import look
from broadside.plugins.press.pair import Pair
from broadside.plugins.press.run import Run
from broadside.plugins.press.sheets import Bundle, Proof, Quire, Sheet
from broadside.plugins.processes import Future
from broadside.plugins.signals import printed
from broadside.plugins.vocabulary import PAGE_CONTEXT, SITE_CONTEXT

log = logging.getLogger("broadside")

QUIRE = 50
"""Stories whose pages lie together: with fewer, more quires are compared; with more, more pages where one has changed."""
T = TypeVar("T")
ENVIRONMENT, LOOK = "environment", "look"
"""Context names of the one template environment and of the look at the last run's files; pages see neither."""
NOT_SHOWN = {
    "PATH",
    "OUTPUT_PATH",
    "CACHE_PATH",
    "THEME",
    "PLUGINS",
    "PLUGIN_PATHS",
    "NOW",
    "JOBS",
    "DEBUG",
    "LOG_LEVEL",
    "BIND",
    "PORT",
    "AUTORELOAD",
    "RELATIVE_URLS",
    "DELETE_OUTPUT_DIRECTORY",
    "THEME_TEMPLATES_OVERRIDES",
    "OUTLET_THEME",
    "LIVE_PATH",
    "QUIRE",
    "TARGETS",
    "ROUNDUP",
    "ROUNDUP_LEAST",
    "AUDIT_WORDS",
    "PHOTO_STORE",
    "CARD_FONTS",
}
"""Settings that say where and how to build, or that other commands use; templates do not see them."""


class Press(Writer):
    """Pelican's writer, which collects what is to be written and prints it at the end."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        cache = Path(settings["CACHE_PATH"])
        self.run = Run(Path(output_path), cache / MANIFEST, settings.get("JOBS", 1), pair_of(settings))
        plugins = [*map(str, settings.get("PLUGINS", ()))]  # their order counts too
        self._code = digest(of_code(), of_own(plugins), *plugins)
        self._frame = ""
        self._values = Digests()

    def write_file(
        self, name: str, template: Template | LazyTemplate, context: dict[str, Any], *_: Any, **values: Any
    ) -> None:
        """Add a page; of Pelican's arguments, only those that the page can show are used."""
        handed = {key: value for key, value in values.items() if key in PAGE_CONTEXT}
        self.run.add(
            Sheet(
                name,
                digest(self.frame(context), template.name or "", name, self._values.of_values(handed)),
                lambda: template.render(handed).encode(),
            )
        )

    def add_file(self, name: str, fingerprint: str, make: Callable[[], bytes]) -> None:
        """Add a file that is not made by a template; `fingerprint` covers all that it depends on except code."""
        self.run.add(Sheet(name, digest(self._code, fingerprint), make))

    def add_data(self, name: str, data: bytes) -> None:
        """Add a file whose bytes are known already."""
        self.add_file(name, digest(data), lambda: data)

    def add_bundle(self, prefix: str, fingerprint: str, make: Callable[[], dict[str, bytes]]) -> None:
        """Add a folder of files that are made together; `fingerprint` covers all that they depend on."""
        self.run.bundles.append(Bundle(prefix, fingerprint, make))

    def meanwhile(self, work: Callable[[], object]) -> None:
        """Have work done by the time the site is printed: while other processes print or, if there are none, afterwards."""
        self.run.meanwhile.append(work)

    def show_to(self, proof: Callable[[str, bytes], Proof]) -> None:
        """Have a proofreader look at each file that is made."""
        self.run.proof = proof

    def quires(self, oldest_first: Sequence[T]) -> Iterator[tuple[int, Sequence[T]]]:
        """Things divided into quires, numbered from the oldest, so that a full quire stays the same when things are added."""
        size = self.settings.get("QUIRE", QUIRE)
        for number, at in enumerate(range(0, len(oldest_first), size)):
            yield number, oldest_first[at : at + size]

    def add_quire(self, name: str, context: dict[str, Any], fill: Callable[[], object], **handed: Any) -> None:
        """Add pages that are skipped or made together; `fill` adds each of them, unless all stand.

        `handed` has all that any of them is handed, under the same names, and whatever else decides where and how they are
        written; what follows from that or from the settings may be left out.
        """
        mark = digest(self.frame(context), name, self._values.of_values(handed))
        self.run.quires.append(Quire(name, mark, fill))

    def frame(self, context: dict[str, Any]) -> str:
        """The digest of what all pages have in common: settings, site-wide values, theme and code.

        The first call also puts these settings and values into the template globals, so that templates see exactly what
        is in the digest.
        """
        if not self._frame:
            settings = {key: value for key, value in context.items() if key.isupper() and key not in NOT_SHOWN}
            site = {key: context[key] for key in SITE_CONTEXT if key in context}
            environment = context[ENVIRONMENT]
            environment.globals.update(settings | site)
            # An outlet's own plugin may have replaced the theme's loader with one that has no folders.
            folders = getattr(environment.loader, "searchpath", None) or [Path(self.settings["THEME"], "templates")]
            self._frame = digest(
                self._of_settings(settings),
                self._values.of_values(site),
                *(of_folder(Path(folder)) for folder in folders),
                self._code,
            )
        return self._frame

    def _of_settings(self, settings: Mapping[str, Any]) -> str:
        """The digest of settings; a random one if there is no way to tell when one of them has changed."""
        parts: list[str] = []
        for name in sorted(settings):
            try:
                parts += (name, self._values.of_value(settings[name]))
            except TypeError:
                log.info("Nothing says when the setting %s changes; so each build makes all pages anew.", name)
                return os.urandom(16).hex()
        return digest(*parts)


class PrintRun:
    """The last of Pelican's generators, which has the writer print what the others added."""

    def __init__(self, context: dict[str, Any], **_: Any) -> None:
        self._context = context

    def generate_output(self, writer: Press) -> None:
        """Print."""
        writer.run.look = self._context[LOOK]
        done = writer.run.print(partial(compile_all, self._context[ENVIRONMENT]))
        printed.send(writer, printed=done)


def shown_of(settings: dict[str, Any]) -> Path:
    """The folder that readers see, which may not be the one that is printed into."""
    return Path(settings.get("LIVE_PATH") or settings["OUTPUT_PATH"])


def pair_of(settings: dict[str, Any]) -> Pair | None:
    """The site that readers see and the tree that is printed into; None if they are one folder."""
    if not settings.get("LIVE_PATH"):
        return None
    return Pair(shown_of(settings), Path(settings["OUTPUT_PATH"]), Path(settings["CACHE_PATH"], EXCHANGED))


def look_ahead(generator: Generator) -> None:
    """Begin to look at what readers see while the sources are read; what somebody else changes later is seen by the next run.

    If both are one folder, Pelican may empty it before it prints, so we look only then.
    """
    settings, context = generator.settings, generator.context
    if LOOK not in context:
        pair = pair_of(settings)
        last = Manifest.load(Path(settings["CACHE_PATH"], MANIFEST))
        jobs = settings.get("JOBS", 1) if pair and last != Manifest() else 1
        seen = Future.of(lambda: look(shown_of(settings), last.files, pair), jobs)
        context[LOOK] = lambda: (last, seen())


def theme_only(generator: Generator) -> None:
    """Give all generators the same environment, and templates that are compiled when they are needed."""
    if ENVIRONMENT not in generator.context:
        generator.context[ENVIRONMENT] = of_theme(generator.env)
    generator.env = environment = generator.context[ENVIRONMENT]
    generator.get_template = lambda name: LazyTemplate(environment, f"{name}.html")


def register() -> None:
    """Connect to Pelican."""
    signals.get_writer.connect(_writer)
    signals.get_generators.connect(_generator)
    signals.generator_init.connect(theme_only)
    signals.generator_init.connect(look_ahead)


def _writer(_: Any) -> type[Press]:
    return Press


def _generator(_: Any) -> type[PrintRun]:
    return PrintRun
