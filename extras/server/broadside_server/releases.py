"""./inv server-publish: builds a commit and puts it live; the server's script runs it in a clean
checkout, under its lock.

Releases are folders that never change, each with the site and compressed copies of its files; a
link points to the live one.

A release that a rollback took back gets a dot before its name, and is deleted once no open page can
need it. So a release that is newer than the live one was never live: the run that made it was
killed or overtaken.

A file that has not changed since the previous release is a hard link to the file there, and so are
its compressed copies, which are therefore never older than the file. `current` is replaced by a
rename, so a reader gets the old release or the new one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from broadside.serving import (
    EARLY,
    ENCODINGS,
    ENDINGS,
    GitFailed,
    Options,
    bring,
    compressed,
    delete,
    due,
    files_below,
    git,
    is_worth,
    share,
    wait_for_disk,
    write_whole,
)
from broadside_server.folder import ServerFolder

PART = ".part"
"""The name of an incomplete release; only a killed run leaves one behind."""
MANY = 500
"""With this many files, compressing takes long enough to be announced."""


class LeftBehind(Exception):
    """The build must not go live; the message says why."""


class ReleaseFolder(Struct, frozen=True, order=True):
    """A release, read from its folder's name: its number, the clock it was built for (seconds since
    1970), its commit.
    """

    number: int
    moment: int
    commit: str

    @classmethod
    def named(cls, name: str) -> ReleaseFolder | None:
        """The release whose folder has this name; None for any other name."""
        parts = name.split("-")
        try:
            number, commit = int(parts[0]), parts[2]
            moment = datetime.strptime(parts[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        except (ValueError, IndexError):
            return None
        return cls(number, int(moment.timestamp()), commit)

    @property
    def name(self) -> str:
        """The folder's name; it ends with the commit, which the script reads from it."""
        moment = datetime.fromtimestamp(self.moment, UTC)
        return f"{self.number:06}-{moment:%Y%m%dT%H%M%SZ}-{self.commit}"

    @property
    def when(self) -> str:
        """The moment that it was built for, in words."""
        return f"{datetime.fromtimestamp(self.moment, UTC):%Y-%m-%d %H:%M:%S} UTC"


def publish(
    server: ServerFolder, commit: str, ref: str, keep: int, build: Callable[[Options], object]
) -> ReleaseFolder:
    """Build the checkout around us and put it live; if `build` raises, nothing has changed.

    Raises LeftBehind if the commit was removed from `ref` meanwhile (a full ref, or "" to skip this
    check), or if this machine's clock was set back, since stories of the time between would vanish.
    """
    now, before = int(time.time()), live(server)
    if before and now < before.moment - EARLY.total_seconds():
        raise LeftBehind(
            f"this machine's clock was set back: what is live was built for {before.when}. Set the"
            " clock, and publish again"
        )
    options = Options(output=str(server.site), production=True, now=str(now))
    build(options)
    _must_be_wanted(server, commit, ref)
    release = make(server, commit, now)
    # Compressing may have taken a while; if this raises, the next release deletes what was made.
    _must_be_wanted(server, commit, ref)
    later = next_change(options)
    # If this process is killed between the next lines, the timer starts another build.
    write_whole(server.due, b"0\n")
    put_live(server, release)
    write_whole(server.due, f"{later}\n".encode())
    prune(server, keep)
    return release


