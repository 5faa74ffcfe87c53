"""A release, which is what is published: the site that was built, where it came from, and the digest of each of its files."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from broadside import git
from broadside.build.files import listed
from broadside.config.files import FILES, LIVE
from broadside.config.options import Options, settings_in
from broadside.disk import is_inside, write_whole
from broadside.faults import count
from broadside.folders import OUTLET
from broadside.store import Store, only

RELEASE, DIGESTS = "release.json", "digests"
"""The release, a file beside the output, and the note with the digests of files and their looks, so that each is read only once."""
SOURCES = (*FILES, "plugins", "theme", "broadside", "requirements.lock", "vendor")
HERE = ("http://127.", "http://localhost", "http://[::1]")
KEPT = 10
"""How many releases this machine keeps."""

Kind = TypeVar("Kind")
Looks = tuple[int, int, str, str]
"""A file's size in bytes, its time in nanoseconds, the digest of what it was made from, and the SHA-256 that it had then."""


class NotARelease(ValueError):
    """A text that should describe a release does not."""


class NotReady(Exception):
    """The output cannot be published; says why, and what to do."""


class Head(Struct, frozen=True):
    """What distinguishes a release from others.

    `built` is the clock of the build, ISO 8601 in UTC; `commit` the stories' commit, "" where there is none; `siteurl`
    the address that its pages were made for; `before` the id of the release that it took over from, "" for none.
    """

    id: str
    built: str
    commit: str = ""
    siteurl: str = ""
    before: str = ""

    @property
    def site(self) -> str:
        """A digest of all its files, equal for releases that readers cannot tell apart."""
        return self.id.rpartition("-")[2]

    @property
    def line(self) -> str:
        """The head as JSON in one line, as a target notes it."""
        return json.dumps(asdict(self), sort_keys=True)

    def __post_init__(self) -> None:
        datetime.fromisoformat(self.built)
        if len(self.id) != 33 or not self.id.replace("-", "").isalnum() or not self.id.isascii():
            raise ValueError("an id becomes part of paths")

    def instead_of(self, other: Head) -> Head:
        """The head of this build with the id of another one that made the same site."""
        return replace(self, id=other.id, before=other.before)

    def __str__(self) -> str:
        return f"{self.id} (commit {self.commit[:10]})" if self.commit else self.id


class Release(Struct, frozen=True, rename={"head": "release"}):
    """A release with its files: path below the output folder -> SHA-256 in hexadecimal.

    `dirty` says that sources had uncommitted changes, or may have had them, because Git named no commit.
    """

    head: Head
    files: Mapping[str, str]
    dirty: bool = False
    version: Literal[1] = 1

    def __post_init__(self) -> None:
        if not all(map(is_inside, self.files)):
            raise ValueError("a file is not below the output")

    def after(self, other: Head | None) -> Release:
        """The release with a head that says which one it takes over from, unless it is the first."""
        return replace(self, head=replace(self.head, before=other.id if other else ""))

    def text(self) -> bytes:
        """The release as JSON, a line for each file, so that two releases differ in few lines."""
        facts = {"version": self.version, "release": asdict(self.head), "dirty": self.dirty}
        return (json.dumps(facts)[:-1] + ', "files":\n' + _as_json(self.files) + "}\n").encode()


def release(files: Mapping[str, str], built: datetime, commit: str, siteurl: str, dirty: bool = False) -> Release:
    """A release that was built at some moment."""
    moment = built.astimezone(UTC)
    head = Head(f"{moment:%Y%m%dT%H%M%SZ}-{digest_of(files)}", moment.isoformat(timespec="seconds"), commit, siteurl)
    return Release(head, files, dirty)


def digest_of(files: Mapping[str, str]) -> str:
    """A digest of all files; 16 hexadecimal digits."""
    return hashlib.sha256(_as_json(files).encode()).hexdigest()[:16]


