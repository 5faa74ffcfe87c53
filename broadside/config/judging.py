"""Judges an outlet's settings: whether each is as docs/settings.md says, and whether a name is nearly that of a setting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from broadside.config.files import LIVE, NEAR, OURS, RENAMED, Slips, lines_of, shown
from broadside.faults import near, one_line

if TYPE_CHECKING:  # pydantic takes a while to load, and a command that only shows help does not need it
    from pydantic import TypeAdapter


def judge(settings: Mapping[str, Any], project: Path, file: str = LIVE, rehearsed: bool = False) -> None:
    """Raise Slips if a file's settings are not as docs/settings.md says, or a name is nearly that of a setting.

    Where the live site is only `rehearsed`, at another address, its own may be that of a preview.
    """
    found = [*_values(settings, project, file, rehearsed), *_names(settings)]
    if found:
        at = {name: f"{shown(str(path))}:{line}" for name, (path, line) in lines_of(project, file).items()}
        raise Slips("\n".join(one_line(f"{at.get(name, OURS)}: {words}") for name, words in found))


@cache
def _form() -> TypeAdapter[Any]:
    """The form of all settings; it is kept, because making it takes longer than using it, and two files are checked by it."""
    from pydantic import TypeAdapter

    from broadside.config.forms import Settings

    return TypeAdapter(Settings)


def _values(settings: Mapping[str, Any], project: Path, file: str, rehearsed: bool) -> Iterator[tuple[str, str]]:
    from pydantic import ValidationError

    from broadside.config.forms import Pelicans
    from broadside.config.kinds import SAYS

    try:
        live = file == LIVE and not rehearsed
        _form().validate_python(dict(settings), context={"project": project, "live": live})
    except ValidationError as problem:
        for error in problem.errors():
            name, *rest = [part for part in error["loc"] if str(part).strip()]
            where = "".join(_part(part, depth) for depth, part in enumerate(rest))
            words = SAYS.get(error["type"]) or error["msg"].removeprefix("Value error, ").removeprefix("Input ")
            docs = "Pelican's documentation" if name in Pelicans.__annotations__ else "./inv docs settings"
            yield str(name), f"{name}{where} {words}; {docs} says how it is written"


def _part(part: int | str, depth: int) -> str:
    """A place in a setting, in words: an entry of a list, a part of an entry, or a key."""
    return f", {part}" if isinstance(part, str) else f", {'part' if depth else 'entry'} {part + 1}"


def _names(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    from pelican.settings import DEFAULT_CONFIG

    from broadside.config.forms import Settings

    known = {*DEFAULT_CONFIG, *Settings.__annotations__, *RENAMED}
    # These are Pelican's too, but have no default.
    known |= {f"{name}_URL" for name in DEFAULT_CONFIG if "FEED_" in name}
    for name in sorted(settings.keys() - known):
        if name.startswith("_"):  # a helper's, such as _SITENAME
            continue
        # Names that are set already are candidates too: pelicanconf.py may set the one that was meant, before or after the slip.
        if hint := near(name, sorted(known), NEAR):
            yield name, f"{name} is not a setting; {hint}"
