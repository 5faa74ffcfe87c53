"""./inv guest: who is a guest, and what a guest may not propose."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from broadside.editing.guests import OURS, changes, is_guest, refused
from broadside.editing.history import NotCompared
from tests.forges import commit, git
from tests.sample import Outlet

pytestmark = pytest.mark.git


def event(
    association: str | None, source: str | None, target: str = "halyard/site"
) -> dict[str, Any]:
    request: dict[str, Any] = {"head": {"repo": {"full_name": source} if source else None}}
    request["base"] = {"repo": {"full_name": target}}
    return {"pull_request": request | ({"author_association": association} if association else {})}


@pytest.mark.parametrize(
    "association",
    [*OURS, "CONTRIBUTOR", "FIRST_TIME_CONTRIBUTOR", "FIRST_TIMER", "MANNEQUIN", "NONE"],
)
def test_whoever_may_not_write_or_comes_from_elsewhere_is_a_guest(association: str) -> None:
    assert is_guest(event(association, "halyard/site")) == (association not in OURS)
    assert is_guest(event(association, "somebody/site")), "from another repository"
    assert is_guest(event(association, None)), "from one that is gone"


def test_forgejo_says_nothing_of_authors_and_only_those_who_may_write_have_a_branch_there() -> None:
    assert not is_guest(event(None, "halyard/site"))
    assert is_guest(event(None, "somebody/site"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    for name in ("content/articles/a.md", "content/photos/x.jpg", "broadside/build/build.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("old")
    commit(tmp_path, "base")
    git(tmp_path, "checkout", "--quiet", "-b", "request")
    return tmp_path


def proposed(repository: Path) -> list[str]:
    commit(repository, "request")
    return [fault.path for fault in refused(changes(repository, "main", "request"))]


def test_content_may_change(repository: Path) -> None:
    (repository / "content/articles/a.md").write_text("new")
    (repository / "content/articles/ü b.md").write_text("new")
    (repository / "content/photos/x.jpg").unlink()
    assert proposed(repository) == []


@pytest.mark.parametrize(
    "name",
    [
        "broadside/build/build.py",
        "new.py",
        ".github/workflows/check.yml",
        "contents/a.md",
        "content",
        "Content/a.md",
    ],
)
def test_nothing_else_may(repository: Path, name: str) -> None:
    if name == "content":
        git(repository, "rm", "-r", "--quiet", "content")
    (repository / name).parent.mkdir(parents=True, exist_ok=True)
    (repository / name).write_text("new")
    assert name in proposed(repository)


def test_what_is_moved_out_of_the_code_counts_and_so_does_what_is_deleted(repository: Path) -> None:
    (repository / "broadside/build/build.py").rename(repository / "content/articles/build.py")
    assert proposed(repository) == ["broadside/build/build.py"]


@pytest.mark.parametrize(
    "name",
    [
        *(".gitattributes", "photos/.gitmodules", "articles/.hidden/a.md"),
        *("HEAD", "config", "Config", "objects/aa/bb", "Refs/heads/main", "info/attributes"),
        *("photos/head", "articles/2026/commondir", "files/INFO/attributes"),
    ],
)
def test_what_steers_git_or_hides_is_refused_below_content_too(repository: Path, name: str) -> None:
    path = repository / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("*.md -diff\n")
    assert proposed(repository) == [f"content/{name}"]


def test_links_and_repositories_within_are_refused(repository: Path) -> None:
    (repository / "content/photos/link.jpg").symlink_to("/etc/passwd")
    head = git(repository, "rev-parse", "HEAD")
    git(
        repository, "update-index", "--add", "--cacheinfo", f"160000,{head},content/articles/module"
    )
    (repository / "content/articles/module").mkdir()
    assert sorted(proposed(repository)) == ["content/articles/module", "content/photos/link.jpg"]


def test_the_list_of_what_was_imported_is_not_open_to_guests(repository: Path) -> None:
    (repository / "content/imported.jsonl").write_text("")
    assert proposed(repository) == ["content/imported.jsonl"]


def test_what_main_got_meanwhile_is_not_the_guests(repository: Path) -> None:
    (repository / "content/articles/a.md").write_text("new")
    commit(repository, "request")
    git(repository, "checkout", "--quiet", "main")
    (repository / "broadside/build/build.py").write_text("newer")
    commit(repository, "meanwhile")
    assert list(refused(changes(repository, "main", "request"))) == []


def guest(
    repository: Path, given: dict[str, Any], form: str = "github"
) -> subprocess.CompletedProcess[str]:
    (repository / ".git" / "event.json").write_text(json.dumps(given))
    flags = (
        "--base",
        "main",
        "--repository",
        str(repository),
        "--event",
        ".git/event.json",
        "--format",
        form,
    )
    return Outlet(repository).run("guest", *flags)


def test_the_command_marks_the_file_and_lets_others_pass(repository: Path) -> None:
    (repository / "broadside/build/build.py").write_text("new")
    commit(repository, "request")
    done = guest(repository, event("NONE", "somebody/site"))
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=broadside/build/build.py,line=1,title=guest::")
    assert guest(repository, event("MEMBER", "halyard/site")).returncode == 0
    assert guest(repository, event("NONE", "somebody/site"), "xml").returncode == 2
    assert guest(repository, {"pull_request": {}}).returncode == 2
    nowhere = Outlet(repository).run("guest", "--base", "wrong", "--repository", str(repository))
    assert nowhere.returncode == 2


def test_a_clone_that_lacks_what_is_compared_says_how_to_get_it(
    repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As hosted CI makes them."""
    (repository / "content/articles/a.md").write_text("new")
    commit(repository, "request")
    there = tmp_path_factory.mktemp("clone") / "clone"
    git(
        repository,
        "clone",
        "--quiet",
        "--depth",
        "1",
        "--no-single-branch",
        f"file://{repository}",
        str(there),
    )
    with pytest.raises(NotCompared):
        changes(there, "origin/main", "HEAD")
