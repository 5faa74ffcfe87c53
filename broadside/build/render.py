"""Renders pages, and computes a digest of everything each page depends on.

A page shows only the values it is given, and these are hashed, so an equal digest means an equal
page. Jinja is sped up by relying on two things that our theme guarantees: all pages see the same
globals, and macros see only their arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from broadside.digests import COUNTED_WHOLE, WHOLE, Digests, digest, of_code, of_folder, of_own
from broadside.faults import SiteFailed
from broadside.folders import ENGINE
from broadside.look import SLOTS as SLOT_NAMES
from broadside.parts import folders
from broadside.site import Bundle, Copied, Page, Site
from broadside.site.doors import SLOTS
from broadside.words import in_english

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
    "PHOTO_STORE",
    "CARD_FONTS",
}
"""Settings about where and how to build, or for other commands; templates do not see them."""


class Renderer:
    """Renders pages with the theme's templates, which see the settings in capitals, the site's
    values and their page's values.
    """

    def __init__(self, environment: Environment, site: Site) -> None:
        self._environment, self._texts = environment, site.texts
        self._digests = Digests()
        environment.filters.update(site.filters)
        shown = {
            key: value
            for key, value in vars(site.settings).items()
            if key.isupper() and key not in NOT_SHOWN
        }
        shown.update(site.values, slots_of_plugins=by_slot())
        environment.globals.update(shown | site.functions)
        self._shared = shown
        loaded = {name.rpartition(".")[2] for name in map(str, site.settings.PLUGINS)}
        self._left_out = {folder.parent.name for folder in folders("templates")} - loaded
        self._code = code_of(site)
        own = site.settings.THEME_TEMPLATES_OVERRIDES
        places = [*map(Path, own), Path(site.settings.THEME, "templates")]
        self.theme = digest(
            self._digests.of_values(shown),
            *map(of_folder, places),
            self._code,
        )
        """The digest of what all templates share: settings, values, templates and code."""
        site.texts.teaser = site.texts.whole = self.theme

    def digest(self, page: Page | Bundle) -> str:
        """The digest of everything that a page or bundle depends on."""
        if isinstance(page, Bundle):
            values = self._digests.of_values(page.values, whole=True)
            return digest(self._code, page.folder, _name_of(page.make), values)
        if isinstance(page.content, bytes):
            return digest(self._code, page.content)
        if isinstance(page.content, Copied):
            return digest(page.content.digest)
        if isinstance(page.content, str):
            return digest(self.theme, page.content, page.path, self._digests.of_values(page.values))
        return digest(self._code, _name_of(page.content), self._digests.of_values(page.values))

    def whole(self, page: Page) -> str:
        """The digest of a page in which every story counts with its text."""
        shared, own = (
            self._digests.of_values(values, whole=True) for values in (self._shared, page.values)
        )
        return digest(self.digest(page), shared, own) + COUNTED_WHOLE

    def made(self, page: Page) -> tuple[bytes, str]:
        """The bytes of a page, and its digest `whole` if it shows the text of a story that digest()
        counts as a teaser.
        """
        shown = self._texts.shown = []
        data = self.render(page)
        counted = {id(each) for name in WHOLE for each in _several(page.values.get(name))}
        for each in shown:
            if id(each) not in counted and each.teaser != each.whole:
                return data, self.whole(page)
        return data, ""

    def render(self, page: Page) -> bytes:
        """The bytes of a page."""
        if isinstance(page.content, bytes):
            return page.content
        if isinstance(page.content, str):
            template = self._environment.get_template(f"{page.content}.html")
            return template.render({"path": page.path, **page.values}).encode()
        if isinstance(page.content, Copied):
            raise TypeError(f"{page.path} is copied, not rendered")
        return page.content(**page.values)

    def compile_templates(self) -> None:
        """Compile all templates before forking, so that each process need not do it again."""
        for name in self._environment.list_templates(["html"]):
            if name.partition("/")[0] not in self._left_out:
                self._environment.get_template(name)


def code_of(site: Site) -> str:
    """The digest of all code that makes the site's pages, and of the words it has for them."""
    plugins = [*map(str, site.settings.PLUGINS)]  # their order matters
    return digest(of_code(), of_own(plugins), site.words.digest, *plugins)


