"""How a key of the front matter is declared, and the keys that an outlet's own plugins add.

Broadside's keys are declared once, in data.py: each is a field of a struct, whose type says whether it has one value or
several, and whose Key says everything else. The checks, the suggestions and the documents' tables follow from that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from msgspec import Struct
from msgspec.structs import fields

from broadside.front_matter.fields import text


class Key(Struct, frozen=True):
    """What there is to know of a key besides its type: what it means, and the function that checks each of its values.

    A source must always have a `required` key, and if it is published, also those that are required of it `when_published`.
    `single` is the key for one value of this one, `pelican` Pelican's name for the same; both are accepted. `elsewhere` are
    other systems' names, for which this one is suggested. In `words` a # may be meant literally, so no remark may follow them.
    `example` is a value for hints. A list has at most 200 entries, unless it may be `endless`.
    """

    means: str
    check: Callable[..., Any] = text
    required: bool = False
    when_published: bool = False
    single: str = ""
    pelican: str = ""
    elsewhere: tuple[str, ...] = ()
    words: bool = False
    example: str = ""
    endless: bool = False


class Declared(Struct, frozen=True):
    """A key with what its type says: whether it has a list, the struct of its entries or of its own keys, and whether it must be there."""

    key: Key
    several: bool = False
    entry: type[Struct] | None = None
    required: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The other names under which it may be written."""
        return tuple(filter(None, (self.key.single, self.key.pelican)))


OWN: dict[str, Declared] = {}
"""The keys of stories that an outlet's own plugins have added."""


@cache
def keys_of(kind: type[Struct]) -> Mapping[str, Declared]:
    """The keys that a struct declares; a field without a Key is filled in by Broadside."""
    needed = {field.name for field in fields(kind) if field.required}
    keys = {}
    for name, annotation in get_type_hints(kind, include_extras=True).items():
        type_, *notes = get_args(annotation) if get_origin(annotation) is Annotated else (annotation,)
        several = get_origin(type_) is list
        parts = (part for part in get_args(type_) if isinstance(part, type) and issubclass(part, Struct))
        entry = next(parts, None)
        for key in notes:
            if isinstance(key, Key):
                keys[name] = Declared(key, several, entry, key.required or name in needed)
    return keys
