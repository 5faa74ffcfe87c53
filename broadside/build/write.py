"""Writes the pages that changed, and removes files that no longer belong to the site.

A page is kept if the digest of everything it depends on is the same as in the last build, and its
file is as it was written.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from itertools import groupby
from operator import attrgetter

from msgspec import Struct, field

from broadside.build.files import copy_file, make_way, remove, write_file
from broadside.build.proof import Doubt, Unsound
from broadside.build.tree import Tree
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


def write(  # noqa: C901, PLR0912, PLR0913, PLR0915 -- the whole way of a page to its file, from top to bottom
    pages: Iterable[Page],
    bundles: Iterable[Bundle],
    tree: Tree,
    *,
    digest_of: Callable[[Page | Bundle], str],
    render: Callable[[Page], bytes],
    prepare: Callable[[], object] = bool,
    proof: Proof = lambda _path, _data, _has: (),
    jobs: int = 1,
) -> WrittenFiles:
    """Write the changed parts of the site into the second tree, and proofread them; raises
    TwoForOnePlace or Unsound.

    `prepare` is called before many pages are rendered. The caller must then exchange the trees and
    save the result in the store.
    """
    places = ClaimedPaths()
    pages = list(pages)
    places.claim([page.path for page in pages])
    wanted = {page.path: page for page in pages}
    kept = tree.kept()
    changed, strangers = tree.compare(kept)
    # Files changed by hand are made again, as if they had never been written.
    sound = kept
    if changed:
        sound = {path: file for path, file in kept.items() if path not in changed}
    marks = {path: digest_of(page) for path, page in wanted.items()}
    due = [page for path, page in wanted.items() if not _is_kept(sound.get(path), marks[path])]
    of_bundles: dict[str, list[str]] = {}
    for path, file in kept.items():
        if file.bundle:
            of_bundles.setdefault(file.bundle, []).append(path)
    making: list[Page | Bundle] = []
    there = set(wanted)
    for bundle in bundles:
        mark = marks[f"{bundle.folder}/"] = digest_of(bundle)
        own = of_bundles.get(bundle.folder, [])
        if own and all(
            _is_kept(sound.get(path), mark, bundle.folder) and bundle.owns(path) for path in own
        ):
            places.claim(own)
            there.update(own)
        else:
            making.append(bundle)
    # What a bundle will write is unknown until it has run, so any path in its folder counts as
    # there.
    folders = tuple(f"{bundle.folder}/" for bundle in making if isinstance(bundle, Bundle))
    if not there <= kept.keys() or making:  # only new paths can clash
        _check_folders({*there, *(f"{folder}*" for folder in folders)})
    gone = (kept.keys() | set(strangers)) - there
    if not (due or making or gone):
        return WrittenFiles(skipped=len(there))
    if kept and strangers:
        _tell_of(sorted(set(strangers) - there))
    tree.begin(is_known=bool(kept), is_meddled=bool(changed or strangers))
    later = {path for path in gone if path.startswith(folders)}  # a bundle may write them again
    done = WrittenFiles(removed=sorted(gone - later), has_begun=True)
    for path in done.removed:
        remove(path, tree.next)

    def has(path: str) -> bool:
        return path in there or path.startswith(folders)

    def written(path: str, data: bytes, mark: str, folder: str = "") -> tuple[File, list[Doubt]]:
        seen = write_file(f"{tree.next}/{path}", data)
        return File(mark, seen.st_size, seen.st_mtime_ns, folder), [*proof(path, data, has)]

    def made(some: Sequence[Page | Bundle]) -> list[dict[str, tuple[File, list[Doubt]]]]:
        return [dict(files_of(item)) for item in some]

    def files_of(item: Page | Bundle) -> Iterator[tuple[str, tuple[File, list[Doubt]]]]:
        if isinstance(item, Page) and isinstance(item.content, Copied):
            seen = copy_file(item.content.path, f"{tree.next}/{item.path}")
            yield item.path, (File(marks[item.path], seen.st_size, seen.st_mtime_ns), [])
            return
        if isinstance(item, Page):
            yield item.path, written(item.path, render(item), marks[item.path])
            return
        mark = marks[f"{item.folder}/"]
        for name, data in sorted(item.make(**item.values).items()):
            path = f"{item.folder}/{name}"
            # The same bytes again: leave the file alone, so that it does not count as written.
            if path in sound and _has_bytes(f"{tree.live}/{path}", data):
                yield path, (sound[path]._replace(digest=mark, bundle=item.folder), [])
            else:
                make_way([path.rpartition("/")[0]], tree.next)
                yield path, written(path, data, mark, item.folder)

    make_way({page.path.rpartition("/")[0] for page in due}, tree.next)
    if len(due) >= MANY:
        prepare()
    doubts: list[Doubt] = []
    # A bundle takes as long as many pages, so it goes first and counts as that many, whatever the
    # number of processors.
    useful = min(jobs, (len(due) + MANY * len(making)) // (MANY // 2))
    for files in share(
        made, [*making, *due], useful, least=2 if making else MANY, doing="Writing pages"
    ):
        for path, (file, more) in files.items():
            if file.bundle:
                places.claim([path])
                there.add(path)
            done.files[path] = file
            if file.mtime_ns != getattr(sound.get(path), "mtime_ns", None):
                done.written.append(path)
            doubts += more
    for path in sorted(later - there):
        remove(path, tree.next)
        done.removed.append(path)
    if any(path.endswith(".html") for path in done.removed):
        copied = {path for path, page in wanted.items() if isinstance(page.content, Copied)}
        doubts += _read_again(sorted(there - copied - set(done.written)), tree, proof, has, jobs)
    _refuse_doubtful(doubts, tree)
    done.written.sort()
    done.removed.sort()
    done.skipped = len(there) - len(done.written)
    if kept:
        done.dropped = kept.keys() - there
    else:
        done.dropped = None
    return done


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
