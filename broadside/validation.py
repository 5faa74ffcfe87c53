"""Keys with their values, declared as fields of structs, and what is said of a value that is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NoReturn, get_args, get_origin, get_type_hints

from msgspec import Struct, StructMeta

KeyPath = tuple[str | int, ...]
"""The way to a value: keys, and numbers of entries from 0."""
Marks = dict[KeyPath, tuple[int, int]]
"""The line and column, from 1, of values."""


class Refused(ValueError):
    """What was written cannot be used; has a fault's code, a message that continues after the name
    of the value, and a hint.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.code, self.message, self.hint = code, message, hint


def refuse(code: str, message: str, hint: str = "") -> NoReturn:
    """Refuse what was written."""
    raise Refused(code, message, hint)


class InContext(Struct, frozen=True):
    """A check that must know more than the value: it also gets the context of the whole
    validation.
    """

    check: Callable[[Any, Any], Any]

    def __call__(self, written: Any, told: Any) -> Any:
        """The value in its normalized form."""
        return self.check(written, told)


class Key(Struct, frozen=True):
    """Everything about a key besides its type: what it means, its default, and an example of its
    value.

    `check` makes the value, or each value of a list, from whatever was written, instead of its
    type's own check.
    """

    means: str
    check: Callable[..., Any]
    default: Any = ""
    required: bool = False
    example: str = ""

    @property
    def in_short(self) -> str:
        """The first sentence of its meaning, without the signs of Markdown, as the end of another
        sentence.
        """
        first = re.split(r"(?<=[^A-Z][.])\s", self.means)[0].removesuffix(".")
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|`", r"\1", first)
        if plain[1:2].islower():
            return plain[:1].lower() + plain[1:]
        return plain


class Keyed(StructMeta):
    """The metaclass of structs whose fields may have a key instead of a default."""

    declared_keys: dict[str, Key]

    def __new__(
        cls, name: str, bases: tuple[type, ...], own: dict[str, Any], /, **options: Any
    ) -> Keyed:
        """Make a struct with the defaults of its keys, and keep the keys."""
        inherited = getattr(bases[0], "declared_keys", {})
        keys = {field: key for field, key in (inherited | own).items() if isinstance(key, Key)}
        defaults = {field: key.default for field, key in keys.items() if field in own}
        made = super().__new__(cls, name, bases, own | defaults, **options)
        made.declared_keys = keys
        return made


class Declared(Struct, frozen=True):
    """What is declared of a key: whether it has several values, and the struct of the keys that
    each of them has, if any; of a field, also its type.
    """

    key: Any
    entry: Any = None
    several: bool = False
    type: Any = None

    @property
    def required(self) -> bool:
        """Whether it must be there."""
        return bool(self.key.required)

    @property
    def empty(self) -> Any:
        """Its value where it was not written."""
        if self.several:
            return []
        return self.key.default


@cache
def keys_of(kind: Any) -> Mapping[str, Declared]:
    """The keys of a struct that can be written."""
    hints = get_type_hints(kind, include_extras=True)
    keys = kind.declared_keys
    return {name: _declared(hint, keys[name]) for name, hint in hints.items() if name in keys}


def _declared(hint: Any, key: Key) -> Declared:
    parts = get_args(hint)
    entry = next((each for each in (hint, *parts) if isinstance(each, Keyed)), None)
    return Declared(key, entry, get_origin(hint) is list, hint)
