"""What is published: a built site, where it came from, and the digest of each of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from broadside.disk import is_inside, write_whole

Kind = TypeVar("Kind")


KEPT = 10
"""How many releases this machine keeps."""


class NotARelease(ValueError):
    """A text that should describe a release does not."""


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
        return (json.dumps(facts)[:-1] + ', "files":\n' + listed(self.files) + "}\n").encode()


def release(files: Mapping[str, str], built: datetime, commit: str, siteurl: str, dirty: bool = False) -> Release:
    """A release that was built at some moment."""
    moment = built.astimezone(UTC)
    head = Head(f"{moment:%Y%m%dT%H%M%SZ}-{digest_of(files)}", moment.isoformat(timespec="seconds"), commit, siteurl)
    return Release(head, files, dirty)


def digest_of(files: Mapping[str, str]) -> str:
    """A digest of all files; 16 hexadecimal digits."""
    return hashlib.sha256(listed(files).encode()).hexdigest()[:16]


def listed(files: Mapping[str, str]) -> str:
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
