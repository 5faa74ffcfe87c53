"""The rule that keeps incremental builds right: a page shows only what it is handed, and that is hashed.

A page's fingerprint covers its template set, the settings, the site-wide values and the values handed to it. Equal
fingerprint, equal page; so a page whose fingerprint is that of the last build need not be made again.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from operator import attrgetter
from pathlib import Path
from types import FunctionType
from typing import Any

NOT_OWN = {"desk", "plugins", "tests", "tools", "tasks.py"}
"""Code of ours, which of_code() covers or no page depends on."""
SETTINGS = {"pelicanconf.py", "publishconf.py"}
"""They count by their values, but not where they define a class: a value does not say what its class makes of it."""
CLASS = re.compile(rb"^\s*class\b", re.MULTILINE)
PLAIN = (str, int, float, type(None))
WHOLE = ("article", "stories", "roundup")
WHOLES, TEASERS = attrgetter("whole"), attrgetter("teaser")


def digest(*parts: str | bytes) -> str:
    """A digest of the parts in their order; 32 hexadecimal digits."""
    # A build makes tens of thousands of these. Hardly any part holds the separator, and joined parts are digested quickest.
    try:
        text = "\0".join(parts)  # type: ignore[arg-type]
    except TypeError:
        return _of_any(parts)
    if text.count("\0") != len(parts) - 1:
        return _of_any(parts)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _of_any(parts: Iterable[str | bytes]) -> str:
    """The digest of parts that may be bytes, or hold the separator: each with its length before it."""
    made = hashlib.blake2b(digest_size=16, person=b"lengths")
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(f"{type(part).__name__}{len(data)}:".encode())
        made.update(data)
    return made.hexdigest()


class Digests:
    """Digests of the values that pages are handed, each made once however many pages share the value.

    Values live as long as the build does, so they can be told apart by their identity.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[int, bool], tuple[Any, str]] = {}

    def of_values(self, values: Mapping[str, Any]) -> str:
        """The digest of what a page is handed; shown whole are `article`, `stories` and `roundup`, all else as teasers."""
        parts: list[str] = []
        for name in sorted(values):
            parts += (name, self.of_value(values[name], whole=name in WHOLE))
        return digest(*parts)

    def of_value(self, value: Any, whole: bool = False) -> str:
        """A text that tells one value from all others: a story, a list or mapping in its order, code, or what its repr says.

        A story knows the digest of all it can show (`whole`), and of what a teaser shows of it (`teaser`). Raises TypeError
        where nothing says when the value has changed.
        """
        made = self._made.get((id(value), whole))
        return made[1] if made else self._of_value(value, whole)

    def _of_value(self, value: Any, whole: bool) -> str:
        if isinstance(value, PLAIN):
            return repr(value)
        if isinstance(value, (list, tuple)):
            return self._of_items(value, whole)
        if hasattr(value, "teaser"):
            return str(value.whole if whole else value.teaser)
        if isinstance(value, (dict, set, frozenset)):
            return self._of_keys(value, whole)
        # Ours are structs; what another plugin hands over may be a dataclass.
        names = getattr(value, "__struct_fields__", None) or getattr(value, "__dataclass_fields__", None)
        if names and not isinstance(value, type):
            made = self._of_fields(value, names, whole)
            self._made[id(value), whole] = value, made  # with the value, or a later one could get its identity
            return made
        return _of_other(value)

    def _of_keys(self, value: dict[Any, Any] | Set[Any], whole: bool) -> str:
        """A mapping in its order, which a page may show; a set in none."""
        if isinstance(value, dict):
            return _joined("{", [self.of_value(part, whole) for pair in value.items() for part in pair])
        return _joined("set", sorted([self.of_value(item, whole) for item in value]))

    def _of_items(self, items: list[Any] | tuple[Any, ...], whole: bool) -> str:
        try:  # most are stories, whose digests have neither commas nor colons in them
            return f"[{','.join(map(WHOLES if whole else TEASERS, items))}]"
        except AttributeError:
            sign = "[" if isinstance(items, list) else "("
            return _joined(sign, [self.of_value(item, whole) for item in items])

    def _of_fields(self, value: Any, names: Iterable[str], whole: bool) -> str:
        parts = [type(value).__name__]
        for name in names:
            parts += (name, self.of_value(getattr(value, name), whole))
        return digest(*parts)


def _joined(sign: str, parts: list[str]) -> str:
    return sign + "".join([f"{len(part)}:{part}" for part in parts])


def _of_other(value: Any) -> str:
    if isinstance(value, re.Pattern):  # whose repr is cut short
        return digest("pattern", repr(value.pattern), str(value.flags))
    if isinstance(value, (FunctionType, type)):
        return _of_source(value)
    text = repr(value)
    if " at 0x" in text:
        raise _unknown(value)
    return text


