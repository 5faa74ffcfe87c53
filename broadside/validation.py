"""Checks what people wrote against its declared type: returns the good values, and reports every problem with its place.

Types are structs or typed dicts of lists, words, numbers and the like. In `Annotated[str, check]`, the function gets what the type
accepted, and returns its normalized form or raises ValueError. In a struct made by Keyed, a Key instead of a field's default says
the rest, and only fields with one can be written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NoReturn, NotRequired, Required, Union, get_args, get_origin, get_type_hints

from msgspec import UNSET, Struct, StructMeta
from msgspec.structs import fields

from broadside.faults import did_you_mean, quoted

KeyPath = tuple[str | int, ...]
"""The way to a value: keys, and numbers of entries from 0."""
Marks = dict[KeyPath, tuple[int, int]]
"""The line and column, from 1, of values."""

SAYS: Mapping[Any, str] = {
    str: "text in quotes",
    int: "a whole number, without quotes",
    bool: "True or False, without quotes",
    list: "a list in brackets",
    tuple: 'a pair, such as ("About", "about/")',
    dict: "names with values, in braces",
}
"""What a value of each type is, for messages to someone who wrote another one."""


class Refused(ValueError):
    """What was written cannot be used; has a fault's code, a message that continues after the name of the value, and a hint."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(f"{message}; {hint}" if hint else message)
        self.code, self.message, self.hint = code, message, hint


def refuse(code: str, message: str, hint: str = "") -> NoReturn:
    """Refuse what was written."""
    raise Refused(code, message, hint)


class InContext(Struct, frozen=True):
    """A check that must know more than the value: it also gets the context of the whole validation."""

    check: Callable[[Any, Any], Any]

    def __call__(self, written: Any, told: Any) -> Any:
        """The value in its normalized form."""
        return self.check(written, told)


