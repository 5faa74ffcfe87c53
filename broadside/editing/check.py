"""Finds every fault of the content: ./inv check. It only writes into the store which pictures could
be decoded.

With --staged, it checks the content as the next commit would have it, which may differ from the
files on disk.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path, PurePath
from unicodedata import normalize

from msgspec import Struct
from msgspec.structs import replace

from broadside.build.report import placed, sources_of
from broadside.config import links, own_templates
from broadside.config.files import FILES, renamed
from broadside.config.options import PREVIEW, OptionRefused, Options, settings_in, settings_of
from broadside.content import relations
from broadside.content.content import NOT_OUT, Content, ReadOptions, due_hours
from broadside.content.files import used
from broadside.content.folder import IMPORTED, LEDGER, OBLIGATORY, scan
from broadside.content.read import read_cached, seen
from broadside.faults import Fault, Severity, count
from broadside.folders import OUTLET
from broadside.git import git, listed
from broadside.look import examined
from broadside.media.decoding import undecodable, undecoded
from broadside.media.photo_files import shape_problems
from broadside.settings import Settings

MANY = 100
"""Decoding this many pictures takes more than a moment."""


class Staged(Struct, frozen=True):
    """A content folder filled from Git's index, and what the commit would change in it.

    `changed` are paths below it. `whole` says that other files may become faulty too, because a
    file is removed or a list changes.
    """

    root: Path
    changed: set[str]
    whole: bool


def check(options: Options, files: Sequence[str] = (), *, drafts: bool = False) -> list[Fault]:
    """All errors and warnings of the content folder, or of these files and folders in it, with
    paths that the user can open.

    Those of drafts, which stop no site, are warnings unless `drafts`.
    """
    if not options.content_path.is_dir():
        return placed(scan(options.content_path).faults, options)
    paths = {path for file in files for path in _below(options.content_path, file)}
    return placed(faults_of(settings_to_read(options, drafts=drafts), paths), options)


def check_staged(options: Options, *, drafts: bool = False) -> tuple[list[Fault], dict[str, str]]:
    """The faults of what would be committed, and the text of each file with a fault; raises
    GitFailed.
    """
    with _filled_from_index(options.content_path) as staged:
        faults = placed(_faults_of_staged(staged, options, drafts), options)
        return faults, sources_of(
            faults, lambda path: staged.root / path.removeprefix(options.content_prefix)
        )


def settings_to_read(options: Options, *, drafts: bool = False) -> Settings:
    """The settings for reading the content, using the records that the last build or preview kept.

    A check does not keep records itself: before the first build, it reads every source.
    """
    settings = settings_of(options)
    # The preview may have read the stories since the last build.
    caches = [options.cache_path, *PREVIEW.parent.glob(f".{PREVIEW.name}*.cache")]
    kept = [path for path in caches if path.is_dir()]
    newest = max(kept, key=lambda path: path.stat().st_mtime, default=caches[0])
    return settings.but(CACHE_PATH=str(newest), DRAFTS_COUNT=drafts)


def faults_of(settings: Settings, paths: Collection[str] = ()) -> list[Fault]:
    """All faults of the content folder that the settings name, or those that concern the files at
    these paths.
    """
    content, reading, _ = read_cached(settings, notes=False)
    faults = [*content.faults, *content.to_mend, *_of_pictures(content, paths)]
    faults += _damaged(content, settings, paths)
    faults = relations.eased(faults, content, reading)
    if not paths:
        for file in FILES:  # a build is for one or the other
            faults += links.astray(content, settings_in(file), OUTLET, file)
        faults += examined(settings).faults
        faults += [
            *renamed(OUTLET),
            *own_templates.stale(Path(settings.OUTLET_THEME, "templates")),
        ]
    faults = list(dict.fromkeys([*faults, *_to_come(content, reading, faults)]))
    if not paths:
        return faults
    sources = [record for record in content.records if record.path in paths]
    named = {path for record in sources for path, _ in (*relations.pictures(record), *used(record))}
    refused = content.folder.refused & named
    return [
        fault
        for fault in faults
        if _concerns(fault, paths) or normalize("NFC", fault.path) in refused
    ]


def _concerns(fault: Fault, paths: Collection[str]) -> bool:
    """Whether a fault is in one of the files, mentions one of them, or is in what all need: a list
    or the folder.
    """
    is_of_all = fault.path in OBLIGATORY or fault.code == "content-folder"
    return is_of_all or fault.path in paths or any(path in fault.message for path in paths)


def _of_pictures(content: Content, paths: Collection[str]) -> Iterator[Fault]:
    """The faults of the pictures at these paths, whether a story uses them or not."""
    for path in content.folder.files["photo"]:
        if path in paths:
            picture = seen(content.root / path)
            if isinstance(picture, list):
                yield from (problem.at(path) for problem in picture)
            else:
                content.originals[path] = picture
                yield from (
                    problem.at(path) for problem in shape_problems(picture, PurePath(path).name)
                )


def _damaged(content: Content, settings: Settings, paths: Collection[str]) -> Iterator[Fault]:
    """The faults of damaged pictures, found by decoding them; those of held stories too, which
    would stop the site later.

    If there are paths, only pictures among them, or used by a source among them, are decoded.
    """
    records = [record for record in content.records if not paths or record.path in paths]
    shown = {path for record in records for path, _ in relations.pictures(record)}.union(paths)
    originals = {path: original for path, original in content.originals.items() if path in shown}
    jobs = undecoded(originals, settings)
    if len(jobs) > MANY:
        print(
            f"Looking into {count(len(jobs), 'picture')}; later checks can skip them.",
            file=sys.stderr,
            flush=True,
        )
    problems = undecodable(jobs, settings)
    bad = {
        path: problems[original.digest]
        for path, original in originals.items()
        if original.digest in problems
    }
    for record in records if bad else ():
        for path, place in relations.pictures(record):
            if path in bad:
                yield bad[path].at(
                    record.path, place if isinstance(place, int) else record.lines.get(place, 1)
                )
    yield from (bad[path].at(path) for path in bad if path in paths)


def _to_come(content: Content, reading: ReadOptions, faults: Iterable[Fault]) -> list[Fault]:
    """The errors that would stop another build: a later one, when nobody may be there to correct
    them, or one with drafts.

    The later builds are the one when every held story is published, and the first one that
    publishes a story with a link to something still unpublished. What would stop only a build with
    drafts is a warning unless drafts count.
    """
    known = {_place(fault) for fault in faults if fault.severity == "error"}
    found: list[Fault] = []

    def foresee(other: ReadOptions, when: str, severity: Severity = "error") -> None:
        # The records and files stay as they were read; only what depends on the clock is checked
        # again.
        then = content.as_read()
        relations.check(then, other)
        new = [
            fault
            for fault in then.faults
            if fault.severity == "error" and _place(fault) not in known
        ]
        found.extend(
            replace(fault, message=f"{when}, {fault.message}", severity=severity) for fault in new
        )
        known.update(map(_place, new))

    last = max((due.moment for due in due_hours(content, reading.now)), default=reading.now)
    if last > reading.now:
        foresee(replace(reading, now=last), "when what is held has come out")
    for moment in sorted({*_hours_of_links(content)} - {last}):
        foresee(replace(reading, now=moment), f"when it comes out, on {moment:%Y-%m-%d at %H:%M}")
    if not NOT_OUT.isdisjoint(content.states.values()):
        # Warnings are known too by now: the build with drafts repeats none of them.
        known |= {_place(fault) for fault in faults}
        severity: Severity = "error" if reading.drafts_count else "warning"
        foresee(replace(reading, drafts=True), "in the preview, which shows drafts too", severity)
    return found


def _place(fault: Fault) -> tuple[str, int, str]:
    """What makes a fault one that is known; the same address may be lost at another place once a
    story is out.
    """
    if fault.code == "lost-address":
        return fault.message, 0, fault.code
    return fault.path, fault.line, fault.code


def _hours_of_links(content: Content) -> Iterator[datetime]:
    """The publication dates of held sources that link to something unpublished now."""
    for record in content.written:
        if content.states[record.path] != "held" or not record.date:
            continue
        if any(content.target(link, record.path)[1] for link, _ in record.links):
            yield record.date


def _below(content: Path, file: str) -> list[str]:
    """The path below the content folder of a file that the user names, or of all files if it is a
    folder.
    """
    path = os.path.relpath(os.path.abspath(file), content)
    if os.path.isdir(file):
        paths = _within(content, path)
    else:
        paths = [path]
    if path.startswith("..") or not os.path.lexists(file) or not paths:
        raise OptionRefused(f'--files "{file}" is not a file of the content folder {content}', 2)
    return paths


def _within(content: Path, path: str) -> list[str]:
    """The paths of everything at or below a path of the content folder, even of what does not
    belong there.
    """
    folder = scan(content)
    there = chain(*folder.files.values(), (fault.path for fault in folder.faults))
    return [each for each in there if PurePath(each).is_relative_to(path)]


def _faults_of_staged(staged: Staged, options: Options, drafts: bool) -> list[Fault]:
    if not staged.changed and not staged.whole:
        return []
    settings = settings_to_read(options, drafts=drafts).but(PATH=str(staged.root))
    return faults_of(settings, () if staged.whole else staged.changed)


@contextmanager
def _filled_from_index(content: Path) -> Iterator[Staged]:
    top, inside = (
        Path(os.fsdecode(line))
        for line in git(content, "rev-parse", "--show-toplevel", "--absolute-git-dir").splitlines()
    )
    below = content.resolve().relative_to(top.resolve()).as_posix()
    diff = ("diff", "--cached", "--name-only", "--no-renames", "-z")
    changed, gone = (
        listed(git(top, *diff, f"--diff-filter={which}", "--", below)) for which in ("d", "D")
    )
    paths = {os.path.relpath(path, below) for path in changed}
    whole = bool(gone) or not paths.isdisjoint({*OBLIGATORY, LEDGER, IMPORTED})
    # In a folder where hard links to the files are possible.
    with tempfile.TemporaryDirectory(prefix="broadside-", dir=inside) as folder:
        if changed or gone:
            _fill(Path(folder), top, below)
        yield Staged(Path(folder) / below, paths, whole)


def _fill(folder: Path, top: Path, below: str) -> None:
    """Put everything in the index into a folder, as links to files that are the same on disk, and
    as copies of the others.
    """
    edited = set(listed(git(top, "diff-files", "--name-only", "-z", "--", below)))
    paths = listed(git(top, "ls-files", "-z", "--", below))
    rest = [path for path in paths if path in edited or not _linked(top / path, folder / path)]
    given = os.fsencode("".join(f"{path}\0" for path in rest))
    git(top, "checkout-index", "-z", "--stdin", f"--prefix={folder}/", given=given)


def _linked(there: Path, here: Path) -> bool:
    here.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(there, here, follow_symlinks=False)
    except OSError:
        return False
    return True
