"""The rules of the code's shape that a reader of CONTRIBUTING.md relies on."""

from __future__ import annotations

import ast
import runpy
import subprocess
import sys
from pathlib import Path

from tests.outlet import Outlet

ROOT = Path(__file__).parent.parent
PLUGINS: list[str] = runpy.run_path(str(ROOT / "pelicanconf.py"))["PLUGINS"]
MODULES = sorted((ROOT / "plugins").rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


FLOORS = ("photos", "charts", "films", "files", "markup", "front_matter", "content", "site", "writing")
"""The packages that concerns build on, in order; each may import those before it."""


def packages_of(path: Path) -> set[str]:
    """The packages and modules of the engine that a module imports, for its types too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("broadside.plugins"):
            within = node.module.split(".")[2:3] or [alias.name for alias in node.names]
            names.update(within)
    return names


def test_imports_go_down() -> None:
    """What all share knows no package, a floor those below it, a concern floors and other concerns, but never in a circle."""
    root = ROOT / "plugins"
    known: dict[str, set[str]] = {}
    for path in MODULES:
        own = path.relative_to(root).parts[0].removesuffix(".py")
        known.setdefault(own, set()).update(packages_of(path) - {own})
    shared = {path.stem for path in root.glob("*.py")} - {"build", "__init__"}
    assert {name: known[name] - shared for name in shared if known.get(name, set()) - shared} == {}
    for number, floor in enumerate(FLOORS):
        assert known[floor] <= shared | set(FLOORS[:number]), floor
    concerns = {
        name: known[name] - shared - set(FLOORS) for name in known.keys() - shared - {*FLOORS, "build", "__init__"}
    }
    while concerns:
        last = {name for name, others in concerns.items() if not others & concerns.keys()}
        assert last, f"these import each other in a circle: {concerns}"
        concerns = {name: others for name, others in concerns.items() if name not in last}


def test_to_see_that_the_site_stands_takes_no_more_than_it_needs() -> None:
    heavy = "asked = {'pelican', 'pydantic', 'jinja2', 'markdown', 'PIL'}"
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import broadside.desk.build; {heavy}; print(sorted(asked & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_no_module_is_loaded_under_two_names(tmp_path: Path) -> None:
    """plugins is the outlet's own name; here the engine's folder of that name is reached through broadside alone."""
    outlet = Outlet(tmp_path)
    outlet.story()
    code = (
        "import os, sys\n"
        "from broadside.desk.build import build\n"
        "from broadside.desk.options import Options\n"
        f"build(Options(content={str(outlet.content)!r}, output={str(outlet.output)!r}))\n"
        "files = {}\n"
        "for name, module in sys.modules.items():\n"
        "    if file := getattr(module, '__file__', None):\n"
        "        files.setdefault(os.path.realpath(file), set()).add(name)\n"
        f"ours = {{file: names for file, names in files.items() if file.startswith({str(ROOT)!r} + '/plugins/')}}\n"
        "assert len(ours) > 50\n"
        "print(sorted(name for names in ours.values() for name in names if not name.startswith('broadside.plugins')))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
