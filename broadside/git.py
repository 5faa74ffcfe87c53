"""Runs Git in the repository of a folder, even if the environment names another one."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess

LEAKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH")
"""Variables that Git sets for its hooks, and that would lead to another repository than the
folder's own.
"""
QUIET = {
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
COMMAND = (
    *("git", "--no-pager", "-c", "safe.bareRepository=explicit", "-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
)
"""Git, without its watcher, its pager and hooks, and blind to a folder that files such as HEAD and
config make a repository: a guest may have put them there.
"""
FILES = ("100644", "100755")
"""Git's modes of plain files; its other modes are those of links and of other repositories."""
OUTSIDE = ("not a git repository", "cannot change to", "cannot use bare repository")
STRANGE = "dubious ownership"
"""Part of the message with which Git refuses to work in another user's folder."""


class GitFailed(Exception):
    """A Git command failed; carries Git's own message."""


class Uncommitted(Exception):
    """A folder has uncommitted changes; the message names one."""


class GitRefuses(GitFailed):
    """Git is not installed, or refuses every command in this folder; the message says what to
    do.
    """


def git(
    folder: Path,
    *words: str,
    given: bytes = b"",
    repository: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> bytes:
    """Git's output, as run() has it; raises GitFailed if the command fails, and GitRefuses if every
    command would.
    """
    done = run(folder, *words, given=given, repository=repository, env=env)
    if done.returncode:
        raise _failure(done, folder)
    return done.stdout


def run(
    folder: Path,
    *words: str,
    given: bytes = b"",
    repository: Path | None = None,
    env: Mapping[str, str] | None = None,
    kept_open: Sequence[int] = (),
) -> CompletedProcess[bytes]:
    """Run Git in a folder, in the repository that is named or else in the one around the folder.

    Git is told which one that is, so it takes no folder of content/ for one. Outside a repository
    it runs too, because it knows the user's settings. `env` adds variables; `kept_open` are files
    that Git inherits. Raises GitRefuses if Git cannot run, or works in this folder in no case.
    """
    named: Mapping[str, str] = {}
    if repository:
        named = {"GIT_DIR": str(repository), "GIT_INDEX_FILE": str(repository / "index")}
    elif top := _top_of(folder):
        named = _named(top)
    return _run(folder, *words, given=given, env={**named, **(env or {})}, kept_open=kept_open)


def _run(
    folder: Path,
    *words: str,
    given: bytes = b"",
    env: Mapping[str, str],
    kept_open: Sequence[int] = (),
) -> CompletedProcess[bytes]:
    ours = {name: value for name, value in os.environ.items() if name not in LEAKS} | QUIET
    if "GIT_INDEX_FILE" in ours:  # in hooks, Git sets it relative to the folder where it calls them
        ours["GIT_INDEX_FILE"] = os.path.abspath(ours["GIT_INDEX_FILE"])
    command = [*COMMAND, "-C", str(folder), *words]
    try:
        return subprocess.run(
            command,
            input=given,
            env={**ours, **env},
            capture_output=True,
            check=False,
            pass_fds=kept_open,
        )
    except FileNotFoundError:
        raise GitRefuses("Git is not on this machine: install it first.") from None
    except OSError as problem:
        raise GitRefuses(f"Git cannot be run: {problem.strerror}") from None


def _top_of(folder: Path) -> Path | None:
    """The nearest folder around this one that has .git, which no guest's request can bring."""
    folder = folder.resolve()
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


@cache
def _named(top: Path) -> dict[str, str]:
    """The variables that name the repository of a folder with .git, if Git trusts its owner: once
    they are set, Git asks no more.
    """
    done = _run(top, "rev-parse", "--absolute-git-dir", "--show-toplevel", env={})
    if done.returncode:
        raise _failure(done, top)
    names = os.fsdecode(done.stdout).splitlines()
    return dict(zip(("GIT_DIR", "GIT_WORK_TREE"), names, strict=True))


def _failure(done: CompletedProcess[bytes], folder: Path) -> GitFailed:
    said = done.stderr.decode("utf-8", "replace").strip()
    if any(sign in said for sign in OUTSIDE):
        return GitRefuses(
            f"{folder} is not in a Git repository: work in a clone of one, or begin one with git"
            " init."
        )
    if STRANGE in said:
        trusted = said.splitlines()[-1].strip()
        return GitRefuses(
            f"Git does not work in {folder}, which is another user's; if you trust it, run"
            f" {trusted}"
        )
    return GitFailed(said or "Git failed")


def commit_of(folder: Path, name: str, must_answer: bool = False) -> str:
    """The commit for a name, such as HEAD or origin/main; "" if there is none.

    If Git refuses to work in the folder, this raises GitRefuses if it `must_answer`; otherwise it
    returns "" then too.
    """
    try:
        found = git(
            folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )
    except GitFailed as problem:
        if must_answer and isinstance(problem, GitRefuses):
            raise
        return ""
    return found.decode().strip()


def checked_out(folder: Path) -> str | None:
    """The commit that is checked out in a folder; "" outside a repository, None if Git names no
    commit inside one.

    Outside a repository Git is not started at all: a build reads nothing but its own folders.
    """
    if _top_of(folder):
        return commit_of(folder, "HEAD") or None
    return ""


def uncommitted(folder: Path, paths: Sequence[Path]) -> list[str]:
    """The files at or below some paths of a repository that are new or have uncommitted changes;
    none outside a repository.
    """
    inside = [str(path) for path in paths if path.exists()]
    flags = ["--porcelain", "-z", "--no-renames", "--untracked-files=normal"]
    try:
        return [line[3:] for line in listed(git(folder, "status", *flags, "--", *inside))]
    except GitFailed:
        return []


def way_back(folder: Path) -> str:
    """The command that takes back whatever is changed below a folder from now on; "" outside a
    repository.

    Raises Uncommitted if there are changes already, which it would take back too, and GitFailed if
    Git does not work there.
    """
    if checked_out(folder) == "":
        return ""
    git(folder, "status", "--porcelain", "--", ".")  # raises GitFailed where Git refuses to work
    if changed := uncommitted(folder, [folder]):
        raise Uncommitted(
            f"{changed[0]} has changes that are not committed; commit them first, or git stash -u"
        )
    return f"git stash -u -- {shlex.quote(os.path.relpath(folder))}"


def is_ancestor(folder: Path, older: str, newer: str) -> bool:
    """Whether one commit is in the history of another, or is the same; False if one of them is not
    in the repository.
    """
    try:
        git(folder, "merge-base", "--is-ancestor", older, newer)
    except GitFailed:
        return False
    return True


def listed(said: bytes) -> list[str]:
    """The entries of Git's NUL-separated output (-z), decoded like the file system's paths."""
    return [os.fsdecode(entry) for entry in said.split(b"\0") if entry]
