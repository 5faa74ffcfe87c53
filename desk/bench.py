"""Measures builds: ./inv bench. Whole processes, in turn, so that a noisy machine slows all of them alike."""

from __future__ import annotations

import os
import platform
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from desk import corpus
from desk.options import PROJECT

PAGE = PROJECT / "docs" / "benchmarks.md"
PEERS = "BENCH_PEERS"
"""Names a folder with a virtual environment, pelican-related, that holds Pelican and pelican-related-posts."""
WORK = ("cold", "nothing changed", "one sentence edited", "one story added")
SAVES, PAUSE = 5, 5.0
"""How often a story is saved under ./inv serve, and seconds before each, in which the build after the last one ends."""
STOCK = """\
PATH, OUTPUT_PATH = "content", "output"
SITENAME, SITEURL, TIMEZONE, DEFAULT_LANG = "Bench", "https://bench.example", "UTC", "en"
PLUGINS, RELATED_POSTS_MAX, DEFAULT_PAGINATION = ["related_posts"], 3, 20
ARTICLE_URL, ARTICLE_SAVE_AS = "{date:%Y}/{date:%m}/{slug}/", "{date:%Y}/{date:%m}/{slug}/index.html"
"""


@dataclass(frozen=True, slots=True)
class Tool:
    """A way to build the site in a folder: its name, its command, and whether it reads stories in our form."""

    name: str
    place: Path
    command: list[str]
    ours: bool = True

    @property
    def content(self) -> Path:
        """Where its stories are."""
        return self.place / "content"

    def write(self, one: corpus.Story) -> Path:
        """Write one story."""
        return (corpus.write_one_of_ours if self.ours else corpus.write_one_of_pelicans)(self.content, one)


class Seconds(NamedTuple):
    """How long a build took, and how long the processors worked for it, which other work disturbs less."""

    clock: float
    processors: float


@dataclass(slots=True)
class Times:
    """Seconds by tool and by what was done, a pair of figures a round: on the clock, and of all processors."""

    seconds: dict[tuple[str, str], list[Seconds]] = field(default_factory=dict)

    def note(self, tool: str, work: str, seconds: Seconds) -> None:
        """Add the figures of a round."""
        self.seconds.setdefault((tool, work), []).append(seconds)
        print(f"{tool}, {work}: {seconds.clock:.2f} s ({seconds.processors:.2f} s)", file=sys.stderr, flush=True)

    def median(self, tool: str, work: str, which: int) -> float:
        """The median of the rounds, of one of the two figures."""
        return statistics.median(each[which] for each in self.seconds[tool, work])


def bench(articles: int, rounds: int) -> int:
    """Measure, print a table, and write it to docs/benchmarks.md with the machine and the versions."""
    with tempfile.TemporaryDirectory(prefix="broadside-bench-") as folder:
        tools = list(_tools(Path(folder), articles))
        times = Times()
        for _ in range(rounds):
            for tool in tools:
                for work, seconds in _round(tool, articles):
                    times.note(tool.name, work, seconds)
        facts = [_save_shown(_saved(tools[0], articles)), _size(tools[0].place / "output")]
    names = [tool.name for tool in tools]
    table = "\n\n".join("\n".join(_table(times, names, which)) for which in (0, 1))
    print(f"\n{articles:,} stories, medians of {rounds} rounds\n\n{table}")
    print("", *facts, sep="\n")
    PAGE.write_text(_page(table, articles, rounds, facts, tools), "utf-8")
    print(f"\nWritten to {os.path.relpath(PAGE)}")
    return 0


def _tools(folder: Path, articles: int) -> Iterator[Tool]:
    """Ourselves, ourselves without what earlier builds kept, and stock Pelican where BENCH_PEERS has it."""
    for name, flags in (("Broadside", []), ("Broadside --clean", ["--clean"])):
        place = folder / name.replace(" ", "")
        corpus.write_ours(place / "content", articles)
        where = ["--content", str(place / "content"), "--output", str(place / "output")]
        yield Tool(name, place, [sys.executable, str(PROJECT / "inv"), "build", *where, *flags])
    pelican = Path(os.environ.get(PEERS, "/nowhere")) / "pelican-related" / "bin" / "pelican"
    if pelican.is_file():
        place = folder / "pelican"
        corpus.write_pelicans(place / "content", articles)
        (place / "pelicanconf.py").write_text(STOCK, "utf-8")
        yield Tool("Pelican", place, [str(pelican), "-q", "-s", str(place / "pelicanconf.py")], ours=False)


