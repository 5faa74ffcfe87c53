"""An upgrade that changes pages lists them, and one that cannot be changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.outlets.conftest import Owned


def test_the_pages_that_change_are_listed(start: Callable[..., Owned], newer: tuple[Path, Path]) -> None:
    outlet = start(PIP_FIND_LINKS=str(newer[1]))
    workflow = ".github/workflows/check.yml"
    outlet.write(workflow, "# ours\n", more=True)
    said = outlet.run("upgrade", str(newer[0]))
    pages = (outlet.path / ".cache/upgrade/changed.txt").read_text("utf-8").splitlines()
    assert {"index.html", "about/index.html"} <= {*pages}
    assert "  404.html" in said
    assert f"{workflow} stays as it is" in said
    assert (outlet.path / workflow).read_text("utf-8").endswith("# ours\n")


def test_a_version_with_which_the_site_cannot_be_built_changes_nothing(
    start: Callable[..., Owned], newer: tuple[Path, Path]
) -> None:
    outlet = start()  # whose pip finds no almanac
    said = outlet.run("upgrade", str(newer[0]), code=1)
    assert "nothing was changed" in said
    assert outlet.git("status", "--short") == ""
