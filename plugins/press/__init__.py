"""Writes the site: every output file is handed to one writer, which skips what has not changed.

Settings: OUTPUT_PATH, CACHE_PATH (where the store is, beside the output folder and never in it), JOBS, PLUGINS (pages depend on
which they are, and on the files of those that are none of ours), LIVE_PATH (the site that readers see, where the output is a
second tree that will be exchanged with it; the desk sets it).
Signals used: get_writer, get_generators, generator_init. Must come last in PLUGINS, so that it writes last.
A page sees the settings in capitals, the names of vocabulary.SITE_CONTEXT, and what its writer hands it; all of these
are in its digest. Sends the signal written of broadside.plugins.signals.
The function once(component, value, …) makes a component for many pages once.
Templates come from the theme alone: one that is missing is an error.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Template
from pelican.generators import Generator
from pelican.plugins import signals
from pelican.writers import Writer

from broadside.plugins.fingerprint import Digests, digest, of_code, of_folder, of_own
from broadside.plugins.output.page import Bundle, Page
from broadside.plugins.output.tree import Tree
from broadside.plugins.output.write import Proof, Written, write
from broadside.plugins.press.environment import LazyTemplate, of_theme
from broadside.plugins.signals import written
from broadside.plugins.store import Store
from broadside.plugins.vocabulary import PAGE_CONTEXT, SITE_CONTEXT

log = logging.getLogger("broadside")

ENVIRONMENT = "environment"
"""The context name of the one template environment; pages do not see it."""
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
    "TARGETS",
    "ROUNDUP",
    "ROUNDUP_LEAST",
    "AUDIT_WORDS",
    "PHOTO_STORE",
    "CARD_FONTS",
}
"""Settings that say where and how to build, or that other commands use; templates do not see them."""


class Press(Writer):
    """Pelican's writer, which collects what is to be written, and writes it at the end."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings)
        self.pages: list[Page] = []
        self.bundles: list[Bundle] = []
        self.tree = tree_of(settings)
        plugins = [*map(str, settings.get("PLUGINS", ()))]  # their order counts too
        self._code = digest(of_code(), of_own(plugins), *plugins)
        self._frame = ""
        self._values = Digests()
        self._marks: dict[str, str] = {}
        self._proof: Proof = lambda _path, _data, _has: ()

    def write_file(
        self, name: str, template: Template | LazyTemplate, context: dict[str, Any], *_: Any, **values: Any
    ) -> None:
        """Add a page; of Pelican's arguments, only those that the page can show are used."""
        handed = {key: value for key, value in values.items() if key in PAGE_CONTEXT}
        self.pages.append(Page(name, lambda: template.render(handed).encode()))
        self._marks[name] = digest(self.frame(context), template.name or "", name, self._values.of_values(handed))

    def add_file(self, name: str, fingerprint: str, make: Callable[[], bytes]) -> None:
        """Add a file that is not made by a template; `fingerprint` covers all that it depends on except code."""
        self.pages.append(Page(name, make))
        self._marks[name] = digest(self._code, fingerprint)

    def add_data(self, name: str, data: bytes) -> None:
        """Add a file whose bytes are known already."""
        self.add_file(name, digest(data), lambda: data)

    def add_bundle(self, prefix: str, fingerprint: str, make: Callable[[], dict[str, bytes]]) -> None:
        """Add a folder of files that are made together; `fingerprint` covers all that they depend on."""
        self.bundles.append(Bundle(prefix, make))
        self._marks[f"{prefix}/"] = fingerprint

    def show_to(self, proof: Proof) -> None:
        """Have a proofreader look at each file that is made."""
        self._proof = proof

    def write_all(self) -> Written:
        """Write what has changed."""
        return write(
            self.pages,
            self.bundles,
            self.tree,
            digest_of=lambda page: self._marks[page.path if isinstance(page, Page) else f"{page.folder}/"],
            render=rendered,
            proof=self._proof,
            jobs=self.settings.get("JOBS", 1),
        )

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


class WriteAll:
    """The last of Pelican's generators, which has the writer write what the others added."""

    def __init__(self, **_: Any) -> None:
        pass

    def generate_output(self, writer: Press) -> None:
        """Write."""
        done = writer.write_all()
        if writer.tree.is_in_place:
            writer.tree.store.keep_pages(done.files, done.dropped, {})
        written.send(writer, written=done)


def rendered(page: Page) -> bytes:
    """The bytes of a page."""
    return page.content() if callable(page.content) else b""


def tree_of(settings: dict[str, Any]) -> Tree:
    """The site that readers see and the tree that is written into."""
    output = Path(settings["OUTPUT_PATH"])
    return Tree(shown_of(settings), output, Store(Path(settings["CACHE_PATH"])))


def shown_of(settings: dict[str, Any]) -> Path:
    """The folder that readers see, which may not be the one that is written into."""
    return Path(settings.get("LIVE_PATH") or settings["OUTPUT_PATH"])


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


def _writer(_: Any) -> type[Press]:
    return Press


def _generator(_: Any) -> type[WriteAll]:
    return WriteAll