class Key(Struct, frozen=True):
    """Everything about a key besides its type: what it means, its default, and an example of its value.

    `check` makes the value, or each value of a list, from whatever was written, instead of its type's own check.
    """

    means: str
    check: Callable[..., Any]
    default: Any = ""
    required: bool = False
    example: str = ""

    @property
    def in_short(self) -> str:
        """The first sentence of its meaning, without the signs of Markdown, as the end of another sentence."""
        first = re.split(r"(?<=[.])\s", self.means)[0].removesuffix(".")
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|`", r"\1", first)
        return plain[:1].lower() + plain[1:] if plain[1:2].islower() else plain


class Keyed(StructMeta):
    """The metaclass of structs whose fields may have a key instead of a default."""

    declared_keys: dict[str, Key]

    def __new__(cls, name: str, bases: tuple[type, ...], own: dict[str, Any], /, **options: Any) -> Keyed:
        """Make a struct with the defaults of its keys, and keep the keys."""
        inherited = getattr(bases[0], "declared_keys", {})
        keys = {field: key for field, key in (inherited | own).items() if isinstance(key, Key)}
        defaults = {field: key.default for field, key in keys.items() if field in own}
        made = super().__new__(cls, name, bases, own | defaults, **options)
        made.declared_keys = keys
        return made


class Within(Struct, frozen=True):
    """The check that a number is not too small or too large."""

    least: int
    most: int = 0

    def __call__(self, written: int) -> int:
        """The number."""
        if written < self.least or (self.most and written > self.most):
            refuse("number", f"should be at least {self.least}" + (f" and at most {self.most}" if self.most else ""))
        return written


class Declared(Struct, frozen=True):
    """A declared type, taken apart: `kind` is list, tuple, dict, Union or Literal, of `parts`, or the type itself; then `checks`.

    For a key, `key` says the rest, and `required` whether it must be there.
    """

    kind: Any = Any
    parts: tuple[Any, ...] = ()
    checks: tuple[Callable[..., Any], ...] = ()
    key: Any = None
    required: bool = False

    @property
    def several(self) -> bool:
        """Whether it is a list."""
        return self.kind is list

    @property
    def entry(self) -> Any:
        """The struct of its entries, or of its own keys; None if it has no keys."""
        inner = self.parts[0] if self.several else self
        return inner.kind if has_keys(inner.kind) else None


def has_keys(kind: Any) -> bool:
    """Whether a type is a struct or a typed dict."""
    return isinstance(kind, type) and (issubclass(kind, Struct) or hasattr(kind, "__total__"))


@cache
def declared(kind: Any) -> Declared:
    """A type, taken apart."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        inner = declared(args[0])
        return Declared(inner.kind, inner.parts, inner.checks + tuple(filter(callable, args[1:])))
    parts = args if origin is Literal else tuple(map(declared, args))
    return Declared(Union if origin is UnionType else origin or kind, parts)


def _with_key(kind: Any, key: Key) -> Declared:
    """The type of a field with a key, taken apart into lists, types with keys of their own, and the rest, which the key checks."""
    parts = get_args(kind)
    if get_origin(kind) is list:
        return Declared(list, (_with_key(parts[0], key),), key=key, required=key.required)
    inner = next((each for each in (kind, *parts) if has_keys(each)), None)
    return Declared(inner or Any, (), () if inner else (key.check,), key, key.required)


@cache
def keys_of(kind: Any) -> Mapping[str, Declared]:
    """The keys of a struct or a typed dict that can be written."""
    hints = get_type_hints(kind, include_extras=True)
    if with_key := getattr(kind, "declared_keys", {}):
        return {name: _with_key(hint, with_key[name]) for name, hint in hints.items() if name in with_key}
    if issubclass(kind, Struct):
        needed = {field.name for field in fields(kind) if field.required}
    else:
        needed = {*kind.__annotations__} if kind.__total__ else set()
    keys = {}
    for name, hint in hints.items():
        is_marked = get_origin(hint) in (Required, NotRequired)
        if is_marked:
            needed = needed | {name} if get_origin(hint) is Required else needed - {name}
        each = declared(get_args(hint)[0] if is_marked else hint)
        keys[name] = Declared(each.kind, each.parts, each.checks, required=name in needed)
    return keys


class Validation:
    """The check of something written; `problems` has all that is wrong with it, each with its place."""

    def __init__(self, told: Any = None, says: Mapping[Any, str] = SAYS) -> None:
        self.told, self.says = told, says
        self.problems: list[tuple[KeyPath, Refused]] = []

    def value(self, kind: Declared, written: Any, place: KeyPath = ()) -> Any:
        """What is right in something written, normalized; UNSET if nothing is."""
        try:
            return self._made(kind, written, place)
        except Refused as refused:
            self.problem(place, refused)
        except ValueError as problem:
            self.problem(place, Refused("refused", str(problem)))
        return UNSET

    def problem(self, place: KeyPath, refused: Refused) -> None:
        """Record a problem at a place."""
        self.problems.append((place, refused))

    def _made(self, kind: Declared, written: Any, place: KeyPath) -> Any:
        before = len(self.problems)
        made = written if kind.kind is Any else self._of_type(kind, written, place)
        for check in kind.checks if len(self.problems) == before else ():
            made = check(made, self.told) if isinstance(check, InContext) else check(made)
        return made

    def _of_type(self, kind: Declared, written: Any, place: KeyPath) -> Any:
        if has_keys(kind.kind):
            return self.with_keys(kind.kind, written, place)
        of_type = {list: self.entries, tuple: self._tuple, dict: self._dict, Union: self._either, Literal: self._word}
        check = of_type.get(kind.kind)
        if check:
            return check(kind, written, place)
        if not isinstance(written, kind.kind) or (isinstance(written, bool) and kind.kind is not bool):
            self._wrong(kind.kind)
        return written

    def _tuple(self, kind: Declared, written: Any, place: KeyPath) -> tuple[Any, ...]:
        if not isinstance(written, list | tuple) or len(written) != len(kind.parts):
            self._wrong(tuple, f"{len(kind.parts)} values in parentheses" if len(kind.parts) != 2 else "")
        return tuple(self.value(kind.parts[number], each, (*place, number)) for number, each in enumerate(written))

    def _dict(self, kind: Declared, written: Any, place: KeyPath) -> dict[Any, Any]:
        if not isinstance(written, dict):
            self._wrong(dict)
        of_key, of_value = kind.parts or (Declared(), Declared())
        pairs = ((key, (*place, key), each) for key, each in written.items())
        return {self.value(of_key, key, at): self.value(of_value, each, at) for key, at, each in pairs}

    def _word(self, kind: Declared, written: Any, _: KeyPath) -> Any:
        for word in kind.parts:
            if type(word) is type(written) and word == written:
                return word
        hint = did_you_mean(str(written), map(str, kind.parts))
        is_word = any(isinstance(written, type(word)) for word in kind.parts)
        return refuse("unknown-word" if is_word else "type", f"cannot be {quoted(written)}", hint)

    def _either(self, kind: Declared, written: Any, place: KeyPath) -> Any:
        """A value of one of several types; if it fits none, the problems of the type that it fits best, or of the first."""
        nearest: list[tuple[KeyPath, Refused]] = []
        before, most = len(self.problems), (-1, False)
        for each in kind.parts:
            made = self.value(each, written, place)
            found = self.problems[before:]
            del self.problems[before:]
            if not found:
                return made
            agrees = max(len(at) for at, _ in found), any(refused.code != "type" for _, refused in found)
            if agrees > most and each.kind is not NoneType:
                nearest, most = found, agrees
        self.problems += nearest
        return UNSET

    def entries(self, kind: Declared, written: Any, place: KeyPath) -> list[Any]:
        """The good entries of a list."""
        if not isinstance(written, list | tuple):
            self._wrong(list)
        made = (self.value(kind.parts[0], entry, (*place, number)) for number, entry in enumerate(written))
        return [entry for entry in made if entry is not UNSET]

    def with_keys(self, kind: Any, written: Any, place: KeyPath) -> Any:
        """The struct or dict of the good keys; UNSET if a required one is missing."""
        if not isinstance(written, dict):
            self._wrong(dict)
        keys = keys_of(kind)
        values = self.values(keys, written, place)
        whole = all(name in values for name, each in keys.items() if each.required)
        return kind(**values) if whole else UNSET

    def values(self, keys: Mapping[str, Declared], written: Mapping[str, Any], place: KeyPath = ()) -> dict[str, Any]:
        """The good values of some keys."""
        values: dict[str, Any] = {}
        for name, kind in keys.items():
            if name in written:
                made = self.value(kind, written[name], (*place, name))
                if made is not UNSET:
                    values[name] = made
            elif kind.required:
                self.missing(name, kind, place)
        for name in written:
            if name not in keys:
                self.unknown(str(name), keys, written[name], place)
        return values

    def missing(self, name: str, kind: Declared, place: KeyPath) -> None:
        """Report a missing key."""
        hint = kind.key and (f"`{name}: {kind.key.example}`" if kind.key.example else kind.key.in_short)
        self.problem((*place, name), Refused("missing-key", "is missing", f"add it: {hint}" if hint else ""))

    def unknown(self, name: str, keys: Mapping[str, Declared], _: Any, place: KeyPath) -> None:
        """Report an unknown key."""
        hint = did_you_mean(name, keys)
        self.problem((*place, name), Refused("unknown-key", "is not a known key", hint))

    def _wrong(self, kind: Any, what: str = "") -> NoReturn:
        refuse("type", f"should be {what or self.says.get(kind, 'left out')}")
