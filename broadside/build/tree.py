"""The site that readers see, and a second tree beside it, where the next one is written.

The second tree shares all unchanged files with the first through hard links. After an exchange it
holds the previous site, and differs only in what was just changed: the store records those paths,
and the inodes of both folders. If someone changed the site by hand, or a build was interrupted
while writing, the second tree is made from scratch.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence, Set
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from broadside.build.files import bring, delete, is_folder, mirror
from broadside.disk import is_inside
from broadside.store import Change, File, Store, only

NOTE, MANY = "tree", 1_000
"""The note's name, and the number of changed paths above which it is quicker to make the second
tree from scratch.
"""


class Exchanged(NamedTuple):
    """The inodes of both folders after an exchange, and the paths in which they differ; `next` is 0
    if unknown.

    `has_begun` says that a build was about to change the second tree and exchange it with the
    folder of inode `live`.
    """

    live: int
    next: int = 0
    differing: Sequence[str] = ()
    has_begun: bool = False


class Compared(NamedTuple):
    """What was done to the site by hand: files changed or removed, and files added."""

    changed: Set[str]
    strangers: list[str]


class Tree(Struct, frozen=True):
    """The site that readers see (`live`), and the tree for the next one; they may be the same
    folder.
    """

    live: Path
    next: Path
    store: Store

    @property
    def is_in_place(self) -> bool:
        """Whether the site is written where readers see it, as `pelican` alone does."""
        return self.live == self.next

    def kept(self) -> dict[str, File]:
        """The files that the last build wrote; none if a build was killed between the exchange and
        saving its record.
        """
        note = None
        if is_folder(self.live):
            note = self.store.only(NOTE, Exchanged)
        if self.is_in_place or (note and not (note.has_begun and note.live != inode(self.live))):
            return self.store.pages()
        return {}

    def compare(self, kept: Mapping[str, File]) -> Compared:
        """Compare the site with what the last build wrote; if it is written in place, other files
        may belong to anyone.
        """
        if not is_folder(self.live):
            return Compared(kept.keys(), [])
        compared = compare(self.live, kept)
        if self.is_in_place:
            return compared._replace(strangers=[])
        return compared

    def begin(self, is_known: bool, is_meddled: bool) -> None:
        """Make the second tree equal to the site, before anything is written into it.

        It starts empty if nothing is known about how the site's files were made; then all of them
        are made again.
        """
        self.next.parent.mkdir(parents=True, exist_ok=True)
        if self.is_in_place:
            self.store.keep(only(NOTE, None))  # what the second tree lacks from now on
            self.next.mkdir(exist_ok=True)
            return
        note = self.store.only(NOTE, Exchanged)
        # From now on the trees differ in more than the note says; if this build is killed, nobody
        # knows in what.
        self.store.keep(
            only(NOTE, Exchanged(inode(self.live), has_begun=True) if is_known else None)
        )
        is_same = (
            note and note.next and (note.live, note.next) == (inode(self.live), inode(self.next))
        )
        if is_known and not is_meddled and note and is_same:
            for path in note.differing if is_inside(*note.differing) else ():
                bring(path, self.live, self.next)
            return
        if os.path.lexists(self.next):
            delete(self.next)
        if is_known:
            mirror(self.live, self.next)
        else:
            self.next.mkdir()

    def after_exchange(self, changed: Collection[str], is_made: bool = True) -> Change:
        """The note for the store after the exchange, or if none was needed; `changed` are the paths
        in which the folders differ.
        """
        live, following = inode(self.live), inode(self.next)
        if is_made:
            live, following = following, live
        is_known = (
            following and len(changed) <= MANY and all(path.isprintable() for path in changed)
        )
        return only(
            NOTE, Exchanged(live, following, sorted(changed)) if is_known else Exchanged(live)
        )


def compare(folder: Path, kept: Mapping[str, File]) -> Compared:
    """Compare all files in a folder with what the last build wrote; does not follow links, and
    reports empty folders as strangers.
    """
    changed, strangers, unseen = set(), [], set(kept)
    waiting = [("", os.fspath(folder))]
    while waiting:
        prefix, place = waiting.pop()
        is_empty = bool(prefix)
        with os.scandir(place) as entries:
            for entry in entries:
                is_empty, path = False, prefix + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{path}/", entry.path))
                    continue
                file = kept.get(path)
                if file is None:
                    strangers.append(path)
                    continue
                unseen.discard(path)
                seen = entry.stat(follow_symlinks=False)
                if seen.st_mtime_ns != file.mtime_ns or seen.st_size != file.size:
                    changed.add(path)
        if is_empty:
            strangers.append(prefix.removesuffix("/"))
    return Compared(changed | unseen, strangers)


def inode(folder: Path) -> int:
    """The inode of a folder; 0 if there is none."""
    if is_folder(folder):
        return os.lstat(folder).st_ino
    return 0
