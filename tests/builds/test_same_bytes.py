"""A build is a function of content, settings and clock: not of the place, the machine, or what was
built before.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.builds.magazine import magazine
from tests.checkout import checkout, plugin
from tests.repository import PROJECT, with_engine
from tests.sample import NOW, Outlet, differing

pytestmark = pytest.mark.slow


def test_the_documented_line_takes_the_clock_from_the_commit(built: Outlet, tmp_path: Path) -> None:
    text = (PROJECT / "docs" / "for-site-owners.md").read_text("utf-8")
    (line,) = re.findall(r"^SOURCE_DATE_EPOCH=.*$", text, re.M)
    git = tmp_path / "bin" / "git"
    git.parent.mkdir()
    git.write_text('#!/bin/sh\n[ "$*" = "log -1 --format=%ct" ] && echo 1795593600\n')
    git.chmod(0o755)
    elsewhere = magazine(tmp_path / "site")
    line = (
        line.replace("--production", "")
        + f" --content {elsewhere.content} --output {elsewhere.output}"
    )
    env = os.environ | {"PATH": f"{git.parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=PROJECT,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert differing(elsewhere.files(), built.files()) == []


def test_a_locale_that_the_machine_does_not_have_is_not_asked_for(
    built: Outlet, tmp_path: Path
) -> None:
    elsewhere = magazine(tmp_path)
    # as ssh hands a guest's own on to a server
    done = elsewhere.build(env=os.environ | {"LC_ALL": "xx_XX.UTF-8"})
    assert (done.returncode, "ocale" in done.stderr) == (0, False), done.stderr
    assert differing(elsewhere.files(), built.files()) == []


def test_plain_pelican_makes_the_same_site(built: Outlet, tmp_path: Path) -> None:
    settings = {
        "PATH": str(built.content),
        "OUTPUT_PATH": str(tmp_path / "site"),
        "CACHE_PATH": str(tmp_path / "c"),
    }
    extra = [f"{name}={json.dumps(value)}" for name, value in (settings | {"NOW": NOW}).items()]
    command = [sys.executable, "-m", "pelican", "-s", str(PROJECT / "pelicanconf.py"), "-e", *extra]
    for anew in ([], [], ["-d"]):  # Pelican's own -d empties the output before it prints
        done = subprocess.run(
            [*command, *anew],
            cwd=PROJECT,
            env=with_engine(),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        assert re.match(r"[1-9]\d* stories published", done.stdout.splitlines()[-1])
        assert differing(built.files(tmp_path / "site"), built.files()) == []


def test_plain_pelican_stops_at_a_fault(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("one", section="Eurpoe")
    extra = [
        f'PATH="{outlet.content}"',
        f'OUTPUT_PATH="{outlet.output}"',
        f'CACHE_PATH="{outlet.cache}"',
    ]
    command = [sys.executable, "-m", "pelican", "-s", str(PROJECT / "pelicanconf.py"), "-e", *extra]
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env=with_engine(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "unknown-section" in done.stdout + done.stderr
    assert not outlet.output.exists()


def test_folders_that_settings_name_are_the_projects_wherever_the_command_is_given(
    tmp_path: Path,
) -> None:
    project = checkout(
        tmp_path / "project",
        "THEME_TEMPLATES_OVERRIDES, CARDS, CARD_FONTS = ['mine'], True, 'fonts'",
    )
    (project / "fonts").mkdir()
    skip_link = project / "mine" / "components" / "skip_link.html"
    skip_link.parent.mkdir(parents=True)
    skip_link.write_text('{% macro skip_link() %}<a href="#main">Ours</a>{% endmacro %}', "utf-8")
    outlet = Outlet(tmp_path, project)
    outlet.story("a")
    sites = []
    for place in (project, tmp_path):
        done = outlet.build("--clean", cwd=place)
        assert done.returncode == 0, done.stderr
        sites.append(outlet.files())
    assert b">Ours</a>" in sites[0]["index.html"]
    assert differing(*sites) == []


def edited_template(project: Path) -> None:
    file = project / "broadside" / "theme" / "templates" / "components" / "kicker.html"
    file.write_text(file.read_text().replace('class="kicker', 'class="changed kicker'))


def edited_assets(project: Path) -> None:
    for name, text in [
        ("css/components/kicker.css", ".kicker { color: teal; }"),
        ("js/rails.js", "// changed"),
    ]:
        with (project / "broadside" / "theme" / "static" / name).open("a") as file:
            file.write(f"\n{text}\n")


def edited_setting(project: Path) -> None:
    with (project / "pelicanconf.py").open("a") as file:
        file.write('\nSITENAME, INDEX_SIZE, RAIL_LENGTH = "Other", 2, 1\n')


def edited_code(project: Path) -> None:
    for name, old, new in [
        ("site/syndication.py", 'etree.indent(root, "")', 'etree.indent(root, "  ")'),
        ("plugins/feeds/formats.py", '"Broadside"', '"Other"'),
        ("site/story.py", "WORDS_PER_MINUTE = 230", "WORDS_PER_MINUTE = 2"),
    ]:
        file = project / "broadside" / name
        assert old in file.read_text()
        file.write_text(file.read_text().replace(old, new))


@pytest.mark.parametrize(
    "edit",
    [edited_template, edited_assets, edited_setting, edited_code],
    ids=lambda edit: edit.__name__,
)
def test_a_change_of_the_project_changes_the_site_as_a_clean_build_would(
    built: Outlet, tmp_path: Path, edit: Any
) -> None:
    outlet = built.copy(tmp_path, checkout(tmp_path / "project"))
    edit(outlet.project)
    assert "published," in outlet.rebuild()
    incremental = outlet.files()
    assert differing(incremental, built.files()) != []
    assert "published," in outlet.rebuild(clean=True)
    assert differing(outlet.files(), incremental) == []


SAVED = """\
from pathlib import Path