def next_change(options: Options) -> int:
    """When the site that was built next changes by itself, in whole seconds since 1970."""
    # Rounded up: a timer that fired a moment too early would build the old site again.
    return -int(-due(options).next[0].moment.timestamp() // 1)


def _must_be_wanted(server: ServerFolder, commit: str, ref: str) -> None:
    if not ref:
        return
    is_on = ("merge-base", "--is-ancestor", commit, ref)
    try:
        git(server.root, *is_on, repository=server.repository)
    except GitFailed:
        raise LeftBehind(
            f"{commit[:12]} is not on the branch any more, and does not go live."
        ) from None


def kept(server: ServerFolder) -> list[ReleaseFolder]:
    """The releases on the server, oldest first."""
    if not server.releases.is_dir():
        return []
    return sorted(
        filter(None, (ReleaseFolder.named(path.name) for path in server.releases.iterdir()))
    )


def live(server: ServerFolder) -> ReleaseFolder | None:
    """The live release."""
    try:
        return ReleaseFolder.named(Path(os.readlink(server.current)).name)
    except OSError:
        return None


def make(server: ServerFolder, commit: str, moment: int) -> ReleaseFolder:
    """Make a release of the built site, for a commit and a moment."""
    before = live(server)
    old = None
    if before:
        old = server.releases / before.name
    # Newer than the live release, so never live: left by a run that was killed or overtaken.
    for each in kept(server):
        if before is None or each.number > before.number:
            delete(server.releases / each.name)
    release, part = (
        ReleaseFolder(before.number + 1 if before else 1, moment, commit),
        server.releases / PART,
    )
    if part.exists():
        delete(part)
    part.mkdir(parents=True)
    new = [
        path for path in files_below(server.site) if not _taken_over(path, server.site, old, part)
    ]
    if len(new) > MANY:
        print(f"Compressing what is new: {len(new):,} files …", flush=True)
    share(
        lambda paths: [_twins(part / path) for path in paths],
        new,
        os.cpu_count() or 1,
        least=16,
        doing="Compressing",
    )
    wait_for_disk(part)
    part.rename(server.releases / release.name)
    return release


def _taken_over(path: str, site: Path, old: Path | None, part: Path) -> bool:
    """Bring a file from the old release, with its compressed copies, if it is unchanged; otherwise
    from the site. Returns which.
    """
    if old is None or not is_same(old / path, site / path):
        bring(path, site, part)
        return False
    for each in (path, *(f"{path}{ending}" for ending in ENDINGS.values())):
        if os.path.lexists(old / each):
            bring(each, old, part)
    return True


def _twins(path: Path) -> int:
    """Write compressed copies of a file beside it, with its times, where they are smaller; returns
    how many.
    """
    found = path.stat()
    if not is_worth(path.name, found.st_size):
        return 0
    data, written = path.read_bytes(), 0
    for encoding in ENCODINGS:
        smaller = compressed(data, encoding)
        if len(smaller) < len(data):
            twin = path.with_name(path.name + ENDINGS[encoding])
            twin.write_bytes(smaller)
            os.utime(twin, ns=(found.st_mtime_ns, found.st_mtime_ns))
            written += 1
    return written


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one file, or two files with the same bytes."""
    try:
        first, second = one.stat(), other.stat()
    except OSError:
        return False
    if (first.st_dev, first.st_ino) == (second.st_dev, second.st_ino):
        return True
    return first.st_size == second.st_size and one.read_bytes() == other.read_bytes()


def put_live(server: ServerFolder, release: ReleaseFolder) -> None:
    """Make a release live, in one step."""
    old = live(server)
    if old is not None and old != release:
        _link(server.before, server.releases / old.name)
    _link(server.current, server.releases / release.name)
    wait_for_disk(server.root)


def _link(link: Path, target: Path) -> None:
    part = link.with_name(f".{link.name}{PART}")
    part.unlink(missing_ok=True)
    part.symlink_to(os.path.relpath(target, link.parent))
    part.replace(link)


def prune(server: ServerFolder, keep: int) -> None:
    """Delete releases that were taken back and all but the newest; the live one and the previous
    live one stay.
    """
    stay = {os.path.basename(os.path.realpath(link)) for link in (server.current, server.before)}
    old = [release.name for release in kept(server)[:-keep]]
    taken_back = [path.name for path in server.releases.iterdir() if path.name.startswith(".")]
    for name in {*old, *taken_back} - stay:
        delete(server.releases / name)
