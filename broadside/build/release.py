"""Releases: what is published.

Each records the built site, where it came from, and the digest of every file.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from broadside import git
from broadside.build.files import listed
from broadside.build.report import BuildFailed
from broadside.config.files import FILES, LIVE
from broadside.config.options import Options, settings_in
from broadside.dates import is_stated
from broadside.disk import is_inside, write_whole
from broadside.faults import count
from broadside.folders import OUTLET
from broadside.store import Store, only

RELEASE, DIGESTS = "release.json", "digests"
"""The release file beside the output, and the stored digests that save hashing unchanged files
again.
"""
SOURCES = (*FILES, "plugins", "theme", "broadside", "requirements.lock", "vendor")
HERE = ("http://127.", "http://localhost", "http://[::1]")
KEPT = 10
"""How many releases this machine keeps."""
EARLY = timedelta(hours=1)
"""How far two machines' clocks may differ.

A build by a clock that was set back would take later stories off the site.
"""

BEFORE = (
    "this machine's clock says {}, but the last release was built at {}: stories of the time"
    " between would vanish"
)

Kind = TypeVar("Kind")
Looks = tuple[int, int, str, str]
"""A file's size in bytes, mtime in nanoseconds, the digest of its sources, and its SHA-256 at that
time.
"""


class NotARelease(ValueError):
    """A text is not the description of a release."""


class NotReady(Exception):
    """The output cannot be published; the message says why and what to do."""


class Head(Struct, frozen=True):
    """What distinguishes one release from others.

    `built` is the build's clock, ISO 8601 in UTC; `commit` the commit of the stories, or "";
    `siteurl` the address the pages were made for; `before` the id of the release that this one
    replaced, or "". The clock was `stated` if somebody asked for a certain moment, which is not
    this machine's clock.
    """

    id: str
    built: str
    commit: str = ""
    siteurl: str = ""
    before: str = ""
    stated: bool = False

    @property
    def site(self) -> str:
        """A digest of all files, equal for releases that readers cannot tell apart."""
        return self.id.rpartition("-")[2]

    def is_ahead(self, now: datetime) -> bool:
        """Whether a machine whose clock says `now` must have been set back since this was built, or
        else its own was ahead.
        """
        return not self.stated and now < datetime.fromisoformat(self.built) - EARLY

    @property
    def line(self) -> str:
        """The head as one line of JSON, the form in which targets store it."""
        return json.dumps(asdict(self), sort_keys=True)

    def __post_init__(self) -> None:
        datetime.fromisoformat(self.built)
        if len(self.id) != 33 or not self.id.replace("-", "").isalnum() or not self.id.isascii():
            raise ValueError("an id becomes part of paths")

    def instead_of(self, other: Head) -> Head:
        """The head of this build under the id of another release that made the same site."""
        return replace(self, id=other.id, before=other.before)

    def __str__(self) -> str:
        if self.commit:
            return f"{self.id} (commit {self.commit[:10]})"
        return self.id


class Release(Struct, frozen=True, rename={"head": "release"}):
    """A release with its files: path below the output folder -> SHA-256 in hexadecimal.

    `dirty` means that sources had uncommitted changes, or may have had, because Git named no
    commit.
    """

    head: Head
    files: Mapping[str, str]
    dirty: bool = False
    version: Literal[1] = 1

    def __post_init__(self) -> None:
        if not is_inside(*self.files):
            raise ValueError("a file is not below the output")

    def after(self, other: Head | None) -> Release:
        """The release, naming the one it replaces, if any."""
        return replace(self, head=replace(self.head, before=other.id if other else ""))

    def text(self) -> bytes:
        """The release as JSON with one line for each file, so that two releases differ in few
        lines.
        """
        facts = {"version": self.version, "release": asdict(self.head), "dirty": self.dirty}
        return (json.dumps(facts)[:-1] + ', "files":\n' + _as_json(self.files) + "}\n").encode()


class Built(Struct, frozen=True):
    """The head of a release that was noted, without its files."""

    release: Head


def release(
    files: Mapping[str, str], built: datetime, commit: str, siteurl: str, dirty: bool = False
) -> Release:
    """A release that was built at some moment."""
    moment = built.astimezone(UTC)
    name = f"{moment:%Y%m%dT%H%M%SZ}-{digest_of(files)}"
    head = Head(name, moment.isoformat(timespec="seconds"), commit, siteurl)
    return Release(head, files, dirty)


def digest_of(files: Mapping[str, str]) -> str:
    """A digest of all files, as 16 hexadecimal digits."""
    return hashlib.sha256(_as_json(files).encode()).hexdigest()[:16]


def _as_json(files: Mapping[str, str]) -> str:
    """Paths and digests as a JSON object, one per line, sorted by path."""
    return json.dumps(files, indent=0, sort_keys=True)


def read(text: bytes) -> Release:
    """Parse a release; raises NotARelease."""
    return _decoded(text, Release)


def head_in(line: str) -> Head:
    """Parse the line that a target stored; raises NotARelease."""
    return _decoded(line, Head)


def _decoded(text: bytes | str, kind: type[Kind]) -> Kind:
    """Decode JSON, ignoring keys that a later version added."""
    try:
        return msgspec.json.decode(text, type=kind)
    except ValueError:
        raise NotARelease("this is not a release that this version of Broadside knows") from None


def why_older(ours: Head, live: Head, is_ancestor: Callable[[str, str], bool]) -> str:
    """Why a release must not replace the live one; "" if it may.

    If Git knows both commits and one descends from the other, that decides, unless this machine's
    clock was set back; otherwise the later build wins.
    """
    if not ours.stated and live.is_ahead(datetime.fromisoformat(ours.built)):
        return f"{BEFORE.format(ours.built, live.built)}. Set this machine's clock, and build again"
    if ours.commit and live.commit and ours.commit != live.commit:
        if is_ancestor(live.commit, ours.commit):
            return ""
        if is_ancestor(ours.commit, live.commit):
            return f"commit {live.commit[:10]}, which is live, came after {ours.commit[:10]}"
    if datetime.fromisoformat(ours.built) < datetime.fromisoformat(live.built):
        return f"what is live was built later, at {live.built}; this at {ours.built}"
    return ""


class KeptReleases(Struct, frozen=True):
    """A folder beside the output with the releases that this machine published or fetched, to save
    fetching their digests again.

    A kept release is trusted only if its files match the digest at the end of its id.
    """

    folder: Path

    def keep(self, release: Release) -> Path:
        """Keep a release and return its file."""
        path = self._path(release.head)
        write_whole(path, release.text())
        for old in sorted(self.folder.glob("*.json"))[:-KEPT]:
            if old != path:
                old.unlink()
        return path

    def files(self, head: Head, fetch: Callable[[Path], object]) -> Mapping[str, str]:
        """The digests of a release's files; if the release is not kept here, `fetch` writes it to a
        path.
        """
        files = self.of(head)
        if files is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._path(head).unlink(missing_ok=True)
            fetch(self._path(head))
            files = self.of(head)
        return files or {}

    def of(self, head: Head) -> Mapping[str, str] | None:
        """The digests of a release's files; None if they are not kept here or do not match the
        release's id.
        """
        try:
            files = read(self._path(head).read_bytes()).files
        except (OSError, NotARelease):
            return None
        if digest_of(files) == head.site:
            return files
        return None

    def _path(self, head: Head) -> Path:
        return self.folder / f"{head.id}.json"


def refuse_early_clock(options: Options, now: datetime) -> None:
    """Raise BuildFailed if this machine's clock is before the last production build here, so that
    stories would vanish.
    """
    try:
        last = _decoded((options.cache_path / RELEASE).read_bytes(), Built).release
    except (OSError, NotARelease):
        return
    if not is_stated(options.now) and last.is_ahead(now):
        why = BEFORE.format(now.isoformat(timespec="minutes"), last.built)
        raise BuildFailed(
            f"{why}. Set this machine's clock, or name the moment to build for with --now"
        )


def note_release(options: Options, built: datetime, siteurl: str, drafts: bool) -> None:
    """Record what a build made; a preview, or a build with drafts, only removes the earlier
    record.
    """
    if options.production and not drafts:
        note_production(options, built, siteurl)
    else:
        (options.cache_path / RELEASE).unlink(missing_ok=True)


def note_production(options: Options, built: datetime, siteurl: str) -> None:
    """Record a production build, hashing only files that are new in the output."""
    store = Store(options.cache_path)
    digests, wanted = _digests_in(store), store.pages()
    for path, (mark, size, time, _) in wanted.items():
        # The mark too: two pages of one size may be made within a second, and some file systems
        # keep times in whole seconds.
        if digests.get(path, (0, 0, "", ""))[:3] != (size, time, mark):
            digests[path] = (size, time, mark, _digest(options.output_path / path))
    digests = {path: digests[path] for path in sorted(wanted)}
    commit = git.checked_out(options.content_path)
    dirty = commit is None or (bool(commit) and bool(_uncommitted(options)))
    files = {path: looks[3] for path, looks in digests.items()}
    made = release(files, built, commit or "", siteurl, dirty)
    made = replace(made, head=replace(made.head, stated=is_stated(options.now)))
    store.keep(only(DIGESTS, digests))
    write_whole(options.cache_path / RELEASE, made.text())


def ready(options: Options, even_dirty: bool = False) -> Release:
    """The release in the output; raises NotReady if there is none, it is not meant for readers, or
    files were changed since.
    """
    try:
        made = read((options.cache_path / RELEASE).read_bytes())
    except (OSError, NotARelease):
        raise NotReady(
            f"{options.output_path} holds no site built for readers: run ./inv build --production"
        ) from None
    if made.head.siteurl.startswith(HERE):
        raise NotReady(
            f"its pages were made for {made.head.siteurl}: set SITEURL in publishconf.py, and run"
            f" ./inv build --production"
        )
    if made.dirty and not made.head.commit and not even_dirty:
        raise NotReady(
            f"nothing says from which commit it was built{_why_no_commit(options.content_path)}. "
            "Run ./inv build --production again, or publish it all the same with --force"
        )
    if made.dirty and not even_dirty:
        changes = _uncommitted(options)  # empty if everything has been committed since
        named = ""
        if changes:
            named = f": {_first_of(changes)}"
        raise NotReady(
            f"it was built with uncommitted changes{named}. Commit them and run ./inv build"
            f" --production, "
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
    """One line for each file that is not as the build made it."""
    if options.output_path.is_dir():
        there = set(listed(options.output_path))
    else:
        there = set()
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
    if commit:
        return ""
    return ": its repository has no commit; commit everything"


def _first_of(files: Sequence[str]) -> str:
    """The first few files, and how many more there are."""
    more = ""
    if len(files) > 3:
        more = f" and {count(len(files) - 3, 'more file')}"
    return f"{', '.join(files[:3])}{more}"


def _uncommitted(options: Options) -> list[str]:
    stories = git.uncommitted(options.content_path, [options.content_path])
    return [
        *stories,
        *git.uncommitted(
            OUTLET, [OUTLET / name for name in (*SOURCES, settings_in(LIVE).OUTLET_THEME)]
        ),
    ]


def _digests_in(store: Store) -> dict[str, Looks]:
    return store.only(DIGESTS, dict[str, Looks]) or {}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