from broadside.plugin import Page, pages as pages_wanted

WORD = "one"


def pages(site):
    yield Page("ours.txt", WORD.encode())


def register():
    pages_wanted.connect(pages)
    Path(__file__).write_text(Path(__file__).read_text("utf-8").replace('"one"', '"two"'), "utf-8")
"""
"""It is saved with another word as soon as it is loaded."""


def test_a_plugin_that_is_saved_while_a_build_runs_counts_from_the_next_one_on(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project", 'PLUGINS.append("ours")'))
    (outlet.project / "ours.py").write_text(SAVED, "utf-8")
    outlet.story()
    for word in (b"one", b"two"):
        assert " skipped" in outlet.rebuild()
        assert outlet.files()["ours.txt"] == word


LOADER = """\
from jinja2 import ChoiceLoader, DictLoader
from pelican.plugins import signals


def add(generator):
    generator.env.loader = ChoiceLoader([generator.env.loader, DictLoader({"ours.html": "<b>ours</b>"})])


def register():
    signals.article_generator_finalized.connect(add)
"""


def test_a_plugin_may_bring_templates_and_a_change_of_the_themes_is_seen_all_the_same(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project"))
    outlet.story()
    plugin(outlet.project, "ours", LOADER)
    base = outlet.project / "broadside" / "theme" / "templates" / "base.html"
    for words in ("one", "two"):
        text = base.read_text("utf-8").partition("</body>")[0]
        base.write_text(f"{text}</body>{{% include 'ours.html' %}}{words}</html>\n", "utf-8")
        assert "published," in outlet.rebuild()
        assert f"</body><b>ours</b>{words}" in outlet.files()["index.html"].decode()


def test_the_terms_of_stories_are_read_anew_when_the_language_of_the_site_is_another(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project"))
    for number, words in enumerate(
        ["des grains les ports", "les grains", "des ports", "grains pour les villes", "ports"]
    ):
        outlet.story(f"story-{number}", body=f"{words} " * 9, dek=words, title=words)
    assert " skipped" in outlet.rebuild()
    with (outlet.project / "pelicanconf.py").open("a") as file:
        file.write('\nDEFAULT_LANG = "fr"\n')
    assert " skipped" in outlet.rebuild()
    outlet.story(
        "story-0", body="des grains les ports et les villes " * 9, dek="grains", title="grains"
    )
    assert " skipped" in outlet.rebuild()
    assert " skipped" in outlet.rebuild(output=tmp_path / "clean", clean=True)
    assert differing(outlet.files(), outlet.files(tmp_path / "clean")) == []
