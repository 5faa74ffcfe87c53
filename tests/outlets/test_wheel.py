"""What the engine's wheel holds."""

from __future__ import annotations

import zipfile
from pathlib import Path

from broadside import __version__
from broadside.outlet.wheels import Wheel, wheel_of_checkout
from tests.repository import PROJECT

MOST = 3_000_000
"""Bytes that it may have."""


def test_it_holds_the_engine_and_nothing_of_the_demo_tests_or_tools(wheel: Path) -> None:
    assert wheel.stat().st_size <= MOST
    assert wheel.name == f"pelican_broadside-{__version__}-py3-none-any.whl"
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {"broadside", f"pelican_broadside-{__version__}.dist-info"}
    assert {"commands", "plugins", "theme", "starter", "docs"} <= {name.split("/")[1] for name in names}
    assert [name for name in names if "__pycache__" in name or "halyard" in name or "/tests/test_" in name[:20]] == []
    for folder in ("plugins", "theme"):  # which are links in the checkout
        files = [path for path in (PROJECT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
        assert {path.relative_to(PROJECT / folder).as_posix() for path in files} == {*Wheel(wheel).names(folder)}


def test_the_same_checkout_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    assert wheel_of_checkout(tmp_path).path.read_bytes() == wheel.read_bytes()
