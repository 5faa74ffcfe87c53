"""Compares what the same work costs now and at an earlier commit: ./inv bench --ratchet."""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import time
import tomllib
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from broadside.folders import OUTLET as PROJECT
from broadside.store import SETTLED
from tools.bench import corpus
from tools.bench.measure import COLD, STANDS, build, edits
from tools.bench.tools import Tool, ours

MARK = Path(__file__).with_name("ratchet.toml")
CHECK = "check"
ARTICLES, ROUNDS, MOST_ROUNDS = 1000, 3, 9
"""Stories, rounds of each, and rounds if a figure is too high: a busy machine adds to some rounds, and slow code to all."""
TIMES = 3
"""How often a round does what takes less than a second."""

Costs = dict[str, float]
"""The fewest processor seconds of all rounds, by work."""


def compare(folder: Path, articles: int = ARTICLES) -> int:
    """Print what work costs now and cost at the marked commit, and return 1 if it costs more than ratchet.toml allows."""
    mark = tomllib.loads(MARK.read_text("utf-8"))
    since, allowed = str(mark["since"]), mark["may-cost"]
    code = subprocess.run(["git", "archive", since], cwd=PROJECT, capture_output=True, check=False).stdout
    if not code:
        print(f"Nothing was compared: {since}, which {MARK.name} names, is not in this clone (git fetch --unshallow).")
        return 0
    with tarfile.open(fileobj=io.BytesIO(code)) as files:
        files.extractall(folder / "code", filter="data")
    tools = ours(folder / "then", articles, folder / "code"), ours(folder / "now", articles)
    then: Costs = {}
    now: Costs = {}
    for number in range(MOST_ROUNDS):
        for tool, least in zip(tools, (then, now), strict=True):
            for work, seconds in _round(tool, articles):
                least[work] = min(seconds, least.get(work, seconds))
        high = too_high(then, now, allowed)
        if number + 1 >= ROUNDS and not high:
            break
    print(table(then, now, since))
    for work in high:
        print(f"{work}: more than {allowed[work]:.2f} times; {MARK.name} says what to do.", file=sys.stderr)
    return 1 if high else 0


def too_high(then: Costs, now: Costs, allowed: Mapping[str, float]) -> list[str]:
    """The kinds of work that cost more than is allowed."""
    return [work for work, times in allowed.items() if now[work] > then[work] * times]


def table(then: Costs, now: Costs, since: str) -> str:
    """Both costs of each kind of work."""
    head = [f"| processor seconds | at {since[:8]} | now |", "|---|---:|---:|"]
    rows = [f"| {work} | {cost:.2f} | {now[work]:.2f} ({now[work] / cost:.2f}×) |" for work, cost in then.items()]
    return "\n".join([*head, *rows])


def _round(tool: Tool, articles: int) -> Iterator[tuple[str, float]]:
    """The processor seconds of each kind of work; the stories are put back afterwards."""
    time.sleep(SETTLED / 1e9)  # as in measure.one_round
    tool.forget()
    yield COLD, build(tool).processors
    check = replace(tool, command=[tool.command[0], "check", "--content", str(tool.content)])
    for _ in range(TIMES):
        yield STANDS, build(tool).processors
        yield CHECK, build(check).processors
    middle = corpus.story(articles // 2)
    for work, version in islice(edits(middle), 2):  # the sentence is the second
        tool.write(version)
        took = build(tool).processors
        if work:
            yield work, took
    tool.write(middle)
