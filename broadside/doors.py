"""Doors: where a part of the core takes what plugins give it. broadside/plugin.py has them all in
one value.

A door is declared by the room that uses it, so that it names only types of that room and those
below.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar

Part = TypeVar("Part")
OURS = "broadside.plugins."
_loaded: set[str] = set()
_given_to_any: list[dict[str, Any]] = []


class Door(Generic[Part]):
    """What plugins have given for one purpose, in the order in which they came; what is given again
    replaces the first.
    """

    def __init__(self) -> None:
        self._given: dict[str, tuple[Part, ...]] = {}
        _given_to_any.append(self._given)

    def take(self, plugin: str, parts: Iterable[Part]) -> None:
        """Take what a plugin of this name gives."""
        # the last call counts, which a build makes in the order of PLUGINS
        self._given.pop(plugin, None)
        self._given[plugin] = tuple(parts)

    @property
    def by_giver(self) -> dict[str, tuple[Part, ...]]:
        """What each plugin has given."""
        return dict(self._given)

    @property
    def givers(self) -> set[str]:
        """The plugins that have given something."""
        return {name for name, parts in self._given.items() if parts}

    def __iter__(self) -> Iterator[Part]:
        for parts in self._given.values():
            yield from parts


NEEDS: Door[str] = Door()
"""The full names of other plugins that a plugin cannot do without."""


def lacking(plugins: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each plugin that is left out though another, or the theme, cannot do without it: who needs
    it, and its name.
    """
    named = {each for plugin in plugins for each in names_of(plugin)}
    of_theme = importlib.import_module(OURS.rstrip(".")).FOR_THE_THEME
    needs = {"the theme": [f"{OURS}{name}" for name in of_theme], **NEEDS.by_giver}
    for who, needed in needs.items():
        yield from ((who, name) for name in needed if name not in named)


def put(things: dict[str, Part], name: str, thing: Part, after: str = "") -> None:
    """Add a thing to others by its name, below one of them or, if that is not there, at the end."""
    if name in things or after not in things:
        things[name] = thing
        return
    before = list(things.items())
    at = list(things).index(after) + 1
    things.clear()
    things.update([*before[:at], (name, thing), *before[at:]])


def load(plugins: Sequence[str]) -> None:
    """Let plugins give what commands need that build nothing; in a build, Pelican then asks all of
    them.
    """
    needed = [f"{OURS}{name}" for name in importlib.import_module(OURS.rstrip(".")).FOR_COMMANDS]
    for name in plugins:
        if name not in _loaded and (name in needed or not name.startswith(OURS)):
            _loaded.add(name)
            _imported(name).register()


def forget() -> None:
    """Empty all doors."""
    _loaded.clear()
    for given in _given_to_any:
        given.clear()


def names_of(plugin: str) -> tuple[str, str]:
    """Pelican's names for a plugin: the one in the setting, and the full name if that is short for
    an installed plugin.
    """
    return plugin, f"pelican.plugins.{plugin}"


def _imported(plugin: str) -> Any:
    name, in_full = names_of(plugin)
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as problem:
        if problem.name != name:
            raise
        return importlib.import_module(in_full)
