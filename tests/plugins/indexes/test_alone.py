"""The plugin in another Pelican site, with nothing but what docs/plugins.md says that it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from broadside.desk.options import PROJECT
from tests.outlet import Outlet

SETTINGS = """
exec(open({settings!r}, encoding="utf-8").read())
PATH, OUTPUT_PATH, CACHE_PATH, THEME = {content!r}, {output!r}, {cache!r}, "theme"
PLUGIN_PATHS, PLUGINS = [{project!r}], ["broadside.plugins.newsroom", "broadside.plugins.indexes", "broadside.plugins.press"]
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
    settings = SETTINGS.format(project=str(PROJECT), settings=str(PROJECT / "pelicanconf.py"), **ours)
    (tmp_path / "pelicanconf.py").write_text(settings, "utf-8")
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (outlet.output / "latest" / "index.html").read_text("utf-8") == "first"
