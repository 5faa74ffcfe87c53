"""Keeps account of the site's files during a print run: what is carried over from the last run, and what has been printed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Set
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from broadside.plugins.manifest import Files, Group, Manifest
from broadside.plugins.press.sheets import Bundle, Quire, Sheet, TwoForOnePlace


class Inventory(Struct):
    """`files` are those that the site has so far, and `before` those of the last run, whose manifest is `old`.

    Files that somebody has `touched` since are not carried over.
    """

    old: Manifest = field(default_factory=Manifest)
    before: Files = field(default_factory=dict)
    touched: Set[str] = frozenset()
    files: Files = field(default_factory=dict)
    _places: set[str] = field(default_factory=set)
    _new: Manifest = field(default_factory=Manifest)
    _filled: dict[str, list[str]] = field(default_factory=dict)

    def after(self, old: Manifest, touched: Set[str]) -> Inventory:
        """This inventory with the manifest of the last run, from which files can be carried over unless they were `touched`."""
        return replace(self, old=old, before=old.files, touched=touched)

    def claim(self, paths: Collection[str]) -> None:
        """Claim paths; no two may be the same, or differ only in case."""
        wanted = set(map(str.lower, paths))
        if not self._places.isdisjoint(wanted):
            taken = next(path for path in paths if path.lower() in self._places)
            raise TwoForOnePlace(f"two pages would be written to {taken}")
        self._places |= wanted

    def carry_over(self, sheet: Sheet) -> bool:
        """Carry over the entry of a sheet's file if it is as the last run left it, and return whether it is."""
        entry = self.before.get(sheet.save_as)
        if entry is None or entry[0] != sheet.fingerprint or sheet.save_as in self.touched:
            return False
        self.files[sheet.save_as] = entry
        return True

    def carry_over_whole(self, bundle: Bundle) -> bool:
        """Carry over the entries of a bundle's files if they are as the last run left them, and return whether they are."""
        group = self.old.bundles.get(bundle.prefix)
        if group is None or not all(map(bundle.owns, group.files)) or not self._carry_over(group, bundle.fingerprint):
            return False
        self._new.bundles[bundle.prefix] = group
        return True

    def open(self, quire: Quire, sheets: dict[str, Sheet]) -> None:
        """Carry over a quire's files if they are as the last run left them; otherwise have it add its sheets."""
        group = self.old.quires.get(quire.name)
        if group and self._carry_over(group, quire.fingerprint):
            self._new.quires[quire.name] = group
            return
        first = len(sheets)
        quire.fill()
        self._new.quires[quire.name] = Group(quire.fingerprint, {})
        self._filled[quire.name] = list(islice(reversed(sheets), len(sheets) - first))

    def _carry_over(self, group: Group, fingerprint: str) -> bool:
        if group.fingerprint != fingerprint or not group.files or not self.touched.isdisjoint(group.files):
            return False
        self.claim(group.files)
        self.files |= group.files
        return True

    def note_bundle(self, bundle: Bundle, paths: Iterable[str]) -> None:
        """Note the files of a bundle that was printed."""
        self._new.bundles[bundle.prefix] = Group(bundle.fingerprint, {path: self.files[path] for path in paths})

    def manifest(self, sheets: Iterable[str]) -> Manifest:
        """The manifest of a run that has printed all of these sheets."""
        alone = dict.fromkeys(sheets)
        for name, paths in self._filled.items():
            self._new.quires[name].files.update((path, self.files[path]) for path in paths)
            for path in paths:
                del alone[path]
        self._new.alone = {path: self.files[path] for path in alone}
        return self._new
