"""The workflows of a new outlet, run as the forges run them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.forges import git
from tests.outlets.conftest import Owned
from tests.outlets.runners import Forge

PUBLISH, CHECK = ".github/workflows/publish.yml", ".github/workflows/check.yml"
INSTALLED = "Installing what requirements.lock names"
STORY = """---
title: {title}
date: 2026-01-05
section: {section}
author: Ana Ruiz
type: Analysis
dek: One sentence.
---

It waits.
"""


def story(title: str, section: str = "World") -> str:
    return STORY.format(title=title, section=section)


@pytest.fixture(scope="module")
def forge(
    start: Callable[..., Owned], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Forge]:
    """Makes forges of a kind with a new outlet."""

    def makes(kind: str) -> Forge:
        outlet = start("--author", "Ana Ruiz", forge=kind)
        return Forge(tmp_path_factory.mktemp(kind), outlet)

    return makes


@pytest.fixture(scope="module")
def github(forge: Callable[[str], Forge]) -> Forge:
    return forge("github")


@pytest.fixture(scope="module")
def forgejo(forge: Callable[[str], Forge], owned: Owned) -> Forge:
    made = forge("forgejo")
    made.share(owned)
    return made


@pytest.fixture(scope="module")
def gitlab(forge: Callable[[str], Forge], owned: Owned) -> Forge:
    made = forge("gitlab")
    made.share(owned)
    return made


def guests(base: str) -> dict[str, object]:
    """What a forge says of a request from a fork."""
    ours, theirs = {"full_name": "outlet/riverbank"}, {"full_name": "guest/riverbank"}
    return {
        "number": 1,
        "author_association": "NONE",
        "base": {"sha": base, "ref": "main", "repo": ours},
        "head": {"ref": "request", "repo": theirs},
    }


def test_on_github_a_push_goes_live_and_an_older_commit_or_a_fault_does_not(
    github: Forge, owned: Owned
) -> None:
    github.outlet.write("content/articles/one.md", story("One"))
    ran = github.act(PUBLISH, github.push("one"))
    assert ran.code == 0, ran.said
    assert ran.said.count(INSTALLED) == 1, "one job installs what the lock names"
    assert "2 stories published" in ran.said
    before = (github.live / "index.html").read_text("utf-8")
    assert "One" in before
    assert len((github.folder / "attested").read_text().splitlines()) == 1

    github.share(owned)
    older = github.act(PUBLISH, github.first)
    assert older.code != 0
    assert "does not go live: it is older" in older.said
    github.outlet.write("content/articles/two.md", story("Two", "Wrold"))
    bad = github.act(PUBLISH, github.push("two"))
    assert bad.code != 0
    assert "unknown-section" in bad.said
    assert (github.live / "index.html").read_text("utf-8") == before
    github.outlet.git("rm", "--quiet", "content/articles/two.md")
    github.push("Take two away")


def test_on_github_a_guests_request_is_judged(github: Forge) -> None:
    main = github.outlet.git("rev-parse", "HEAD").strip()
    _, merged = github.propose("tasks.py", "# mine\n")
    code = github.act(CHECK, merged, "pull_request", guests(main))
    assert code.code != 0
    assert "::error file=tasks.py,line=1,title=guest::" in code.said
    assert "Every fault at its line" not in code.said, "nothing of the request ran"

    _, merged = github.propose("content/articles/bad.md", story("Bad", "Wrold"))
    bad = github.act(CHECK, merged, "pull_request", guests(main))
    assert bad.code != 0
    assert "::error file=content/articles/bad.md,line=4" in bad.said
    assert "World" in bad.said

    _, merged = github.propose("content/articles/good.md", story("Good"))
    good = github.act(CHECK, merged, "pull_request", guests(main))
    assert good.code == 0, good.said


def test_on_forgejo_a_push_goes_live_as_a_branch_and_an_older_commit_does_not(
    forgejo: Forge,
) -> None:
    path = ".forgejo/workflows/publish.yml"
    forgejo.outlet.write("content/articles/one.md", story("One"))
    commit = forgejo.push("one")
    ran = forgejo.act(path, commit)
    assert ran.code == 0, ran.said
    assert "One" in git(forgejo.server, "show", "pages:index.html")
    live = git(forgejo.server, "log", "--format=%s", "pages")
    assert commit in live
    older = forgejo.act(path, forgejo.first)
    assert older.code != 0
    assert "does not go live: it is older" in older.said
    assert git(forgejo.server, "log", "--format=%s", "pages") == live


def test_on_forgejo_a_guests_request_is_judged(forgejo: Forge) -> None:
    path = ".forgejo/workflows/check.yml"
    main = forgejo.outlet.git("rev-parse", "HEAD").strip()
    _, merged = forgejo.propose("tasks.py", "# mine\n")
    code = forgejo.act(path, merged, "pull_request", guests(main))
    assert code.code != 0
    assert "tasks.py" in code.said
    _, merged = forgejo.propose("content/articles/bad.md", story("Bad", "Wrold"))
    bad = forgejo.act(path, merged, "pull_request", guests(main))
    assert bad.code != 0
    assert "content/articles/bad.md:4" in bad.said


def test_on_gitlab_a_push_makes_the_site_and_an_older_commit_does_not(gitlab: Forge) -> None:
    gitlab.outlet.write("content/articles/one.md", story("One"))
    there = gitlab.clone(gitlab.push("one"), "main")
    ran = gitlab.gitlab(there)
    assert re.search(r"PASS +pages", ran.said), ran.said
    shown = (there / "output" / "index.html").read_text("utf-8")
    assert "One" in shown
    assert (there / ".live" / "note.json").is_file()
    git(there, "checkout", "--quiet", "-B", "main", gitlab.first)
    older = gitlab.gitlab(there)
    # Of a job that may end with one code, this runner takes every other one as a failure, too, and
    # only shows it.
    assert re.search(r"FAIL +pages", older.said)
    assert "does not go live: it is older" in older.said
    assert (there / "output" / "index.html").read_text("utf-8") == shown


def test_on_gitlab_a_guests_request_is_judged_by_what_the_target_branch_has_now(
    gitlab: Forge,
) -> None:
    inv = gitlab.outlet.path / "inv"
    code = inv.read_text("utf-8")
    inv.write_text("#!/bin/sh\nexit 0\n", "utf-8")
    lenient = gitlab.push("A judge that lets everything through")
    inv.write_text(code, "utf-8")
    gitlab.push("The judge again")
    head, _ = gitlab.propose("tasks.py", "# mine\n", since=lenient)
    refused = gitlab.request_on_gitlab(head)
    assert refused.code != 0
    assert re.search(r"tasks\.py.*guest", refused.said)

    head, _ = gitlab.propose("content/articles/bad.md", story("Bad", "Wrold"))
    bad = gitlab.request_on_gitlab(head)
    assert bad.code != 0
    assert "content/articles/bad.md:4" in bad.said
