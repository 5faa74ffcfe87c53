"""./inv server-publish: builds a commit and puts it live; the server's script runs it in a clean checkout, under its lock."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable

from broadside.config.options import Options
from broadside.disk import write_whole
from broadside.server import releases
from broadside.server.folder import ServerFolder
from broadside.server.releases import ReleaseFolder


class LeftBehind(Exception):
    """The build must not go live, because its commit is no longer on the branch."""


def publish(
    server: ServerFolder, commit: str, ref: str, keep: int, build: Callable[[Options], object]
) -> ReleaseFolder:
    """Build the checkout around us and put it live; if `build` raises, nothing has changed.

    Raises LeftBehind if somebody removed the commit from `ref`, a whole ref or "" for any, while it was built.
    """
    now = int(time.time())
    options = Options(output=str(server.site), production=True, now=str(now))
    build(options)
    _must_be_wanted(server, commit, ref)
    release = releases.make(server, commit, now)
    # Compressing may have taken a while; if this raises, the next release deletes what was made.
    _must_be_wanted(server, commit, ref)
    later = next_change(options)
    # If we are killed between the next lines, the timer starts another build.
    write_whole(server.due, b"0\n")
    releases.put_live(server, release)
    write_whole(server.due, f"{later}\n".encode())
    releases.prune(server, keep)
    return release


def next_change(options: Options) -> int:
    """When the site that was built next changes by itself, in whole seconds since 1970."""
    from broadside.build.due import due

    return -int(-due(options).next[0].moment.timestamp() // 1)


def _must_be_wanted(server: ServerFolder, commit: str, ref: str) -> None:
    if not ref:
        return
    command = ["git", f"--git-dir={server.repository}", "merge-base", "--is-ancestor", commit, ref]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        raise LeftBehind(f"{commit[:12]} is not on the branch any more, and does not go live.")
