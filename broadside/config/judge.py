"""Whether an outlet's settings are as broadside/settings.py declares them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import StrictBool, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from broadside import settings as declared
from broadside.config import kinds
from broadside.config.files import LIVE, NEAR, OURS, RENAMED, Slips, lines_of, shown
from broadside.config.kinds import SAYS
from broadside.faults import near, one_line


def judge(settings: Mapping[str, Any], project: Path, file: str = LIVE, rehearsed: bool = False) -> None:
    """Raise Slips if a file's settings are not as they are declared, or a name is nearly that of a setting.

    Where the live site is only `rehearsed`, at another address, its own may be that of a preview.
    """
    found = [*_wrong_values(settings, project, file, rehearsed), *_nearly_right_names(settings)]
    if found:
        at = {name: f"{shown(str(path))}:{line}" for name, (path, line) in lines_of(project, file).items()}
        raise Slips("\n".join(one_line(f"{at.get(name, OURS)}: {words}") for name, words in found))


@cache
def _form() -> TypeAdapter[Any]:
    """The form of all settings; it is kept, because making it takes longer than using it, and two files are checked by it."""
    return TypeAdapter(with_config(extra="ignore")(TypedDict("Settings", _types(), total=False)))  # type: ignore[operator]


def _types() -> dict[str, Any]:
    return get_type_hints(declared, localns={**vars(kinds), "bool": StrictBool}, include_extras=True)


def _wrong_values(settings: Mapping[str, Any], project: Path, file: str, rehearsed: bool) -> Iterator[tuple[str, str]]:
    try:
        live = file == LIVE and not rehearsed
        _form().validate_python({"SITENAME": "", "SITEURL": "", **settings}, context={"project": project, "live": live})
    except ValidationError as problem:
        for error in problem.errors():
            name, *rest = [part for part in error["loc"] if str(part).strip()]
            where = "".join(_part(part, depth) for depth, part in enumerate(rest))
            words = SAYS.get(error["type"]) or error["msg"].removeprefix("Value error, ").removeprefix("Input ")
            docs = "./inv docs settings" if hasattr(declared, str(name)) else "Pelican's documentation"
            yield str(name), f"{name}{where} {words}; {docs} says how it is written"


def _part(part: int | str, depth: int) -> str:
    """A place in a setting, in words: an entry of a list, a part of an entry, or a key."""
    return f", {part}" if isinstance(part, str) else f", {'part' if depth else 'entry'} {part + 1}"


def _nearly_right_names(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    from pelican.settings import DEFAULT_CONFIG

    known = {*DEFAULT_CONFIG, *declared.__annotations__, *RENAMED}
    # These are Pelican's too, but have no default.
    known |= {f"{name}_URL" for name in DEFAULT_CONFIG if "FEED_" in name}
    for name in sorted(settings.keys() - known):
        if name.startswith("_"):  # a helper's, such as _SITENAME
            continue
        # Names that are set already are candidates too: pelicanconf.py may set the one that was meant, before or after the slip.
        if hint := near(name, sorted(known), NEAR):
            yield name, f"{name} is not a setting; {hint}"
