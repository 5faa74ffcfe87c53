"""The output folder is always wholly the old site or wholly the new one.

A build writes into a second tree, which shares every unchanged file with the output through hard
links. When the new site is complete, one system call exchanges the two trees. A build that is
killed at any moment leaves the output as it was, and a second tree that the next build repairs.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msgspec import Struct

from broadside.build.files import delete, exchange, is_folder, let_in, mounts_in, wait_for_disk
from broadside.build.report import BuildFailed, NotNoted
from broadside.build.tree import Tree
from broadside.content.folder import is_left_over
from broadside.disk import opened_to_lock
from broadside.store import FILE as STORE

if TYPE_CHECKING:
    from broadside.build.write import WrittenFiles

LOCK, PHOTOS, NEXT, LAST = "lock", "photos", "next", "last"
"""What a cache folder holds, apart from the store."""
KEPT = (LOCK, PHOTOS)
"""What a fresh build keeps in the cache: pictures take long to make, and their names cover
everything they are made from.
"""

SIGNS = ("index.html", "404.html", "feed.xml")
"""Files that every Broadside site has.

A folder with all of them may be replaced; with its cache beside it, one is enough.
"""


class OutputRefused(BuildFailed):
    """The output folder cannot be used; the message says why."""


class Staging(Struct, frozen=True):
    """The output folder, and the folder beside it (`cache`) with the second tree and the lock.

    The output is replaced as a whole, so it must not contain the `content` or the `project`. Nor
    may it be inside the content, where the next build would take its pages for stories.
    """

    output: Path
    cache: Path
    content: Path
    project: Path

    @property
    def tree(self) -> Path:
        """The second tree, where the new site is written."""
        return self.cache / NEXT

    @property
    def last(self) -> Path:
        """Where the old site is for a moment, on systems that cannot exchange folders."""
        return self.cache / LAST

    @contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[bool]:
        """Hold the lock alone, so that only one build runs at a time; yields whether it had to
        wait.

        `waiting` is called before a wait.
        """
        self._check()
        with self._lock() as lock:
            yield _held(lock, fcntl.LOCK_EX, waiting)

    @contextmanager
    def read(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Share the lock with other readers of the output, so that no build replaces it; `waiting`
        as in locked().
        """
        with ExitStack() as held:
            # No lock file means that nothing was built here. Do not create one: a build by another
            # user could not open it.
            with suppress(OSError):
                _held(held.enter_context(open(self.cache / LOCK, "rb")), fcntl.LOCK_SH, waiting)
            yield

    def prepare(self, fresh: bool = False) -> bool:
        """Prepare the folders for a build; returns whether there is a live site to compare with.

        A `fresh` build keeps only the pictures of earlier builds. It still compares with the live
        site, to know what it removes.
        """
        self._tidy()
        if self.last.is_dir():
            if self.output.exists():  # killed after the two renames
                delete(self.last)
            else:  # killed between the two renames
                os.rename(self.last, self.output)
        if fresh:
            # The store goes first: without it, nothing is assumed about the live site, even if this
            # process is killed here.
            for path in sorted(self.cache.iterdir(), key=lambda path: path.name != STORE):
                if path.name not in KEPT:
                    delete(path)
        live = self.output.is_dir()
        if not live and self.tree.is_dir():
            delete(self.tree)
        return live

    def _tidy(self) -> None:
        """Delete what a killed build left half-written in the cache, and files in place of folders
        or vice versa.
        """
        for path in sorted(self.cache.iterdir()):
            is_tree = path.name in (self.tree.name, self.last.name)
            is_store = path.name == PHOTOS  # it may be a link to a store that is shared with others
            is_odd = (is_tree and not is_folder(path)) or (is_store and not path.is_dir())
            if (
                is_odd
                or path.name.endswith(".part")
                or (path.name.endswith(".json") and path.is_dir())
            ):
                delete(path)

    def _lock(self) -> IO[bytes]:
        """Open the lock file for a build, making the cache writable if need be."""
        path = self.cache / LOCK
        if path.is_symlink():  # not ours
            path.unlink(missing_ok=True)
        if path.is_dir():  # not ours, and another build may be deleting it too
            shutil.rmtree(path, ignore_errors=True)
        with suppress(PermissionError):
            return opened_to_lock(path)
        let_in(self.cache)
        try:
            if path.exists():
                path.chmod(0o644)
            return opened_to_lock(path)
        except OSError as problem:
            why = f"{self.cache} cannot be written to ({problem.strerror})"
            raise OutputRefused(
                f"{why}; delete it, because nothing in it is needed, or make the user who builds"
                f" its owner"
            ) from None

    def _check(self) -> None:
        """Refuse an output folder that cannot be exchanged as a whole, before any work is done."""
        if self.output.is_symlink() or (self.output.exists() and not self.output.is_dir()):
            raise OutputRefused(f"{self.output} is not a folder")
        if os.path.ismount(self.output):
            raise OutputRefused(
                f"{self.output} is a mount point, which cannot be exchanged as a whole; name a"
                f" folder inside it"
            )
        for mounted in mounts_in(self.output, self.tree, self.last):
            raise OutputRefused(
                f"{mounted} is mounted within the output, which is exchanged as a whole; unmount it"
            )
        for path in (self.content, self.project):
            if path.resolve().is_relative_to(self.output.resolve()):
                raise OutputRefused(
                    f"{self.output} holds {path}, and would be replaced with it; name another"
                    f" folder"
                )
        if self.output.resolve().is_relative_to(self.content.resolve()):
            raise OutputRefused(
                f"{self.output} lies in the content folder; name one outside {self.content}"
            )
        if is_repository(self.output):
            raise OutputRefused(
                f"{self.output} is a Git repository, which a build would replace; name another"
                f" folder"
            )
        if not is_ours(self.output, self.cache):
            ways = "name a new or an empty folder, or delete this one if nothing in it is needed"
            raise OutputRefused(f"{self.output} holds things other than a site; {ways}")
        self._make_cache()

    def _make_cache(self) -> None:
        if self.cache.is_symlink():  # what a build deletes there would be somebody else's
            raise OutputRefused(
                f"{self.cache} is a link; delete it, and a build makes a folder there"
            )
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise OutputRefused(f"{self.cache} cannot be made ({problem.strerror})") from None


