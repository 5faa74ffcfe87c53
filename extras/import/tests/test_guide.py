"""Each import that docs/moving-in.md shows can be done as it is written there."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from archives import ghost, item, wordpress, zipped
from broadside_import.command import KINDS
from sites import site, written
from tests.repository import PROJECT
from tests.sample import Outlet

GUIDE = (PROJECT / "docs" / "moving-in.md").read_text("utf-8")
COMMANDS = [line for line in GUIDE.splitlines() if line.startswith("./inv import ")]
EXPORTS: dict[str, Callable[[Path], object]] = {
    "lantern.xml": lambda path: path.write_text(wordpress(item(1, "One."))),
    "glass.json": lambda path: path.write_text(
        ghost([{"id": "p", "title": "P", "slug": "p", "html": "<p>x</p>"}])
    ),
    "lamp.zip": lambda path: zipped(
        path,
        {
            "posts.csv": (
                "post_id,post_date,is_published,type,audience,title\n1.a,2022-01-02T00:00:00Z,true,newsletter,everyone,A\n"
            ),
            "posts/1.a.html": "<p>Text.</p>",
        },
    ),
}
DATED = "---\ntitle: A\ndate: 2015-03-17\n---\nText.\n"


def test_the_guide_shows_each_kind() -> None:
    assert {line.split()[2] for line in COMMANDS} == set(KINDS)


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_guide_does_what_it_says(tmp_path: Path, line: str) -> None:
    words = shlex.split(line)[1:]
    outlet = Outlet(tmp_path)
    if words[2] in EXPORTS:
        EXPORTS[words[2]](tmp_path / words[2])
    else:
        written(tmp_path / words[2], site(words[1], "https://old.example", {"a": DATED}))
    for folder in re.findall(r"--media (\S+)", line):
        (tmp_path / folder).mkdir()
    done = outlet.run(*words, "--content", "content")
    assert done.returncode == 0, done.stderr
    stories = list(outlet.content.glob("articles/*/*.md"))
    assert len(stories) == (0 if "--dry-run" in words else 1)
    if "--report" in words:
        assert json.loads((tmp_path / "report.json").read_bytes())["published"] == 1
    if stories:
        checked = outlet.run("check", "--content", "content")
        assert checked.returncode == 0, checked.stdout
