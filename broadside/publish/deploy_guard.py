"""Decides whether a commit may go live now, and whether it needs to: ./inv deploy-guard.

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

from broadside.disk import write_whole
from broadside.folders import OUTLET
from broadside.git import GitFailed, commit_of, is_ancestor

OLDER, NOTHING_TO_DO = 1, 3
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


class Verdict(NamedTuple):
    """An exit code and the reason, in words."""

    code: int
    words: str


def may_go_live(note: Path, branch: str, repository: Path = OUTLET) -> Verdict:
    """Whether the commit that is checked out may go live, according to the note and the server's branch as last fetched."""
    try:
        head = _head(repository)
    except GitFailed as problem:
        return Verdict(OLDER, f"Nobody can tell which commit is newer: {problem}")
    newest, live = commit_of(repository, f"origin/{branch}"), Note.load(note)
    if head == newest or (live and is_ancestor(repository, live.commit, head)):
        return Verdict(0, f"{head[:12]} is the newest commit of {branch}, or not older than what is live.")
    other = f"what is live ({live.commit[:12]})" if live else f"{branch} ({newest[:12]}), and nothing says what is live"
    return Verdict(OLDER, f"{head[:12]} does not go live: it is older than {other}.")


def needs_to(note: Path, fell_due: Callable[[str], list[str]], repository: Path = OUTLET) -> Verdict:
    """Whether a publish would change anything; `fell_due` says what fell due since a moment."""
    head, live = commit_of(repository, "HEAD"), Note.load(note)
    if not live or live.commit != head:
        return Verdict(0, f"{live.commit[:12] if live else 'Nobody knows what'} is live, and not {head[:12]}.")
    due = fell_due(live.now)
    return Verdict(0, "\n".join(due)) if due else Verdict(NOTHING_TO_DO, f"Nothing fell due since {live.now}.")


def write_note(note: Path, now: datetime, repository: Path = OUTLET) -> Note:
    """Note that the commit that is checked out went live, built for a moment; raises GitFailed if Git names none."""
    live = Note(_head(repository), now.isoformat())
    write_whole(note, msgspec.json.encode(live), b"\n")
    return live


def _head(repository: Path) -> str:
    head = commit_of(repository, "HEAD", must_answer=True)
    if not head:
        raise GitFailed(f"{repository} has no commit yet.")
    return head
