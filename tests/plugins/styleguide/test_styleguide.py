"""./inv styleguide writes a page that needs nothing but itself, beside the site and never in it."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from broadside.config.options import Options, settings_of
from broadside.look.data import BASES
from broadside.plugins.styleguide.command.guide import GUIDE, UNSEEN, component_names
from tests.checkout import checkout
from tests.repository import PROJECT
from tests.sample import Outlet


@pytest.mark.slow
def test_the_guide_shows_every_component_and_finds_its_files(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project"))
    (outlet.project / "content").mkdir()
    page = Path(outlet.run("styleguide").stdout.strip())
    html = page.read_text("utf-8")
    seen = [name for name in component_names() if name not in UNSEEN]
    assert re.findall(r'<h2 id="(\w+)"', html) == [*seen, *UNSEEN]
    windows = [unescape(window) for window in re.findall(r'data-document="([^"]*)"', html)]
    assert len(windows) >= len(seen)
    assert "<title>The style guide of Halyard</title>" in html
    asked = {
        name
        for window in windows
        for name in re.findall(
            r'(?:src|srcset|rel="stylesheet" href)="(?:\./)?([^"/ ]+)',
            window.replace('<audio controls preload="none" src', ""),
        )
    }
    of_looks = {f"{base}.css" for base in BASES}  # which the page asks for once one is chosen
    assert asked == {path.name for path in page.parent.iterdir()} - {
        "index.html",
        "fonts",
        *of_looks,
    }
    faces = {
        name
        for sheet in page.parent.glob("*.css")
        for name in re.findall(r"url\(fonts/([^)]+)\)", sheet.read_text("utf-8"))
    }
    assert faces == {path.name for path in (page.parent / "fonts").iterdir()}


def test_the_guide_is_no_part_of_a_site(tmp_path: Path) -> None:
    assert not GUIDE.is_relative_to(Options().output_path)
    assert GUIDE.is_relative_to(PROJECT / ".cache")
    assert settings_of(Options(), tmp_path).THEME_STATIC_PATHS == []
