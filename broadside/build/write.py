"""Writes the pages that changed, and removes files that no longer belong to the site.

A page is kept if the digest of everything it depends on is the same as in the last build, and its
file is as it was written.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from itertools import groupby
from operator import attrgetter

from msgspec import Struct, field

from broadside.build.files import copy_file, make_way, remove, write_file
from broadside.build.proof import Doubt, Unsound
from broadside.build.tree import Tree
from broadside.digests import COUNTED_WHOLE
from broadside.disk import folders_of, is_inside, printable
from broadside.faults import SiteFailed
from broadside.parallel import share
from broadside.site import Bundle, Copied, Page
from broadside.store import File

MANY = 64
"""From this many pages on, the work is shared among processes."""
NAMED = 3
"""How many unknown files in the output a warning names."""

Proof = Callable[[str, bytes, Callable[[str], bool]], Iterable[Doubt]]
"""Proofreads a file, given its path, its bytes, and whether the site has a file at a path."""

log = logging.getLogger("broadside")


class TwoForOnePlace(SiteFailed):
    """Two pages would be written to one file, or one is a file where another needs a folder."""


class WrittenFiles(Struct):
    """What was written and removed, as sorted paths below the output folder, and how many files
    were kept.

    `files` are new entries for the store, and `dropped` those to delete from it (None: all earlier
    ones). `has_begun` says whether the second tree was touched.
    """

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    skipped: int = 0
    files: dict[str, File] = field(default_factory=dict)
    dropped: Set[str] | None = frozenset()
    has_begun: bool = False


def write(  # noqa: PLR0913 -- what it writes, where, and how
    pages: Iterable[Page],
    bundles: Iterable[Bundle],
    tree: Tree,
    *,
    digest_of: Callable[[Page | Bundle], str],
    render: Callable[[Page], tuple[bytes, str]],
    whole_of: Callable[[Page], str] = lambda _: "",
    prepare: Callable[[], object] = bool,
    proof: Proof = lambda _path, _data, _has: (),
    jobs: int = 1,
) -> WrittenFiles:
    """Write the changed parts of the site into the second tree, and proofread them; raises
    TwoForOnePlace or Unsound.

    `render` also returns the digest in which every story counts whole, if a page shows a text that
    `digest_of` does not count; from then on, `whole_of` gives its digest. `prepare` is called
    before many pages are rendered. The caller must then exchange the trees and save the result in
    the store.
    """
    plan = Plan.of(list(pages), tree, digest_of, whole_of)
    plan.take(bundles, digest_of)
    if not plan.there <= plan.kept.keys() or plan.making:  # only new paths can clash
        _check_folders({*plan.there, *(f"{folder}*" for folder in plan.folders)})
    gone = (plan.kept.keys() | set(plan.strangers)) - plan.there
    if not (plan.due or plan.making or gone):
        return WrittenFiles(skipped=len(plan.there))
    if plan.kept and plan.strangers:
        _tell_of(sorted(set(plan.strangers) - plan.there))
    tree.begin(is_known=bool(plan.kept), is_meddled=bool(plan.changed or plan.strangers))
    writing = Writing(plan, tree, render, proof, jobs)
    writing.remove(gone - writing.later(gone))
    make_way({page.path.rpartition("/")[0] for page in plan.due}, tree.next)
    if len(plan.due) >= MANY:
        prepare()
    writing.make()
    writing.remove(writing.later(gone) - plan.there)
    writing.read_again()
    _refuse_doubtful(writing.doubts, tree)
    return writing.done()


class ClaimedPaths:
    """The paths of a site, no two of which may be equal or differ only in case."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def claim(self, paths: Collection[str]) -> None:
        """Claim paths; raises TwoForOnePlace if one is taken."""
        if not is_inside(*paths):
            path = next(path for path in paths if not is_inside(path))
            raise ValueError(f"{path!r} is not a path inside the output folder")
        places = set(map(str.lower, paths))
        if len(places) < len(paths) or not places.isdisjoint(self._taken):
            met = set(self._taken)
            for path in paths:
                if path.lower() in met:
                    raise TwoForOnePlace(f"two pages would be written to {path}")
                met.add(path.lower())
        self._taken |= places


