"""Digests of everything that pages depend on: their values, templates, settings and code.

They make incremental builds correct: a page shows only the values it is given, and these are
hashed. An equal digest means an equal page, so a page with the same digest as in the last build
need not be made again.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import datetime
from enum import Enum
from functools import cache
from operator import attrgetter
from pathlib import Path
from types import FunctionType
from typing import Any

from broadside.folders import ENGINE, OUTLET

NO_PAGES = {"tests", "tools", "tasks.py"}
"""Code of a project that no page depends on."""
NO_CODE = {"__pycache__", "docs", "starter", "theme"}
"""Folders of the engine without code for builds."""
SETTINGS = {"pelicanconf.py", "publishconf.py"}
"""Files that count by the values they set, unless they define a class: a value does not show what
its class does.
"""
CLASS = re.compile(rb"^\s*class\b", re.MULTILINE)
PLAIN = (str, int, float, type(None))
SHOWN_BY_REPR = frozenset({*PLAIN, bool, datetime})
"""Most values are of these types, so they are looked at first."""
WHOLE = ("article", "stories")
"""The names of values whose stories count whole from the start, and not only once a page has shown
the text of one.
"""
COUNTED_WHOLE = "+"
"""How the digest of a page ends in which every story counts whole."""
WHOLES, TEASERS = attrgetter("whole"), attrgetter("teaser")


log = logging.getLogger("broadside")


class Shown(Enum):
    """Which pages may show an attribute of a story: its digests, `teaser` and `whole`, follow from
    that.
    """

    IN_LISTS = "every page that names the story"
    NAMED = "a term: lists may show its name and address, the story's own page everything about it"
    ON_PAGE = "only pages with the whole story"
    BESIDE = "a page that is handed it separately"


IN_LISTS, NAMED, ON_PAGE, BESIDE = Shown


def digest(*parts: str | bytes) -> str:
    """A digest of the parts in order; 32 hexadecimal digits."""
    # A build makes tens of thousands of these. Joining the parts is the fastest way, and hardly any
    # contains the separator.
    try:
        text = "\0".join(parts)  # type: ignore[arg-type]
    except TypeError:
        return _of_any(parts)
    if text.count("\0") != len(parts) - 1:
        return _of_any(parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _of_any(parts: Iterable[str | bytes]) -> str:
    """The digest of parts that may be bytes or contain the separator: each is preceded by its
    length.
    """
    made = hashlib.blake2b(digest_size=16, person=b"lengths")
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(f"{type(part).__name__}{len(data)}:".encode())
        made.update(data)
    return made.hexdigest()


class Digests:
    """Computes digests of the values of pages, each only once, however many pages share the value.

    Values live as long as the build does, so their ids identify them.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[int, bool], tuple[Any, str]] = {}
        self._unknown: set[str] = set()

    def of_values(self, values: Mapping[str, Any], *, whole: bool = False) -> str:
        """The digest of a page's values: stories in `article` and `stories`, or all, count whole,
        others as teasers.

        If a value's changes cannot be detected, it counts as changed every time, and a line says
        so.
        """
        parts: list[str] = []
        for name in sorted(values):
            try:
                parts += (name, self.of_value(values[name], whole=whole or name in WHOLE))
            except (TypeError, RecursionError):  # RecursionError: it contains itself
                parts += (name, os.urandom(16).hex())
                if name not in self._unknown:
                    log.info(
                        "Nothing says when %s changes, so each build makes the pages that may show"
                        " it anew.",
                        name,
                    )
                self._unknown.add(name)
        return digest(*parts)

    def of_value(self, value: Any, whole: bool = False) -> str:
        """A text that distinguishes a value from all others: a story's digest, a list's or
        mapping's items, code, or the repr.

        A story has a digest of everything its page can show (`whole`), and one of what a teaser
        shows (`teaser`). Raises TypeError if there is no way to detect changes in the value.
        """
        kind = type(value)
        if kind in SHOWN_BY_REPR:
            return repr(value)
        if kind is list or kind is tuple:
            if value:
                return self._of_items(value, whole)
            return "[]"
        made = self._made.get((id(value), whole))
        if made:
            return made[1]
        return self._of_value(value, whole)

    def _of_value(self, value: Any, whole: bool) -> str:
        if isinstance(value, PLAIN):
            return repr(value)
        if isinstance(value, (list, tuple)):
            return self._of_items(value, whole)
        if hasattr(value, "teaser"):
            return str(value.whole if whole else value.teaser)
        if isinstance(value, (dict, set, frozenset)):
            return self._of_keys(value, whole)
        # Our values are structs; another plugin may use dataclasses.
        names = getattr(value, "__struct_fields__", None) or getattr(
            value, "__dataclass_fields__", None
        )
        if names and not isinstance(value, type):
            made = self._of_fields(value, names, whole)
            # keeps the value alive, or another could get its id
            self._made[id(value), whole] = value, made
            return made
        return _of_other(value)

    def _of_keys(self, value: dict[Any, Any] | Set[Any], whole: bool) -> str:
        """The items of a mapping in its order, which a page may show; those of a set in any."""
        if isinstance(value, dict):
            return _joined(
                "{", [self.of_value(part, whole) for pair in value.items() for part in pair]
            )
        return _joined("set", sorted([self.of_value(item, whole) for item in value]))

    def _of_items(self, items: list[Any] | tuple[Any, ...], whole: bool) -> str:
        try:  # most are stories, whose digests contain neither commas nor colons
            return f"[{','.join(map(WHOLES if whole else TEASERS, items))}]"
        except AttributeError:
            sign = "("
            if isinstance(items, list):
                sign = "["
            return _joined(sign, [self.of_value(item, whole) for item in items])

    def _of_fields(self, value: Any, names: Iterable[str], whole: bool) -> str:
        parts = [type(value).__name__]
        for name in names:
            parts += (name, self.of_value(getattr(value, name), whole))
        return digest(*parts)


