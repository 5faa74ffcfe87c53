"""Reading from beginning to end: the folder, each source in it (or its stored record), then the
checks that need all of them.

The build, `check` and the other commands all start from the Content made here.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from pathlib import Path

from broadside import doors
from broadside.content import files, imported, lists, names, relations
from broadside.content.cache import Cache, Packed
from broadside.content.content import Content, FileRules, ReadOptions
from broadside.content.doors import FOLDERS
from broadside.content.folder import scan
from broadside.content.given import FILES, NOTES, TEXTS
from broadside.content.reader import Reader
from broadside.content.records import ReadMany, Record
from broadside.dates import now_of
from broadside.digests import digest, of_code, of_own
from broadside.faults import SLIP, Fault, did_you_mean, internal
from broadside.front_matter.data import KEYS, OWN, Data, pictures_of
from broadside.front_matter.validate import Rules
from broadside.media import charts
from broadside.media.charts import MOST_DRAWN
from broadside.media.files import FILE_CHECKS
from broadside.media.files import inspect as inspect_file
from broadside.media.photo_files import doubts, inspect, shape_problems
from broadside.media.photos import Original, Problem
from broadside.parallel import share
from broadside.settings import Settings
from broadside.store import Store, encoded
from broadside.urls import USUAL, USUAL_FOLDERS, Urls
from broadside.words import catalogs_of

MANY = 128
"""From this many sources on, they are read by several processes.

Half of them take a quarter of a second, a process a twentieth.
"""


def read_options(settings: Settings) -> ReadOptions:
    """The settings that matter for reading."""
    doors.load(settings.PLUGINS)
    rules, urls = Rules.from_settings(settings), Urls.from_settings(settings)
    # An outlet's settings may still contain the default addresses of pages that it has since moved.
    others = (path for path in settings.SITE_PATHS if path not in USUAL)
    folders = (path for path in settings.SITE_FOLDERS if path not in USUAL_FOLDERS)
    return ReadOptions(
        rules,
        urls,
        now_of(settings.NOW, rules.zone),
        settings.DEFAULT_LANG,
        settings.SHOW_DRAFTS,
        settings.DRAFTS_COUNT,
        tuple(dict.fromkeys([*urls.pages(settings), *others])),
        tuple(dict.fromkeys([*urls.folders, *folders])),
        catalogs_of(settings),
        dict(settings.FORMER_URLS),
        FileRules(
            settings.FILE_MAX_MB * 1_000_000,
            settings.FILE_ADDRESS == "digest",
            files.in_settings(settings),
        ),
    )


def read_cached(
    settings: Settings, store: Store | None = None, *, notes: bool = True
) -> tuple[Content, ReadOptions, Cache]:
    """The content folder that the settings name, and the cache that it was read through.

    Acting on faults is up to the caller. Without a `store`, the cache cannot be saved, and nothing
    is written. Without `notes`, plugins note nothing of stories that are read anew, which saves a
    tenth of the time.
    """
    reading, root = read_options(settings), Path(settings.PATH)
    read = in_processes(root, reading, settings.JOBS, notes=notes)
    store = store or Store(Path(settings.CACHE_PATH), only_asks=True)
    cache = Cache(store, mark_of(reading, settings), root, read)
    return read_content(root, reading, cache.read_many, cache.inspect), reading, cache


def mark_of(reading: ReadOptions, settings: Settings) -> str:
    """The digest of the code and settings on which everything kept about sources depends."""
    own = ""
    if _outlet_reads():
        own = of_own(settings.PLUGINS)
    return digest(of_code(), repr(reading.rules), reading.lang, reading.words.digest, own)


def _outlet_reads() -> bool:
    """Whether an outlet's own code checks keys or texts of stories."""
    givers = KEYS.givers | TEXTS.givers | NOTES.givers | FILE_CHECKS.givers | FOLDERS.givers
    of_outlet = any(not name.startswith(doors.OURS) for name in givers)
    return of_outlet or not all(each.type for each in OWN.values())


def read_content(
    root: Path,
    reading: ReadOptions,
    read_many: ReadMany | None = None,
    inspected: files.Look = inspect_file,
) -> Content:
    """Read and check a content folder, writing nothing and opening nothing outside it."""
    folder = scan(root)
    content = Content(
        folder,
        lists.read(root, folder.files["list"], reading.rules),
        reading.urls,
        words=reading.words,
    )
    content.records = (read_many or in_processes(root, reading, 1))(content.sources)
    of_sources = (fault for record in content.records for fault in record.faults)
    content.faults = [
        *reading.words.faults,
        *content.folder.faults,
        *content.lists.faults,
        *of_sources,
    ]
    content.faults += _read_files_of_plugins(content)
    if folder.files["imported"]:
        entries, faults = imported.read(root)
    else:
        entries, faults = ({}, [])
    content.lenient = {
        each.path: entries[each.path]
        for each in content.records
        if imported.believed(each, entries)
    }
    content.faults += [*faults, *imported.unbelieved(content.records, entries)]
    content.faults += _look_at_photos(content)
    content.faults += _read_tables(content)
    content.faults += files.look(content, reading, inspected)
    content.faults += files.damaged(content)
    content.records = names.with_whole_names(content.records, content.authors)
    content.records = names.with_slugs(content.records, content.lists.slots)
    relations.check(content, reading)
    return content


