"""Jinja, quicker where our theme lets it be: every page sees the same globals, and macros take only what they are given."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from types import CodeType
from typing import Any

import jinja2
from jinja2 import ChoiceLoader, Environment
from jinja2.runtime import Context, Macro
from jinja2.utils import LRUCache
from markupsafe import Markup, escape
from msgspec import Struct

from plugins.press.once import Once


def of_theme(environment: Environment) -> Environment:
    """Make Pelican's environment that of our theme alone, without its fallback theme, which would step in silently."""
    environment.template_class = Template
    environment.context_class = Page
    environment.auto_reload = False  # a build reads its theme once
    if isinstance(environment.cache, LRUCache):
        environment.cache = {}  # a theme has few templates, so that none need go when another comes
    environment.globals["once"] = Once()
    if isinstance(environment.loader, ChoiceLoader):
        environment.loader = environment.loader.loaders[0]
    return environment


def environments(generators: Iterable[Any]) -> list[Environment]:
    """Those of Pelican's generators, to which plugins add what templates ask for; one that an outlet brings may have none."""
    return [generator.env for generator in generators if hasattr(generator, "env")]


def compile_all(environment: Environment) -> None:
    """Compile all templates, before processes are forked that would each compile those that it needs."""
    for name in environment.list_templates(["html"]):
        environment.get_template(name)


class LazyTemplate(Struct, frozen=True):
    """A template of the theme that is compiled when a page is made of it; most builds make pages of few.

    It stands wherever Pelican's generators hand one out. A name that the theme lacks is found out at the first page too:
    with another theme, all pages are made.
    """

    environment: Environment
    name: str

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The page."""
        return self.environment.get_template(self.name).render(*args, **kwargs)


class Template(jinja2.Template):
    """A template whose macros are made once for all pages that import them.

    Jinja makes them anew for every importing page that may have globals of its own; ours all have the same, and the
    comparison alone cost a third of the time that rendering takes.
    """

    @classmethod
    def from_code(cls, environment: Environment, code: CodeType, *rest: Any, **more: Any) -> jinja2.Template:
        """The template of compiled code, which passes over what is escaped already: all that macros return."""
        template = super().from_code(environment, code, *rest, **more)
        template.root_render_func.__globals__["escape"] = _escaped  # the names of this template's code alone
        return template

    def _get_default_module(self, _: Any = None) -> Any:
        return super()._get_default_module()

    def new_context(self, *args: Any, **kwargs: Any) -> Any:
        """The context of a page; the names that all pages share are no longer looked for in layers."""
        if not isinstance(self.globals, dict):
            self.globals = dict(self.globals)
        return super().new_context(*args, **kwargs)


class Page(Context):
    """A page's context, which calls components without asking first how each wants to be called."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """What a call in a template gives."""
        kind = type(called)
        if kind is not Macro and kind is not Once:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_loop_vars", None)  # what Jinja adds for those who want to know the context
        kwargs.pop("_block_vars", None)
        return called(*args, **kwargs) if kind is Once else called(self.eval_ctx, *args, **kwargs)


def _escaped(value: Any) -> Markup:
    kind = type(value)
    return value if kind is Markup else _remembered(value) if kind is str else escape(value)


_remembered = lru_cache(5_000)(escape)
"""Nine of ten texts that pages escape were on one before: names, headlines, addresses."""
