"""Which changed files call for a build of the preview."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadside.desk.preview.watch import Wanted


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/project/content/articles/2026/a.md", True),
        ("/project/content/photos/a.jpg", True),
        ("/project/theme/static/css/base.css", True),
        ("/project/pelicanconf.py", True),
        ("/elsewhere/output/content/articles/a.md", True),
        ("/project/content/articles/.later.md", True),
        ("/project/content/articles/.#a.md", False),
        ("/project/content/articles/.a.md.swp", False),
        ("/project/content/.trash/a.md", False),
        ("/project/content/articles/a.md~", False),
        ("/project/content/articles/2026~/a.md", False),
        ("/project/content/articles/a.md.tmp", True),
        ("/project/content/articles/a.md.swp", True),
        ("/project/theme/templates/base.html.tmp", False),
        ("/project/theme/templates/#base.html#", False),
        ("/project/content/articles/#a.md#", False),
        ("/project/.git/index", False),
        ("/project/.venv/lib/python3.11/x.py", False),
        ("/project/tests/test_x.py", False),
        ("/project/plugins/__pycache__/x.cpython-311.pyc", False),
        ("/project/output/index.html", False),
        ("/project/mine/index.html", False),
        ("/project/nohup.out", False),
        ("/project/theme", True),
        ("/project/requirements.lock", True),
        ("/project/ours/robot.py", True),
        ("/somewhere/else.md", False),
    ],
)
def test_which_changes_call_for_a_build(path: str, wanted: bool) -> None:
    content = Path("/elsewhere/output/content") if path.startswith("/elsewhere") else Path("/project/content")
    assert Wanted(content, Path("/project"), (Path("/project/mine"),))(None, path) is wanted