class Plan(Struct):
    """What is to be made: the pages and bundles that changed since what is `kept` was written.

    `sound` are the kept files that nobody has changed by hand, `marks` the digests of all pages and
    bundles, and `there` the paths that the site will have, as far as they are known.
    """

    wanted: dict[str, Page]
    kept: Mapping[str, File]
    changed: Collection[str]
    strangers: Collection[str]
    sound: Mapping[str, File]
    marks: dict[str, str]
    due: list[Page]
    there: set[str]
    making: list[Bundle] = field(default_factory=list)
    places: ClaimedPaths = field(default_factory=ClaimedPaths)

    @classmethod
    def of(
        cls,
        pages: list[Page],
        tree: Tree,
        digest_of: Callable[[Page], str],
        whole_of: Callable[[Page], str],
    ) -> Plan:
        """The plan for pages; what files of the output were changed by hand is made again."""
        kept = tree.kept()
        changed, strangers = tree.compare(kept)
        sound = kept
        if changed:
            sound = {path: file for path, file in kept.items() if path not in changed}
        wanted = {page.path: page for page in pages}
        marks = {path: digest_of(page) for path, page in wanted.items()}
        whole = [path for path, file in sound.items() if file.digest.endswith(COUNTED_WHOLE)]
        marks |= {path: whole_of(wanted[path]) for path in whole if path in wanted}
        due = [page for path, page in wanted.items() if not _is_kept(sound.get(path), marks[path])]
        plan = cls(wanted, kept, changed, strangers, sound, marks, due, set(wanted))
        plan.places.claim([page.path for page in pages])
        return plan

    def take(self, bundles: Iterable[Bundle], digest_of: Callable[[Bundle], str]) -> None:
        """Add bundles: those of which every file is as it should be stay."""
        written: dict[str, list[str]] = {}
        for path, file in self.kept.items():
            if file.bundle:
                written.setdefault(file.bundle, []).append(path)
        for bundle in bundles:
            self.marks[f"{bundle.folder}/"] = digest_of(bundle)
            own = written.get(bundle.folder, [])
            if own and all(self._stays(bundle, path) for path in own):
                self.places.claim(own)
                self.there.update(own)
            else:
                self.making.append(bundle)

    def _stays(self, bundle: Bundle, path: str) -> bool:
        mark = self.marks[f"{bundle.folder}/"]
        return _is_kept(self.sound.get(path), mark, bundle.folder) and bundle.owns(path)

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of bundles that are to run: what one will write is unknown until then."""
        return tuple(f"{bundle.folder}/" for bundle in self.making)


Written = tuple[File, list[Doubt]]
"""A file as it was written, and what is doubtful in it."""


class Writing:
    """Writes what a plan names, in several processes if it is much."""

    def __init__(
        self,
        plan: Plan,
        tree: Tree,
        render: Callable[[Page], tuple[bytes, str]],
        proof: Proof,
        jobs: int,
    ) -> None:
        self._plan, self._tree, self._render, self._proof = plan, tree, render, proof
        self._jobs, self._folders = jobs, plan.folders
        self._done = WrittenFiles(has_begun=True)
        self.doubts: list[Doubt] = []

    def later(self, gone: Set[str]) -> set[str]:
        """Those of the files to remove that a bundle may write again."""
        return {path for path in gone if path.startswith(self._folders)}

    def remove(self, paths: Set[str]) -> None:
        """Remove files from the second tree."""
        for path in sorted(paths):
            remove(path, self._tree.next)
            self._done.removed.append(path)

    def make(self) -> None:
        """Make all that is due."""
        plan = self._plan
        # A bundle takes as long as many pages, so it goes first and counts as that many, whatever
        # the number of processors.
        useful = (len(plan.due) + MANY * len(plan.making)) // (MANY // 2)
        least = MANY
        if plan.making:
            least = 2
        work: list[Page | Bundle] = [*plan.making, *plan.due]
        jobs = min(self._jobs, useful)
        for files in share(self._some, work, jobs, least=least, doing="Writing pages"):
            for path, (file, doubts) in files.items():
                self._take(path, file)
                self.doubts += doubts

    def read_again(self) -> None:
        """Proofread all pages anew if one has gone: another may link to it."""
        if not any(path.endswith(".html") for path in self._done.removed):
            return
        wanted = self._plan.wanted.items()
        copied = {path for path, page in wanted if isinstance(page.content, Copied)}
        paths = sorted(self._plan.there - copied - set(self._done.written))
        self.doubts += _read_again(paths, self._tree, self._proof, self._has, self._jobs)

    def done(self) -> WrittenFiles:
        """What was written and removed."""
        done, plan = self._done, self._plan
        done.written.sort()
        done.removed.sort()
        done.skipped = len(plan.there) - len(done.written)
        done.dropped = None
        if plan.kept:
            done.dropped = plan.kept.keys() - plan.there
        return done

    def _take(self, path: str, file: File) -> None:
        if file.bundle:
            self._plan.places.claim([path])
            self._plan.there.add(path)
        self._done.files[path] = file
        if file.mtime_ns != getattr(self._plan.sound.get(path), "mtime_ns", None):
            self._done.written.append(path)

    def _has(self, path: str) -> bool:
        return path in self._plan.there or path.startswith(self._folders)

    def _some(self, some: Sequence[Page | Bundle]) -> list[dict[str, Written]]:
        return [dict(self._files_of(item)) for item in some]

    def _files_of(self, item: Page | Bundle) -> Iterator[tuple[str, Written]]:
        if isinstance(item, Bundle):
            yield from self._of_bundle(item)
            return
        mark = self._plan.marks[item.path]
        if isinstance(item.content, Copied):
            seen = copy_file(item.content.path, f"{self._tree.next}/{item.path}")
            yield item.path, (File(mark, seen.st_size, seen.st_mtime_ns), [])
            return
        data, counted_whole = self._render(item)
        yield item.path, self._written(item.path, data, counted_whole or mark)

    def _of_bundle(self, bundle: Bundle) -> Iterator[tuple[str, Written]]:
        mark, sound = self._plan.marks[f"{bundle.folder}/"], self._plan.sound
        for name, data in sorted(bundle.make(**bundle.values).items()):
            path = f"{bundle.folder}/{name}"
            # The same bytes again: leave the file alone, so that it does not count as written.
            if path in sound and _has_bytes(f"{self._tree.live}/{path}", data):
                yield path, (sound[path]._replace(digest=mark, bundle=bundle.folder), [])
                continue
            make_way([path.rpartition("/")[0]], self._tree.next)
            yield path, self._written(path, data, mark, bundle.folder)

    def _written(self, path: str, data: bytes, mark: str, folder: str = "") -> Written:
        seen = write_file(f"{self._tree.next}/{path}", data)
        file = File(mark, seen.st_size, seen.st_mtime_ns, folder)
        return file, [*self._proof(path, data, self._has)]


def _check_folders(paths: Collection[str]) -> None:
    """Refuse a path that is a file for one page and a folder for another, ignoring case."""
    places = {path.lower() for path in paths}
    for folder in sorted(places & folders_of(places)):
        inside = min(path for path in places if path.startswith(f"{folder}/"))
        raise TwoForOnePlace(f"{folder} would be both a page and the folder of {inside}")


def _is_kept(file: File | None, mark: str, folder: str = "") -> bool:
    return file is not None and file.digest == mark and file.bundle == folder


def _has_bytes(path: str, data: bytes) -> bool:
    if os.path.getsize(path) != len(data):
        return False
    with open(path, "rb") as file:
        return file.read() == data


def _tell_of(strangers: Sequence[str]) -> None:
    """Name the unknown files that are removed from the output."""
    if strangers:
        more = ""
        if len(strangers) > NAMED:
            more = f" and {len(strangers) - NAMED} more"
        named = ", ".join(map(printable, strangers[:NAMED]))
        # A plugin that writes files itself would be warned of at every build.
        hint = "a plugin of your own adds pages: ./inv docs plugins"
        log.warning(
            "Not part of the site, and removed from the output: %s%s (%s).", named, more, hint
        )


def _read_again(
    paths: Sequence[str], tree: Tree, proof: Proof, has: Callable[[str], bool], jobs: int
) -> list[Doubt]:
    """Proofread files that were kept, because they may link to a page that is gone."""

    def read(some: Sequence[str]) -> list[list[Doubt]]:
        return [[*proof(path, (tree.next / path).read_bytes(), has)] for path in some]

    return [doubt for doubts in share(read, paths, jobs) for doubt in doubts]


def _refuse_doubtful(doubts: Iterable[Doubt], tree: Tree) -> None:
    """Raise Unsound if any doubt is left after looking at the files they depend on."""
    in_file = attrgetter("file")
    unsound: list[Doubt] = []
    for path, about in groupby(sorted(doubts, key=in_file), in_file):
        there = b""
        if path:
            there = _bytes_of(tree, path)
        unsound += [doubt for doubt in about if not (path and doubt.unless in there)]
    if unsound:
        raise Unsound(doubt.with_line(_bytes_of(tree, doubt.path)) for doubt in unsound)


def _bytes_of(tree: Tree, path: str) -> bytes:
    try:
        return (tree.next / path).read_bytes()
    except OSError:
        return b""
