"""Reads and checks the whole content folder: every story, page, author, round-up and list, with every fault.

The build, `check`, and the desk's other commands all start from the Newsroom that this makes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from broadside.plugins.dates import now_of
from broadside.plugins.faults import Fault, internal, listed, near_path
from broadside.plugins.fingerprint import digest, of_code, of_own
from broadside.plugins.front_matter.data import Data
from broadside.plugins.front_matter.keys import OWN
from broadside.plugins.front_matter.validate import Rules
from broadside.plugins.newsroom import lists, names, relations
from broadside.plugins.newsroom.cache import Cache
from broadside.plugins.newsroom.folder import scan
from broadside.plugins.newsroom.reader import Reader
from broadside.plugins.newsroom.records import Lean, ReadMany, Record
from broadside.plugins.newsroom.room import Desk, Newsroom
from broadside.plugins.parallel import share
from broadside.plugins.photos.inspect import inspect
from broadside.plugins.photos.values import Original, Problem
from broadside.plugins.store import Store
from broadside.plugins.urls import LISTS, Urls


def desk_of(settings: dict[str, Any]) -> Desk:
    """What the settings say about reading."""
    rules, urls = Rules.from_settings(settings), Urls.from_settings(settings)
    # An outlet's own settings may still name the lists, which may be elsewhere now.
    paths = dict.fromkeys([*urls.lists.values(), *settings.get("SITE_PATHS", ())])
    return Desk(
        rules,
        urls,
        now_of(settings.get("NOW"), rules.zone),
        settings["DEFAULT_LANG"],
        settings.get("SHOW_DRAFTS", False),
        tuple(path for path in paths if path in urls.lists.values() or path not in LISTS.values()),
        tuple(settings.get("SITE_FOLDERS", ())),
    )


def newsroom_of(settings: dict[str, Any], store: Store | None = None) -> tuple[Newsroom, Desk, Cache]:
    """The content folder that the settings name, read as they say, with the cache that it was read through.

    Its faults are for the caller to act on. A command that has no `store` only asks: it cannot save the cache, and leaves no trace.
    """
    desk, root = desk_of(settings), Path(settings["PATH"])
    read = in_processes(root, desk, settings.get("JOBS", 1))
    store = store or Store(Path(settings["CACHE_PATH"]), only_asks=True)
    cache = Cache(store, mark_of(desk, settings), root, read)
    return read_newsroom(root, desk, cache.read_many), desk, cache


def mark_of(desk: Desk, settings: Mapping[str, Any]) -> str:
    """The digest of the code and the settings on which everything that is kept of sources depends."""
    own = of_own(settings["PLUGINS"]) if OWN else ""  # whose checks of their own keys have made what is kept
    return digest(of_code(), repr(desk.rules), desk.lang, own)


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

    def read(wanted: Sequence[tuple[str, str]]) -> list[Record[Data]]:
        reader = Reader(root, desk.rules, desk.lang) if wanted else None  # which forked processes inherit
        return share(lambda some: [lean(reader.read(*each)) for each in some] if reader else [], wanted, jobs)

    def lean(record: Record[Data]) -> Record[Data]:
        record.source = Lean.of(record.rest)
        return record

    return read


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
