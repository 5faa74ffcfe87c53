"""What ./inv audit says."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.plugins.audit.repository import OTHER, Repo
from tests.sample import NOW

pytestmark = pytest.mark.git


def asked(repo: Repo, *flags: str) -> subprocess.CompletedProcess[str]:
    return repo.outlet.run(
        "audit", "--content", "site/content", "--now", NOW, *flags, cwd=repo.path
    )


def test_a_deleted_story_is_the_ledgers_business(repo: Repo) -> None:
    since = repo.commit()
    (repo.outlet.content / "articles" / "a.md").unlink()
    assert asked(repo, "--since", since).returncode == 0
    gone = repo.commit()
    repo.outlet.story("b", body=OTHER)
    for before in (since, gone):
        assert repo.codes(since=before) == []


def test_the_command_tells_in_each_format_and_fails(repo: Repo) -> None:
    assert asked(repo).returncode == 0
    since = repo.commit()
    repo.outlet.story("a", body=OTHER)
    done = asked(repo, "--since", since)
    assert done.returncode == 1
    assert done.stdout.startswith("site/content/articles/a.md:10: error: silent-edit: ")
    found = json.loads(asked(repo, "--since", since, "--format", "json").stdout)
    assert [(each["path"], each["line"], each["code"]) for each in found] == [
        ("site/content/articles/a.md", 10, "silent-edit")
    ]
    repo.outlet.story("a", body=OTHER, minor="true")
    assert asked(repo, "--since", since).returncode == 0
    repo.outlet.story("a", body=f"{OTHER} <script>x</script>")
    assert asked(repo, "--since", since).returncode == 0, (
        "a story that cannot be read any more is no edit"
    )


def test_a_command_that_compared_nothing_fails(repo: Repo) -> None:
    assert asked(repo, "--since", "nowhere").returncode == 2
    assert asked(repo, "--format", "xml").returncode == 2