def _of_source(code: FunctionType | type, *holders: FunctionType | type) -> str:
    """A text that tells code from all other: its name, its file's bytes, its place in that, and the values it holds.

    A function that is one of its own `holders`, as one that calls itself, counts there without those values.
    """
    file = _file_of(code)
    if not file or not os.path.isfile(file):
        raise _unknown(code)
    try:
        held = [] if code in holders or isinstance(code, type) else [*_held_by(code)]
        marks = [
            _of_source(each, *holders, code) if isinstance(each, FunctionType) else Digests().of_value(each)
            for each in held
        ]
    except (ValueError, RecursionError):  # a name that was never set, or a list that leads back to the code
        raise _unknown(code) from None
    # A file may have several of one name, of which settings choose.
    place = [[*each.__code__.co_positions()] for each in _functions_of(code)]
    return digest(code.__qualname__, repr(place), Path(file).read_bytes(), *marks)


def _file_of(code: FunctionType | type) -> str:
    """The file in which code stands; that of a class by its module, or else by its first function."""
    if isinstance(code, FunctionType):
        return code.__code__.co_filename
    within = (each.__code__.co_filename for each in _functions_of(code))
    return getattr(sys.modules.get(code.__module__), "__file__", None) or next(within, "")


def _functions_of(code: FunctionType | type) -> list[FunctionType]:
    """A function itself, or those that a class holds as they are, static or not."""
    held = (
        [code] if isinstance(code, FunctionType) else [getattr(each, "__func__", each) for each in vars(code).values()]
    )
    return [each for each in held if isinstance(each, FunctionType)]


def _held_by(code: FunctionType) -> Iterator[Any]:
    yield code.__defaults__
    yield code.__kwdefaults__
    yield getattr(code, "__wrapped__", None)
    for cell in code.__closure__ or ():
        yield cell.cell_contents


def _unknown(value: Any) -> TypeError:
    return TypeError(f"a page cannot be handed {type(value).__name__}: nothing says when it has changed")


def files_below(folder: Path, *endings: str) -> Iterator[Path]:
    """All files below a folder, or those with one of these endings; links to other folders are followed."""
    seen = set()
    for at, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(at)
        if real in seen:  # a link leads back
            folders.clear()
            continue
        seen.add(real)
        yield from (Path(at, name) for name in names if name.endswith(endings or "") and os.path.isfile(f"{at}/{name}"))


def of_folder(root: Path) -> str:
    """The digest of all files below a folder."""
    return of_files(root, files_below(root))


def of_files(root: Path, paths: Iterable[Path]) -> str:
    """The digest of files, by their names below the root and their bytes."""
    return digest(*(part for path in sorted(paths) for part in (path.relative_to(root).as_posix(), path.read_bytes())))


@cache
def of_code() -> str:
    """The digest of what makes the site of its content: the plugins' own files, and which packages they run on."""
    # A process asks once, before it loads them: what is saved later would count as the code that made its pages.
    here = Path(__file__).parent
    lock = here.parent / "requirements.lock"
    packages = lock.read_bytes() if lock.is_file() else b""
    return digest(of_files(here, _but_bytecode(here)), packages, *installed(sys.path), sys.version)


def of_own(plugins: Iterable[str]) -> str:
    """The digest of an outlet's own code: the modules beside its settings and in folders there, and all files of its `plugins`.

    So do all of the settings that define a class. Plugins that are installed, or lie among ours, are covered by of_code().
    """
    project = Path(__file__).parent.parent
    settings = [place for name in sorted(SETTINGS) if (place := project / name).is_file()]
    classes = [place for place in settings if CLASS.search(place.read_bytes())]
    return digest(
        of_modules(project, frozenset(name.partition(".")[0] for name in plugins)), of_files(project, classes)
    )


@cache
def of_modules(project: Path, named: frozenset[str]) -> str:
    """The digest of an outlet's own code but for its settings, which each build reads anew; a process asks once, as of_code()."""
    found: list[Path] = []
    for place in sorted(project.iterdir()):
        if place.name.startswith(".") or place.name in NOT_OWN | SETTINGS:
            continue
        if place.suffix == ".py" and place.is_file():
            found.append(place)
        elif place.name in named:
            found += _but_bytecode(place)
        elif any(place.glob("*.py")):
            found += files_below(place, ".py")
    return of_files(project, found)


def _but_bytecode(folder: Path) -> Iterator[Path]:
    """All files but those in __pycache__, where another process may be writing some under names that do not end in .pyc yet."""
    return (path for path in files_below(folder) if path.parent.name != "__pycache__")


def installed(path: Iterable[str]) -> list[str]:
    """The names and versions of the installed packages, which may differ from the lock file."""
    # Folder names say both; importlib.metadata would take a hundred times as long.
    return sorted(
        name for folder in path if os.path.isdir(folder) for name in os.listdir(folder) if name.endswith(".dist-info")
    )
