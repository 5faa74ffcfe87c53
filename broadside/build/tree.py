"""The site that readers see, and a second tree beside it, where the next one is written.

The second tree shares all unchanged files with the first through hard links. After an exchange it holds the previous site, and
differs only in what was just changed: the store records those paths, and the inodes of both folders. If someone changed the
site by hand, or a build was interrupted while writing, the second tree is made from scratch.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Collection, Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from broadside.build.files import bring, delete, is_folder, mirror
from broadside.disk import folders_of, is_inside
from broadside.store import Change, File, Store, is_settled, only

NOTE, MANY = "tree", 1_000
"""The note's name, and the number of changed paths above which it is quicker to make the second tree from scratch."""


class Exchanged(NamedTuple):
    """The inodes of both folders after an exchange, and the paths in which they differ; `next` is 0 if unknown.

    `has_begun` says that a build was about to change the second tree and exchange it with the folder of inode `live`.
    `moment` is when they were exchanged, in nanoseconds by the clock of their file system, and `before` when they were the time before;
    it is the same if the site's folder was new. What nobody touched since `before` is as builds left it.
    """

    live: int
    next: int = 0
    differing: Sequence[str] = ()
    has_begun: bool = False
    moment: int = 0
    before: int = 0


class Compared(NamedTuple):
    """What was done to the site by hand: files changed or removed, and files added."""

    changed: Set[str]
    strangers: list[str]


class Tree(Struct, frozen=True):
    """The site that readers see (`live`), and the tree for the next one; they may be the same folder.

    `verifies` says that each file of the site is looked at, and not only those in folders that were changed by hand.
    """

    live: Path
    next: Path
    store: Store
    verifies: bool = True

    @property
    def is_in_place(self) -> bool:
        """Whether the site is written where readers see it, as `pelican` alone does."""
        return self.live == self.next

    def kept(self) -> dict[str, File]:
        """The files that the last build wrote; none if a build was killed between the exchange and saving its record."""
        note = self.store.only(NOTE, Exchanged) if is_folder(self.live) else None
        if self.is_in_place or (note and not (note.has_begun and note.live != inode(self.live))):
            return self.store.pages()
        return {}

    def compare(self, kept: Mapping[str, File]) -> Compared:
        """Compare the site with what the last build wrote; if it is written in place, other files may belong to anyone."""
        if not is_folder(self.live):
            return Compared(kept.keys(), [])
        note = None if self.verifies else self.store.only(NOTE, Exchanged)
        is_known = note and note.live == inode(self.live) and note.moment < time.time_ns()
        compared = compare(self.live, kept, note.before if note and is_known else 0)
        return compared._replace(strangers=[]) if self.is_in_place else compared

    def begin(self, is_known: bool, is_meddled: bool) -> None:
        """Make the second tree equal to the site, before anything is written into it.

        It starts empty if nothing is known about how the site's files were made; then all of them are made again.
        """
        self.next.parent.mkdir(parents=True, exist_ok=True)
        if self.is_in_place:
            self.next.mkdir(exist_ok=True)
            return
        note = self.store.only(NOTE, Exchanged)
        is_same = note and note.next and (note.live, note.next) == (inode(self.live), inode(self.next))
        is_good = is_known and not is_meddled and is_same
        # From now on the trees differ in more than the note says; if this build is killed, nobody knows in what.
        begun = Exchanged(inode(self.live), has_begun=True, moment=note.moment if note and is_good else 0)
        self.store.keep(only(NOTE, begun if is_known else None))
        if note and is_good:
            for path in note.differing if is_inside(*note.differing) else ():
                bring(path, self.live, self.next)
            return
        if os.path.lexists(self.next):
            delete(self.next)
        if is_known:
            mirror(self.live, self.next)
        else:
            self.next.mkdir()

    def after_exchange(self, changed: Collection[str]) -> Change:
        """The note for the store after the exchange, or if none was needed; `changed` are the paths in which the folders differ."""
        begun, following, seen = self.store.only(NOTE, Exchanged), inode(self.next), os.lstat(self.live)
        is_known = following and len(changed) <= MANY and all(path.isprintable() for path in changed)
        note = Exchanged(seen.st_ino, following, sorted(changed)) if is_known else Exchanged(seen.st_ino)
        moment = seen.st_ctime_ns  # the exchange sets it, and nobody can set it to what it was
        return only(NOTE, note._replace(moment=moment, before=(begun.moment if begun else 0) or moment))


def compare(folder: Path, kept: Mapping[str, File], since: int = 0) -> Compared:
    """Compare the files in a folder with what the last build wrote; does not follow links, and reports empty folders as strangers.

    A folder of the site is not looked into if nothing was put into it, taken from it or renamed there since the moment `since`.
    """
    changed, strangers, lost = set[str](), list[str](), set[str]()
    folders, files_in = {"", *folders_of(kept)}, dict[str, list[str]]()
    for path in kept:
        files_in.setdefault(path.rpartition("/")[0], []).append(path)
    waiting = sorted(folders, reverse=True)  # so that each comes after the one that it is in
    while waiting:
        below = waiting.pop()
        place = f"{folder}/{below}"
        seen = _state_of(place)
        if not seen or (below and below.rpartition("/")[0] in lost):
            lost.add(below)
            changed.update(files_in.get(below, ()))
            continue
        if below in folders and is_settled(seen.st_ctime_ns, since):
            continue
        unseen, entries = set(files_in.get(below, ())), list(os.scandir(place))
        for entry in entries:
            path = f"{below}/{entry.name}" if below else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting += [path] if path not in folders else []
            elif path not in kept:
                strangers.append(path)
            else:
                unseen.discard(path)
                found = entry.stat(follow_symlinks=False)
                if found.st_mtime_ns != kept[path].mtime_ns or found.st_size != kept[path].size:
                    changed.add(path)
        changed |= unseen
        if below and not entries:
            strangers.append(below)
    return Compared(changed, strangers)


def _state_of(folder: str) -> os.stat_result | None:
    """The state of a folder; None if there is none, or a link in its place."""
    try:
        found = os.lstat(folder)
    except OSError:
        return None
    return found if stat.S_ISDIR(found.st_mode) else None


def inode(folder: Path) -> int:
    """The inode of a folder; 0 if there is none."""
    return os.lstat(folder).st_ino if is_folder(folder) else 0
