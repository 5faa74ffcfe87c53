"""Measures builds: ./inv bench.

Whole processes take turns, so that a noisy machine slows all of them alike.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from broadside.folders import OUTLET as PROJECT
from tools.bench import ratchet
from tools.bench.interpreter import SLOW, interpreter, is_optimised
from tools.bench.measure import Measured, one_round, size_of, until_shown
from tools.bench.page import Sized, growth, page_of
from tools.bench.pictures import pictures
from tools.bench.profile import profile
from tools.bench.tools import tools

PAGE = PROJECT / "docs" / "benchmarks.md"


def bench(articles: Sequence[int], rounds: Sequence[int], photos: int) -> None:
    """Measure with each number of stories and with so many photos, print the tables, and write
    docs/benchmarks.md.

    `rounds` has a number for each number of stories; the last one also counts for the photos. The
    largest number of stories is used to show where the time of a first build goes.
    """
    print(f"{interpreter()}\n")
    if not is_optimised():
        print(f"{SLOW}\n", file=sys.stderr)
    sized = []
    for count, times in zip(articles, rounds, strict=True):
        sized.append(_measure(count, times))
        print(f"\n{sized[-1].table()}")
    more = [growth(sized)]
    with _folder() as folder:
        more.append(profile(folder, max(articles)).table())
    if photos:
        with _folder() as folder:
            more.append(pictures(folder, photos, rounds[-1]).table())
    print("\n" + "\n\n".join(filter(None, more)))
    PAGE.write_text(page_of(sized, rounds, photos, more), "utf-8")
    print(f"\nWritten to {os.path.relpath(PAGE)}")


def compare() -> int:
    """Compare what work costs with what it cost at an earlier commit, and return 1 if it costs more
    than is allowed.
    """
    with _folder() as folder:
        return ratchet.compare(folder)


def _measure(articles: int, rounds: int) -> Sized:
    with _folder() as folder:
        found = list(tools(folder, articles))
        measured = Measured()
        for _ in range(rounds):
            for tool in found:
                for work, figures in one_round(tool, articles):
                    measured.note(tool.name, work, figures)
        return Sized(
            articles, found, measured, [*map(size_of, found)], until_shown(found[0], articles)
        )


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder for what is built, which is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="broadside-bench-") as folder:
        yield Path(folder)
