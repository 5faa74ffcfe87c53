"""A print run: makes and writes the sheets that changed, and removes files that no sheet stands for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from msgspec import Struct, field

from broadside.plugins.fingerprint import digest
from broadside.plugins.manifest import STRAYS, Manifest, Strays
from broadside.plugins.parallel import share
from broadside.plugins.paths import is_inside, printable
from broadside.plugins.press.inventory import Inventory
from broadside.plugins.press.links import noted, that_may_lead_to
from broadside.plugins.press.look import Look, look
from broadside.plugins.press.pair import Pair
from broadside.plugins.press.sheets import Bundle, Doubt, Printed, Proof, Quire, Sheet, Unsound, check_folders
from broadside.plugins.press.trees import listed_at, make_way, remove, write

SHARED = 64
"""With this many sheets, the work is shared among processes."""

TOLD = 3
"""How many of the files that somebody has put into the output are named."""

log = logging.getLogger("broadside")
_file = attrgetter("file")


class Run(Struct):
    """Collects the sheets of a build, then prints them into the output folder.

    If the output is the second tree of a `pair`, the run compares with the live one, and makes the second equal to it before
    it changes anything; without a manifest, every file of the live one is made anew or removed.

    `look` returns the last run's manifest and what somebody has changed since; the look may have begun long before
    printing. `meanwhile` is done in this process while others print or, if there are none, afterwards. Every file that
    is made is shown to `proof`; if doubts remain at the end, the run is Unsound and its manifest is not saved.
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
        """Add a sheet; no two may have the same path, or paths that differ only in case."""
        if not is_inside(sheet.save_as):
            raise ValueError(f"{sheet.save_as!r} is not a path inside the output folder")
        self._inventory.claim([sheet.save_as])
        self.sheets[sheet.save_as] = sheet

    def has(self, path: str) -> bool:
        """Whether the site will have a file at a path; below a bundle that is still to be made, any path counts.

        Pages in quires are not known before the run prints.
        """
        return path in self.sheets or path in self._inventory.files or any(bundle.owns(path) for bundle in self.bundles)

    def print(self, ready: Callable[[], object] = bool) -> Printed:
        """Make and write what changed, remove what no sheet stands for, and save the manifest.

        Bundles are printed while other processes print, or last, to give what makes them as much time as there is.
        `ready` is called if there are enough sheets to make that the work will be shared.
        """
        old, seen = self.look() if self.look else self._look()
        strays = self._strays.load()
        suspect = (
            old.files if strays is None else strays
        )  # where it cannot be read, any file may be of a run that was killed
        self._inventory = inventory = self._inventory.after(old, seen.touched | set(suspect))
        bundles = [bundle for bundle in self.bundles if not inventory.carry_over_whole(bundle)]
        for quire in self.quires:
            inventory.open(quire, self.sheets)
        self._check_folders(bundles)
        due = {path: sheet for path, sheet in self.sheets.items() if not inventory.carry_over(sheet)}
        folders = tuple(f"{bundle.prefix}/" for bundle in bundles)
        gone = self._left(seen, strays or ()) - inventory.files.keys() - due.keys()
        later = {path for path in gone if path.startswith(folders)}  # a bundle may still have them
        self._make_ready(seen, due.keys(), {*gone, *folders})
        if len(due) >= SHARED:
            ready()
        self._remove(gone - later)
        self._print(list(due.values()), self.jobs, lambda: self._work_meanwhile(bundles, later))
        self._settle(gone - later)
        return self._note()

    def _look(self) -> tuple[Manifest, Look]:
        old = Manifest.load(self.manifest_path)
        return old, look(self._shown, old.files, self.pair)

    def _check_folders(self, bundles: Iterable[Bundle]) -> None:
        """Refuse a sheet that would be a file where another needs a folder; only new paths can bring that about."""
        inventory, prefixes = self._inventory, {bundle.prefix for bundle in bundles}
        if not (self.sheets.keys() <= inventory.before.keys() and prefixes <= inventory.old.bundles.keys()):
            check_folders(self.sheets.keys() | inventory.files.keys() | {f"{prefix}/*" for prefix in prefixes})

    def _make_ready(self, seen: Look, due: Set[str], gone: Set[str]) -> None:
        """Prepare the output for changes to the paths that are `due` and to those, or below the folders, that are `gone`."""
        before, changing = self._inventory.before, due | gone
        self.output.mkdir(parents=True, exist_ok=True)
        if self.pair and changing:
            self._done.difference = self.pair.catch_up(before, seen.difference, changing)
        self._strays.save(gone | (due - before.keys()))

    def _settle(self, gone: Set[str]) -> None:
        """Raise Unsound if a doubt remains; if files are gone, read the pages that may link to them first."""
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

    def _left(self, seen: Look, strays: Iterable[str]) -> set[str]:
        """The files of earlier builds and whatever else is there, all of which go unless a sheet stands for them."""
        left = self._inventory.before.keys() | {path for stray in strays for path in listed_at(self._shown, stray)}
        if self._inventory.before and (others := sorted(seen.added - left - self.sheets.keys())):
            more = f" and {len(others) - TOLD} more" if len(others) > TOLD else ""
            told = ", ".join(map(printable, others[:TOLD]))
            # If an outlet's own plugin writes them itself, it does so at every build.
            hint = "a plugin of your own adds files with writer.add_data"
            log.warning("Not part of the site, and removed from the output: %s%s (%s).", told, more, hint)
        return left | seen.added

    @property
    def _shown(self) -> Path:
        """The folder that readers see."""
        return self.pair.live if self.pair else self.output

    @property
    def _strays(self) -> Strays:
        return Strays(self.manifest_path.with_name(STRAYS))

    def _remove(self, paths: Iterable[str]) -> None:
        """Remove files that no sheet stands for."""
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
            # After a kill, old pages may have the size, and the second, of those that this manifest names.
            if self.pair:
                self._strays.save([*done.written, *done.removed])
            new.save(self.manifest_path)
        if not self.pair:  # otherwise all are strays until the exchange
            self._strays.save(done.removed)
        done.written.sort()
        done.removed.sort()
        done.skipped = self._inventory.files.keys() - done.written
        return done

    def _work_meanwhile(self, bundles: Iterable[Bundle], left: Set[str]) -> None:
        """Do this process's own work, then print bundles, which may not have been ready before.

        Files of the last run that are `left` in their folders are then removed.
        """
        for work in self.meanwhile:
            work()
        for bundle in bundles:
            self._unpack(bundle)
        self._remove(left - self._inventory.files.keys())

    def _unpack(self, bundle: Bundle) -> None:
        """Make one bundle, and print a sheet for each of its files; one at a time, or all would be in memory at once."""
        parts = {}
        for name, data in sorted(bundle.make().items()):
            sheet = Sheet(f"{bundle.prefix}/{name}", digest(data), lambda data=data: data)  # type: ignore[misc]
            self.add(sheet)
            parts[sheet.save_as] = sheet
        self._print([sheet for sheet in parts.values() if not self._inventory.carry_over(sheet)])
        for path in parts:
            del self.sheets[path]
        self._inventory.note_bundle(bundle, parts)

    def _write_all(self, sheets: Iterable[Sheet]) -> list[tuple[int, int, str, tuple[Doubt, ...]]]:
        return [self._write(sheet) for sheet in sheets]

    def _write(self, sheet: Sheet) -> tuple[int, int, str, tuple[Doubt, ...]]:
        """Write a file; return its size, its time, where it links to, and what is doubtful about it."""
        data = sheet.make()
        found = write(f"{self.output}/{sheet.save_as}", data)
        proof = self.proof(sheet.save_as, data)
        return found.st_size, found.st_mtime_ns, noted(proof.links), proof.doubts