def _round(tool: Tool, articles: int) -> Iterator[tuple[str, Seconds]]:
    """Build four times: from nothing, from the same, after an edit, after an addition; then put the stories back."""
    for left in (tool.place / "output", tool.place / ".output.cache"):
        shutil.rmtree(left, ignore_errors=True)
    os.sync()
    yield WORK[0], _timed(tool)
    yield WORK[1], _timed(tool)
    middle = corpus.story(articles // 2)
    tool.write(replace(middle, blocks=[*middle.blocks, "One more plain sentence."]))
    yield WORK[2], _timed(tool)
    tool.write(middle)
    newest = corpus.BEGIN + timedelta(days=corpus.DAYS + 1)
    added = tool.write(replace(corpus.story(articles), number=articles, date=newest))
    yield WORK[3], _timed(tool)
    added.unlink()


def _timed(tool: Tool) -> Seconds:
    before = os.times()
    done = subprocess.run(tool.command, cwd=tool.place, capture_output=True, text=True, check=False)
    after = os.times()
    if done.returncode:
        raise SystemExit(f"{tool.name} failed:\n{done.stderr[-2000:]}")
    user, system = after.children_user - before.children_user, after.children_system - before.children_system
    return Seconds(after.elapsed - before.elapsed, user + system)


def _table(times: Times, names: list[str], which: int) -> Iterator[str]:
    """A row for each kind of work; a figure in parentheses says how many times as much as Broadside's it is."""
    yield f"| {('seconds on the clock', 'seconds of all processors')[which]} | " + " | ".join(names) + " |"
    yield "|---|" + "---:|" * len(names)
    for work in WORK:
        base, *others = (times.median(name, work, which) for name in names)
        cells = [f"{base:.2f}", *(f"{each:.2f} ({each / base:.1f}×)" for each in others)]
        yield f"| {work} | " + " | ".join(cells) + " |"


def _saved(tool: Tool, articles: int) -> Iterator[float]:
    """Seconds from saving a story until ./inv serve has its new page, a few times."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    one = corpus.story(articles // 2)
    page = f"http://127.0.0.1:{port}/{one.date:%Y/%m}/{one.slug}/"
    where = ["--content", str(tool.content), "--output", str(tool.place / "output"), "--port", str(port)]
    command = [sys.executable, str(PROJECT / "inv"), "serve", *where]
    serving = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        next(line for line in serving.stdout or () if "published" in line)
        for save in range(SAVES):
            time.sleep(PAUSE)
            words = f"This was save number {save}."
            began = time.monotonic()
            tool.write(replace(one, blocks=[*one.blocks, words]))
            while words not in _read(page):
                time.sleep(0.01)
            yield time.monotonic() - began
    finally:
        serving.send_signal(signal.SIGINT)
        serving.communicate()
        tool.write(one)


def _read(page: str) -> str:
    with urllib.request.urlopen(page, timeout=60) as answer:  # noqa: S310 -- our own server
        return str(answer.read().decode())


def _page(table: str, articles: int, rounds: int, facts: list[str], tools: list[Tool]) -> str:
    pelican = f"{version('pelican')} with pelican-related-posts and its own theme: no search, no text of other stories"
    stock = f"\n- Pelican is {pelican}." if any(not tool.ours for tool in tools) else ""
    listed = "\n".join(facts)
    return f"""# Benchmarks

`./inv bench --articles {articles}` wrote this page. It makes {articles:,} stories of 600 to 1,400 words without
photos and builds them, whole processes in turn, {rounds} rounds; each figure is a median, and the figure in parentheses
says how many times as much as Broadside's it is.

{table}

- *cold*: no output and nothing kept; *one sentence edited*: in a story from the middle of the archive;
  *one story added*: with the newest date.
- `--clean` builds everything anew into a second folder every time.
{listed}{stock}

Machine: {_machine()}. Python {platform.python_version()}, Pelican {version("pelican")}, Markdown {version("markdown")}.
"""


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    return f"{model}, {os.cpu_count()} processors, {platform.system()} {platform.release()}"


def _size(output: Path) -> str:
    sizes = [file.stat().st_size for file in output.rglob("*") if file.is_file()]
    return f"- The site has {len(sizes):,} files of {sum(sizes) / 1e6:.0f} MB in all."


def _save_shown(seconds: Iterator[float]) -> str:
    took = statistics.median(seconds)
    return (
        f"- A save in `./inv serve` is on its page after {took:.2f} s, the median of {SAVES}; the other pages follow."
    )
