"""Jinja made faster by what our theme guarantees: all pages see the same globals, and macros see only their arguments."""

from __future__ import annotations

from functools import lru_cache
from types import CodeType
from typing import Any

import jinja2
from jinja2 import ChoiceLoader, Environment
from jinja2.runtime import Context, Macro
from jinja2.utils import LRUCache
from markupsafe import Markup, escape

from broadside.words import in_english


def of_theme(environment: Environment) -> Environment:
    """Adapt Pelican's environment to our theme, and take out its fallback theme, which would step in silently."""
    environment.template_class = Template
    environment.context_class = Page
    environment.auto_reload = False  # a build reads its theme once
    if isinstance(environment.cache, LRUCache):
        environment.cache = {}  # a theme has few templates, so none need be evicted
    environment.globals["once"] = Once()
    if isinstance(environment.loader, ChoiceLoader):
        environment.loader = environment.loader.loaders[0]
    return environment


class Template(jinja2.Template):
    """A template whose macros are made once for all pages that import them.

    Jinja makes them anew for every page whose globals may differ. Ours are all the same, and comparing them would take a
    third of the time of rendering.
    """

    @classmethod
    def from_code(cls, environment: Environment, code: CodeType, *rest: Any, **more: Any) -> jinja2.Template:
        """A template from compiled code, with an `escape` that quickly skips what is escaped already, as all that macros return is."""
        template = super().from_code(environment, code, *rest, **more)
        template.root_render_func.__globals__["escape"] = _escaped  # the globals of this template's code only
        return template

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The page, where words that are in English for want of a translation are said to be that."""
        return in_english(super().render(*args, **kwargs))

    def _get_default_module(self, _: Any = None) -> Any:
        return super()._get_default_module()

    def new_context(self, *args: Any, **kwargs: Any) -> Any:
        """The context of a page, in which shared names are found in one dict instead of a chain of them."""
        if not isinstance(self.globals, dict):
            self.globals = dict(self.globals)
        return super().new_context(*args, **kwargs)


class Page(Context):
    """A page's context, which calls components without Jinja's check of how each wants to be called."""

    def call(self, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """The result of a call in a template."""
        kind = type(called)
        if kind is not Macro and kind is not Once:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_loop_vars", None)  # which Jinja adds for callables that take the context
        kwargs.pop("_block_vars", None)
        return called(*args, **kwargs) if kind is Once else called(self.eval_ctx, *args, **kwargs)


def _escaped(value: Any) -> Markup:
    kind = type(value)
    return value if kind is Markup else _remembered(value) if kind is str else escape(value)


_remembered = lru_cache(5_000)(escape)
"""Nine out of ten texts that pages escape have been on an earlier page: names, headlines, addresses."""


class Once:
    """Calls a component once for the same arguments, and remembers its HTML.

    Texts are compared by what they say, any other positional argument by its identity. A component called through this may
    depend on nothing but its arguments.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], tuple[Markup, Any]] = {}

    def __call__(self, component: Any, *value: Any, **words: Any) -> Markup:
        """The component's HTML."""
        key = (component.name, *[each if isinstance(each, str) else id(each) for each in value], *words.items())
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = component(*value, **words), value  # held, or another could have its identity
        return made[0]
