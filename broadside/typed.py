"""Whether something written has a declared type, which msgspec tells, and what is wrong with it, in
words.
"""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from msgspec import Meta, ValidationError, convert

_WORDS: dict[str, str] = {}
"""What msgspec says of a text without its pattern -> what the text should be."""


def like(pattern: str, what: str) -> Meta:
    """For Annotated: a text that has a pattern, and in words what it should be."""
    _WORDS[f"`str` matching regex {pattern!r}"] = what
    return Meta(pattern=pattern, description=what)


def mismatch(written: object, kind: Any) -> str:
    """What is wrong with something written; "" if it has the type."""
    try:
        convert(written, kind)
    except ValidationError as problem:
        return _in_words(str(problem), kind)
    return ""


def _in_words(problem: str, kind: Any) -> str:
    if get_origin(kind) is Literal:
        return f"should be {' or '.join(map(repr, get_args(kind)))}"
    for said, what in _WORDS.items():
        problem = problem.replace(said, what)
    return problem.replace("Expected", "should be").replace("Object ", "").replace("`$.", "`")