def exchange_trees(tree: Tree, written: WrittenFiles, at_last: Callable[[], object] = bool) -> None:
    """Replace the old site by the new one, once all of it is on disk; calls `at_last` just before.

    Raises NotNoted if the new site is live, but the record for the next build could not be saved.
    """
    # Before the exchange, or a power cut could leave the new names with empty files behind them.
    wait_for_disk(tree.next)
    note = tree.after_exchange([*written.written, *written.removed])
    at_last()
    if not tree.live.exists():
        os.rename(tree.next, tree.live)
    else:
        _exchange(tree)
    try:
        # Before the store is written, or it could describe an exchange that a power cut undid.
        wait_for_disk(tree.live)
        tree.store.keep_pages(written.files, written.dropped, note)
    except OSError as problem:
        raise NotNoted(tree.live, problem) from None


def _exchange(tree: Tree) -> None:
    try:
        if not exchange(tree.next, tree.live):
            _swap_by_renames(tree, tree.next.with_name(LAST))
    except OSError as problem:
        if problem.errno != errno.EXDEV:
            raise
        why = "cannot be exchanged, for example because it came with a container's image"
        raise OutputRefused(
            f"{tree.live} {why}; delete both it and {tree.next.parent}, and build again"
        ) from None


def _swap_by_renames(tree: Tree, last: Path) -> None:
    """Swap the folders by renaming them, on a system that cannot exchange them; for a moment there
    is no output.
    """
    if last.is_dir():
        delete(last)
    os.rename(tree.live, last)
    os.rename(tree.next, tree.live)
    os.rename(last, tree.next)


def _held(lock: IO[bytes], how: int, waiting: Callable[[], None]) -> bool:
    """Take the lock, alone or shared, until its file is closed; returns whether it had to wait."""
    # Not flock: a worker process that outlives a killed build would go on holding it.
    try:
        fcntl.lockf(lock, how | fcntl.LOCK_NB)
        return False
    except BlockingIOError:
        waiting()
        fcntl.lockf(lock, how)
        return True


def is_ours(output: Path, cache: Path) -> bool:
    """Whether the contents of an output folder may be replaced: a site, what is left of one, or
    nothing.

    The cache alone is no proof: someone may have made a new folder of that name for something else.
    """
    has_cache = (cache / STORE).is_file()
    if not output.is_dir() or all(
        has_cache and is_left_over(each.name) for each in output.iterdir()
    ):
        return True
    signs = [(output / name).is_file() for name in SIGNS]
    if has_cache:
        return any(signs)
    return all(signs)


def is_repository(output: Path) -> bool:
    """Whether an output folder is a Git repository."""
    return (output / ".git").exists()
