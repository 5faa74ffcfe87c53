"""The live site and the tree that the next one is printed into, with a journal of how they differ.

After an exchange the second tree is the previous site. It differs in what the last run changed, so the next run need not
compare all of both trees: the journal says which paths to bring over. It is believed only while all folders have the
times that they had at the exchange; a folder's time changes whenever something is added to it or taken out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from broadside.plugins.manifest import MANIFEST, head
from broadside.plugins.paths import are_inside, folders_of
from broadside.plugins.press.times import MISSING, Times, time_of
from broadside.plugins.press.trees import bring, delete, mirror
from broadside.plugins.shelf import DAMAGED, SECOND, encoded, keep, kept

MANY = 1000
"""With more paths than this, it is quicker to make the whole trees alike, in another process (make_alike)."""


class Difference(Struct, frozen=True):
    """The paths in which the trees of a pair differ, and the times of all folders, by which that can be checked."""

    paths: list[str]
    times: Times

    def of_next(self, folder: str) -> int:
        """When a folder of the next tree was last changed."""
        return (self.times.get(folder) or (MISSING, MISSING))[1]


class Exchanged(NamedTuple):
    """What the journal says of the last exchange: the paths that changed, and the mark and the turn of the folders' times.

    `manifest` is the head of the same run's manifest, which names all files of the live tree; an older one would not.
    """

    changed: list[str]
    mark: str
    turned: bool
    manifest: str = ""


class Pair(Struct, frozen=True):
    """The live site, the tree in which the next one grows, and the journal of their last exchange."""

    live: Path
    next: Path
    journal: Path

    def difference(self, files: Collection[str]) -> Difference | None:
        """How the trees differ, of which the live one holds these files; None if that is not certain, or if they differ in a lot."""
        if not files:
            return None
        try:
            changed, mark, turned, manifest = kept(self.journal, Exchanged)
            noted = self.journal.stat().st_mtime_ns
        except DAMAGED:
            return None
        if len(changed) > MANY or manifest != self._manifest():
            return None
        times = Times.of(folders_of([*files, *changed]), self.live, self.next, turned)
        if mark != times.mark or not are_inside(changed):
            return None
        # Where times are whole seconds, what came in the same one as the journal left no trace.
        return None if noted % SECOND == 0 and times.latest == noted else Difference(changed, times)

    def make_alike(self, files: Collection[str], is_whole: bool) -> Difference:
        """Make the next tree equal to the live one, which holds these files, so that no difference is left.

        The journal says so only if the live tree `is_whole`, holding nothing else: a later run would not look for more.
        """
        self.journal.unlink(missing_ok=True)
        mirror(self.live, self.next)
        times = Times.of(folders_of(files), self.live, self.next)
        if is_whole:
            keep(self.journal, Exchanged([], times.mark, times.turned, self._manifest()))
        return Difference([], times)

    def catch_up(
        self, files: Collection[str], difference: Difference | None, changing: Iterable[str]
    ) -> Difference | None:
        """Make the next tree equal to the live one, which holds these files, for a run that is about to change it.

        If no files are known, all will be made anew, and the next tree begins empty. `changing` are the paths that the run
        will change. If somebody else has changed one of their folders since the difference was seen, it no longer holds;
        changes of other folders are found by the next run (of_exchange). Returns the difference if it still held.
        """
        self.journal.unlink(missing_ok=True)
        if not files:
            if self.next.is_dir():
                delete(self.next)
            self.next.mkdir()
            return None
        if difference is None or any(
            time_of(f"{self.next}/{folder}") != difference.of_next(folder)
            for folder in folders_of([*difference.paths, *changing])
        ):
            mirror(self.live, self.next)
            return None
        for path in difference.paths:
            bring(path, self.live, self.next)
        return difference

    def of_exchange(self, before: Difference, changed: Collection[str]) -> Exchanged:
        """What the journal will say of an exchange that is about to be made, after which the trees differ in these paths.

        A run changes nothing in the live tree, so its folders are noted with the times that they had when the difference
        was seen, and those of the next tree with their times now, which the run has given them. If somebody else puts
        anything into either tree, even during the exchange, a folder has another time, and the next run does not believe
        the journal. `before` is what catch_up() returned; without it there is nothing to go on.
        """
        times = before.times
        for folder in folders_of([*before.paths, *changed]):
            seen = times.get(folder)
            live = seen[0] if seen else time_of(f"{self.live}/{folder}")
            times.set(folder, live, time_of(f"{self.next}/{folder}"))
        return Exchanged(sorted(changed), times.mark, not times.turned, self._manifest())

    def note(self, exchanged: Exchanged) -> None:
        """Keep what of_exchange() returned, once the exchange is made.

        If a path in it is not valid text, nothing is kept, and the next run makes the whole trees alike.
        """
        if encoded(exchanged):
            keep(self.journal, exchanged)

    def _manifest(self) -> str:
        try:
            return head(self.journal.with_name(MANIFEST))
        except OSError:
            return ""
