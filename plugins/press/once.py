"""Makes a component that is the same on many pages only once."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup


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