def in_processes(root: Path, reading: ReadOptions, jobs: int, *, notes: bool = True) -> ReadMany:
    """A function that reads sources in several processes; it packs their texts, which are held for
    the whole build.
    """

    def read(wanted: Sequence[tuple[str, str]]) -> list[Record[Data]]:
        if not wanted:
            return []
        # Before the fork, so all share it.
        reader = Reader(root, reading.rules, reading.lang, reading.words, with_notes=notes)

        def some(sources: Sequence[tuple[str, str]]) -> list[Record[Data]]:
            return [lean(reader.read(*each)) for each in sources]

        return share(some, wanted, jobs, MANY, "Reading stories")

    def lean(record: Record[Data]) -> Record[Data]:
        record.source = Packed(encoded(record.rest))
        return record

    return read


def _read_files_of_plugins(content: Content) -> list[Fault]:
    """Read the files that plugins know; returns their faults."""
    faults: list[Fault] = []
    for file in FILES:
        if file.name not in content.folder.files["own"]:
            continue
        try:
            content.given[file.name], found = file.read((content.root / file.name).read_bytes())
        except Exception as problem:
            found = [internal(file.name, problem)]
        faults += found
    return faults


def _look_at_photos(content: Content) -> list[Fault]:
    """Inspect each picture that sources and lists use, once; returns a fault for every place that
    uses a bad one.
    """
    there, elsewhere = set(content.folder.files["photo"]), set(content.folder.unclaimed)
    told = content.folder.refused
    bad: dict[str, list[Problem]] = {}
    faults = []
    for source, line, path in _pictures(content):
        if path in told:  # where the file is, once
            continue
        if path not in content.originals and path not in bad:
            is_known = path in there or path in elsewhere
            if is_known:
                found = seen(content.root / path)
            else:
                found = [_not_there(path, there)]
            if isinstance(found, Original) and path not in there:
                message = f'the picture "{path}" is not in photos/'
                bad[path] = [
                    Problem("photo-missing", message, "move it there, and write its new name")
                ]
            elif isinstance(found, Original):
                content.originals[path] = found
            else:
                bad[path] = found
        original = content.originals.get(path)
        name = posixpath.basename(path)
        if original:
            problems = [*shape_problems(original, name), *doubts(original, name)]
        else:
            problems = bad[path]
        faults += [problem.at(source, line) for problem in problems]
    return faults


def _pictures(content: Content) -> Iterator[tuple[str, int, str]]:
    """Each use of a picture: the source, the line, and the picture's path."""
    for record in content.records:
        for path, place in relations.pictures(record):
            yield record.path, place if isinstance(place, int) else record.lines.get(place, 1), path
    for entry in content.lists.every:
        for path, key in pictures_of(entry.data):
            yield entry.path, entry.lines.get(key, entry.line), path


def _read_tables(content: Content) -> Iterator[Fault]:
    """Read each table that a chart uses, once; yields the faults in tables, and of charts that
    cannot be drawn.
    """
    there = set(content.folder.files["table"])
    read: set[str] = set()
    for record in content.records:
        for chart in record.charts:
            if chart.data not in there:
                message = f'there is no table "{chart.data}" in the content folder'
                hint = did_you_mean(chart.data, there, SLIP)
                yield Fault(record.path, chart.line, 0, "error", "chart", message, hint)
                continue
            if chart.data not in read:
                read.add(chart.data)
                found, faults = charts.read(content.root, chart.data)
                yield from faults
                if found:
                    content.tables[chart.data] = found
            columns = 0
            if chart.data in content.tables:
                columns = len(content.tables[chart.data].columns)
            if columns > MOST_DRAWN and chart.kind != "multiples":
                message = (
                    f"the table has {columns} columns, and such a chart shows {MOST_DRAWN} at most"
                )
                yield Fault(
                    record.path, chart.line, 0, "error", "chart", message, 'write chart="multiples"'
                )


def _not_there(path: str, there: set[str]) -> Problem:
    message = f'there is no picture "{path}" in the content folder'
    return Problem("photo-missing", message, did_you_mean(path, there, SLIP))


def seen(path: Path) -> Original | list[Problem]:
    """A picture, or what is wrong with it."""
    try:
        return inspect(path)
    except Exception as problem:
        fault = internal(path.name, problem)
        return [Problem(fault.code, f"{path.name}: {fault.message}", fault.hint)]
