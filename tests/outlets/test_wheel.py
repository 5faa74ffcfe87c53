"""What the engine's wheel holds."""

from __future__ import annotations

import re
import zipfile
from email import message_from_string
from email.message import Message
from pathlib import Path

from broadside import __version__
from broadside.outlet.wheels import Wheel, wheel_of_checkout
from tests.outlets.later import copy_of_checkout
from tests.repository import PROJECT

MOST = 3_000_000
"""Bytes that it may have."""


def test_it_holds_the_engine_and_nothing_of_the_demo_tests_or_tools(wheel: Path) -> None:
    assert wheel.stat().st_size <= MOST
    assert wheel.name == f"pelican_broadside-{__version__}-py3-none-any.whl"
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names} == {
        "broadside",
        f"pelican_broadside-{__version__}.dist-info",
    }
    assert {"commands", "plugins", "theme", "starter", "docs"} <= {
        name.split("/")[1] for name in names
    }
    assert [
        name
        for name in names
        if "__pycache__" in name or "halyard" in name or "/tests/test_" in name[:20]
    ] == []
    for folder in ("plugins", "theme"):  # which are links in the checkout
        files = [
            path
            for path in (PROJECT / folder).rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        ]
        assert {path.relative_to(PROJECT / folder).as_posix() for path in files} == {
            *Wheel(wheel).names(folder)
        }


def test_the_same_checkout_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    assert wheel_of_checkout(tmp_path).path.read_bytes() == wheel.read_bytes()


def metadata_of(wheel: Path) -> Message:
    info = f"pelican_broadside-{__version__}.dist-info"
    return message_from_string(zipfile.ZipFile(wheel).read(f"{info}/METADATA").decode())


def links_of(metadata: Message) -> list[str]:
    return re.findall(r"\]\(([^)\s]+)\)", str(metadata.get_payload()))


def test_what_an_index_shows_has_no_link_that_leads_nowhere(wheel: Path, tmp_path: Path) -> None:
    assert {link.partition(":")[0] for link in links_of(metadata_of(wheel))} == {"https"}
    checkout, public = copy_of_checkout(tmp_path / "checkout"), "https://forge.example/broadside"
    project = checkout / "pyproject.toml"
    text = project.read_text("utf-8")
    project.write_text(text.replace('repository = ""', f'repository = "{public}"'), "utf-8")
    released = metadata_of(wheel_of_checkout(tmp_path, checkout).path)
    links = links_of(released)
    assert {link.partition(":")[0] for link in links} == {"https"}
    ours = [link.removeprefix(public) for link in links if link.startswith(public)]
    assert "/raw/HEAD/docs/pictures/front-1280-light.jpg" in ours
    assert "/blob/HEAD/CONTRIBUTING.md" in ours
    assert all((PROJECT / link.split("/", 3)[3].partition("#")[0]).exists() for link in ours)
    named = dict(each.split(", ") for each in released.get_all("Project-URL") or [])
    assert {"Source", "Documentation", "Changelog", "Issues"} <= named.keys()
