"""The plugins in docs/plugins.md do in an outlet what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.checkout import checkout, plugin
from tests.outlet import Outlet, differing
from tests.repository import PROJECT

pytestmark = pytest.mark.slow

PAGE = (PROJECT / "docs" / "plugins.md").read_text("utf-8")
EXAMPLES = [code for code in re.findall(r"```python\n(.+?)```", PAGE, re.S) if "def register" in code]
BRIEFING = """\
{% extends "base.html" %}
{% block main %}
<main id="main"><h1>{{ motto|shout }}</h1>{% for story in articles %}<p>{{ story.title }}</p>{% endfor %}</main>
{% endblock %}
"""


def test_each_example_does_what_it_says(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", 'THEME_TEMPLATES_OVERRIDES = ["theme/templates"]'))
    outlet.story("north", reported_from="Kirkenes", country=["Norway"])
    templates = outlet.project / "theme" / "templates"
    templates.mkdir(parents=True)
    (templates / "briefing.html").write_text(BRIEFING, "utf-8")
    for number, code in enumerate(EXAMPLES):
        assert len([line for line in code.splitlines() if line.strip()]) < 15
        plugin(outlet.project, f"ours{number}", code)
    assert "published," in outlet.rebuild()
    assert outlet.files()["ads.txt"] == b"example.com, 1, DIRECT\n"
    assert "The long read" in outlet.html("formats/long-read/").get_text()
    assert b"formats/long-read/feed.json" in outlet.files()["formats/long-read/feed.json"]
    assert {"countries/norway/index.html", "countries/norway/feed.xml"} <= outlet.files().keys()
    assert "Argued in the open!" in outlet.html("briefing/").get_text()
    outlet.story("south", title="The newest")
    assert " skipped" in outlet.rebuild()
    assert "The newest" in outlet.html("briefing/").get_text(), "what it shows was handed over"
    incremental = outlet.files()
    outlet.rebuild(clean=True)
    assert differing(incremental, outlet.files()) == []
