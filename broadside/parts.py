"""What the folders of all plugins hold, ours and the outlet's: modules of one name, which are their
settings or commands, and folders of one name, which are their templates or words.

The plugins themselves are not loaded for that, because some load Pelican.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import CodeType, ModuleType

from broadside.folders import ENGINE, OUTLET


def modules(name: str) -> Iterator[ModuleType]:
    """The module NAME.py, or the folder NAME/, of each plugin that has one, each run anew."""
    for full_name, path, code in _found(name):
        yield _run(full_name, path, code)


def folders(name: str) -> list[Path]:
    """The folder NAME/ of each plugin that has one, ours first."""
    return [each for place in _places().values() for each in sorted(place.glob(f"*/{name}/"))]


def _places() -> dict[str, Path]:
    """The packages of plugins and their folders."""
    places = {"broadside.plugins": (ENGINE / "plugins").resolve(), "plugins": OUTLET / "plugins"}
    if places["plugins"].resolve() == places["broadside.plugins"]:
        del places["plugins"]  # in the engine's own repository, plugins/ is the engine's
    return places


@cache
def _found(name: str) -> list[tuple[str, Path, CodeType]]:
    """The full name, the file and the code of each."""
    found = []
    for package, folder in _places().items():
        for path in sorted([*folder.glob(f"*/{name}.py"), *folder.glob(f"*/{name}/__init__.py")]):
            full_name = f"{package}.{path.relative_to(folder).parts[0]}.{name}"
            code = SourceFileLoader(full_name, str(path)).get_code(full_name)
            if code:
                found.append((full_name, path, code))
    return found


def _run(name: str, path: Path, code: CodeType) -> ModuleType:
    is_folder = path.name == "__init__.py"
    spec = spec_from_loader(name, SourceFileLoader(name, str(path)), is_package=is_folder)
    if spec is None:
        raise ImportError(f"{path} is no module")
    module = module_from_spec(spec)
    sys.modules[name] = module
    exec(code, vars(module))  # noqa: S102 -- a module of a plugin
    return module
