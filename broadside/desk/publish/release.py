"""What is published: a built site, where it came from, and the digest of each of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from msgspec import Struct, convert
from msgspec.structs import asdict, replace

from broadside.plugins.paths import is_inside

VERSION = 1
UNKNOWN = "this is not a release that this version of Broadside knows"


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

    def instead_of(self, other: Head) -> Head:
        """The head of this build with the id of another one that made the same site."""
        return replace(self, id=other.id, before=other.before)

    def __str__(self) -> str:
        return f"{self.id} (commit {self.commit[:10]})" if self.commit else self.id


class Release(Struct, frozen=True):
    """A release with its files: path below the output folder -> SHA-256 in hexadecimal.

    `dirty` says that sources had uncommitted changes, or may have had them, because Git named no commit.
    """

    head: Head
    files: Mapping[str, str]
    dirty: bool = False

    def after(self, other: Head | None) -> Release:
        """The release with a head that says which one it takes over from, unless it is the first."""
        return replace(self, head=replace(self.head, before=other.id if other else ""))

    def text(self) -> bytes:
        """The release as JSON, a line for each file, so that two releases differ in few lines."""
        facts = {"version": VERSION, "release": asdict(self.head), "dirty": self.dirty}
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
    try:
        data = json.loads(text)
        files = {str(path): str(mark) for path, mark in data["files"].items()}
        if data["version"] != VERSION or not all(map(is_inside, files)):
            raise NotARelease(UNKNOWN)
        return Release(head_of(data["release"]), files, bool(data["dirty"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise NotARelease(UNKNOWN) from None


def head_of(data: object) -> Head:
    """The head that plain data describes; raises NotARelease. Keys that a later version added are ignored."""
    try:
        head = convert(data, Head)
        datetime.fromisoformat(head.built)
    except ValueError:
        raise NotARelease(UNKNOWN) from None
    if not _is_id(head.id):
        raise NotARelease(UNKNOWN)
    return head


def head_in(line: str) -> Head:
    """The head that a target noted in a line; raises NotARelease."""
    try:
        return head_of(json.loads(line))
    except (ValueError, RecursionError):
        raise NotARelease(UNKNOWN) from None


def _is_id(word: str) -> bool:
    """Whether a word can be a release's id, which becomes part of paths."""
    return len(word) == 33 and word.replace("-", "").isalnum() and word.isascii()


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
