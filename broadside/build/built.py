"""Notes beside the output which release the last build for production made, and compares both before that is published."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from broadside import git
from broadside.build.files import listed
from broadside.build.release import NotARelease, Release, read, release
from broadside.config.files import FILES, LIVE
from broadside.config.options import Options, settings_in
from broadside.disk import write_whole
from broadside.faults import count
from broadside.folders import OUTLET
from broadside.store import Store

RELEASE, DIGESTS = "release.json", "digests"
"""The release, a file beside the output, and the note with the digests of files and their looks, so that each is read only once."""
SOURCES = (*FILES, "plugins", "theme", "broadside", "requirements.lock", "vendor")
HERE = ("http://127.", "http://localhost", "http://[::1]")

Looks = tuple[int, int, str, str]
"""A file's size in bytes, its time in nanoseconds, the digest of what it was made from, and the SHA-256 that it had then."""


class NotReady(Exception):
    """The output cannot be published; says why, and what to do."""


def note_release(options: Options, built: datetime, siteurl: str, drafts: bool) -> None:
    """Note what a build made, if it may be published: not with drafts, and not if it was built as a preview."""
    if options.production and not drafts:
        note(options, built, siteurl)
    else:
        (options.cache_path / RELEASE).unlink(missing_ok=True)


def note(options: Options, built: datetime, siteurl: str) -> None:
    """Note what a build for production made. Only new files of the output are read."""
    store = Store(options.cache_path)
    digests, wanted = _digests_in(store), store.pages()
    for path, (mark, size, time, _) in wanted.items():
        # Two pages of the same size may be made within one second, and some file systems keep times in whole seconds only.
        if digests.get(path, (0, 0, "", ""))[:3] != (size, time, mark):
            digests[path] = (size, time, mark, _digest(options.output_path / path))
    digests = {path: digests[path] for path in sorted(wanted)}
    commit = git.checked_out(options.content_path)
    dirty = commit is None or (bool(commit) and bool(_uncommitted(options)))
    made = release({path: looks[3] for path, looks in digests.items()}, built, commit or "", siteurl, dirty)
    store.keep_notes({DIGESTS: digests})
    write_whole(options.cache_path / RELEASE, made.text())


def ready(options: Options, even_dirty: bool = False) -> Release:
    """The release that is in the output, file by file; raises NotReady if there is none, or it is not for readers."""
    try:
        made = read((options.cache_path / RELEASE).read_bytes())
    except (OSError, NotARelease):
        raise NotReady(
            f"{options.output_path} holds no site that was built for readers: run ./inv build --production"
        ) from None
    if made.head.siteurl.startswith(HERE):
        raise NotReady(
            f"its pages were made for {made.head.siteurl}: set SITEURL in publishconf.py, and run ./inv build --production"
        )
    if made.dirty and not made.head.commit and not even_dirty:
        raise NotReady(
            f"it is not known from which commit it was built{_why_no_commit(options.content_path)}. "
            "Run ./inv build --production again, or publish it all the same with --force"
        )
    if made.dirty and not even_dirty:
        changes = _uncommitted(options)  # none, if they were committed since
        named = f": {_first_of(changes)}" if changes else ""
        raise NotReady(
            f"it was built with uncommitted changes{named}. Commit them and run ./inv build --production, "
            "or publish it all the same with --force"
        )
    doubts = list(_differences(made, options))
    if doubts:
        raise NotReady(
            f"{options.output_path} is not what the last build made: {_first_of(doubts)}. "
            "./inv build --production --clean makes it anew"
        )
    return made


def _differences(made: Release, options: Options) -> Iterator[str]:
    """Lines about the files that are not as the build made them."""
    there = set(listed(options.output_path)) if options.output_path.is_dir() else set()
    yield from (f"{path} is missing" for path in sorted(made.files.keys() - there))
    yield from (f"{path} is not part of it" for path in sorted(there - made.files.keys()))
    digests = _digests_in(Store(options.cache_path, only_asks=True))
    for path in sorted(made.files.keys() & there):
        file = options.output_path / path
        found = os.lstat(file)
        size, time, _, digest = digests.get(path, (0, 0, "", ""))
        if (size, time, digest) != (found.st_size, found.st_mtime_ns, made.files[path]) and (
            not file.is_file() or file.is_symlink() or _digest(file) != made.files[path]
        ):
            yield f"{path} was changed"


def _why_no_commit(folder: Path) -> str:
    try:
        commit = git.commit_of(folder, "HEAD", must_answer=True)
    except git.GitFailed as problem:
        return f": {str(problem).rstrip('.')}"
    return "" if commit else ": its repository has no commit; commit everything"


def _first_of(files: Sequence[str]) -> str:
    """The first few files, and how many more there are."""
    more = f" and {count(len(files) - 3, 'more file')}" if len(files) > 3 else ""
    return f"{', '.join(files[:3])}{more}"


def _uncommitted(options: Options) -> list[str]:
    """The sources of the site that have uncommitted changes."""
    stories = git.uncommitted(options.content_path, [options.content_path])
    return [
        *stories,
        *git.uncommitted(OUTLET, [OUTLET / name for name in (*SOURCES, settings_in(LIVE)["OUTLET_THEME"])]),
    ]


def _digests_in(store: Store) -> dict[str, Looks]:
    return store.note(DIGESTS, dict[str, Looks]) or {}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
