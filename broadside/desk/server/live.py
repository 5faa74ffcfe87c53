"""./inv server-publish: builds a commit and puts it live; the server's script runs it in a clean checkout, under its lock."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable

from msgspec import Struct

from broadside.desk.options import Options
from broadside.desk.server import releases
from broadside.desk.server.access import closed
from broadside.desk.server.place import Place
from broadside.desk.server.releases import ReleaseFolder
from broadside.plugins.whole import write_whole


class LeftBehind(Exception):
    """The build must not go live, because its commit is no longer on the branch."""


class Closed(Exception):
    """The release is live, but the web server cannot read it; says why."""


class Commission(Struct, frozen=True):
    """What is to go live: a commit, the branch on which it must still be (a whole ref; "" for any), and how many releases
    stay.
    """

    place: Place
    commit: str
    ref: str
    keep: int


def publish(wanted: Commission, build: Callable[[Options], object]) -> ReleaseFolder:
    """Build the checkout around us and put it live; if `build` raises, nothing has changed.

    Raises LeftBehind if somebody removed the commit from the branch while it was built, and Closed if it is live and the web
    server cannot read it.
    """
    place, now = wanted.place, int(time.time())
    options = Options(output=str(place.site), production=True, now=str(now))
    build(options)
    _must_be_wanted(wanted)
    release = releases.make(place, wanted.commit, now)
    # Compressing may have taken a while; if this raises, the next release deletes what was made.
    _must_be_wanted(wanted)
    later = next_change(options)
    # If we are killed between the next lines, the timer starts another build.
    write_whole(place.due, b"0\n")
    releases.put_live(place, release)
    write_whole(place.due, f"{later}\n".encode())
    releases.prune(place, wanted.keep)
    folder = place.releases / release.name
    shut = closed([place.root, place.releases, folder, *folder.rglob("*")])
    if shut:
        raise Closed(
            f"{wanted.commit[:12]} is live, but the web server may not read {shut}: "
            f"chmod o+{'rx' if shut.is_dir() else 'r'} {shut}"
        )
    return release


def next_change(options: Options) -> int:
    """When the site that was built next changes by itself, in whole seconds since 1970."""
    from broadside.desk.due import due

    return -int(-due(options).next[0].moment.timestamp() // 1)


def _must_be_wanted(wanted: Commission) -> None:
    if not wanted.ref:
        return
    command = ["git", f"--git-dir={wanted.place.repository}", "merge-base", "--is-ancestor", wanted.commit, wanted.ref]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        raise LeftBehind(f"{wanted.commit[:12]} is not on the branch any more, and does not go live.")
