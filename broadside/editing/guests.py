"""Refuses a guest's proposal that changes anything outside content/: ./inv guest.

The code that judges is that of the target branch, so no code of the proposal is run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from broadside.content.folder import IMPORTED
from broadside.editing.history import Repository
from broadside.faults import Fault, quoted
from broadside.git import FILES

OURS = ("OWNER", "MEMBER", "COLLABORATOR")
"""GitHub's names for people who may write to the repository."""
NO_FILE = "000000"
"""Git's mode for a file that does not exist."""
OPEN = "content/"
"""The folder that is open to guests."""
OF_GIT = re.compile(
    rf"{OPEN}(?:.*/)?(?:(?:head|config|commondir|packed-refs|index)$|info/attributes$)"
    rf"|{OPEN}(?:objects|refs|hooks|info)(?:/|$)",
    re.IGNORECASE,
)
"""Files that make a folder a repository whose settings Git obeys: those without which there is none
in any folder, the rest in content/ itself.
"""


class ProposedChange(NamedTuple):
    """A path of the repository that a proposal changes, and its Git mode before and after."""

    path: str
    before: str
    after: str


class NoEvent(Exception):
    """A file does not describe a pull request in a forge's form; the message says why."""


def is_guest(event: dict[str, Any]) -> bool:
    """Whether a pull request comes from someone who may not write to the repository, according to
    the forge's event.

    GitHub gives the author's role in the repository. Forgejo does not, but there too a request from
    another repository is a guest's.
    """
    request = event["pull_request"]
    source = (request["head"].get("repo") or {}).get("full_name")
    if not source or source != request["base"]["repo"]["full_name"]:
        return True
    association = request.get("author_association")
    return association is not None and association not in OURS


def read_event(path: Path) -> dict[str, Any]:
    """The event of a pull request, from the file that a forge provides."""
    try:
        event = json.loads(path.read_text("utf-8"))
        is_guest(event)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise NoEvent(
            f"{path} does not describe a pull request ({type(problem).__name__}: {problem})"
        ) from None
    return dict(event)


def changes(repository: Path, base: str, head: str) -> list[ProposedChange]:
    """What a proposal changes, from where it left the base to its head. A moved file counts in both
    places.

    Raises NotCompared if one of the two does not exist.
    """
    there = Repository(repository)
    entries = there.changes(there.named(base), there.named(head))
    found = []
    for state, path in zip(entries[::2], entries[1::2], strict=True):
        before, after, *_ = state.removeprefix(":").split()
        found.append(ProposedChange(path, before, after))
    return found


def refused(proposal: list[ProposedChange]) -> Iterator[Fault]:
    """A fault for each change that a guest may not propose."""
    for path, before, after in proposal:
        if not path.startswith(OPEN) or ".." in path.split("/"):
            message = f"a guest's request changes {quoted(path)}"
            hint = (
                f"a guest proposes changes below {OPEN} only; take this one out, or ask an editor"
                " to make it"
            )
            yield Fault(path, 0, 0, "error", "guest", message, hint)
        elif any(part.startswith(".") for part in path.split("/")):
            message = f"a guest's request changes {quoted(path)}, a hidden file"
            hint = "such files steer Git and hide changes from reviewers; take this one out"
            yield Fault(path, 0, 0, "error", "guest", message, hint)
        elif OF_GIT.match(path):
            message = f"a guest's request changes {quoted(path)}, a file of Git's"
            hint = "Git takes a folder with such files for a repository; take this one out"
            yield Fault(path, 0, 0, "error", "guest", message, hint)
        elif path == OPEN + IMPORTED:
            message = f"a guest's request changes {quoted(path)}, the list of what was imported"
            yield Fault(
                path,
                0,
                0,
                "error",
                "guest",
                message,
                "only ./inv import and editors change it; take this one out",
            )
        elif not {before, after} <= {*FILES, NO_FILE}:
            message = (
                f"a guest's request turns {quoted(path)} into a link or a repository of its own"
            )
            yield Fault(path, 0, 0, "error", "guest", message, "put the file itself there")