def _joined(sign: str, parts: list[str]) -> str:
    # The lengths keep apart lists whose parts would otherwise run together to the same text.
    return sign + "".join([f"{len(part)}:{part}" for part in parts])


def _of_other(value: Any) -> str:
    if isinstance(value, re.Pattern):  # its repr is cut short
        return digest("pattern", repr(value.pattern), str(value.flags))
    if isinstance(value, (FunctionType, type)):
        return _of_source(value)
    text = repr(value)
    # A repr with an address in memory differs in every build.
    if " at 0x" in text:
        raise _unknown(value)
    return text


def _of_source(code: FunctionType | type) -> str:
    """A text that distinguishes code from all other: its name, and the bytes of its file, which is
    all we know of it.
    """
    file = _file_of(code)
    if not file or not os.path.isfile(file):
        raise _unknown(code)
    return digest(code.__qualname__, Path(file).read_bytes())


def _file_of(code: FunctionType | type) -> str:
    """The file where code is defined; for a class that of its module or, failing that, of its first
    function.
    """
    if isinstance(code, FunctionType):
        return code.__code__.co_filename
    within = (
        part.__code__.co_filename for part in vars(code).values() if isinstance(part, FunctionType)
    )
    return getattr(sys.modules.get(code.__module__), "__file__", None) or next(within, "")


def _unknown(value: Any) -> TypeError:
    return TypeError(
        f"a page cannot be handed {type(value).__name__}: nothing says when it has changed"
    )


def files_below(folder: Path, *endings: str) -> Iterator[str]:
    """All files in a folder, or those with one of these extensions; links to folders are
    followed.
    """
    seen = set()
    for at, folders, names in os.walk(folder, followlinks=True):
        status = os.stat(at)
        if (status.st_dev, status.st_ino) in seen:  # a link that leads back
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        paths = (f"{at}/{name}" for name in names if name.endswith(endings or ""))
        yield from filter(os.path.isfile, paths)


def of_folder(root: Path) -> str:
    """The digest of all files in a folder."""
    return of_files(root, files_below(root))


def of_files(root: Path, paths: Iterable[str]) -> str:
    """The digest of files, by their paths below the root and their bytes."""
    parts: list[str | bytes] = []
    # of text: each build asks this of a thousand files, and Path takes twice as long
    for path in sorted(paths):
        with open(path, "rb") as file:
            parts += (path.removeprefix(f"{root}/"), file.read())
    return digest(*parts)


@cache
def of_code() -> str:
    """The digest of the engine's own code, and of the packages it runs on."""
    # Computed once in a process, before the code is loaded: later changes to files must not count
    # as the code that made the pages.
    lock = OUTLET / "requirements.lock"
    packages = b""
    if lock.is_file():
        packages = lock.read_bytes()
    return digest(of_files(ENGINE, _of_engine()), packages, *installed(sys.path), sys.version)


def of_own(plugins: Iterable[str], outlet: Path = OUTLET) -> str:
    """The digest of an outlet's own code: modules beside its settings and in folders there, and all
    files of its `plugins`.

    It covers settings files only if they define a class. Plugins that are installed, or are ours,
    are covered by of_code().
    """
    settings = [place for name in sorted(SETTINGS) if (place := outlet / name).is_file()]
    classes = [str(place) for place in settings if CLASS.search(place.read_bytes())]
    return digest(
        of_modules(outlet, frozenset({"plugins", *(name.partition(".")[0] for name in plugins)})),
        of_files(outlet, classes),
    )


@cache
def of_modules(outlet: Path, named: frozenset[str]) -> str:
    """The digest of an outlet's own code except its settings, which each build reads again;
    computed once, as in of_code().
    """
    found: list[str] = []
    for place in sorted(outlet.iterdir()):
        if (
            place.name.startswith(".")
            or place.name in NO_PAGES | SETTINGS
            or _is_the_engines(place)
        ):
            continue
        if place.suffix == ".py" and place.is_file():
            found.append(str(place))
        elif place.name in named:
            found += _but_bytecode(place)
        elif any(place.glob("*.py")):
            found += files_below(place, ".py")
    return of_files(outlet, found)


def _is_the_engines(place: Path) -> bool:
    """Whether this is the engine or a part of it, as in its own repository, which is an outlet
    too.
    """
    return any(
        part.exists() and place.samefile(part)
        for part in (ENGINE, ENGINE / "plugins", ENGINE / "theme")
    )


def _of_engine() -> Iterator[str]:
    """All files of the engine that contain code: templates count with the theme."""
    for place in ENGINE.iterdir():
        if place.is_dir() and place.name not in NO_CODE:
            yield from _but_bytecode(place)
        elif place.suffix == ".py":
            yield str(place)


def _but_bytecode(folder: Path) -> Iterator[str]:
    """All files except those in __pycache__, where another process may just be writing some under
    other names than *.pyc.
    """
    return (path for path in files_below(folder) if "/__pycache__/" not in path)


def installed(path: Iterable[str]) -> list[str]:
    """The names and versions of the installed packages, which may differ from the lock file's."""
    # Folder names contain both; importlib.metadata would take a hundred times as long.
    return sorted(
        name
        for folder in path
        if os.path.isdir(folder)
        for name in os.listdir(folder)
        if name.endswith(".dist-info")
    )
