"""Finds every fault of the content: ./inv check. It writes nothing but which pictures could be decoded, into their store."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from pathlib import Path, PurePath
from typing import Any

from msgspec.structs import replace

from broadside.build.reading import with_own_keys
from broadside.build.report import placed
from broadside.config import links, own_templates
from broadside.config.files import FILES, renamed
from broadside.config.options import PREVIEW, OptionRefused, Options, settings_in, settings_of
from broadside.content import relations
from broadside.content.content import NOT_OUT, Content, ReadOptions, due_hours
from broadside.content.folder import OBLIGATORY, scan
from broadside.content.read import read_cached, seen
from broadside.editing import in_full
from broadside.editing.in_full import Site
from broadside.faults import Fault, Severity, count
from broadside.folders import OUTLET
from broadside.look import examined
from broadside.media.photo_files import shape_problems
from broadside.plugins.pictures import undecodable, undecoded

MANY = 100
"""So many pictures take more than a moment to decode."""


def check(options: Options, files: Sequence[str] = (), *, drafts: bool = False) -> list[Fault]:
    """All errors and warnings of the content folder, or of these files and folders in it, with paths that the user can open.

    Those of drafts, which stop no site, are warnings unless `drafts`.
    """
    if not options.content_path.is_dir():
        return placed(scan(options.content_path).faults, options)
    paths = {path for file in files for path in _below(options.content_path, file)}
    return placed(faults_of(settings_to_read(options, drafts=drafts), paths), options)


def settings_to_read(options: Options, *, drafts: bool = False) -> dict[str, Any]:
    """The settings by which a check reads the content, through the records that the last build or preview kept of it.

    A check writes no records itself: where neither has run, it reads every source.
    """
    settings = with_own_keys(settings_of(options))
    caches = [options.cache_path, *PREVIEW.parent.glob(f".{PREVIEW.name}*.cache")]
    kept = [path for path in caches if path.is_dir()]
    newest = max(kept, key=lambda path: path.stat().st_mtime, default=caches[0])
    return settings | {"CACHE_PATH": str(newest), "DRAFTS_COUNT": drafts}


def faults_of(settings: dict[str, Any], paths: Collection[str] = ()) -> list[Fault]:
    """All faults of the content folder that the settings name, or those that concern the files at these paths in it."""
    site = Site.of()
    content, reading, _ = read_cached(settings)
    faults = [*content.faults, *content.to_mend, *in_full.astray(content, site), *_of_pictures(content, paths)]
    faults += _damaged(content, settings, paths)
    faults = relations.eased(faults, content, reading)
    if not paths:
        for file in FILES:  # a build is for one or the other
            faults += links.astray(content, settings_in(file), OUTLET, file)
        faults += examined(settings).faults
        faults += [*renamed(OUTLET), *own_templates.stale(Path(settings["OUTLET_THEME"], "templates"))]
    faults = list(dict.fromkeys([*faults, *_to_come(content, reading, site, faults)]))
    return [fault for fault in faults if _concerns(fault, paths)] if paths else faults


def _concerns(fault: Fault, paths: Collection[str]) -> bool:
    """Whether a fault is in one of the files, names one because two clash, or is in what all need: a list or the folder."""
    is_of_all = fault.path in OBLIGATORY or fault.code in ("content-folder", "import-stopped")
    return is_of_all or fault.path in paths or any(path in fault.message for path in paths)


def _of_pictures(content: Content, paths: Collection[str]) -> Iterator[Fault]:
    """The faults of the pictures at these paths, whether a story shows them or not."""
    for path in content.folder.files["photo"]:
        if path in paths:
            picture = seen(content.root / path)
            if isinstance(picture, list):
                yield from (problem.at(path) for problem in picture)
            else:
                content.originals[path] = picture
                yield from (problem.at(path) for problem in shape_problems(picture, PurePath(path).name))


def _damaged(content: Content, settings: dict[str, Any], paths: Collection[str]) -> Iterator[Fault]:
    """The faults of pictures that only decoding shows to be damaged, also of what is not out: it would stop the site at its hour.

    If there are paths, only pictures that are among them, or that a source among them shows, are decoded.
    """
    records = [record for record in content.records if not paths or record.path in paths]
    shown = {path for record in records for path, _ in relations.pictures(record)}.union(paths)
    originals = {path: original for path, original in content.originals.items() if path in shown}
    jobs = undecoded(originals, settings)
    if len(jobs) > MANY:
        print(f"Looking into {count(len(jobs), 'picture')}; later checks need not.", file=sys.stderr, flush=True)
    problems = undecodable(jobs, settings)
    bad = {path: problems[original.digest] for path, original in originals.items() if original.digest in problems}
    for record in records if bad else ():
        for path, place in relations.pictures(record):
            if path in bad:
                yield bad[path].at(record.path, place if isinstance(place, int) else record.lines.get(place, 1))
    yield from (bad[path].at(path) for path in bad if path in paths)


def _to_come(content: Content, reading: ReadOptions, site: Site, faults: Iterable[Fault]) -> list[Fault]:
    """The errors that would stop another build: a later one, when nobody may be there to mend them, or one with drafts.

    A later one is that at which everything that is held has come out, or the first that has a held story with a link to
    what readers cannot see yet. What would stop only one with drafts, which readers do not see, is a warning unless drafts count.
    """
    known = {_place(fault) for fault in faults if fault.severity == "error"}
    found: list[Fault] = []

    def foresee(other: ReadOptions, when: str, severity: Severity = "error") -> None:
        then = Content(content.folder, content.lists, content.urls, content.records, content.originals)
        then.files, then.tables = content.files, content.tables
        then.lenient = content.lenient
        relations.check(then, other)
        then.faults += [] if other.drafts else in_full.astray(then, site)  # to a preview they are another site's
        new = [fault for fault in then.faults if fault.severity == "error" and _place(fault) not in known]
        found.extend(replace(fault, message=f"{when}, {fault.message}", severity=severity) for fault in new)
        known.update(map(_place, new))

    last = max((due.moment for due in due_hours(content, reading.now)), default=reading.now)
    if last > reading.now:
        foresee(replace(reading, now=last), "when what is held has come out")
    for moment in sorted({*_hours_of_links(content, site)} - {last}):
        foresee(replace(reading, now=moment), f"when it comes out, on {moment:%Y-%m-%d at %H:%M}")
    if not NOT_OUT.isdisjoint(content.states.values()):
        known |= {_place(fault) for fault in faults}
        severity: Severity = "error" if reading.drafts_count else "warning"
        foresee(replace(reading, drafts=True), "in the preview, which shows drafts too", severity)
    return found


def _place(fault: Fault) -> tuple[str, int, str]:
    return fault.path, fault.line, fault.code


def _hours_of_links(content: Content, site: Site) -> Iterator[datetime]:
    """The hours of held sources that link to what readers cannot see now."""
    for record in content.written:
        if content.states[record.path] == "held" and record.date:
            written = [*(link for link, _ in record.links), *in_full.inner(record, site)]
            if any(content.target(link, record.path)[1] for link in written):
                yield record.date


def _below(content: Path, file: str) -> list[str]:
    """The path below the content folder of a file that the user names, or of all files if it is a folder."""
    path = os.path.relpath(os.path.abspath(file), content)
    paths = _within(content, path) if os.path.isdir(file) else [path]
    if path.startswith("..") or not os.path.lexists(file) or not paths:
        raise OptionRefused(f'--files "{file}" is not a file of the content folder {content}', 2)
    return paths


def _within(content: Path, path: str) -> list[str]:
    """The paths of everything at or below a path of the content folder, even of what does not belong there."""
    folder = scan(content)
    there = chain(*folder.files.values(), (fault.path for fault in folder.faults))
    return [each for each in there if PurePath(each).is_relative_to(path)]
