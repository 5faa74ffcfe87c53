"""Checks what readers get: once a site is live, fetches some of its files as a browser would, and
compares them.
"""

from __future__ import annotations

import hashlib
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.parse import quote

from broadside.config.encodings import plain
from broadside.deadline import within
from broadside.publish.plan import Plan
from broadside.terminal import say

NOT_FOR_READERS = ("_redirects", "redirects.map", "404.html")
"""Files for the host, which need not serve them."""
FRONT = "index.html"
AT_ONCE, PAUSE, DEADLINE = 8, 2.0, 60
MOST = 1 << 30
"""How many bytes of an answer are read; no file of a site is as large."""
SHOWN = 5
"""How many addresses are listed if readers do not get the right files."""


class NoSuchHost(Exception):
    """The host's name has no address on the net; asking again would not give it one."""


def chosen(plan: Plan, files: Mapping[str, str], most: int) -> dict[str, str]:
    """Path -> the digest that readers should get, "" for a file that should be gone; at most `most`
    paths.

    The front page, then half changed files, a quarter deleted ones, and the rest unchanged ones,
    each evenly spread.
    """
    if most < 1:
        return {}
    changed = [path for path in plan.all_put if path not in (*NOT_FOR_READERS, FRONT)]
    moved = {*changed, FRONT}
    stayed = [path for path in sorted(files) if path not in moved and path not in NOT_FOR_READERS]
    gone = dict.fromkeys(
        _spread([path for path in plan.delete if path not in NOT_FOR_READERS], most // 4), ""
    )
    front = [path for path in (FRONT,) if path in files]
    room = most - len(front) - len(gone) - len(stayed)  # a first release has little that stayed
    paths = [*front, *_spread(changed, max(most // 2, room))]
    paths += _spread(stayed, most - len(paths) - len(gone))
    return {path: files[path] for path in paths[: most - len(gone)]} | gone


def differences(url: str, wanted: Mapping[str, str], wait: float) -> list[str]:
    """A line for each of the first addresses where readers get the wrong file; tries until all is
    right or `wait` seconds are over.
    """
    until, is_first = time.monotonic() + wait, True
    left = dict(wanted)
    while True:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            asked = threads.map(lambda item: _doubt(url, *item), left.items())
            try:
                doubts = dict(zip(left, asked, strict=True))
            except NoSuchHost as problem:
                return [f"{url} cannot be found: {problem}"]
        left = {path: wanted[path] for path, doubt in doubts.items() if doubt}
        lines = [f"{address(url, path)} {doubts[path]}" for path in left]
        if not left or time.monotonic() >= until:
            if len(lines) <= SHOWN:
                return lines
            return [*lines[:SHOWN], f"and {len(lines) - SHOWN} more"]
        if is_first:
            say(
                f"{len(left)} of {len(wanted)} fetched files are not yet what they should be"
                f" ({lines[0]}); asking again …"
            )
            is_first = False
        time.sleep(PAUSE)


def address(url: str, path: str) -> str:
    """The public address of a file of the site."""
    name = path
    if path == "index.html" or path.endswith("/index.html"):
        name = path.removesuffix("index.html")
    return f"{url}/{quote(name)}"


def _spread(paths: list[str], most: int) -> list[str]:
    """At most `most` of the paths: the first, and others at even distances."""
    if len(paths) <= most:
        return paths
    return [paths[at * len(paths) // most] for at in range(max(0, most))]


def _doubt(url: str, path: str, mark: str) -> str:
    """What is wrong with a file that readers get, or ""."""
    headers = {"Accept-Encoding": "gzip, br" if mark else "identity", "Cache-Control": "no-cache"}
    request = urllib.request.Request(address(url, path), headers=headers)  # noqa: S310 -- http or https, see destinations.py

    def read() -> bytes:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return plain(answer.read(MOST), answer.headers.get("Content-Encoding", ""))

    try:
        body = within(DEADLINE, read)
    except urllib.error.HTTPError as problem:
        problem.close()
        if mark or problem.code not in (403, 404, 410):
            return f"answers {problem.code}"
        return ""
    except (OSError, ValueError, HTTPException) as problem:
        reason = getattr(problem, "reason", problem)
        if isinstance(reason, socket.gaierror) and reason.errno != socket.EAI_AGAIN:
            raise NoSuchHost(reason.strerror) from None
        return f"cannot be fetched: {reason}"
    if not mark:
        return "is still there"
    if hashlib.sha256(body).hexdigest() == mark:
        return ""
    return "is not the file that was published"
