"""Checks what readers get: once a site is live, some of its files are fetched as a browser would, and compared."""

from __future__ import annotations

import hashlib
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from urllib.parse import quote

from broadside.desk.publish.encodings import plain
from broadside.desk.publish.plan import Plan
from broadside.desk.publish.progress import say

NOT_FOR_READERS = ("_redirects", "redirects.map", "404.html")
"""Files that are for the host, which may keep them to itself."""
FRONT = "index.html"
AT_ONCE, PAUSE = 8, 2.0
MOST_REASONS = 5
"""How many reasons are listed if readers do not get what they should."""


def chosen(plan: Plan, files: Mapping[str, str], most: int) -> dict[str, str]:
    """Path -> the digest that readers should get, "" for a file that should be gone; at most so many.

    The front page, half of it what changed, a quarter what is gone, and the rest what stayed, each evenly spread.
    """
    if most < 1:
        return {}
    changed = [path for path in plan.all_put if path not in (*NOT_FOR_READERS, FRONT)]
    moved = {*changed, FRONT}
    stayed = [path for path in sorted(files) if path not in moved and path not in NOT_FOR_READERS]
    gone = dict.fromkeys(_spread([path for path in plan.delete if path not in NOT_FOR_READERS], most // 4), "")
    front = [path for path in (FRONT,) if path in files]
    room = most - len(front) - len(gone) - len(stayed)  # a first release has little that stayed
    paths = [*front, *_spread(changed, max(most // 2, room))]
    paths += _spread(stayed, most - len(paths) - len(gone))
    return {path: files[path] for path in paths[: most - len(gone)]} | gone


def differences(url: str, wanted: Mapping[str, str], wait: float) -> list[str]:
    """Why readers do not get what they should, a line for each reason; asks again until all is right or `wait` seconds are over."""
    until, asked, told = time.monotonic() + wait, dict(wanted), 0
    while True:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            said = dict(zip(asked, threads.map(lambda item: _doubt(url, *item), asked.items()), strict=True))
        asked = {path: wanted[path] for path, doubt in said.items() if doubt}
        if not asked or time.monotonic() >= until:
            return by_reason({address(url, path): said[path] for path in asked})
        if len(asked) != told:  # or the same line would be printed every two seconds
            told, first = len(asked), next(iter(asked))
            example = f"{address(url, first)} {said[first]}"
            say(f"{told} of {len(wanted)} fetched files are not yet what they should be ({example}); asking again …")
        time.sleep(PAUSE)


def address(url: str, path: str) -> str:
    """Where readers find a file of the site."""
    name = path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
    return f"{url}/{quote(name)}"


def by_reason(doubts: Mapping[str, str]) -> list[str]:
    """A line for each reason, from what is wrong at each address: one address, and how many others have the same trouble."""
    alike: dict[str, list[str]] = {}
    for where, doubt in doubts.items():
        alike.setdefault(doubt, []).append(where)
    lines = []
    for doubt, (first, *others) in alike.items():
        more = f" and {len(others) - 2} more" if len(others) > 2 else ""
        lines.append(f"{first} {doubt}" + (f"; the same is true of {', '.join(others[:2])}{more}" if others else ""))
    left = len(lines) - MOST_REASONS  # there may be as many reasons as files, if they contain numbers
    return [*lines[:MOST_REASONS], f"and {left} more"] if left > 0 else lines


def _spread(paths: list[str], most: int) -> list[str]:
    """At most so many of the paths, the first and others at even distances."""
    return paths if len(paths) <= most else [paths[at * len(paths) // most] for at in range(max(0, most))]


def _doubt(url: str, path: str, mark: str) -> str:
    """What is wrong with a file that readers get; "" where nothing is."""
    headers = {"Accept-Encoding": "gzip, br" if mark else "identity", "Cache-Control": "no-cache"}
    request = urllib.request.Request(address(url, path), headers=headers)  # noqa: S310 -- http or https, see destinations.py
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            body = plain(answer.read(), answer.headers.get("Content-Encoding", ""))
    except urllib.error.HTTPError as problem:
        problem.close()
        return f"answers {problem.code}" if mark or problem.code not in (403, 404, 410) else ""
    except (OSError, ValueError, HTTPException) as problem:
        return f"cannot be fetched: {getattr(problem, 'reason', problem)}"
    if not mark:
        return "is still there"
    return "" if hashlib.sha256(body).hexdigest() == mark else "is not the file that was published"