def _as_json(files: Mapping[str, str]) -> str:
    """Paths and digests as a JSON object, one a line, in the order of the paths."""
    return json.dumps(files, indent=0, sort_keys=True)


def read(text: bytes) -> Release:
    """The release that a text describes; raises NotARelease."""
    return _decoded(text, Release)


def head_in(line: str) -> Head:
    """The head that a target noted in a line; raises NotARelease."""
    return _decoded(line, Head)


def _decoded(text: bytes | str, kind: type[Kind]) -> Kind:
    """Keys that a later version added are ignored."""
    try:
        return msgspec.json.decode(text, type=kind)
    except ValueError:
        raise NotARelease("this is not a release that this version of Broadside knows") from None


def why_older(ours: Head, live: Head, is_ancestor: Callable[[str, str], bool]) -> str:
    """Why a release must not take the place of the live one; "" if it may.

    If Git knows both commits and one descends from the other, the commits decide; otherwise the clocks of the builds do.
    """
    if ours.commit and live.commit and ours.commit != live.commit:
        if is_ancestor(live.commit, ours.commit):
            return ""
        if is_ancestor(ours.commit, live.commit):
            return f"commit {live.commit[:10]}, which is live, came after {ours.commit[:10]}"
    if datetime.fromisoformat(ours.built) < datetime.fromisoformat(live.built):
        return f"what is live was built later, at {live.built}; this at {ours.built}"
    return ""


class KeptReleases(Struct, frozen=True):
    """A folder beside the output of the releases that this machine published or fetched, so that their digests need not be
    fetched. One is believed if its files have the digest with which its id ends.
    """

    folder: Path

    def keep(self, release: Release) -> Path:
        """Keep a release, and return its file."""
        path = self._path(release.head)
        write_whole(path, release.text())
        for old in sorted(self.folder.glob("*.json"))[:-KEPT]:
            if old != path:
                old.unlink()
        return path

    def files(self, head: Head, fetch: Callable[[Path], object]) -> Mapping[str, str]:
        """The digests of a release's files; if the release is not kept here, `fetch` writes it to a path."""
        files = self.of(head)
        if files is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._path(head).unlink(missing_ok=True)
            fetch(self._path(head))
            files = self.of(head)
        return files or {}

    def of(self, head: Head) -> Mapping[str, str] | None:
        """The digests of a release's files; None if they are not here, or cannot be believed."""
        try:
            files = read(self._path(head).read_bytes()).files
        except (OSError, NotARelease):
            return None
        return files if digest_of(files) == head.site else None

    def _path(self, head: Head) -> Path:
        return self.folder / f"{head.id}.json"


def note_release(options: Options, built: datetime, siteurl: str, drafts: bool) -> None:
    """Note what a build made, if it may be published: not with drafts, and not if it was built as a preview."""
    if options.production and not drafts:
        note_production(options, built, siteurl)
    else:
        (options.cache_path / RELEASE).unlink(missing_ok=True)


def note_production(options: Options, built: datetime, siteurl: str) -> None:
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
    store.keep(only(DIGESTS, digests))
    write_whole(options.cache_path / RELEASE, made.text())


def ready(options: Options, even_dirty: bool = False) -> Release:
    """The release that is in the output, file by file; raises NotReady if there is none, or it is not for readers."""
    try:
        made = read((options.cache_path / RELEASE).read_bytes())
    except (OSError, NotARelease):
        raise NotReady(f"{options.output_path} holds no site built for readers: run ./inv build --production") from None
    if made.head.siteurl.startswith(HERE):
        raise NotReady(
            f"its pages were made for {made.head.siteurl}: set SITEURL in publishconf.py, and run ./inv build --production"
        )
    if made.dirty and not made.head.commit and not even_dirty:
        raise NotReady(
            f"nothing says from which commit it was built{_why_no_commit(options.content_path)}. "
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
    return store.only(DIGESTS, dict[str, Looks]) or {}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
