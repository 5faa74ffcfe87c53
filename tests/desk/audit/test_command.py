"""What ./inv audit says."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.desk.audit.repository import OTHER, Repo
from tests.outlet import NOW

pytestmark = pytest.mark.git


def asked(repo: Repo, *flags: str) -> subprocess.CompletedProcess[str]:
    return repo.outlet.run("audit", "--content", "site/content", "--now", NOW, *flags, cwd=repo.path)


def test_a_deleted_story_is_the_ledgers_business(repo: Repo) -> None:
    since = repo.commit()
    (repo.outlet.content / "articles" / "a.md").unlink()
    assert asked(repo, "--since", since).stdout == f"No silent edits: 0 published stories changed since {since[:7]}.\n"
    gone = repo.commit()
    repo.outlet.story("b", body=OTHER)
    for before in (since, gone):
        assert repo.codes(since=before) == []
    assert asked(repo, "--since", gone).stdout == f"No silent edits: 0 published stories changed since {gone[:7]}.\n"


def test_the_command_tells_in_each_format_and_fails(repo: Repo) -> None:
    assert asked(repo).stdout == "No silent edits: there is no earlier revision to compare with.\n"
    since = repo.commit()
    repo.outlet.story("a", body=OTHER)
    done = asked(repo, "--since", since)
    assert done.returncode == 1
    said, line = done.stdout.splitlines()[:2]
    assert said.startswith(
        "site/content/articles/a.md:10: error: silent-edit: 40 words of this published story changed"
    )
    assert line.startswith("   10 | other0 ")
    found = json.loads(asked(repo, "--since", since, "--format", "json").stdout)
    assert [(each["path"], each["line"], each["code"]) for each in found] == [
        ("site/content/articles/a.md", 10, "silent-edit")
    ]
    told = asked(repo, "--since", since, "--format", "github").stdout
    assert told.startswith("::error file=site/content/articles/a.md,line=10,title=silent-edit::40 words")
    repo.outlet.story("a", body=OTHER, minor="true")
    done = asked(repo, "--since", since)
    assert (done.returncode, done.stdout) == (0, f"No silent edits: 1 published story changed since {since[:7]}.\n")


def test_a_story_that_cannot_be_read_any_more_is_told_of(repo: Repo) -> None:
    since = repo.commit()
    for slug in ("a", "new"):
        repo.outlet.story(slug, body=f"{OTHER} <script>x</script>")
    said = f"0 published stories changed since {since[:7]}; 1 not compared because of faults, which ./inv check shows"
    assert asked(repo, "--since", since).stdout == f"No silent edits: {said}.\n"


def test_the_command_says_in_a_line_why_it_compared_nothing(repo: Repo) -> None:
    done = asked(repo, "--since", "nowhere")
    assert (done.returncode, done.stderr) == (2, '"nowhere" is not a revision of this repository.\n')
    assert asked(repo, "--format", "xml").returncode == 2
