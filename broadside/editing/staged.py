"""Checks the content as the next commit would have it, which may differ from the files on disk: ./inv check --staged."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from broadside.build.report import placed, sources_of
from broadside.config.options import Options
from broadside.content.folder import IMPORTED, LEDGER, OBLIGATORY
from broadside.editing.check import faults_of, settings_to_read
from broadside.faults import Fault
from broadside.git import git, listed


class Staged(Struct, frozen=True):
    """A content folder filled from Git's index, and what the commit would change in it.

    `changed` are paths below it. `whole` says that other files may become faulty too, because a file goes or a list changes.
    """

    root: Path
    changed: set[str]
    whole: bool


def check_staged(options: Options, *, drafts: bool = False) -> tuple[list[Fault], dict[str, str]]:
    """The faults of what would be committed, and the text of each file that a fault names; raises GitFailed."""
    with _staged(options.content_path) as staged:
        faults = placed(_faults(staged, options, drafts), options)
        return faults, sources_of(faults, lambda path: staged.root / path.removeprefix(options.content_prefix))


def _faults(staged: Staged, options: Options, drafts: bool) -> list[Fault]:
    if not staged.changed and not staged.whole:
        return []
    settings = settings_to_read(options, drafts=drafts) | {"PATH": str(staged.root)}
    return faults_of(settings, () if staged.whole else staged.changed)


@contextmanager
def _staged(content: Path) -> Iterator[Staged]:
    top, inside = (
        Path(os.fsdecode(line))
        for line in git(content, "rev-parse", "--show-toplevel", "--absolute-git-dir").splitlines()
    )
    below = content.resolve().relative_to(top.resolve()).as_posix()
    diff = ("diff", "--cached", "--name-only", "--no-renames", "-z")
    changed, gone = (listed(git(top, *diff, f"--diff-filter={which}", "--", below)) for which in ("d", "D"))
    paths = {os.path.relpath(path, below) for path in changed}
    whole = bool(gone) or not paths.isdisjoint({*OBLIGATORY, LEDGER, IMPORTED})
    # In a folder where hard links to the files are possible.
    with tempfile.TemporaryDirectory(prefix="broadside-", dir=inside) as folder:
        if changed or gone:
            _fill(Path(folder), top, below)
        yield Staged(Path(folder) / below, paths, whole)


def _fill(folder: Path, top: Path, below: str) -> None:
    """Put everything in the index into a folder, as links to files that are the same on disk, and as copies of the others."""
    edited = set(listed(git(top, "diff-files", "--name-only", "-z", "--", below)))
    paths = listed(git(top, "ls-files", "-z", "--", below))
    rest = [path for path in paths if path in edited or not _linked(top / path, folder / path)]
    given = os.fsencode("".join(f"{path}\0" for path in rest))
    git(top, "checkout-index", "-z", "--stdin", f"--prefix={folder}/", given=given)


def _linked(there: Path, here: Path) -> bool:
    here.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(there, here, follow_symlinks=False)
    except OSError:
        return False
    return True
