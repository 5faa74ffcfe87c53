"""Renders pages, and digests all that each depends on.

A page shows only what it is handed, and what it is handed is hashed: an equal digest means an equal page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment

from broadside.digests import Digests, digest, of_code, of_folder, of_own
from broadside.site import Site
from broadside.site.page import Bundle, Copied, Page

NOT_SHOWN = {
    "PATH",
    "OUTPUT_PATH",
    "CACHE_PATH",
    "THEME",
    "PLUGINS",
    "PLUGIN_PATHS",
    "PELICAN_CLASS",
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
    "ADMIN",
    "ROUNDUP",
    "ROUNDUP_LEAST",
    "AUDIT_WORDS",
    "PHOTO_STORE",
    "CARD_FONTS",
}
"""Settings that say where and how to build, or that other commands use; templates do not see them."""


class Renderer:
    """Renders pages with the theme's templates, which see the settings in capitals, the site's values, and what their page is handed."""

    def __init__(self, environment: Environment, site: Site) -> None:
        self._environment = environment
        self._digests = Digests()
        environment.filters.update(site.filters)
        shown = {key: value for key, value in site.settings.items() if key.isupper() and key not in NOT_SHOWN}
        shown.update(site.values)
        environment.globals.update(shown | site.functions)
        plugins = [*map(str, site.settings.get("PLUGINS", ()))]  # their order counts too
        self._code = digest(of_code(), of_own(plugins), site.words.digest, *plugins)
        # An outlet's own plugin may have replaced the theme's loader with one that has no folders.
        folders = getattr(environment.loader, "searchpath", None) or [Path(site.settings["THEME"], "templates")]
        self.theme = digest(
            self._digests.of_values(shown), *(of_folder(Path(folder)) for folder in folders), self._code
        )
        """The digest of what all pages made by templates have in common: settings, values, templates and code."""
        site.texts.teaser = site.texts.whole = self.theme

    def digest(self, page: Page | Bundle) -> str:
        """The digest of all that a page or bundle depends on."""
        if isinstance(page, Bundle):
            return digest(self._code, page.folder, _name_of(page.make), self._digests.of_values(page.values))
        if isinstance(page.content, bytes):
            return digest(self._code, page.content)
        if isinstance(page.content, Copied):
            return digest(page.content.digest)
        if isinstance(page.content, str):
            return digest(self.theme, page.content, page.path, self._digests.of_values(page.values))
        return digest(self._code, _name_of(page.content), self._digests.of_values(page.values))

    def render(self, page: Page) -> bytes:
        """The bytes of a page."""
        if isinstance(page.content, bytes):
            return page.content
        if isinstance(page.content, str):
            return self._environment.get_template(f"{page.content}.html").render(page.values).encode()
        if isinstance(page.content, Copied):
            raise TypeError(f"{page.path} is copied, not rendered")
        return page.content(**page.values)

    def compile_templates(self) -> None:
        """Compile all templates, so that processes forked afterwards need not each compile them."""
        for name in self._environment.list_templates(["html"]):
            self._environment.get_template(name)


def _name_of(function: Callable[..., Any]) -> str:
    """The name of a function. What is bound to it by partial() does not count: it may only say where the bytes are found."""
    plain: Any = function.func if isinstance(function, partial) else function
    return f"{plain.__module__}.{plain.__qualname__}"
