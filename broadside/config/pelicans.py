"""The kinds of value that Pelican's own settings have: each says in our words what Pelican would fail at."""

from __future__ import annotations

import locale
from collections.abc import Iterable, Mapping
from os import PathLike
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from broadside.config.kinds import SAYS


def _none_or(kind: type | tuple[()], otherwise: str) -> AfterValidator:
    """A value of one kind, or anything that counts as empty: Pelican asks no more of it."""

    def judged(written: object) -> object:
        if written and not isinstance(written, kind):
            raise ValueError(otherwise)
        return written

    return AfterValidator(judged)


def _switch(written: object) -> object:
    if not isinstance(written, int):
        raise ValueError(SAYS["bool_type"])
    return written


def _several(written: object) -> Iterable[object]:
    if not isinstance(written, Iterable):
        raise ValueError(SAYS["list_type"])
    return written


def _paths(written: object) -> object:
    if not all(isinstance(each, str | PathLike) for each in _several(written)):
        raise ValueError("should be a list of paths in quotes")
    return written


def _patterns(written: object) -> object:
    if not all(
        isinstance(each, list | tuple) and len(each) == 3 and isinstance(each[0], int) for each in _several(written)
    ):
        raise ValueError('should be a list of rules such as (1, "{url}", "{save_as}")')
    return written


def _date_format(written: object) -> object:
    where, pattern = written if isinstance(written, tuple) and len(written) == 2 else (None, written)
    if not isinstance(pattern, str) or not isinstance(where, str | None):
        raise ValueError('should be a pattern in quotes, or a locale with one, such as ("fr_FR.UTF-8", "%d %B %Y")')
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, where)
    except locale.Error:
        raise ValueError(f'names the locale "{where}", which this machine lacks') from None
    finally:
        locale.setlocale(locale.LC_ALL, before)
    return written


def _readers(written: Mapping[str, object]) -> Mapping[str, object]:
    for ending, reader in written.items() if written else ():
        if reader and not callable(reader):
            raise ValueError(f'should have a class or None for "{ending}", and not {reader!r}')
    return written


Feed = Annotated[Any, _none_or(str, "should be None, or a file's name in quotes")]
Grown = Annotated[list[Any], Field(strict=True)]
"""A list to which Pelican adds entries of its own."""
Several = Annotated[Any, AfterValidator(_several)]
"""A value that Pelican goes through, entry by entry; it reports by itself a word that should be a list."""
Paths = Annotated[Any, AfterValidator(_paths)]
Patterns = Annotated[Any, AfterValidator(_patterns)]
"""Patterns for the addresses and files of an index's pages, each with the page from which on it holds."""
Text = Annotated[Any, _none_or(str, SAYS["string_type"])]
Outdated = Annotated[Any, _none_or((), "is outdated; write the whole pattern in ARTICLE_URL")]
Switch = Annotated[Any, AfterValidator(_switch)]
Nothing = Annotated[Any, _none_or((), "should be left empty")]
"""A setting that must stay empty: what it turns on cannot be had here."""
DateFormat = Annotated[Any, AfterValidator(_date_format)]
Readers = Annotated[Any, _none_or(Mapping, SAYS["dict_type"]), AfterValidator(_readers)]
"""Classes that read files, by the files' endings; None for an ending that nothing is to read."""
