"""Finds out whether the site stands as the last build left it, so that a build has nothing to do.

A build is a function of the content, the settings, the theme, our own code and the clock. If none of these has changed, and
every file of the site is as it was written, a build would make the same site again. To see that, the states of files are
enough: neither Pelican nor what was kept of the stories is loaded.
"""

from __future__ import annotations

import os
import stat
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from broadside.desk.options import FOLDERS, Options, asked, settings_in
from broadside.desk.report import Report
from broadside.folders import ENGINE, OUTLET
from broadside.plugins.dates import now_of
from broadside.plugins.faults import Fault
from broadside.plugins.fingerprint import Digests, digest, of_code, of_files, of_folder, of_modules, of_own
from broadside.plugins.manifest import MANIFEST, SEARCH, STRAYS, Manifest, Strays, head, touched
from broadside.plugins.paths import folders_of
from broadside.plugins.shelf import DAMAGED, SECOND, SETTLED, keep, kept

NAME = "standing.json"
"""The file in the cache folder that says what the last build was made of."""


class Noted(NamedTuple):
    """What a build was made of, the head of its manifest, the time during which its site stands, and what it reported."""

    inputs: str
    manifest: str
    built: str
    until: str
    stories: Mapping[str, int]
    held: list[tuple[str, str, str]]
    warnings: list[Fault]


def standing(options: Options, made_of: str) -> Report | None:
    """The report of a build that has nothing to do; None if the site may have to change.

    `made_of` is what inputs() says now.
    """
    cache = options.cache_path
    if options.clean or not (cache / NAME).is_file():
        return None
    try:
        noted = kept(cache / NAME, Noted)
        killed = Strays(cache / STRAYS).load() != [] or any((cache / SEARCH).glob("*"))
        if killed or not _is_timely(noted, options) or noted.inputs != made_of:
            return None
        files = Manifest.load(cache / MANIFEST).files if noted.manifest == head(cache / MANIFEST) else {}
        if not files or any(touched(files, str(options.output_path))):
            return None
        since = (cache / NAME).stat().st_mtime_ns
        # If the clock was put back, what somebody adds now seems older than the site.
        is_ahead = since > time.time_ns()
        if is_ahead or any(_is_changed(f"{options.output_path}/{folder}", since) for folder in folders_of(files)):
            return None
        return Report(Counter(noted.stories), skipped=len(files), warnings=noted.warnings, held=noted.held)
    except DAMAGED:
        return None


def _is_timely(noted: Noted, options: Options) -> bool:
    """Whether nothing has fallen due since the build, nor its clock been ahead of ours."""
    now = _now(options, settings_in(options.conf))
    return datetime.fromisoformat(noted.built) <= now < datetime.fromisoformat(noted.until)


def note(options: Options, made_of: str, report: Report, built: datetime, until: datetime) -> None:
    """Note what a successful build was made of, and until when its site stands.

    `made_of` is what inputs() said before anything was read; if it was "", an older note is deleted and none written.
    """
    if not made_of:
        (options.cache_path / NAME).unlink(missing_ok=True)
        return
    noted = Noted(
        made_of,
        head(options.cache_path / MANIFEST),
        built.isoformat(),
        until.isoformat(),
        report.stories,
        report.held,
        report.warnings,
    )
    keep(options.cache_path / NAME, noted)


def inputs(options: Options) -> str:
    """The digest of all that a build is made of, except the clock.

    "" if it might miss a change: a source was saved so recently that its times may not show the next save, a setting has a
    value that cannot be compared, or a folder cannot be read.
    """
    settings = settings_in(options.conf)
    theme = OUTLET / str(settings.get("THEME", "theme"))
    try:
        values = Digests().of_values(settings)
        sources = list(_states(options.content_path))
        others = [each for name in FOLDERS for each in _list(settings, name)]
        code = of_all_code(settings)
        folders = [of_folder(OUTLET / str(folder)) for folder in (theme, *others)]
    except (TypeError, OSError):  # the build will say what is wrong
        return ""
    youngest = max((max(times) for _, _, _, *times in sources), default=0)
    if youngest > time.time_ns() - SETTLED:
        return ""
    return digest(
        repr((options.production, options.drafts, options.siteurl)),
        values,
        *folders,
        *code,
        repr(sources),
    )


def of_all_code(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The digests of all code that a site is made by; raises TypeError or OSError if they cannot be had."""
    desk = ENGINE / "desk"
    return of_files(desk, desk.rglob("*.py")), of_code(), of_own(_list(settings, "PLUGINS"))


def code_of(options: Options, anew: bool = False) -> tuple[str, ...]:
    """The digests of the code as this process took it to be, or with `anew` as it is now; () if they cannot be had.

    A forked process inherits those that were made before, so it takes no code that was saved since for its own.
    """
    if anew:
        of_code.cache_clear()
        of_modules.cache_clear()
    try:
        return of_all_code(settings_in(options.conf))
    except Exception:
        return ()  # the build will say what is wrong; or a file is being replaced


def _list(settings: Mapping[str, Any], name: str) -> list[str]:
    """The value of a setting that is a text or a list of texts, as a list; raises TypeError if it is something else."""
    value = settings.get(name) or []
    if isinstance(value, str):
        return [value]
    if not isinstance(value, (list, tuple)) or not all(isinstance(each, str) for each in value):
        raise TypeError(name)
    return list(value)


def _now(options: Options, settings: Mapping[str, Any]) -> datetime:
    return now_of(options.now or settings.get("NOW"), ZoneInfo(settings["TIMEZONE"]))


def facts(options: Options) -> tuple[datetime, str, bool]:
    """What a release says of the build: its moment, the site's address, and whether drafts are shown."""
    settings = settings_in(options.conf) | asked(options)
    return _now(options, settings), str(settings["SITEURL"]).rstrip("/"), bool(settings.get("SHOW_DRAFTS"))


def _states(folder: Path) -> Iterator[tuple[str, int, int, int, int]]:
    """Path, inode, size and times of everything below a folder; links are not followed, and of a folder only the path counts."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield entry.path, 0, 0, 0, 0  # even of an empty one, whose name may be a fault
                yield from _states(Path(entry.path))
            else:
                found = entry.stat(follow_symlinks=False)
                yield entry.path, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _is_changed(folder: str, since: int) -> bool:
    """Whether a file was added to a folder since then, or something else, such as a link, has taken its place."""
    found = os.lstat(folder)
    changed = found.st_ctime_ns  # not the mtime, which can be set back, as cp -a does
    return not stat.S_ISDIR(found.st_mode) or changed > since or (changed == since and since % SECOND == 0)
