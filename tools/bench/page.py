"""Writes the page of benchmarks: what was measured, as tables."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from msgspec import Struct

from tools.bench.interpreter import interpreter
from tools.bench.measure import ADDED, ANEW, COLD, SAVES, WORK, Measured
from tools.bench.tools import Tool

SAYS = """\
`./inv bench --articles {sizes} --rounds {rounds}{photos}` wrote this page.
It makes stories of 600 to 1,400 words without photos and builds them, whole processes in turn;
each figure is the median of the rounds, and a figure in parentheses says how many times as much as
Broadside's it is."""
NOTES = (
    (
        "*Cold*: no output and nothing kept. Edits are in a story from the middle of the archive;"
        " the story added is the newest."
    ),
    (
        "The first change after a whole build is not counted: Broadside then links the whole second"
        " tree, a second at 10,000."
    ),
    f"The largest process counts with what it shares with others. A save is timed {SAVES} times.",
)


class Sized(Struct, frozen=True):
    """What was measured with so many stories: `sizes` are files and megabytes of each tool's site,
    `shown` the seconds from a save to its page.
    """

    articles: int
    tools: Sequence[Tool]
    measured: Measured
    sizes: Sequence[tuple[int, float]]
    shown: float

    def table(self) -> str:
        """All figures in one table; a number in parentheses says how many times Broadside's figure
        it is.
        """
        return "\n".join(self._rows())

    def _rows(self) -> Iterator[str]:
        yield (
            f"| {self.articles:,} stories | " + " | ".join(tool.name for tool in self.tools) + " |"
        )
        yield "|---|" + "---:|" * len(self.tools)
        for work in (COLD, ANEW, *WORK[1:]):
            yield self._row(f"{work}, seconds", work, "clock", ".2f")
        for work in (COLD, *WORK[1:]):
            yield self._row(f"{work}, processor seconds", work, "processors", ".2f")
        yield self._row("cold, MB of the largest process", COLD, "memory", ".0f")
        yield self._row("one story added, files written", ADDED, "written", ",.0f")
        yield "| files of the site | " + " | ".join(f"{files:,}" for files, _ in self.sizes) + " |"
        yield "| MB of the site | " + " | ".join(f"{size:,.0f}" for _, size in self.sizes) + " |"
        yield f"| from a save to its page in `./inv serve`, seconds | {self.shown:.2f} |" + " |" * (
            len(self.tools) - 1
        )

    def _row(self, says: str, work: str, figure: str, form: str) -> str:
        base = self.measured.median("Broadside", work, figure)
        cells = []
        for tool in self.tools:
            if (tool.name, work) not in self.measured.figures:
                cells.append("")
                continue
            value = self.measured.median(tool.name, work, figure)
            times = "" if tool.is_ours or not base else f" ({value / base:.1f}×)"
            cells.append(f"{value:{form}}{times}")
        return f"| {says} | " + " | ".join(cells) + " |"

    @property
    def a_story(self) -> float:
        """Milliseconds that a cold build takes for each story."""
        return 1000 * self.measured.median("Broadside", COLD, "clock") / self.articles


def growth(sized: Sequence[Sized]) -> str:
    """How the cost of a story changes with the number of stories; "" if there is only one
    number.
    """
    if len(sized) < 2:
        return ""
    rows = [
        f"| {each.articles:,} | {each.a_story:.1f} |"
        f" {each.measured.median('Broadside', ADDED, 'written'):,.0f} |"
        for each in sized
    ]
    head = [
        "| stories | milliseconds a story, cold | files written for one story more |",
        "|---:|---:|---:|",
    ]
    return "\n".join([*head, *rows])


def page_of(sized: Sequence[Sized], rounds: Sequence[int], photos: int, more: Sequence[str]) -> str:
    """The page, with more tables, the machine and the versions."""
    notes = dict.fromkeys(tool.note for each in sized for tool in each.tools if tool.note)
    sizes = ",".join(str(each.articles) for each in sized)
    parts = [
        "# Benchmarks",
        SAYS.format(
            sizes=sizes,
            rounds=",".join(map(str, rounds)),
            photos=f" --photos {photos}" if photos else "",
        ),
        *(each.table() for each in sized),
        *filter(None, more),
        "\n".join(f"- {note}" for note in (*NOTES, *notes)),
        f"Machine: {_machine()}. {_versions()}.",
    ]
    return "\n\n".join(parts) + "\n"


def _versions() -> str:
    return f"{interpreter()}, Pelican {version('pelican')}, Markdown {version('markdown')}"


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )
    return f"{model}, {os.cpu_count()} processors, {platform.system()} {platform.release()}"
