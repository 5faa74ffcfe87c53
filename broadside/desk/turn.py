"""Decides whether a commit may go live now, and whether it needs to: ./inv turn.

This is for hosts that show whatever they are given last. A note that the last publish left says what is live; if it is lost,
only the newest commit of the branch may go live, because nothing can be newer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from broadside.desk.git import GitFailed, commit_of, is_ancestor
from broadside.folders import OUTLET
from broadside.plugins.whole import write_whole

OVERTAKEN, NOTHING = 1, 3
"""The exit codes if the commit is older than what is live, and if there is nothing to do."""


class Note(Struct, frozen=True):
    """What the last publish put live: a commit, and the moment it was built for, in ISO 8601 with a zone."""

    commit: str
    now: str

    @classmethod
    def load(cls, path: Path) -> Note | None:
        """The note at a path; None if there is none that can be read."""
        try:
            note = msgspec.json.decode(path.read_bytes(), type=cls)
            return note if datetime.fromisoformat(note.now).tzinfo and note.commit.isalnum() else None
        except (OSError, ValueError):
            return None

    def save(self, path: Path) -> None:
        """Write the note."""
        write_whole(path, msgspec.json.encode(self), b"\n")


class Verdict(NamedTuple):
    """An exit code and the reason, in words."""

    code: int
    words: str


def turn(note: Path, branch: str, repository: Path = OUTLET) -> Verdict:
    """Whether the commit that is checked out may go live, according to the note and the server's branch as last fetched."""
    try:
        head, tip, last = _head(repository), commit_of(repository, f"origin/{branch}"), Note.load(note)
    except GitFailed as problem:
        return Verdict(OVERTAKEN, f"Nobody can tell which commit is newer: {problem}")
    if head == tip:
        return Verdict(0, f"{head[:12]} is the newest commit of {branch}.")
    if last and is_ancestor(repository, last.commit, head):
        return Verdict(0, f"{head[:12]} is as new as what is live ({last.commit[:12]}), or newer.")
    live = (
        f"what is live ({last.commit[:12]})"
        if last
        else f"{branch} ({tip[:12] or 'unknown'}), and nothing says what is live"
    )
    return Verdict(OVERTAKEN, f"{head[:12]} does not go live: it is older than {live}.")


def need(note: Path, fell: Callable[[str], list[str]], repository: Path = OUTLET) -> Verdict:
    """Whether a publish would change anything; `fell` says what fell due since a moment."""
    head, last = commit_of(repository, "HEAD"), Note.load(note)
    if last is None:
        return Verdict(0, "Nothing says what is live.")
    if last.commit != head:
        return Verdict(0, f"{last.commit[:12]} is live, and not {head[:12]}.")
    due = fell(last.now)
    return Verdict(0, "\n".join(due)) if due else Verdict(NOTHING, f"Nothing fell due since {last.now}.")


def done(note: Path, now: datetime, repository: Path = OUTLET) -> Note:
    """Note that the commit that is checked out went live, built for a moment; raises GitFailed if Git names none."""
    made = Note(_head(repository), now.isoformat())
    made.save(note)
    return made


def _head(repository: Path) -> str:
    head = commit_of(repository, "HEAD", must_answer=True)
    if not head:
        raise GitFailed(f"{repository} has no commit yet.")
    return head
