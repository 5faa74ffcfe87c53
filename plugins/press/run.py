"""A print run: only the sheets that changed are made and written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from msgspec import Struct, field

from plugins.fingerprint import digest
from plugins.manifest import STRAYS, Manifest, Strays
from plugins.parallel import share
from plugins.paths import is_inside, printable
from plugins.press.inventory import Inventory
from plugins.press.links import noted, that_may_lead_to
from plugins.press.look import Look, look
from plugins.press.pair import Pair
from plugins.press.sheets import Bundle, Doubt, Printed, Proof, Quire, Sheet, Unsound, check_folders
from plugins.press.trees import listed_at, make_way, remove, write

SHARED = 64
"""From so many sheets on, the work is shared among processes."""

TOLD = 3
"""Files that are named, of those that somebody has put into the output."""

log = logging.getLogger("broadside")
_file = attrgetter("file")


class Run(Struct):
    """Collects the sheets of a build, then prints them into the output folder.

    Where the output is the second tree of a `pair`, the run compares with the live one, and makes the second equal to it
    before it changes anything; without a manifest, every file of the live one is made anew, or goes.

    `look` gives what the last run noted, and what somebody has changed of it since; it may have been begun long before
    printing.
    `meanwhile` is done in this process while others print, or after printing where there are none. Every file that is
    made is shown to `proof`; where doubts remain at the end, the run is Unsound and is not noted.
    """

    output: Path
    manifest_path: Path
    jobs: int = 1
    pair: Pair | None = None
    look: Callable[[], tuple[Manifest, Look]] | None = None
    proof: Callable[[str, bytes], Proof] = lambda _path, _data: Proof()
    meanwhile: list[Callable[[], object]] = field(default_factory=list)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    bundles: list[Bundle] = field(default_factory=list)
    quires: list[Quire] = field(default_factory=list)
    _inventory: Inventory = field(default_factory=Inventory)
    _done: Printed = field(default_factory=Printed)
    _doubts: list[Doubt] = field(default_factory=list)

    def add(self, sheet: Sheet) -> None:
        """Add a sheet; two may not share a file, whatever the case of its letters."""
        if not is_inside(sheet.save_as):
            raise ValueError(f"{sheet.save_as!r} is not a path inside the output folder")
        self._inventory.claim([sheet.save_as])
        self.sheets[sheet.save_as] = sheet

    def has(self, path: str) -> bool:
        """Whether the site will have a file at a path; of a bundle that is still to be made, any file below it counts.

        Before the run prints, nobody knows of the pages that lie in quires.
        """
        return path in self.sheets or path in self._inventory.files or any(bundle.owns(path) for bundle in self.bundles)

    def print(self, ready: Callable[[], object] = bool) -> Printed:
        """Make and write what changed, remove what no sheet stands for any more, and note all of it in the manifest.

        Bundles come when other processes print, or last: what makes them may be at work beside the run, and then has
        that long. `ready` is called when there are so many sheets to make that the work will be shared.
        """
        old, seen = self.look() if self.look else self._look()
        self._inventory = inventory = self._inventory.after(old, seen)
        bundles = [bundle for bundle in self.bundles if not inventory.carry_over_whole(bundle)]
        for quire in self.quires:
            inventory.open(quire, self.sheets)
        self._check_folders(bundles)
        due = {path: sheet for path, sheet in self.sheets.items() if not inventory.carry_over(sheet)}
        folders = tuple(f"{bundle.prefix}/" for bundle in bundles)
        gone = self._left(seen) - inventory.files.keys() - due.keys()
        later = {path for path in gone if path.startswith(folders)}  # a bundle may still have them
        self._make_ready(seen, due.keys(), {*gone, *folders})
        if len(due) >= SHARED:
            ready()
        self._remove(gone - later)
        self._print(list(due.values()), self.jobs, lambda: self._here(bundles, later))
        self._settle(gone - later)
        return self._note()

    def _look(self) -> tuple[Manifest, Look]:
        old = Manifest.load(self.manifest_path)
        return old, look(self._shown, old.files, self.pair)

    def _check_folders(self, bundles: Iterable[Bundle]) -> None:
        """Refuse two sheets or bundles of which one would be a file where the other needs a folder; only what is new can."""
        inventory, prefixes = self._inventory, {bundle.prefix for bundle in bundles}
        if not (self.sheets.keys() <= inventory.before.keys() and prefixes <= inventory.old.bundles.keys()):
            check_folders(self.sheets.keys() | inventory.files.keys() | {f"{prefix}/*" for prefix in prefixes})

    def _make_ready(self, seen: Look, due: Set[str], gone: Set[str]) -> None:
        """Bring the output to where it can be changed: in paths that are due, and in those that go, or whose folder may."""
        before, changing = self._inventory.before, due | gone
        self.output.mkdir(parents=True, exist_ok=True)
        if self.pair and changing:
            self._done.difference = self.pair.catch_up(before, seen.difference, changing)
        self._strays.save(gone | (due - before.keys()))

    def _settle(self, gone: Set[str]) -> None:
        """Raise Unsound where a doubt remains. Where files are gone, pages that stand are read for links to them."""
        if gone:
            files = self._inventory.files
            links = ((path, files[path][3]) for path in files.keys() - set(self._done.written))
            for doubts in share(self._proof_all, sorted(that_may_lead_to(gone, links)), self.jobs, SHARED):
                self._doubts += doubts
        unsound: list[Doubt] = []
        for path, about in groupby(sorted(self._doubts, key=_file), _file):
            there = self._bytes(path) if path else b""
            unsound += [doubt for doubt in about if not (path and doubt.unless in there)]
        if unsound:
            raise Unsound(doubt.with_line(self._bytes(doubt.path)) for doubt in unsound)

    def _proof_all(self, paths: Iterable[str]) -> list[tuple[Doubt, ...]]:
        return [self.proof(path, (self.output / path).read_bytes()).doubts for path in paths]

    def _bytes(self, path: str) -> bytes:
        try:
            return (self.output / path).read_bytes()
        except OSError:
            return b""

    def _left(self, seen: Look) -> set[str]:
        """The files of earlier builds, and what else is there, which go unless something stands for them."""
        shown, strays = self._shown, self._strays.load() or ()
        left = self._inventory.before.keys() | {path for stray in strays for path in listed_at(shown, stray)}
        if self._inventory.before and (others := sorted(seen.added - left - self.sheets.keys())):
            more = f" and {len(others) - TOLD} more" if len(others) > TOLD else ""
            told = ", ".join(map(printable, others[:TOLD]))
            # An outlet's own plugin that writes them itself would do so again after each build.
            hint = "a plugin of your own adds files with writer.add_data"
            log.warning("Not of the site, and taken out of the output: %s%s (%s).", told, more, hint)
        return left | seen.added

    @property
    def _shown(self) -> Path:
        """The folder that readers see."""
        return self.pair.live if self.pair else self.output

    @property
    def _strays(self) -> Strays:
        return Strays(self.manifest_path.with_name(STRAYS))

    def _remove(self, paths: Iterable[str]) -> None:
        """Remove files that nothing stands for."""
        removed = sorted(paths)
        self._done.removed += removed
        for path in removed:
            remove(path, self.output)

    def _print(self, due: Sequence[Sheet], jobs: int = 1, meanwhile: Callable[[], object] = bool) -> None:
        """Print sheets."""
        self._done.written += [sheet.save_as for sheet in due]
        make_way({sheet.save_as.rpartition("/")[0] for sheet in due}, self.output)
        for sheet, made in zip(due, share(self._write_all, due, jobs, SHARED, meanwhile), strict=True):
            size, mtime, links, doubts = made
            self._inventory.files[sheet.save_as] = (sheet.fingerprint, size, mtime, links)
            self._doubts += doubts

    def _note(self) -> Printed:
        """Save the manifest, and say what was done."""
        new, done = self._inventory.manifest(self.sheets), self._done
        if new != self._inventory.old:
            new.save(self.manifest_path)
        if not self.pair:  # else all are strays until the exchange
            self._strays.save(done.removed)
        done.written.sort()
        done.removed.sort()
        done.skipped = self._inventory.files.keys() - done.written
        return done

    def _here(self, bundles: Iterable[Bundle], left: Set[str]) -> None:
        """Do what is for this process alone; bundles last, because they may not be ready yet.

        Then the files that are `left` in their folders are removed.
        """
        for work in self.meanwhile:
            work()
        for bundle in bundles:
            self._unpack(bundle)
        self._remove(left - self._inventory.files.keys())

    def _unpack(self, bundle: Bundle) -> None:
        """Make a bundle, and print a sheet for each of its files; were it of all bundles, all would be in memory at once."""
        parts = {}
        for name, data in sorted(bundle.make().items()):
            sheet = Sheet(f"{bundle.prefix}/{name}", digest(data), lambda data=data: data)  # type: ignore[misc]
            self.add(sheet)
            parts[sheet.save_as] = sheet
        self._print([sheet for sheet in parts.values() if not self._inventory.carry_over(sheet)])
        for path in parts:
            del self.sheets[path]
        self._inventory.unpacked(bundle, parts)

    def _write_all(self, sheets: Iterable[Sheet]) -> list[tuple[int, int, str, tuple[Doubt, ...]]]:
        return [self._write(sheet) for sheet in sheets]

    def _write(self, sheet: Sheet) -> tuple[int, int, str, tuple[Doubt, ...]]:
        """Write a file; its size, its time, where it leads, and what is doubtful about it."""
        data = sheet.make()
        found = write(f"{self.output}/{sheet.save_as}", data)
        proof = self.proof(sheet.save_as, data)
        return found.st_size, found.st_mtime_ns, noted(proof.links), proof.doubts
