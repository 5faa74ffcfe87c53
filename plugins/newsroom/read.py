"""Reads and checks the whole content folder: every story, page, author, round-up and list, with every fault.

The build, `check`, and the desk's other commands all start from the Newsroom that this makes.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from broadside.plugins.faults import Fault, internal, listed, near_path
from broadside.plugins.front_matter.data import Data
from broadside.plugins.newsroom import lists, names, relations
from broadside.plugins.newsroom.folder import scan
from broadside.plugins.newsroom.reader import Reader
from broadside.plugins.newsroom.records import Lean, ReadMany, Record
from broadside.plugins.newsroom.room import Desk, Newsroom
from broadside.plugins.parallel import share
from broadside.plugins.photos.inspect import inspect
from broadside.plugins.photos.values import Original, Problem


def read_newsroom(root: Path, desk: Desk, read_many: ReadMany | None = None) -> Newsroom:
    """Read and check a content folder; nothing is written and nothing outside the folder is opened."""
    folder = scan(root)
    newsroom = Newsroom(folder, lists.read(root, folder.files["list"], desk.rules), desk.urls)
    newsroom.records = (read_many or in_processes(root, desk, 1))(newsroom.sources)
    of_sources = (fault for record in newsroom.records for fault in record.faults)
    newsroom.faults = [*newsroom.folder.faults, *newsroom.lists.faults, *of_sources]
    newsroom.faults += _look_at_photos(newsroom, newsroom.records)
    newsroom.records = names.with_whole_names(newsroom.records, newsroom.authors)
    relations.check(newsroom, desk)
    return newsroom


def in_processes(root: Path, desk: Desk, jobs: int) -> ReadMany:
    """A function that reads sources in several processes, with compact texts, because they are held for the whole build."""

    def work(wanted: Iterable[tuple[str, str]]) -> list[Record[Data]]:
        reader = Reader(root, desk.rules, desk.lang)
        return [lean(reader.read(path, kind)) for path, kind in wanted]

    def lean(record: Record[Data]) -> Record[Data]:
        record.source = Lean.of(record.rest)
        return record

    return lambda wanted: share(work, wanted, jobs)


def _look_at_photos(newsroom: Newsroom, records: Iterable[Record[Data]]) -> list[Fault]:
    """Inspect each picture that these sources use, once; return a fault for every place that uses a bad one."""
    there, elsewhere = set(newsroom.folder.files["photo"]), set(newsroom.folder.unclaimed)
    bad: dict[str, list[Problem]] = {}
    faults = []
    for record in records:
        for path, place in relations.pictures(record):
            if path not in newsroom.originals and path not in bad:
                is_known = path in there or path in elsewhere
                found = seen(newsroom.root / path) if is_known else [_not_there(path, there)]
                if isinstance(found, Original) and path not in there:
                    message = f'the picture "{path}" is not in photos/'
                    bad[path] = [Problem("photo-missing", message, "move it there, and write its new name")]
                elif isinstance(found, Original):
                    newsroom.originals[path] = found
                else:
                    bad[path] = found
            line = place if isinstance(place, int) else record.lines.get(place, 1)
            faults += [problem.at(record.path, line) for problem in bad.get(path, [])]
    return faults


def _not_there(path: str, there: set[str]) -> Problem:
    hint = near_path(path, there) or listed(there) or "put it into photos/"
    return Problem("photo-missing", f'there is no picture "{path}" in the content folder', hint)


def seen(path: Path) -> Original | list[Problem]:
    """A picture, or what is wrong with it."""
    try:
        return inspect(path)
    except Exception as problem:
        fault = internal(path.name, problem)
        return [Problem(fault.code, f"{path.name}: {fault.message}", fault.hint)]
