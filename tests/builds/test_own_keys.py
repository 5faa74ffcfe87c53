"""A key of the front matter that an outlet's own plugin adds: checked, shown, and counted among
what pages are made of.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.checkout import checkout, plugin
from tests.repository import PROJECT
from tests.sample import NOW, Outlet

pytestmark = pytest.mark.slow

DOCUMENT = (PROJECT / "docs" / "plugins.md").read_text("utf-8")
(EXAMPLE,) = (
    block
    for block in re.findall(r"```python\n(.*?)```", DOCUMENT, re.S)
    if "reported_from" in block
)


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    """An outlet with the documents' example of a plugin, and a template that shows the key."""
    project = checkout(tmp_path / "project")
    plugin(project, "ours", EXAMPLE)
    template = project / "broadside" / "theme" / "templates" / "article.html"
    text = template.read_text("utf-8")
    assert "{{ status_note(article) }}" in text
    shown = '<p class="from">{{ article.reported_from }}</p>{{ status_note(article) }}'
    template.write_text(text.replace("{{ status_note(article) }}", shown), "utf-8")
    made = Outlet(tmp_path, project)
    made.story("there", reported_from="Kirkenes, Norway")
    made.story("nowhere")
    return made


def faults(outlet: Outlet, *flags: str) -> list[tuple[str, int, str]]:
    """What ./inv check reports, and in the same way a build that fails."""
    command = ["check", "--content", "content", "--now", NOW, "--format", "json", *flags]
    found = json.loads(outlet.run(*command).stdout)
    built = outlet.build(cwd=outlet.path)
    assert built.returncode == bool(found), built.stderr
    assert [fault["code"] for fault in found if f" {fault['code']}: " not in built.stderr] == []
    return [(fault["path"].rpartition("/")[2], fault["line"], fault["code"]) for fault in found]


def test_a_key_of_an_outlets_own_is_shown_and_changes_the_pages_that_show_it(
    outlet: Outlet,
) -> None:
    assert faults(outlet) == []
    before = outlet.files()
    assert b'<p class="from">Kirkenes, Norway</p>' in before["2026/11/there/index.html"]
    assert b'<p class="from"></p>' in before["2026/11/nowhere/index.html"]
    outlet.story("there", reported_from="Oslo")
    assert outlet.build().returncode == 0
    after = outlet.files()
    assert b'<p class="from">Oslo</p>' in after["2026/11/there/index.html"]
    assert outlet.build("--clean").returncode == 0
    assert outlet.files() == after


def test_its_check_and_its_name_are_those_of_any_other_key(outlet: Outlet) -> None:
    path = outlet.story("small", reported_from="kirkenes")
    line = path.read_text("utf-8").splitlines().index('reported_from: "kirkenes"') + 1
    outlet.story("slip", reported_form="Oslo")
    outlet.story("list", reported_from=["Oslo", "Bergen"])
    assert sorted(code for _, _, code in faults(outlet)) == ["unknown-key", "value", "value"]
    assert faults(outlet, "--files", str(path)) == [("small.md", line, "value")]


def test_an_edit_of_the_check_checks_every_story_anew(outlet: Outlet) -> None:
    assert faults(outlet) == []
    own = outlet.project / "plugins" / "ours.py"
    own.write_text(EXAMPLE.replace("written[0].isupper()", '"," not in written'), "utf-8")
    assert [code for _, _, code in faults(outlet)] == ["value"]
    own.write_text(EXAMPLE.replace("written[0].isupper()", "written.year"), "utf-8")
    assert [code for _, _, code in faults(outlet)] == ["own-check"]


@pytest.mark.parametrize("name", ["author", "words", "date-line"])
def test_a_name_that_is_taken_is_refused(outlet: Outlet, name: str) -> None:
    (outlet.project / "plugins" / "ours.py").write_text(
        EXAMPLE.replace('"reported_from"', f'"{name}"'), "utf-8"
    )
    for done in (outlet.build(), outlet.run("check", "--content", "content")):
        assert done.returncode == 1
        assert f'"{name}" ' in done.stderr + done.stdout
        assert "mistake in Broadside" not in done.stderr + done.stdout
