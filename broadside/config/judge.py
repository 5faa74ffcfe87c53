"""Checks an outlet's settings against their declarations in broadside/settings.py."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

from msgspec import Meta, ValidationError, convert

from broadside import settings as settings_module
from broadside import shapes
from broadside.config.checks import CHECKS, live_url
from broadside.config.files import LIVE, NEAR, OURS, RENAMED, Slips, lines_of, of_pelican, shown
from broadside.faults import near, one_line


def judge(settings: Mapping[str, Any], project: Path, file: str = LIVE, rehearsed: bool = False) -> None:
    """Raise Slips if a setting has a wrong value, or a name looks like a misspelled setting.

    If the live site is only `rehearsed` at another address, SITEURL may be that of a preview.
    """
    checks = {**CHECKS, "SITEURL": live_url} if file == LIVE and not rehearsed else CHECKS
    found = [*_wrong_values(settings, checks), *_nearly_right_names(settings)]
    if found:
        at = {name: f"{shown(str(path))}:{line}" for name, (path, line) in lines_of(project, file).items()}
        raise Slips("\n".join(one_line(f"{at.get(name, OURS)}: {words}") for name, words in found))


@cache
def _types() -> dict[str, Any]:
    return get_type_hints(settings_module, localns=vars(typing) | vars(shapes), include_extras=True)


@cache
def _patterns() -> dict[str, str]:
    """What msgspec says of a text without its pattern -> what the text should be."""
    patterns = [meta for each in vars(shapes).values() for meta in get_args(each) if isinstance(meta, Meta)]
    return {f"`str` matching regex {meta.pattern!r}": meta.description or "" for meta in patterns if meta.pattern}


def _wrong_values(
    settings: Mapping[str, Any], checks: Mapping[str, Callable[[Any], object]]
) -> Iterator[tuple[str, str]]:
    for name, value in {"SITENAME": "", "SITEURL": "", **settings}.items():
        if name not in _types():
            continue
        try:
            convert(value, _types()[name])
            checks.get(name, str)(value)
        except ValidationError as problem:
            yield name, f"{name}: {_in_words(str(problem), name)}; ./inv docs settings says how it is written"
        except ValueError as problem:
            yield name, f"{name}: {problem}; ./inv docs settings says how it is written"


def _in_words(problem: str, name: str) -> str:
    for said, what in _patterns().items():
        problem = problem.replace(said, what)
    return problem.replace("`$", f"`{name}")


def _nearly_right_names(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    pelicans = of_pelican().DEFAULT_CONFIG
    known = {*pelicans, *settings_module.__annotations__, *RENAMED}
    # These are Pelican's too, but have no default.
    known |= {f"{name}_URL" for name in pelicans if "FEED_" in name}
    for name in sorted(settings.keys() - known):
        if name.startswith("_"):  # a helper's, such as _SITENAME
            continue
        # Names that are already set are candidates too: the right one may be set before or after the misspelled one.
        if hint := near(name, sorted(known), NEAR):
            yield name, f"{name} is not a setting; {hint}"
