"""The rule that keeps incremental builds right: a page shows only what it is handed, and that is hashed.

A page's fingerprint covers its template set, the settings, the site-wide values and the values handed to it. Equal
fingerprint, equal page; so a page whose fingerprint is that of the last build need not be made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


def digest(*parts: str | bytes) -> str:
    """A digest of the parts in their order; 32 hexadecimal digits."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(b"%d:" % len(data))
        state.update(data)
    return state.hexdigest()


def of_values(values: Mapping[str, Any]) -> str:
    """The digest of what a page is handed; stories are shown whole as `article` and `stories`, elsewhere as teasers."""
    return digest(
        *(
            part
            for name in sorted(values)
            for part in (name, of_value(values[name], whole=name in ("article", "stories")))
        )
    )


def of_value(value: Any, whole: bool = False) -> str:
    """The digest of one value: a story, a list or mapping of values, or a plain value whose repr says all of it.

    A story knows the digest of all it can show (`whole`), and of what a teaser shows of it (`teaser`).
    """
    if hasattr(value, "teaser"):
        return str(value.whole if whole else value.teaser)
    if isinstance(value, (list, tuple)):
        return digest("[", *(of_value(item, whole) for item in value))
    if isinstance(value, Mapping):
        return digest(
            "{", *(part for key in sorted(value, key=str) for part in (str(key), of_value(value[key], whole)))
        )
    if hasattr(value, "__dataclass_fields__"):
        fields = value.__dataclass_fields__
        return digest(
            type(value).__name__, *(part for name in fields for part in (name, of_value(getattr(value, name), whole)))
        )
    text = repr(value)
    if " object at 0x" in text:
        raise TypeError(f"a page cannot be handed {type(value).__name__}: nothing says when it has changed")
    return text


def of_files(root: Path, paths: Iterable[Path]) -> str:
    """The digest of files, by their names below the root and their bytes."""
    return digest(*(part for path in sorted(paths) for part in (path.relative_to(root).as_posix(), path.read_bytes())))
