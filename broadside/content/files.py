"""The files that sources link to: which may be published, their addresses, and which of them
readers can see.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath

from broadside.content import links
from broadside.content.content import Content, ReadOptions
from broadside.content.records import Record
from broadside.faults import SLIP, Fault, did_you_mean, internal, quoted
from broadside.front_matter.data import Data, files_of
from broadside.letters import named
from broadside.media.files import InspectedFile, inspect
from broadside.media.photos import Problem
from broadside.settings import Settings
from broadside.slugs import DEVICE_NAMES, spelled
from broadside.urls import is_below

Look = Callable[[Path, int], InspectedFile | Problem]
"""Inspects a file with a maximum size in bytes, or returns what is cached."""
Unseen = Mapping[str, Collection[str]]
"""The slugs of authors and series with nothing published yet, by kind."""
MENUS = ("MENUITEMS", "LINKS", "FOOTER_LINKS", "POLICIES", "SOCIAL")
"""Settings with links that every page shows."""


def used(record: Record[Data]) -> Iterator[tuple[str, int | str]]:
    """The path of each file that a source links to, with its line or the key that names it."""
    yield from files_of(record.data)
    for written, line in record.links:
        if path := links.file_of(written, record.path):
            yield path, line


def look(content: Content, reading: ReadOptions, inspected: Look = inspect) -> Iterator[Fault]:
    """Inspect each linked file once; yields a fault for every place that links to a bad one."""
    there, elsewhere = set(content.folder.files["file"]), content.urls.elsewhere
    told = content.folder.refused
    bad: dict[str, Problem] = {}

    def judge(path: str) -> InspectedFile | Problem:
        return (
            _seen(content.root / path, reading, inspected)
            if path in there
            else _not_there(path, there)
        )

    for record in content.records:
        for path, place in used(record):
            if path not in there and isinstance(place, int) and is_below(path, elsewhere):
                continue
            if path in told:  # where the file is, once
                continue
            _look_at(path, content.files, bad, judge)
            if path in bad:
                yield bad[path].at(
                    record.path, place if isinstance(place, int) else record.lines.get(place, 1)
                )
    for path in reading.files.in_settings:  # whoever checks the settings reports a bad link
        if path in there and path not in bad:
            _look_at(path, content.files, bad, judge)
            if path in bad:
                yield bad[path].at(path)


def damaged(content: Content) -> Iterator[Fault]:
    """The faults in files that have been inspected."""
    for path, found in content.files.items():
        for each in found.mistakes:
            yield Fault(path, each.line, 0, "error", each.code, each.message, each.hint)


def _look_at(
    path: str,
    good: dict[str, InspectedFile],
    bad: dict[str, Problem],
    judge: Callable[[str], InspectedFile | Problem],
) -> None:
    if path not in good and path not in bad:
        seen = judge(path)
        if isinstance(seen, InspectedFile):
            good[path] = seen
        else:
            bad[path] = seen


def _seen(path: Path, reading: ReadOptions, inspected: Look) -> InspectedFile | Problem:
    if problem := name_problem(path.name):
        return Problem("file-name", *problem)
    try:
        return inspected(path, reading.files.most)
    except Exception as cause:
        fault = internal(path.name, cause)
        return Problem(fault.code, f"{path.name}: {fault.message}", fault.hint)


def _not_there(path: str, there: set[str]) -> Problem:
    message = f"there is no file {quoted(path)} in the content folder"
    return Problem("file-missing", message, did_you_mean(path, there, SLIP))


def name_problem(name: str) -> tuple[str, str] | None:
    """What is wrong with the name of a file for readers to save, and what to do about it."""
    hidden = next((char for char in name if unicodedata.category(char)[0] == "C"), "")
    if hidden:
        return f"the name {name!a} has {named(hidden)}", "rename it"
    stem = PurePosixPath(name).stem
    if not spelled(stem) or stem.split(".")[0].lower() in DEVICE_NAMES:
        return f"the name {quoted(name)} gives no address", "rename it to words in the letters a-z"
    return None


SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")


def address(path: str, found: InspectedFile, by_digest: bool) -> str:
    """The address of a file: its path, transliterated, or an address that changes with its bytes.

    No other file's address begins with files/-/, because a transliterated part never begins with a
    hyphen.
    """
    *folders, name = path.split("/")[1:]
    stem, ending = os.path.splitext(name)
    parts = [*(_part(folder) for folder in folders), _part(stem) + ending]
    return "/".join(["files", *(["-", found.digest[:16]] if by_digest else []), *parts])


def _part(written: str) -> str:
    return (
        written if SAFE.fullmatch(written) and ".." not in written else spelled(written) or "files"
    )


def assigned(
    content: Content, reading: ReadOptions, unseen: Unseen
) -> tuple[dict[str, str], frozenset[str]]:
    """The addresses of the files, and the paths of those that readers can reach by a link."""
    shown = (record for record in content.records if _is_shown(record, content, reading, unseen))
    out = {path for record in shown for path, _ in used(record)}
    out.update(reading.files.in_settings)
    urls = {
        path: address(path, found, reading.files.by_digest) for path, found in content.files.items()
    }
    return urls, frozenset(out & content.files.keys())


def _is_shown(record: Record[Data], content: Content, reading: ReadOptions, unseen: Unseen) -> bool:
    """Whether readers see the text of a source."""
    if record.kind in unseen:
        return record.slug not in unseen[record.kind]
    state = content.states.get(record.path, "draft")
    return state != "withdrawn" and reading.shows(state)


def unused(content: Content) -> list[str]:
    """The paths of files that nothing links to; they are not published."""
    return [path for path in content.folder.files["file"] if path not in content.files]


def in_settings(settings: Settings) -> tuple[str, ...]:
    """The paths of files that links in the settings lead to."""
    paths = (
        links.file_of(written, "")
        for name in MENUS
        for written in links.texts_in(getattr(settings, name))
    )
    return tuple(dict.fromkeys(filter(None, paths)))
