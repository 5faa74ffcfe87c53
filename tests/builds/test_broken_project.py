"""A project that is broken stops the build with a reason, and the site stays as it was."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.checkout import checkout, plugin, refused
from tests.sample import NOW, Outlet

NEEDS_ANOTHER = """\
from broadside.plugin import Plugin, give


def register():
    give(__name__, Plugin(needs=["plugins.other"]))
"""
RAISES = """\
from pelican.plugins import signals


def fail(generator):
    raise ValueError("the plugin broke")


def register():
    signals.article_generator_finalized.connect(fail)
"""


def settings(line: str) -> Callable[[Path], object]:
    """Add a line to the settings."""

    def add(project: Path) -> None:
        file = project / "pelicanconf.py"
        file.write_text(f"{file.read_text('utf-8')}\n{line}\n", "utf-8")

    return add


def harm(file: str, text: str | None) -> Callable[[Path], object]:
    """Replace a file of the theme, or take it away."""
    return lambda project: (
        (project / "broadside" / "theme" / file).write_text(text)
        if text
        else (project / "broadside" / "theme" / file).unlink()
    )


@pytest.mark.parametrize(
    ("breakage", "words"),
    [
        (
            lambda project: plugin(project, "broken", "import nonsense\n"),
            "the plugin plugins.broken could not be loaded",
        ),
        (lambda project: plugin(project, "broken", RAISES), "the plugin broke"),
        (
            lambda project: plugin(project, "broken", NEEDS_ANOTHER),
            "leaves out plugins.other, which plugins.broken needs",
        ),
        (harm("templates/article.html", None), "TemplateNotFound: article.html"),
        (harm("templates/front.html", "{% if %}"), "front.html:1: "),
        (harm("templates/front.html", "{{ slots.none.at_all }}"), "has no attribute 'none'"),
        (
            harm("static/css/components/kicker.css", ".kicker { color: red\n}}}"),
            "components/kicker.css: ",
        ),
    ],
    ids=["import", "signal", "needs", "page template", "syntax", "undefined", "stylesheet"],
)
@pytest.mark.slow
def test_a_build_says_what_is_broken(
    built: Outlet,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    breakage: Callable[[Path], object],
    words: str,
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # where what nobody foresaw is kept for a report
    assert words in refused(built, tmp_path, breakage)


@pytest.mark.slow
def test_an_installed_plugin_is_named_as_pelican_lets_one_name_it(
    built: Outlet, tmp_path: Path
) -> None:
    """One that is being written is installed beside Pelican, and not in its folder."""
    project, place = (
        checkout(tmp_path / "project", 'PLUGINS.append("cheer")'),
        tmp_path / "installed",
    )
    code = place / "pelican" / "plugins" / "cheer" / "__init__.py"
    code.parent.mkdir(parents=True)
    code.write_text("def register():\n    print('Three cheers')\n")
    outlet = built.copy(tmp_path, project)
    command = outlet.command(
        "build", "--content", str(outlet.content), "--output", str(outlet.output), "--now", NOW
    )
    env = os.environ | {"PYTHONPATH": str(place)}  # which counts where Python is started
    done = subprocess.run(
        command, env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert "Three cheers" in done.stdout
    assert done.returncode == 0, done.stderr
