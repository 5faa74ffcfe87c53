"""Finds out whether the site is up to date, so that a build has nothing to do.

A site follows from the content, the settings, the theme, our code and the clock. If none of these
has changed, and every file of the site is as it was written, building again would make the same
site. Checking sizes and times of files is enough to see that, without loading Pelican or the kept
stories.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from broadside.build.report import Report
from broadside.build.tree import Tree
from broadside.config.options import FOLDERS, OUTSIDE, Options, asked, settings_in
from broadside.dates import now_of
from broadside.digests import Digests, digest, of_code, of_folder, of_modules, of_own
from broadside.faults import Fault, SiteFailed
from broadside.folders import OUTLET
from broadside.settings import Settings
from broadside.store import Store, is_settled, only

NOTE = "up-to-date"


class Noted(NamedTuple):
    """The time span in which a build's site is up to date, and the build's report."""

    built: datetime
    until: datetime
    stories: dict[str, int]
    held: list[tuple[str, str, str]]
    warnings: list[Fault]
    to_mend: int


def up_to_date(options: Options, made_of: str, settings: Settings) -> Report | None:
    """The report of a build with nothing to do; None if the site may have to change.

    `made_of` is what inputs() returns now. `settings` are those of settings_in().
    """
    tree = Tree(
        options.output_path, options.cache_path / "next", Store(options.cache_path, only_asks=True)
    )
    if options.clean or not made_of:
        noted = None
    else:
        noted = tree.store.only(NOTE, Noted, made_of)
    if noted is None:
        return None
    try:
        if not noted.built <= _now(options, settings) < noted.until:
            return None
    except ValueError:  # the build will report it
        return None
    files = tree.kept()
    if not files or any(tree.compare(files)):
        return None
    return Report(
        Counter(noted.stories),
        skipped=len(files),
        warnings=noted.warnings,
        held=noted.held,
        to_mend=noted.to_mend,
    )


def note_inputs(
    store: Store, made_of: str, report: Report, built: datetime, until: datetime
) -> None:
    """Record what a successful build was made of, and how long its site is up to date.

    `made_of` is what inputs() returned before anything was read; "" leaves no record.
    """
    noted = Noted(built, until, report.stories, report.held, report.warnings, report.to_mend)
    store.keep(only(NOTE, noted if made_of else None, made_of))


def inputs(options: Options, settings: Settings | None = None) -> str:
    """The digest of everything a build depends on, except the clock.

    "" if it might miss a change: a source was saved so recently that the next save may not change
    its times, a setting has a value that cannot be compared, or a folder cannot be read.
    """
    settings = settings or settings_in(options.conf)
    try:
        values = Digests().of_value(vars(settings))
        sources = list(_states(options.content_path))
        others = [folder for name in FOLDERS for folder in _list(settings, name)]
        code = of_all_code(settings)
        folders = [of_folder(OUTLET / str(folder)) for folder in (settings.THEME, *others)]
        outside = [
            _bytes_of(OUTLET / path) for name in OUTSIDE if (path := vars(settings).get(name))
        ]
    except (KeyError, TypeError, ValueError, OSError, SiteFailed):  # the build will report it
        return ""
    now = time.time_ns()
    if not all(is_settled(moment, now) for _, _, _, *times in sources for moment in times):
        return ""
    asked_for = (options.production, options.drafts, options.siteurl)
    return digest(repr(asked_for), values, *folders, *code, repr(sources), *outside)


def _bytes_of(path: Path) -> str:
    """The digest of a file; "" if there is none."""
    if path.is_file():
        return digest(path.read_bytes())
    return ""


def of_all_code(settings: Settings) -> tuple[str, ...]:
    """The digests of all code that makes a site; raises TypeError or OSError if they cannot be
    computed.
    """
    return of_code(), of_own(_list(settings, "PLUGINS"))


def code_of(options: Options) -> tuple[str, ...]:
    """The digests of the code as it is on disk now, whatever this process has loaded; () if they
    cannot be computed.
    """
    of_code.cache_clear()
    of_modules.cache_clear()
    try:
        return of_all_code(settings_in(options.conf))
    except Exception:
        return ()  # the build will report it, or a file is just being replaced


def facts(options: Options) -> tuple[datetime, str, bool]:
    """What a release records about the build: its moment, the site's address, and whether drafts
    are shown.
    """
    settings = settings_in(options.conf).but(**asked(options))
    return (
        _now(options, settings),
        str(settings.SITEURL).rstrip("/"),
        bool(settings.SHOW_DRAFTS),
    )


def _list(settings: Settings, name: str) -> list[str]:
    """A setting that is a string or a list of strings, as a list; raises TypeError if it is
    anything else.
    """
    value = vars(settings).get(name) or []
    if isinstance(value, str):
        return [value]
    if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
        raise TypeError(name)
    return list(value)


def _now(options: Options, settings: Settings) -> datetime:
    return now_of(options.now or settings.NOW, ZoneInfo(settings.TIMEZONE))


def _states(folder: Path) -> Iterator[tuple[str, int, int, int, int]]:
    """Path, inode, size and times of everything in a folder; does not follow links, and takes only
    the path of a folder.
    """
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield entry.path, 0, 0, 0, 0  # even if it is empty, because its name may be a fault
                yield from _states(Path(entry.path))
            else:
                seen = entry.stat(follow_symlinks=False)
                yield entry.path, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns
