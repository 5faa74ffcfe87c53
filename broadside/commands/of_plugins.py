"""The door for commands: a plugin's are the tasks in its command.py, or in its folder command/, whoever made the plugin.

The plugin itself is not loaded for that: a command loads what it needs when it runs.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from invoke.tasks import Task

from broadside.folders import ENGINE, OUTLET


def commands() -> dict[str, Task[Any]]:
    """The commands of our plugins and of those in the outlet's folder plugins/, by the names of their functions."""
    found: dict[str, Task[Any]] = {}
    for name, path in _files():
        module = _loaded(name, path)
        found |= {name: value for name, value in vars(module).items() if isinstance(value, Task)}
    return found


def _files() -> Iterator[tuple[str, Path]]:
    """The name and the file of each module."""
    folders = {"broadside.plugins": (ENGINE / "plugins").resolve(), "plugins": OUTLET / "plugins"}
    for package, folder in folders.items():
        if package == "plugins" and folder.resolve() == folders["broadside.plugins"]:
            continue  # in the engine's own repository, plugins/ is the engine's
        for path in sorted(folder.glob("*/command.py")):
            yield f"{package}.{path.parent.name}.command", path
        for path in sorted(folder.glob("*/command/__init__.py")):
            yield f"{package}.{path.parent.parent.name}.command", path


def _loaded(name: str, path: Path) -> ModuleType:
    """The module in a file; it is loaded without the package that it is in, which may load Pelican."""
    inner = [str(path.parent)] if path.name == "__init__.py" else None
    spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=inner)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no module")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
