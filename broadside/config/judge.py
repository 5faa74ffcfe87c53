"""Checks an outlet's settings against their declarations in broadside/settings.py."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from broadside import settings as settings_module
from broadside import shapes
from broadside.config.checks import OfFile
from broadside.config.files import LIVE, NEAR, OURS, RENAMED, Slips, lines_of, of_pelican, shown
from broadside.faults import near, one_line
from broadside.validation import Declared, Validation, declared


def judge(settings: Mapping[str, Any], project: Path, file: str = LIVE, rehearsed: bool = False) -> None:
    """Raise Slips if a setting has a wrong value, or a name looks like a misspelled setting.

    If the live site is only `rehearsed` at another address, SITEURL may be that of a preview.
    """
    judged = OfFile(project, is_live=file == LIVE and not rehearsed)
    found = [*_wrong_values(settings, judged), *_nearly_right_names(settings)]
    if found:
        at = {name: f"{shown(str(path))}:{line}" for name, (path, line) in lines_of(project, file).items()}
        raise Slips("\n".join(one_line(f"{at.get(name, OURS)}: {words}") for name, words in found))


@cache
def _types() -> dict[str, Declared]:
    hints = get_type_hints(settings_module, localns=vars(shapes), include_extras=True)
    return {name: declared(hint) for name, hint in hints.items()}


def _wrong_values(settings: Mapping[str, Any], file: OfFile) -> Iterator[tuple[str, str]]:
    validation = Validation(file)
    written = {"SITENAME": "", "SITEURL": "", **settings}
    validation.values(_types(), {name: value for name, value in written.items() if name in _types()})
    for (name, *rest), refused in validation.problems:
        where = "".join(_part(part, depth) for depth, part in enumerate(rest))
        docs = "./inv docs settings" if hasattr(settings_module, str(name)) else "Pelican's documentation"
        yield str(name), f"{name}{where} {refused}; {docs} says how it is written"


def _part(part: int | str, depth: int) -> str:
    """A place in a setting, in words: an entry of a list, a part of an entry, or a key."""
    return f", {part}" if isinstance(part, str) else f", {'part' if depth else 'entry'} {part + 1}"


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
