"""The plugin in another Pelican site, with nothing but what docs/plugins.md says that it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.outlet import Outlet
from tests.repository import with_engine

SETTINGS = """
from broadside.settings import *
SITENAME = "Alone"
PATH, OUTPUT_PATH, CACHE_PATH, THEME = {content!r}, {output!r}, {cache!r}, "theme"
PLUGINS = ["broadside.plugins.newsroom", "broadside.plugins.indexes", "broadside.plugins.press"]
"""


def test_indexes_are_written_where_nobody_makes_rails(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("first")
    templates = tmp_path / "theme" / "templates"
    templates.mkdir(parents=True)
    (templates.parent / "static").mkdir()
    for name in ("article", "page", "archive", "authors", "topics", "types"):
        (templates / f"{name}.html").write_text("{{ SITENAME }}", "utf-8")
    (templates / "listing.html").write_text("{% for each in articles %}{{ each.slug }}{% endfor %}", "utf-8")
    ours = {name: str(getattr(outlet, name)) for name in ("content", "output", "cache")}
    settings = SETTINGS.format(**ours)
    (tmp_path / "pelicanconf.py").write_text(settings, "utf-8")
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py"]
    done = subprocess.run(
        command, cwd=tmp_path, env=with_engine(), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (outlet.output / "latest" / "index.html").read_text("utf-8") == "first"
