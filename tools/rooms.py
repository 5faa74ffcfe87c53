"""The engine's rooms, the importer above them, and their imports: python -m tools.rooms draws these, tests/test_shape.py holds them."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = (
    *("", "media", "look", "markdown", "front_matter", "content", "site", "plugin", "plugins", "config", "build"),
    *("editing", "publish", "server", "preview", "outlet", "commands", "command"),
)
"""The rooms from the ground up: a module imports from its own and those before it. "" has what all share, and
"command" what commands of plugins alone use: plugins/NAME/command.py, or all in plugins/NAME/command/.
"""
IMPORTER, INTERFACE = "broadside_import", "importer"
"""The package that stands above the engine, and the one module of the engine from which it imports."""
DOORS = ("__main__", INTERFACE, "tasks", "testing")
"""Modules that stand above all rooms: what outlets, the importer and the shell come in by."""


@cache
def modules() -> dict[str, Path]:
    """The engine's modules by their names below `broadside`, and the importer's by their own, with their files."""
    files = [
        *(ROOT / "broadside").glob("[!_]*.py"),
        ROOT / "broadside" / "__main__.py",
        *(ROOT / "plugins").rglob("*.py"),
    ]
    files += [
        path
        for room in ROOMS
        if room not in ("", "plugin", "plugins", "command")
        for path in (ROOT / "broadside" / room).rglob("*.py")
    ]
    files += (ROOT / "importers" / IMPORTER).rglob("*.py")
    found = {}
    for path in files:
        place = path.relative_to(ROOT).with_suffix("").parts
        place = place if place[0] == "plugins" else place[1:]
        found[".".join(place[:-1] if place[-1] == "__init__" else place)] = path
    return found


@cache
def imports() -> dict[str, set[str]]:
    """What each module imports of the others; imports inside functions and for types alone count too."""
    known = modules()
    return {name: set(_imported(path, known)) - {name} for name, path in known.items()}


def _imported(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            module = re.sub(r"^broadside(\.|$)", "", node.module)
            for alias in node.names:
                full = f"{module}.{alias.name}".lstrip(".")
                yield from (name for name in (full if full in known else module,) if name in known)


def room_of(module: str) -> str:
    """The room of a module; "" is the ground."""
    if re.match(r"plugins\.\w+\.command\b", module):
        return "command"
    room, _, inner = module.partition(".")
    return room if inner or room in (*ROOMS, IMPORTER) else ""


def upward() -> list[str]:
    """The imports that go up, from a room to one above it, and those of the importer that go past the interface."""
    height = {room: number for number, room in enumerate((*ROOMS, IMPORTER))}
    inside = {name: others for name, others in imports().items() if name not in DOORS}
    return [
        f"{name} -> {other}"
        for name, others in sorted(inside.items())
        for other in sorted(others)
        if not _goes_down(room_of(name), other, height)
    ]


def _goes_down(room: str, other: str, height: Mapping[str, int]) -> bool:
    if room == IMPORTER:
        return other == INTERFACE or room_of(other) == IMPORTER
    return other not in DOORS and height[room_of(other)] <= height[room]


def circle() -> list[str]:
    """Modules that import each other in a circle; none if there is no circle."""
    try:
        TopologicalSorter(imports()).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def draw() -> Iterator[str]:
    """A line for each room, from the top down: its modules and lines, and the rooms that it stands on with the number of imports."""
    sizes: dict[str, list[int]] = defaultdict(list)
    arrows: dict[str, Counter[str]] = defaultdict(Counter)
    known, found = modules(), imports()
    for name, path in known.items():
        if name not in DOORS:
            sizes[room_of(name)].append(len(path.read_text("utf-8").splitlines()))
            arrows[room_of(name)].update(room_of(other) for other in found[name])
    arrows[IMPORTER] = Counter(room_of(other) for other in found[INTERFACE])
    for room in (IMPORTER, *reversed(ROOMS)):
        below = ", ".join(
            f"{other or 'shared'} {arrows[room][other]}" for other in ROOMS if arrows[room][other] and other != room
        )
        yield f"{room or 'shared':<17}{len(sizes[room]):>4} modules {sum(sizes[room]):>6,} lines   {below}"


def alone() -> list[str]:
    """The modules that one other imports; a plugin itself is none of them, because the setting PLUGINS loads it too."""
    importers = Counter(other for others in imports().values() for other in others)
    return sorted(name for name, number in importers.items() if number == 1 and not re.fullmatch(r"plugins\.\w+", name))


if __name__ == "__main__":
    print(*draw(), sep="\n")
    print(f"{len(modules())} modules, {len(alone())} of them imported by one other")
    print(
        *(f"This import goes up: {each}" for each in upward()), *(f"In a circle: {each}" for each in circle()), sep="\n"
    )
