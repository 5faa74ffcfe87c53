"""A later version of the engine, for outlets to go to."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from broadside import __version__
from broadside.outlet.wheels import wheel_of_checkout
from tests.newcomer import wheel as package
from tests.repository import PROJECT

NEXT = "9.1.0"
STOPS = "- `RAIL_LENGTH` is now called `RAIL_ITEMS`."


def _changed(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, before
    path.write_text(text.replace(before, after, 1), "utf-8")


def copy_of_checkout(folder: Path) -> Path:
    """A copy of all of this checkout that a wheel is made of."""
    at_the_top = shutil.ignore_patterns(
        ".*cache", ".venv*", ".git", "output*", ".output*", "__pycache__", "content", "tests"
    )

    def leave(place: str, names: list[str]) -> set[str]:
        return (
            set(at_the_top(place, names)) if Path(place) == PROJECT else {"__pycache__"} & {*names}
        )

    shutil.copytree(PROJECT, folder, symlinks=True, ignore=leave)
    return folder


def later_engine(folder: Path) -> tuple[Path, Path]:
    """A wheel of a later engine, and a folder with the package that it needs on top.

    It renames a setting, changes a template, words and a workflow, and says so in its changelog.
    """
    checkout, index = copy_of_checkout(folder / "checkout"), folder / "index"
    index.mkdir()
    _changed(checkout / "broadside/__init__.py", f'"{__version__}"', f'"{NEXT}"')
    _changed(
        checkout / "broadside/config/files.py",
        "RENAMED: dict[str, str] = {}",
        'RENAMED = {"RAIL_LENGTH": "RAIL_ITEMS"}',
    )
    for path in (
        checkout / "broadside/settings.py",
        *checkout.glob("plugins/*/*.py"),
    ):
        path.write_text(re.sub(r"\bRAIL_LENGTH\b", "RAIL_ITEMS", path.read_text("utf-8")), "utf-8")
    _changed(
        checkout / "theme/templates/components/colophon.html", "<footer", '<footer data-newer=""'
    )
    for changed in (
        'msgid "Keep reading"\nmsgstr "Seguir leyendo"',
        'msgid "Latest"\nmsgstr "Lo último"',
    ):
        _changed(checkout / "theme/words/es.po", changed, f'{changed[:-1]}, ahora"')
    _changed(
        checkout / ".github/workflows/check.yml",
        "name: check",
        "name: check # as of the newer engine",
    )
    entry = f"## {NEXT} - 2027-01-01\n\n### What may stop or change your build\n\n{STOPS}\n\n"
    _changed(checkout / "CHANGELOG.md", "## ", f"{entry}## ")
    with (checkout / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write(package(index, "almanac", "DAY = 1\n"))
    return wheel_of_checkout(folder, checkout).path, index
