"""Measures builds as whole processes: their seconds, their memory, and the files that they
write.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from broadside.folders import OUTLET as PROJECT
from broadside.store import SETTLED
from tools.bench import corpus
from tools.bench.tools import Tool

COLD, STANDS, SENTENCE, HEADLINE, ADDED = WORK = (
    "cold",
    "nothing changed",
    "one sentence edited",
    "headline edited",
    "one story added",
)
ANEW = "everything anew (--clean)"
"""A build that uses nothing of earlier ones, measured of Broadside alone."""
ONCE = Path(__file__).with_name("once.py")
SAVES, PAUSE = 5, 5.0
"""How often a story is saved under ./inv serve, and the seconds before each save, in which the
build of the last one ends.
"""


class Figures(NamedTuple):
    """What a build took: seconds by the clock, processor seconds, megabytes of its largest process,
    and files written.
    """

    clock: float
    processors: float
    memory: float
    written: int


class Measured(Struct):
    """Figures by tool and by what was done, one for each round."""

    figures: dict[tuple[str, str], list[Figures]] = field(default_factory=dict)

    def note(self, tool: str, work: str, figures: Figures) -> None:
        """Add the figures of a round."""
        self.figures.setdefault((tool, work), []).append(figures)
        said = (
            f"{tool}, {work}: {figures.clock:.2f} s ({figures.processors:.2f} s),"
            f" {figures.memory:.0f} MB"
        )
        print(said, file=sys.stderr, flush=True)

    def median(self, tool: str, work: str, figure: str) -> float:
        """The median of a figure over the rounds."""
        return float(statistics.median(getattr(each, figure) for each in self.figures[tool, work]))


def one_round(tool: Tool, articles: int) -> Iterator[tuple[str, Figures]]:
    """Build for each kind of work, and put the stories back.

    A source that was saved a moment ago does not count as unchanged, so each build first waits
    until that moment is over.
    """
    time.sleep(SETTLED / 1e9)
    tool.forget()
    os.sync()
    yield COLD, build(tool)
    if tool.is_ours:
        yield ANEW, build(tool, "--clean")
    yield STANDS, build(tool)
    middle = corpus.story(articles // 2)
    for work, version in edits(middle):
        tool.write(version)
        took = build(tool)
        if work:
            yield work, took
    tool.write(middle)
    build(tool)
    newest = corpus.BEGIN + timedelta(days=corpus.DAYS + 1)
    added = tool.write(replace(corpus.story(articles), number=articles, date=newest))
    yield ADDED, build(tool)
    added.unlink()


def edits(story: corpus.Story) -> Iterator[tuple[str, corpus.Story]]:
    """Versions of a story, each with the name of what makes it differ from the one before.

    The first is not counted: the first change after a whole build also has to make the second tree.
    """
    begun = replace(story, blocks=[*story.blocks, "One plain sentence."])
    longer = replace(story, blocks=[*begun.blocks, "One more."])
    yield "", begun
    yield SENTENCE, longer
    yield HEADLINE, replace(longer, headline=f"{story.title} again")


def build(tool: Tool, *flags: str) -> Figures:
    """Build once."""
    began = time.time_ns()
    command = [sys.executable, "-S", str(ONCE), *tool.command, *flags]
    done = subprocess.run(command, cwd=tool.place, capture_output=True, text=True, check=True)
    clock, processors, kilobytes, code = json.loads(done.stdout)
    if code:
        raise SystemExit(f"{tool.name} failed:\n{done.stderr[-2000:]}")
    written = sum(found.st_mtime_ns >= began for found in _files(tool.output))
    return Figures(clock, processors, kilobytes / 1024, written)


def size_of(tool: Tool) -> tuple[int, float]:
    """How many files a tool's site has, and their megabytes."""
    sizes = [found.st_size for found in _files(tool.output)]
    return len(sizes), sum(sizes) / 1e6


def _files(folder: Path) -> Iterator[os.stat_result]:
    return (path.stat() for path in folder.rglob("*") if path.is_file())


def until_shown(tool: Tool, articles: int) -> float:
    """Seconds from saving a story until ./inv serve shows its new page: the median of a few
    saves.
    """
    return statistics.median(_shown(tool, articles))


def _shown(tool: Tool, articles: int) -> Iterator[float]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    one = corpus.story(articles // 2)
    page = f"http://127.0.0.1:{port}/{one.date:%Y/%m}/{one.slug}/"
    where = ["--content", str(tool.content), "--output", str(tool.output), "--port", str(port)]
    command = [sys.executable, str(PROJECT / "inv"), "serve", *where]
    serving = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        if not any("published" in line for line in serving.stdout or ()):
            raise SystemExit("./inv serve ended before it showed the site")
        for save in range(SAVES):
            time.sleep(PAUSE)
            words = f"This was save number {save}."
            began = time.monotonic()
            tool.write(replace(one, blocks=[*one.blocks, words]))
            while words not in _read(page):
                time.sleep(0.01)
            yield time.monotonic() - began
    finally:
        serving.terminate()  # what a script starts in the background ignores Ctrl-C
        serving.communicate()
        tool.write(one)


def _read(page: str) -> str:
    with urllib.request.urlopen(page, timeout=60) as answer:  # noqa: S310 -- our own server
        return str(answer.read().decode())
