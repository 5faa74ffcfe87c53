"""Reads the stories of earlier revisions from Git, without a checkout; nothing in the repository is
executed.

Only commands that read objects are used: none of them runs a hook, a filter, a pager or a program
that a setting names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

from msgspec import Struct

from broadside.content.folder import is_left_over
from broadside.front_matter.source import LARGEST
from broadside.git import FILES, GitFailed, GitRefuses, commit_of, git, listed

MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
"""Names of the branch that the site may be published from, the likeliest first."""


class NotCompared(Exception):
    """There is no earlier revision to compare with; the message says why, and what to do."""


class Repository(Struct, frozen=True):
    """The Git repository around a folder."""

    folder: Path

    def named(self, name: str) -> str:
        """The commit for a name; raises NotCompared if there is none."""
        return commit_of(self.folder, name) or self._missing(
            f'"{name}" is not a revision of this repository'
        )

    def before(self, edited: Callable[[str], bool]) -> str:
        """The commit to compare with: the one where this branch left main; "" if nothing came
        before.

        On main itself, it is the commit that is checked out if stories were `edited` since, and
        otherwise the one before it.
        """
        head = commit_of(self.folder, "HEAD")
        for name in MAIN:
            left = self._ask("merge-base", name, "HEAD").strip()
            # On main itself, the merge base is HEAD.
            if left and left != head:
                return left
        if not head or edited(head):
            return head
        before = commit_of(self.folder, "HEAD^1")
        return before or (
            self._missing("there is no commit before this one") if self.shallow else ""
        )

    @property
    def shallow(self) -> bool:
        """Whether the clone lacks earlier commits."""
        return self._ask("rev-parse", "--is-shallow-repository").strip() == "true"

    def _missing(self, what: str) -> NoReturn:
        why = (
            "; the clone is shallow: fetch the rest (git fetch --unshallow, or fetch-depth: 0 in a"
            " workflow)"
        )
        raise NotCompared(f"{what[0].upper()}{what[1:]}{why if self.shallow else ''}.")

    def moment(self, commit: str) -> datetime:
        """When a commit was made."""
        return datetime.fromtimestamp(
            int(self._run("rev-list", "--timestamp", "-1", commit).split()[0]), UTC
        )

    def stories(self, commit: str) -> dict[str, str]:
        """The files of a revision that may be stories, by their paths below the folder, with their
        blob ids.
        """
        found = {}
        for entry in listed(self._run("ls-tree", "-r", "-l", "-z", commit, "--", "articles/")):
            facts, _, path = entry.partition("\t")
            mode, _, blob, size = facts.split()
            hidden = any(part.startswith(".") or is_left_over(part) for part in path.split("/"))
            # Git says BAD for a blob that the clone lacks, which matters only when it is needed.
            if (
                mode in FILES
                and path.endswith(".md")
                and not hidden
                and (size == "BAD" or int(size) <= LARGEST)
            ):
                found[path] = blob
        return found

    def files(self, commit: str) -> dict[str, str]:
        """The files of a revision that stories may link to, by their paths below the folder, with
        their blob ids.

        Files in Git LFS are left out, because Git does not have the bytes that readers get.
        """
        found, small = {}, {}
        for entry in listed(self._run("ls-tree", "-r", "-l", "-z", commit, "--", "files/")):
            facts, _, path = entry.partition("\t")
            mode, _, blob, size = facts.split()
            if mode in FILES:
                found[path] = blob
                if size != "BAD" and int(size) < 1024:
                    small[path] = blob
        texts = {}
        if small:
            texts = self.contents(small.values())
        in_lfs = {
            path
            for path, blob in small.items()
            if texts[blob].startswith(b"version https://git-lfs")
        }
        return {path: blob for path, blob in found.items() if path not in in_lfs}

    def changes(self, base: str, head: str) -> list[str]:
        """What changed in `head` since it left `base`: Git's facts about a file and its path,
        alternately.
        """
        diff = ("diff", "--raw", "-z", "--no-renames", "--no-abbrev", "--merge-base")
        return listed(self._run(*diff, base, head, "--"))

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """The contents of blobs."""
        wanted = sorted(set(blobs))
        data, found, at = (
            self._run("cat-file", "--batch", given="".join(f"{blob}\n" for blob in wanted)),
            {},
            0,
        )
        for blob in wanted:
            end = data.index(b"\n", at)
            facts = data[at:end].split()
            if facts[1] == b"missing":
                raise NotCompared(
                    "This clone lacks texts of earlier stories; clone without --filter."
                )
            at = end + 1 + int(facts[2])
            found[blob] = data[end + 1 : at]
            at += 1
        return found

    def _ask(self, *arguments: str) -> str:
        """The output of a Git command; "" if it fails."""
        return self._run(*arguments, may_fail=True).decode()

    def _run(self, *arguments: str, given: str = "", may_fail: bool = False) -> bytes:
        """The output of a Git command; raises NotCompared if it fails."""
        try:
            return git(self.folder, *arguments, given=given.encode())
        except GitFailed as problem:
            if isinstance(problem, GitRefuses):
                raise NotCompared(str(problem)) from None
            if may_fail:
                return b""
            self._missing(f"Git says: {str(problem).partition(chr(10))[0]}")


def name_of(data: bytes, like: str) -> str:
    """The blob id of some bytes, by the hash of the id `like`."""
    return _named(len(data), [data], like)


def name_of_file(file: Path, like: str) -> str:
    """The blob id of a file, which is read in pieces."""
    with file.open("rb") as opened:
        return _named(file.stat().st_size, iter(lambda: opened.read(1 << 20), b""), like)


def _named(size: int, pieces: Iterable[bytes], like: str) -> str:
    # Git's id is the hash of "blob SIZE", a NUL and the contents; its length tells which hash the
    # repository uses.
    made = (hashlib.sha1 if len(like) == 40 else hashlib.sha256)(b"blob %d\0" % size)
    for piece in pieces:
        made.update(piece)
    return made.hexdigest()
