"""An outlet goes from one version of the engine to the next and back; nothing of its own is touched, and nothing is merged."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from broadside import __version__
from broadside.desk.upgrading import stops_between
from broadside.desk.wheels import made
from tests.newcomer import wheel as package
from tests.outlets.conftest import Owned
from tests.repository import PROJECT

NEXT = "9.1.0"
STOPS = "- `RAIL_LENGTH` is now called `RAIL_ITEMS`."


def changed(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text, before
    path.write_text(text.replace(before, after, 1), "utf-8")


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A wheel of a later engine, and a folder with the package that it needs on top.

    It renames a setting, changes a template and a workflow, and says so in its changelog.
    """
    folder = tmp_path_factory.mktemp("newer")
    checkout, index = folder / "checkout", folder / "index"
    index.mkdir()
    at_the_top = shutil.ignore_patterns(
        ".*cache", ".venv*", ".git", "output*", ".output*", "__pycache__", "content", "tests", "docs"
    )

    def leave(place: str, names: list[str]) -> set[str]:
        return set(
            at_the_top(place, names) if Path(place) in (PROJECT, PROJECT / "broadside") else {"__pycache__"} & {*names}
        )

    shutil.copytree(PROJECT, checkout, symlinks=True, ignore=leave)
    changed(checkout / "broadside/__init__.py", f'"{__version__}"', f'"{NEXT}"')
    changed(
        checkout / "broadside/desk/conf/__init__.py",
        "RENAMED: dict[str, str] = {}",
        'RENAMED = {"RAIL_LENGTH": "RAIL_ITEMS"}',
    )
    for path in (
        checkout / "broadside/settings.py",
        checkout / "broadside/desk/conf/forms.py",
        *checkout.glob("plugins/rails/*.py"),
    ):
        path.write_text(re.sub(r"\bRAIL_LENGTH\b", "RAIL_ITEMS", path.read_text("utf-8")), "utf-8")
    changed(checkout / "theme/templates/components/colophon.html", "<footer", '<footer data-newer=""')
    changed(checkout / ".github/workflows/check.yml", "name: check", "name: check # as of the newer engine")
    entry = f"## {NEXT} - 2027-01-01\n\n### What may stop or change your build\n\n{STOPS}\n\n"
    changed(checkout / "CHANGELOG.md", "## ", f"{entry}## ")
    with (checkout / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write(package(index, "almanac", "DAY = 1\n"))
    return made(folder, checkout).path, index


@pytest.fixture
def outlet(start: Callable[..., Owned], newer: tuple[Path, Path]) -> Owned:
    """An outlet that has a copy of the template, and sets the setting."""
    outlet = start(PIP_FIND_LINKS=f"{newer[1]} {newer[0].parent}")
    outlet.run("template", "colophon")
    outlet.write("pelicanconf.py", "\nRAIL_LENGTH = 4\n", more=True)
    outlet.git("add", "-A")
    outlet.git("commit", "-qm", "Our colophon")
    return outlet


def test_to_the_next_version_and_back(outlet: Owned, newer: tuple[Path, Path]) -> None:
    before = {path: (outlet.path / path).read_bytes() for path in outlet.git("ls-files").splitlines()}
    said = outlet.run("upgrade", NEXT, "--dry-run")
    assert STOPS in said
    assert outlet.git("status", "--short") == ""

    said = outlet.run("upgrade", str(newer[0]))
    line = len((outlet.path / "pelicanconf.py").read_text("utf-8").splitlines())
    assert STOPS in said
    assert f"pelicanconf.py:{line}: warning: renamed-setting" in said
    assert "theme/templates/components/colophon.html:1: warning: stale-template" in said
    # The outlet's own colophon is the one on its pages, so that no page changes.
    assert "0 pages" in said
    touched = {line[3:] for line in outlet.git("status", "--short").splitlines()}
    assert touched == {"requirements.in", "requirements.lock", ".github/workflows/check.yml", f"vendor/{newer[0].name}"}
    assert "as of the newer engine" in (outlet.path / ".github/workflows/check.yml").read_text("utf-8")

    checked = outlet.run("check")
    assert "renamed-setting" in checked
    assert "stale-template" in checked
    code = "import almanac, broadside; print(broadside.__version__)"
    assert NEXT in _python(outlet, code)
    assert '+<footer data-newer=""' in outlet.run("template", "colophon", "--diff")

    outlet.run("upgrade", "--undo")
    assert {path: (outlet.path / path).read_bytes() for path in before} == before
    assert __version__ in _python(outlet, "import broadside; print(broadside.__version__)", "check")


def test_the_pages_that_change_are_listed(start: Callable[..., Owned], newer: tuple[Path, Path]) -> None:
    outlet = start(PIP_FIND_LINKS=str(newer[1]))
    workflow = ".github/workflows/check.yml"
    outlet.write(workflow, "# ours\n", more=True)
    said = outlet.run("upgrade", str(newer[0]))
    pages = (outlet.path / ".cache/upgrade/changed.txt").read_text("utf-8").splitlines()
    assert {"index.html", "about/index.html"} <= {*pages}
    assert "  404.html" in said
    assert (outlet.path / workflow).read_text("utf-8").endswith("# ours\n")


def test_a_version_with_which_the_site_cannot_be_built_changes_nothing(
    start: Callable[..., Owned], newer: tuple[Path, Path]
) -> None:
    outlet = start()  # whose pip finds no almanac
    outlet.run("upgrade", str(newer[0]), code=1)
    assert outlet.git("status", "--short") == ""


def _python(outlet: Owned, code: str, *verb: str) -> str:
    import subprocess

    outlet.run(*(verb or ("check",)))
    command = [str(outlet.path / ".venv/bin/python"), "-P", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_lines_on_what_stops_are_those_of_the_versions_between() -> None:
    sections = "".join(
        f"## {version}\n\n### What may stop or change your build\n\n- {version}\n\n### Added\n\n- x\n\n"
        for version in ("0.10.0", "0.9.0", "0.2.0")
    )
    assert [*stops_between(sections, "0.2.0", "0.10.0")] == ["- 0.10.0", "- 0.9.0"]
    assert [*stops_between(sections, "0.10.0", "0.2.0")] == []
