"""Components that stand on many pages alike, made once."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup


class Once:
    """Calls a component for a value and the same words once, or without either, and remembers what came out.

    A text is known by its words, and any other value by its identity. A component called through this may depend on its
    arguments and on nothing else of the page.
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