class CompiledTemplates(FileSystemBytecodeCache):
    """Keeps templates as Jinja compiled them, until a template, or what Jinja compiles it with,
    changes.

    They are code that a build runs, so they are kept beside the engine's own compiled code and not
    in the cache folder: whatever can change files there can change the engine too.
    """

    def __init__(self, site: Site) -> None:
        super().__init__(str(ENGINE / "__pycache__" / "templates"))
        jinja = {
            name: value for name, value in vars(site.settings).items() if name.startswith("JINJA_")
        }
        # Jinja works out constant parts of a template as it compiles it, by filters that may be an
        # outlet's, or know its words.
        self._compiled_with = digest(code_of(site), Digests().of_values(jinja))

    def get_source_checksum(self, source: str) -> str:
        """A digest of the template, and of what it is compiled with."""
        return digest(self._compiled_with, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template, unless what is kept is damaged: a file that was cut short has no end
        that Jinja expects.
        """
        try:
            super().load_bytecode(bucket)
        except Exception:  # marshal and pickle raise whatever they like
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, or leave it if nothing can be written here."""
        with suppress(OSError):
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, (list, tuple)) else [value]


def _name_of(function: Callable[..., Any]) -> str:
    """The name of a function.

    Arguments bound by partial() do not count: they may only say where the bytes are found.
    """
    plain: Any = function.func if isinstance(function, partial) else function
    return f"{plain.__module__}.{plain.__qualname__}"


def of_theme(environment: Environment) -> Environment:
    """Adapt Pelican's environment to our theme and plugins, and remove Pelican's fallback theme,
    which would silently replace a missing template.
    """
    environment.template_class = Template
    environment.context_class = PageContext
    environment.auto_reload = False  # a build reads the theme once
    # instead of one that drops the oldest: templates are few, and each page asks for dozens
    environment.cache = {}
    environment.globals["once"] = Once()
    if isinstance(environment.loader, ChoiceLoader):
        environment.loader = ChoiceLoader([environment.loader.loaders[0], templates_of_plugins()])
    return environment


def templates_of_plugins() -> PrefixLoader:
    """The templates in the folders of plugins: NAME/line.html is plugins/NAME/templates/line.html.

    An outlet's come before those of a plugin of ours that has the same name.
    """
    found: dict[str, list[Path]] = {}
    for folder in folders("templates"):
        found.setdefault(folder.parent.name, []).insert(0, folder)
    return PrefixLoader({name: FileSystemLoader(places) for name, places in found.items()})


def by_slot() -> dict[str, list[str]]:
    """The templates that plugins have for each slot of the theme."""
    templates: dict[str, list[str]] = {slot: [] for slot in SLOT_NAMES}
    for slot, template in SLOTS:
        if slot not in templates:
            known = ", ".join(SLOT_NAMES)
            raise SiteFailed(f'{template} is for the slot "{slot}"; the theme has only {known}')
        templates[slot].append(template)
    return templates


class Template(jinja2.Template):
    """A template whose macros are created once for all pages that import them.

    Jinja creates them again for every page whose globals might differ. Ours never do, and comparing
    them would take a third of the rendering time.
    """

    @classmethod
    def from_code(
        cls, environment: Environment, code: CodeType, *rest: Any, **more: Any
    ) -> jinja2.Template:
        """A template from compiled code, whose `escape` returns Markup at once; most values, such
        as the output of macros, are Markup.
        """
        template = super().from_code(environment, code, *rest, **more)
        # the globals of this template's code only
        template.root_render_func.__globals__["escape"] = _escaped
        return template

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The page, with lang="en" on words that appear in English for want of a translation."""
        return in_english(super().render(*args, **kwargs))

    def _get_default_module(self, _: Any = None) -> Any:
        return super()._get_default_module()

    def new_context(self, *args: Any, **kwargs: Any) -> Any:
        """The context of a page; shared names come from one dict instead of a chain of dicts."""
        if not isinstance(self.globals, dict):
            self.globals = dict(self.globals)
        return super().new_context(*args, **kwargs)


class PageContext(Context):
    """A page's context, which calls components without Jinja's checks of the calling convention."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call something from a template."""
        kind = type(called)
        if kind is not Macro and kind is not Once:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_loop_vars", None)  # Jinja adds it for callables that take the context
        kwargs.pop("_block_vars", None)
        if kind is Once:
            return called(*args, **kwargs)
        return called(self.eval_ctx, *args, **kwargs)


def _escaped(value: Any) -> Markup:
    kind = type(value)
    return value if kind is Markup else _remembered(value) if kind is str else escape(value)


_remembered = lru_cache(5_000)(escape)
"""Nine out of ten strings that pages escape were on an earlier page: names, headlines,
addresses.
"""


class Once:
    """Calls a component once for the same arguments, and caches its HTML.

    Strings are compared by value, other positional arguments by identity. Such a component must
    depend on nothing but its arguments.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], tuple[Markup, Any]] = {}

    def __call__(self, component: Any, *value: Any, **words: Any) -> Markup:
        """The component's HTML."""
        key = (
            component.name,
            *[each if isinstance(each, str) else id(each) for each in value],
            *words.items(),
        )
        made = self._made.get(key)
        if made is None:
            # The values are kept too: once freed, another object could get the same id.
            made = self._made[key] = component(*value, **words), value
        return made[0]
