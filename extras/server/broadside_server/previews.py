"""./inv server-preview: builds what was pushed to a branch preview/NAME, so that others can look at
it.

Only content/ is taken from that branch. Code, settings and theme are those of the live commit,
which is checked out around us, so a push to a preview cannot run any code.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from broadside.serving import (
    FaultsFound,
    GitFailed,
    Options,
    arranged,
    build,
    count,
    errors_in,
    files_of,
    git,
    listed,
    read,
    render,
    write_whole,
)
from broadside_server.folder import PREVIEWS, ServerFolder

CONTENT = "content"


class NotShown(Exception):
    """There is no new preview; the message says why."""


class Preview(Struct, frozen=True):
    """A branch that is shown: the folder with everything of it; the folder's name makes its address
    impossible to guess.
    """

    folder: Path

    @property
    def named(self) -> Path:
        """The file with the branch's name."""
        return self.folder / "branch"

    @property
    def site(self) -> Path:
        """The site that was built last; its cache is beside it."""
        return self.folder / "site"

    @classmethod
    def of(cls, server: ServerFolder, branch: str) -> Preview:
        """The preview of a branch, which is created if there is none."""
        for folder in sorted(server.previews.iterdir()) if server.previews.is_dir() else ():
            if (named := cls(folder)).named.is_file() and named.named.read_text("utf-8") == branch:
                return named
        made = cls(server.previews / secrets.token_hex(16))
        made.folder.mkdir(parents=True)
        write_whole(made.named, branch.encode())
        return made


def show(server: ServerFolder, branch: str, commit: str, main: str, siteurl: str) -> Iterator[str]:
    """Build a commit of a branch and show it; yields lines for the pusher.

    Raises NotShown, and then the old preview stays.
    """
    preview = Preview.of(server, branch)
    _take_content(server, preview, commit)
    address = f"{siteurl.rstrip('/')}/{PREVIEWS}/{preview.folder.name}"
    options = Options(
        str(preview.folder / CONTENT), str(preview.site), drafts=True, siteurl=address
    )
    _share_pictures(server, options)
    try:
        report = build(options)
    except FaultsFound as found:
        faults = [fault.at(fault.path.removeprefix(f"{preview.folder}/")) for fault in found.faults]
        raise NotShown(
            f"{render(faults, 'text')}\n{branch} has {count(errors_in(faults), 'error')}; its"
            " preview is as it was."
        ) from None
    shown = server.shown / preview.folder.name
    shown.parent.mkdir(exist_ok=True)
    if not shown.is_symlink():
        shown.symlink_to(os.path.relpath(preview.site, shown.parent))
    yield str(report)
    yield from _changes(server, options, commit, main)
    yield f"Preview of {branch}: {address}/"


def _take_content(server: ServerFolder, preview: Preview, commit: str) -> None:
    """Make the content folder that of a commit.

    Git writes links as files with their targets, so that none leads out of it.
    """
    there = server.repository
    entry = git(there, "ls-tree", commit, CONTENT, repository=there).decode().split()
    if entry[1:2] != ["tree"]:
        raise NotShown(f"{commit[:12]} has no folder {CONTENT}/; its preview is as it was.")
    folder = preview.folder / CONTENT
    folder.mkdir(exist_ok=True)
    plain = ("-c", "core.symlinks=false", "-c", "core.bare=false")
    (preview.folder / "index.lock").unlink(missing_ok=True)
    # By paths, so that nothing in the content can name another repository or index.
    paths = {"GIT_WORK_TREE": str(folder), "GIT_INDEX_FILE": str(preview.folder / "index")}
    git(folder, *plain, "read-tree", "--reset", "-u", entry[2], repository=there, env=paths)
    git(folder, *plain, "clean", "-ffdxq", repository=there, env=paths)


def _share_pictures(server: ServerFolder, options: Options) -> None:
    """Share the finished pictures of the live site, most of which are the same; their names are
    digests of their sources.
    """
    store, live = (
        options.cache_path / "photos",
        server.root / f".{server.site.name}.cache" / "photos",
    )
    if live.is_dir() and not os.path.lexists(store):
        store.parent.mkdir(exist_ok=True)
        store.symlink_to(live)


def _changes(server: ServerFolder, options: Options, commit: str, main: str) -> Iterator[str]:
    """Lines about the pages that the branch changes."""
    diff = (
        "diff",
        "--name-status",
        "-z",
        "--no-renames",
        "--no-ext-diff",
        "--merge-base",
        main,
        commit,
        "--",
        f"{CONTENT}/",
    )
    try:
        said = git(server.repository, *diff, repository=server.repository)
    except GitFailed:  # it has no commit in common with the live branch
        return
    files = files_of(listed(said))
    content, _, _ = read(options)
    below = {path.removeprefix(f"{CONTENT}/"): how for path, how in files.items()}
    yield from arranged(content, below, f"{CONTENT}/").lines(options.siteurl)
