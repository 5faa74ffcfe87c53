"""The site that readers see and the tree in which the next one grows, with a journal of what differs in them.

After an exchange the second tree is the site as it was. What differs is what the last run changed, so the next run need
not compare the trees as wholes: the pair's journal says which paths to bring over. It is believed only while the times
of all folders are as they were at the exchange, which change whenever something is added to one or taken out of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from plugins.manifest import MANIFEST, head
from plugins.paths import are_inside, folders_of
from plugins.press.times import MISSING, Times, time_of
from plugins.press.trees import bring, delete, mirror
from plugins.shelf import DAMAGED, SECOND, encoded, keep, kept

MANY = 1000
"""From so many paths on it is quicker to make the trees alike as wholes, in another process (make_alike)."""


class Difference(Struct, frozen=True):
    """The paths in which the trees of a pair differ, and the times of all folders, which vouch for it."""

    paths: list[str]
    times: Times

    def of_next(self, folder: str) -> int:
        """When a folder of the next tree was last changed."""
        return (self.times.get(folder) or (MISSING, MISSING))[1]


class Exchanged(NamedTuple):
    """What the journal says of the last exchange: the paths that it changed, the folders' times by their mark and their turn.

    `manifest` tells that of the same run, which names all files of the live tree; with an older one, some would be unknown.
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
        """How the trees differ, of which the live one holds these files; None where that is not known for sure, or in much."""
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
        """Make the next tree equal to the live one, which holds these files; no difference is left.

        That is noted where the live one `is_whole`, and holds nothing else, which a run after this one would not look for.
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

        Where nothing is known of any file, every one will be made anew, and the next tree begins empty. `changing` are the
        paths in which it will then be changed. If somebody else has changed one of their folders since the difference was
        seen, that is no longer true; of other folders, the run after this one finds it out (of_exchange). What it gives is
        the difference, where that was still true.
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

        A run changes nothing in the live tree: its folders are noted with the times that they had when the difference was
        seen, and those of the next tree with what they have now, which are the run's own. Whatever somebody else puts
        into either, also while the exchange is made, gives a folder another time, and the next run does not believe the
        journal. `before` is what catch_up() gave; a run that knew of no difference has none to go on from.
        """
        times = before.times
        for folder in folders_of([*before.paths, *changed]):
            seen = times.get(folder)
            live = seen[0] if seen else time_of(f"{self.live}/{folder}")
            times.set(folder, live, time_of(f"{self.next}/{folder}"))
        return Exchanged(sorted(changed), times.mark, not times.turned, self._manifest())

    def note(self, exchanged: Exchanged) -> None:
        """Keep what of_exchange() said, once the exchange is made.

        Where a path in it is no text, nothing is kept, and the next run makes the trees alike as wholes.
        """
        if encoded(exchanged):
            keep(self.journal, exchanged)

    def _manifest(self) -> str:
        try:
            return head(self.journal.with_name(MANIFEST))
        except OSError:
            return ""
