"""What a build says, how it ends, and that faults leave the site as it was."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from broadside.build.files import delete
from tests.builds.magazine import magazine
from tests.sample import Outlet

CLOSING = re.compile(
    r"(\d+) stor(?:y|ies) published, (\d+) held, (\d+) drafted(?:, \d+ hidden)?(?:, \d+"
    r" withdrawn)?; "
    r"(\d+) pages? written, (\d+) skipped(?:, (\d+) removed)?; \d+\.\d\d s"
)
FAULT = re.compile(
    r"(?P<path>[^:]+\.(?:md|yml)):(?P<line>\d+): (?:error|warning): (?P<code>[a-z-]+):"
    r" (?P<words>.+)"
)


def counts(line: str) -> list[int]:
    match = CLOSING.fullmatch(line)
    assert match, line
    return [int(number or 0) for number in match.groups()]


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.story("one")
    return made


def test_the_last_line_says_what_was_done(outlet: Outlet) -> None:
    outlet.story("later", date="2027-01-01")
    outlet.story("unfinished", status="draft")
    outlet.story("aside", status="hidden")
    outlet.story("back", status="withdrawn")
    done = outlet.build()
    assert (done.returncode, done.stderr) == (0, "")
    published, held, drafted, written, skipped, removed = counts(done.stdout.splitlines()[-1])
    assert (published, held, drafted, skipped, removed) == (1, 1, 1, 0, 0)
    assert outlet.build().stdout.splitlines()[0] == done.stdout.splitlines()[0], (
        "a site that stands has it too"
    )
    assert written == len(outlet.files())
    (outlet.content / "articles" / "aside.md").unlink()
    again = counts(outlet.rebuild())
    assert again[5] == 1
    assert again[3] + again[4] == len(outlet.files())


def test_all_faults_are_told_in_one_run_and_the_site_stays(outlet: Outlet) -> None:
    assert outlet.build().returncode == 0
    before = outlet.files()
    outlet.story("two", section="Eurpoe", body="[x](/nowhere/)")
    outlet.story("three", dek=None)
    outlet.story("four", author="Nobody")
    outlet.write("front_page.yml", "- slot: lead\n  story: onee\n")
    done = outlet.build("--content", "content", cwd=outlet.path)
    assert done.returncode == 1
    lines = [FAULT.fullmatch(line) for line in done.stderr.splitlines()[:-1]]
    found = {(match["path"], int(match["line"]), match["code"]) for match in lines if match}
    assert len(found) == len(lines)
    assert found == {
        ("content/articles/two.md", 6, "unknown-section"),
        ("content/articles/two.md", 10, "broken-link"),
        ("content/articles/three.md", 1, "missing-key"),
        ("content/articles/four.md", 5, "unknown-name"),
        ("content/front_page.yml", 2, "unknown-name"),
    }
    assert outlet.files() == before


def test_a_path_in_a_message_opens_from_where_the_user_stands(outlet: Outlet) -> None:
    outlet.story("two", type="Rant")
    for cwd, content in [
        (outlet.path, "content"),
        (outlet.content, "."),
        (outlet.path, str(outlet.content)),
    ]:
        line = outlet.build("--content", content, cwd=cwd).stderr.splitlines()[0]
        path = line.partition(":")[0]
        assert (cwd / path).is_file(), line


def test_warnings_are_told_and_the_site_is_published(outlet: Outlet) -> None:
    outlet.story("draft", status="draft")
    outlet.story("two", related=["draft"])
    done = outlet.build()
    assert done.returncode == 0
    assert FAULT.fullmatch(done.stderr.strip())
    assert counts(done.stdout.strip())[0] == 2


def test_check_tells_the_same_faults_and_writes_nothing(outlet: Outlet) -> None:
    outlet.story("two", section="Eurpoe")
    done = outlet.run("check", "--content", "content", "--format", "json")
    assert done.returncode == 1
    (fault,) = json.loads(done.stdout)
    assert set(fault) == {"path", "line", "column", "severity", "code", "message", "hint"}
    assert (fault["path"], fault["line"], fault["code"]) == (
        "content/articles/two.md",
        6,
        "unknown-section",
    )
    assert {path.name for path in outlet.path.iterdir()} == {"content"}


def test_relative_folders_are_meant_from_where_the_user_stands(
    outlet: Outlet, tmp_path: Path
) -> None:
    (tmp_path / "here").mkdir()
    done = outlet.build(
        "--content", "../content", "--output", "../there/site", cwd=tmp_path / "here"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "there" / "site" / "2026" / "11" / "one" / "index.html").is_file()
    assert {path.name for path in (tmp_path / "there").iterdir()} == {"site", ".site.cache"}
    assert list((tmp_path / "here").iterdir()) == []


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (["--now", "tomorrow"], 2),
        (["--siteurl", "halyard.example"], 2),
        (["--content", "nowhere"], 1),
        (["--output", "content"], 1),
        (["--output", "content/site"], 1),
        (["--production", "--drafts"], 2),
        (["--jobs", "many"], 1),
    ],
)
def test_a_value_that_means_nothing_leaves_nothing(
    outlet: Outlet, flags: list[str], code: int
) -> None:
    before = sorted(outlet.path.rglob("*"))
    done = outlet.build(*flags, cwd=outlet.path)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert sorted(outlet.path.rglob("*")) == before


@pytest.mark.parametrize("gone", ["pages", "front_page.yml"])
def test_what_is_optional_may_be_taken_away(tmp_path: Path, gone: str) -> None:
    outlet = magazine(tmp_path)
    for file in outlet.content.rglob("*.md"):
        file.write_text(file.read_text().replace("(/about/)", "(/authors/)"))
    delete(outlet.content / gone)
    assert counts(outlet.rebuild())[0] == 6
    first = outlet.html("").select("section.front [data-slot=lead] article")[0]
    assert first["data-slug"] == ("reefs" if gone == "pages" else "cables")
