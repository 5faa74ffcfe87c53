"""An outlet goes from one version of the engine to the next and back; nothing of its own is
touched, and nothing is merged.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from broadside import __version__
from broadside.outlet.upgrading import stops_between
from tests.outlets.conftest import Owned
from tests.outlets.later import NEXT, STOPS


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
    before = {
        path: (outlet.path / path).read_bytes() for path in outlet.git("ls-files").splitlines()
    }
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
    assert touched == {
        "requirements.in",
        "requirements.lock",
        ".github/workflows/check.yml",
        f"vendor/{newer[0].name}",
    }
    assert "as of the newer engine" in (outlet.path / ".github/workflows/check.yml").read_text(
        "utf-8"
    )

    checked = outlet.run("check")
    assert "renamed-setting" in checked
    assert "stale-template" in checked
    code = "import almanac, broadside; print(broadside.__version__)"
    assert NEXT in _python(outlet, code)
    assert '+<footer data-newer=""' in outlet.run("template", "colophon", "--diff")

    outlet.git("stash", "-u", "--", ".")
    assert {path: (outlet.path / path).read_bytes() for path in before} == before
    assert __version__ in _python(outlet, "import broadside; print(broadside.__version__)", "check")


def _python(outlet: Owned, code: str, *verb: str) -> str:
    import subprocess

    outlet.run(*(verb or ("check",)))
    command = [str(outlet.path / ".venv/bin/python"), "-P", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_lines_on_what_stops_are_those_of_the_versions_between() -> None:
    sections = "".join(
        f"## {version}\n\n### What may stop or change your build\n\n- {version}\n\n### Added\n\n-"
        " x\n\n"
        for version in ("0.10.0", "0.9.0", "0.2.0")
    )
    assert [*stops_between(sections, "0.2.0", "0.10.0")] == ["- 0.10.0", "- 0.9.0"]
    assert [*stops_between(sections, "0.10.0", "0.2.0")] == []
