"""Measures builds: ./inv bench. Whole processes, in turn, so that a noisy machine slows all of them alike."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from desk.bench.measure import Measured, one_round, size_of, until_shown
from desk.bench.page import Sized, growth, page_of
from desk.bench.tools import tools
from desk.options import PROJECT

PAGE = PROJECT / "docs" / "benchmarks.md"


def bench(articles: Sequence[int], rounds: int) -> int:
    """Measure with each number of stories, print the tables, and write docs/benchmarks.md."""
    sized = []
    for count in articles:
        sized.append(_measure(count, rounds))
        print(f"\n{sized[-1].table()}")
    print(f"\n{growth(sized)}")
    PAGE.write_text(page_of(sized, rounds), "utf-8")
    print(f"\nWritten to {os.path.relpath(PAGE)}")
    return 0


def _measure(articles: int, rounds: int) -> Sized:
    with tempfile.TemporaryDirectory(prefix="broadside-bench-") as folder:
        found = list(tools(Path(folder), articles))
        measured = Measured()
        for _ in range(rounds):
            for tool in found:
                for work, figures in one_round(tool, articles):
                    measured.note(tool.name, work, figures)
        return Sized(articles, found, measured, [*map(size_of, found)], until_shown(found[0], articles))
