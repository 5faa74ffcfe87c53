"""Finds in Git how stories read before each change that they declare, as they were published.

What is on the branch that is checked out counts as published from its commit on, or from the date
of the story if that is later, until the next commit that changes it: a draft never does, nor does
what was replaced before its hour came, or what no build would have published because of errors.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from broadside.content.reader import Reader
from broadside.content.records import is_story
from broadside.digests import digest
from broadside.faults import errors_in
from broadside.git import GitFailed, checked_out, git, listed
from broadside.plugins.versions.changes import text_of
from broadside.plugins.versions.content import KEPT, Note, declared
from broadside.plugins.versions.settings import VersionsSettings
from broadside.site import Site
from broadside.site.story import Story
from broadside.store import only
from broadside.urls import below

log = logging.getLogger("broadside")

KEPT_AS, SIGN = "versions", "\1"
LOG = (
    *("log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "-M", "--relative"),
    *("--no-show-signature", f"--format={SIGN}%ct", "HEAD", "--", "articles/"),
)
"""What changed on this branch, newest first; what came by a merge counts from the merge on."""
SHALLOW = (
    "the clone is shallow; fetch the rest (git fetch --unshallow, or fetch-depth: 0 in a workflow)"
)


class Version(Struct, frozen=True):
    """How a story read, as plain text, and the changes that were first declared with it; none if
    it was changed without a note.
    """

    notes: tuple[Note, ...]
    title: str
    dek: str
    text: str


class Versions(Struct, frozen=True):
    """How a story read, each time that it was published otherwise; what it declares now and did not
    before; and the address of the page that shows its changes.
    """

    url: str
    before: tuple[Version, ...]
    last: tuple[Note, ...]


class Committed(NamedTuple):
    """A story's file from a moment on; `blob` is "" if it was gone."""

    since: float
    blob: str


def versions_of(site: Site) -> Iterator[tuple[Story, Versions]]:
    """The stories that have declared changes since the day that the setting names, with their
    versions, as far as Git knows them.
    """
    begin = VersionsSettings.of(site.settings).VERSIONS
    stories = {
        story.record.path: story
        for story in site.published
        if any(note.date >= begin for note in declared(story.record.data))
        and not KEPT.of(story.record.data).history
    }
    for path, found in _known(site, sorted(stories)).items():
        story = stories[path]
        told = {note.mark: note for note in declared(story.record.data)}
        before = tuple(replace(each, notes=_as_now(each.notes, told, begin)) for each in found)
        known = {note.mark for version in found for note in version.notes}
        last = tuple(
            note for mark, note in told.items() if mark not in known and note.date >= begin
        )
        if before and (last or any(each.notes for each in before[1:])):
            yield story, Versions(below(story.url, site.urls.own["versions"]), before, last)


def _as_now(
    notes: Iterable[Note], told: Mapping[tuple[str, bool, int], Note], begin: str
) -> tuple[Note, ...]:
    """Notes from a day on, in the words that the story has for them now; without those that it took
    back.
    """
    now = (told.get(note.mark) if note.text else note for note in notes)
    return tuple(note for note in now if note and note.date >= begin)


def _known(site: Site, paths: Sequence[str]) -> dict[str, list[Version]]:
    """The versions that Git knows of the stories at these paths; they change only with its
    commits.
    """
    folder = Path(site.settings.PATH)
    head = checked_out(folder) if paths else ""
    if not head:
        if paths:
            log.info("Earlier versions are not shown: Git names no commit of %s.", folder)
        return {}
    mark = digest(site.mark, head, *paths)
    found = site.store.only(KEPT_AS, dict[str, list[Version]], mark)
    if found is None:
        try:
            found = _read(site, folder, paths)
        except GitFailed as problem:
            log.info("Earlier versions are not shown: %s", problem)
            return {}
        site.store.keep(only(KEPT_AS, found, mark))
    return found


def _read(site: Site, folder: Path, paths: Sequence[str]) -> dict[str, list[Version]]:
    if git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise GitFailed(SHALLOW)
    history = committed(git(folder, *LOG), paths)
    sources = _contents(folder, {each.blob for some in history.values() for each in some})
    options = site.options
    reader = Reader(folder, options.rules, options.lang, options.words, with_notes=False)
    return {path: _versions(reader, path, history[path], sources) for path in paths}


def committed(log: bytes, paths: Sequence[str]) -> dict[str, list[Committed]]:
    """What Git's log says of the files at these paths, oldest first, under whatever names they
    had.
    """
    found: dict[str, list[Committed]] = {path: [] for path in paths}
    now_at = {path: path for path in paths}
    moment, entries = 0.0, iter(listed(log))
    for entry in entries:
        if entry.startswith(SIGN):
            moment = float(entry[1:])
            continue
        *_, blob, state = entry.split()
        name = next(entries)
        new = next(entries) if state[0] in "RC" else name
        path = now_at.pop(new, "")
        if not path:
            continue
        found[path].insert(0, Committed(moment, "" if state == "D" else blob))
        if state[0] != "A":
            now_at[name] = path
    return found


def _contents(folder: Path, blobs: Iterable[str]) -> dict[str, bytes]:
    """The contents of blobs; a clone may lack some."""
    wanted = sorted(filter(None, blobs))
    said = git(
        folder, "cat-file", "--batch", given="".join(f"{each}\n" for each in wanted).encode()
    )
    found, at = {}, 0
    for blob in wanted:
        end = said.index(b"\n", at)
        size = said[at:end].split()[-1]
        at = end + 1
        if size != b"missing":
            found[blob] = said[at : at + int(size)]
            at += int(size) + 1
    return found


def _versions(
    reader: Reader, path: str, history: Sequence[Committed], sources: Mapping[str, bytes]
) -> list[Version]:
    """How a story read, each time that it was published otherwise; what it hid or withdrew takes
    back all that was before.
    """
    found: list[Version] = []
    known: set[tuple[str, bool, int]] = set()
    ends = [*(each.since for each in history[1:]), math.inf]
    for (since, blob), end in zip(history, ends, strict=True):
        if blob not in sources:
            continue
        record = reader.understand(sources[blob], path, "story")
        if not is_story(record) or errors_in(record.faults):
            continue
        data = record.data
        if data.status != "published" or KEPT.of(data).history:
            found.clear()
            known.clear()
            continue
        if max(since, record.moment) >= end:
            continue
        notes = tuple(note for note in declared(data) if note.mark not in known)
        known.update(note.mark for note in notes)
        found.append(Version(notes, data.title, data.dek, text_of(record.body.html)))
    return found
