"""Measures where the processor's time of a first build goes, room by room."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tools.bench.measure import build
from tools.bench.tools import ours

SAMPLED = Path(__file__).with_name("sampled.py")
BEYOND = "Pagefind, and processes as they begin and end"
SAYS = {
    "theme": "theme: pages and their parts (Jinja)",
    "markdown": "markdown: texts to HTML",
    "plugins/related": "related: what stories are about, and which are near",
    "build/proof": "proof: every page read once more",
    "build/write": "write: files compared, written, noted",
    "content": "content: sources, records, their cache",
    "front_matter": "front matter: YAML, keys, faults",
    "plugins/republish": "republish: each story ready to copy",
    "plugins/feeds": "feeds: Atom, RSS, JSON",
    "plugins/search": "search: what Pagefind is told, and its files",
    "digests": "digests: what each page depends on",
    "imports": "start: modules as they are loaded",
    "": "Python and Pelican",
}
LEAST = 0.01
"""The least share of the whole with which a room has its own row."""


class Profile(Struct, frozen=True):
    """Processor seconds of a first build of so many stories, by room; what none of our processes
    took is Pagefind's.
    """

    articles: int
    seconds: Mapping[str, float]

    def table(self) -> str:
        """The rooms as a table, the one that takes longest first."""
        whole = sum(self.seconds.values())
        large = {room: took for room, took in self.seconds.items() if took >= LEAST * whole}
        rows = sorted(large.items(), key=lambda row: (-row[1], row[0]))
        rows.append(("all else", whole - sum(large.values())))
        head = (
            f"| a first build of {self.articles:,} stories | processor seconds | share"
            " |\n|---|---:|---:|\n"
        )
        return head + "\n".join(
            f"| {SAYS.get(room, room)} | {took:.1f} | {took / whole:.0%} |" for room, took in rows
        )


def profile(folder: Path, articles: int) -> Profile:
    """Build once, below a folder, and sample what each process does; sampling makes the build a few
    per cent slower.
    """
    tool = ours(folder / "broadside", articles)
    notes = tool.place / "samples"
    _, *task = tool.command
    took = build(
        replace(tool, command=[sys.executable, "-P", str(SAMPLED), str(notes), *task])
    ).processors
    rooms = of_rooms(json.loads(line) for line in notes.read_text("utf-8").splitlines())
    return Profile(articles, rooms | {BEYOND: max(0.0, took - sum(rooms.values()))})


def of_rooms(processes: Iterable[tuple[float, Mapping[str, int]]]) -> dict[str, float]:
    """Seconds by room, from the seconds of each process and how often each room was seen at work in
    it.
    """
    seconds: defaultdict[str, float] = defaultdict(float)
    for took, seen in processes:
        ticks = sum(seen.values())
        for room, times in seen.items() if ticks else [("", 1)]:
            seconds[room] += took * times / (ticks or 1)
    return dict(seconds)
