"""The whole content folder read at once: every story, page and author, every list, and every fault.

This is the one way in. The build, `check`, and the desk's other commands all start from a Newsroom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from plugins.faults import Fault, did_you_mean, errors_in
from plugins.front_matter.validate import Rules
from plugins.newsroom import cross, lists
from plugins.newsroom.folder import Folder, scan
from plugins.newsroom.lists import Lists
from plugins.newsroom.records import Reader, ReadMany, Record
from plugins.photos.inspect import inspect
from plugins.photos.values import Original, Problem
from plugins.urls import Urls


@dataclass(slots=True)
class Newsroom:
    """Everything that the content folder says.

    `originals` are the pictures that stories use, by path; `urls_of` gives the address of each published source.
    """

    root: Path
    folder: Folder
    lists: Lists
    records: list[Record] = field(default_factory=list)
    originals: dict[str, Original] = field(default_factory=dict)
    urls_of: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def of_kind(self, kind: str) -> list[Record]:
        """The readable records of one kind: story, page or author."""
        return [record for record in self.records if record.kind == kind and record.data is not None]

    @property
    def broken(self) -> bool:
        """Whether something in it stops a build."""
        return errors_in(self.faults)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the settings and the command line say about reading: whose rules, which clock, and whether drafts show."""

    rules: Rules
    urls: Urls
    now: datetime
    lang: str = "en"
    drafts: bool = False
    site_paths: tuple[str, ...] = ()


def read_newsroom(
    root: Path,
    desk: Desk,
    read_many: ReadMany | None = None,
    look: Callable[[Path], Original | list[Problem]] = inspect,
) -> Newsroom:
    """Read and check a content folder; nothing is written and nothing outside the folder is opened."""
    folder = scan(root)
    newsroom = Newsroom(root, folder, lists.read(root, folder.files["list"], desk.rules))
    wanted = [(path, kind) for kind in ("author", "page", "story") for path in folder.files[kind]]
    newsroom.records = (read_many or _one_by_one(root, desk))(wanted)
    newsroom.faults = [
        *folder.faults,
        *newsroom.lists.faults,
        *(fault for record in newsroom.records for fault in record.faults),
    ]
    newsroom.faults += _look_at_photos(newsroom, look)
    cross.check(newsroom, desk)
    return newsroom


def _one_by_one(root: Path, desk: Desk) -> ReadMany:
    reader = Reader(root, desk.rules, desk.lang)
    return lambda wanted: [reader.read(path, kind) for path, kind in wanted]


def _look_at_photos(newsroom: Newsroom, look: Callable[[Path], Original | list[Problem]]) -> Iterable[Fault]:
    """Inspect each picture that is used, once, and fault every place that uses a bad one."""
    there = set(newsroom.folder.files["photo"])
    bad: dict[str, list[Problem]] = {}
    faults = []
    for record in newsroom.records:
        for path, line in cross.pictures(record):
            if path not in there:
                hint = did_you_mean(path, there) if there else "put it into photos/"
                faults.append(
                    Fault(
                        record.path,
                        line,
                        0,
                        "error",
                        "photo-missing",
                        f'there is no picture "{path}" in the content folder',
                        hint,
                    )
                )
                continue
            if path not in newsroom.originals and path not in bad:
                found = look(newsroom.root / path)
                if isinstance(found, Original):
                    newsroom.originals[path] = found
                else:
                    bad[path] = found
            faults += [
                Fault(record.path, line, 0, "error", problem.code, problem.message, problem.hint)
                for problem in bad.get(path, [])
            ]
    return faults
