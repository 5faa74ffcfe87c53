"""The engine's rooms, the add-ons above them, and their imports: python -m tools.rooms draws these,
tests/test_shape.py holds them.
"""

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
    *(
        "",
        "media",
        "look",
        "markdown",
        "front_matter",
        "content",
        "site",
        "plugin",
        "plugins",
        "config",
        "build",
    ),
    *("editing", "publish", "preview", "outlet", "commands", "command"),
)
"""The rooms from the ground up: a module imports from its own and those before it. "" has what all
share, and "command" what commands and the preview's pages of plugins alone use: command.py and
preview.py in plugins/NAME/, or all in folders of these names.
"""
ADD_ONS = {
    "broadside_announce": "announcer",
    "broadside_import": "importer",
    "broadside_server": "serving",
}
"""The packages that stand above the engine, each with the one module of the engine from which it
imports.
"""
DOORS = ("__main__", *ADD_ONS.values(), "tasks", "testing")
"""Modules that stand above all rooms: what outlets, add-ons and the shell come in by."""

WITHIN = {"broadside": 1, "extras": 2}
"""How many folders of a path are not part of a module's name, by the first of them."""


@cache
def modules() -> dict[str, Path]:
    """The engine's modules by their names below `broadside`, and the add-ons' by their own, with
    their files.
    """
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
    files += (ROOT / "extras").glob("*/broadside_*/**/*.py")
    found = {}
    for path in files:
        place = path.relative_to(ROOT).with_suffix("").parts
        place = place[WITHIN.get(place[0], 0) :]
        found[".".join(place[:-1] if place[-1] == "__init__" else place)] = path
    return found


@cache
def imports() -> dict[str, set[str]]:
    """What each module imports of the others; imports inside functions and for types alone count
    too.
    """
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
    if re.match(r"plugins\.\w+\.(command|preview)\b", module):
        return "command"
    room, _, inner = module.partition(".")
    return room if inner or room in (*ROOMS, *ADD_ONS) else ""


def upward() -> list[str]:
    """The imports that go up, from a room to one above it, and those of add-ons that go past their
    interfaces.
    """
    height = {room: number for number, room in enumerate((*ROOMS, *ADD_ONS))}
    inside = {name: others for name, others in imports().items() if name not in DOORS}
    return [
        f"{name} -> {other}"
        for name, others in sorted(inside.items())
        for other in sorted(others)
        if not _goes_down(room_of(name), other, height)
    ]


def _goes_down(room: str, other: str, height: Mapping[str, int]) -> bool:
    if room in ADD_ONS:
        return other == ADD_ONS[room] or room_of(other) == room
    return other not in DOORS and height[room_of(other)] <= height[room]


def circle() -> list[str]:
    """Modules that import each other in a circle; none if there is no circle."""
    try:
        TopologicalSorter(imports()).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def draw() -> Iterator[str]:
    """A line for each room, from the top down: its modules and lines, and the rooms that it stands
    on with the number of imports.
    """
    sizes: dict[str, list[int]] = defaultdict(list)
    arrows: dict[str, Counter[str]] = defaultdict(Counter)
    known, found = modules(), imports()
    for name, path in known.items():
        if name not in DOORS:
            sizes[room_of(name)].append(len(path.read_text("utf-8").splitlines()))
            arrows[room_of(name)].update(room_of(other) for other in found[name])
    for add_on, interface in ADD_ONS.items():
        arrows[add_on] = Counter(room_of(other) for other in found[interface])
    for room in (*ADD_ONS, *reversed(ROOMS)):
        below = ", ".join(
            f"{other or 'shared'} {arrows[room][other]}"
            for other in ROOMS
            if arrows[room][other] and other != room
        )
        yield (
            f"{room or 'shared':<17}{len(sizes[room]):>4} modules {sum(sizes[room]):>6,} lines  "
            f" {below}"
        )


def alone() -> list[str]:
    """The modules that one other imports; a plugin itself is none of them, because the setting
    PLUGINS loads it too.
    """
    uses = Counter(other for others in imports().values() for other in others)
    return sorted(
        name
        for name, number in uses.items()
        if number == 1 and not re.fullmatch(r"plugins\.\w+", name)
    )


if __name__ == "__main__":
    print(*draw(), sep="\n")
    print(f"{len(modules())} modules, {len(alone())} of them imported by one other")
    print(
        *(f"This import goes up: {each}" for each in upward()),
        *(f"In a circle: {each}" for each in circle()),
        sep="\n",
    )
