"""Checks an outlet's settings against their declarations in broadside/settings.py."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from broadside.config.checks import CHECKS, live_url
from broadside.config.files import LIVE, NEAR, OURS, RENAMED, Slips, lines_of, of_pelican, shown
from broadside.faults import did_you_mean, one_line
from broadside.settings import Settings, declared, of_plugins
from broadside.typed import mismatch


def judge(
    settings: Mapping[str, Any], project: Path, file: str = LIVE, rehearsed: bool = False
) -> None:
    """Raise Slips if a setting has a wrong value, or a name looks like a misspelled setting.

    If the live site is only `rehearsed` at another address, SITEURL may be that of a preview.
    """
    checks = dict(CHECKS)
    for kind in of_plugins():
        checks |= getattr(sys.modules[kind.__module__], "CHECKS", {})
    if file == LIVE and not rehearsed:
        checks["SITEURL"] = live_url
    found = [*_wrong_values(settings, checks), *_nearly_right_names(settings)]
    if found:
        at = {
            name: f"{shown(str(path))}:{line}"
            for name, (path, line) in lines_of(project, file).items()
        }
        raise Slips("\n".join(one_line(f"{at.get(name, OURS)}: {words}") for name, words in found))


@cache
def _types() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for kind in (Settings, *of_plugins()):
        found |= get_type_hints(kind, include_extras=True)
    return found


def _wrong_values(
    settings: Mapping[str, Any], checks: Mapping[str, Callable[[Any], object]]
) -> Iterator[tuple[str, str]]:
    for name, value in {"SITENAME": "", "SITEURL": "", **settings}.items():
        problem = ""
        if name in _types():
            problem = mismatch(value, _types()[name])
        if not problem and name in checks:
            problem = _refused(checks[name], value)
        if problem:
            yield name, f"{name}: {problem}; ./inv docs settings says how it is written"


def _refused(check: Callable[[Any], object], value: Any) -> str:
    try:
        check(value)
    except ValueError as problem:
        return str(problem)
    return ""


def _nearly_right_names(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    pelicans = of_pelican().DEFAULT_CONFIG
    known = {*pelicans, *declared(), *RENAMED}
    # These are Pelican's too, but have no default.
    known |= {f"{name}_URL" for name in pelicans if "FEED_" in name}
    for name in sorted(settings.keys() - known):
        if name.startswith("_"):  # a helper's, such as _SITENAME
            continue
        # Names that are already set are candidates too: the right one may be set before or after
        # the misspelled one.
        if hint := did_you_mean(name, known, NEAR):
            yield name, f"{name} is not a setting; {hint}"
