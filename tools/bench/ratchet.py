"""Compares what the same work costs now and at an earlier commit, and what the code weighs: ./inv
bench --ratchet.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from statistics import median

from msgspec.structs import replace

from broadside.folders import OUTLET as PROJECT
from broadside.store import SETTLED
from tools.bench import corpus
from tools.bench.measure import COLD, STANDS, build, edits
from tools.bench.tools import Tool, ours
from tools.bench.weight import weights

MARK = Path(__file__).with_name("ratchet.toml")
CHECK = "check"
ARTICLES, ROUNDS, MOST_ROUNDS = 1000, 3, 9
"""Stories, rounds of each, and rounds if a figure is too high: a busy machine adds to some rounds,
and slow code to all.
"""
TIMES = 3
"""How often a round does what takes a second or two."""

Costs = dict[str, list[float]]
"""The processor seconds of each round, by work."""


def compare(folder: Path, articles: int = ARTICLES) -> int:
    """Print what the code weighs and what work costs, now and at marked commits; 1 if that is more
    than ratchet.toml allows.
    """
    mark = tomllib.loads(MARK.read_text("utf-8"))
    since, allowed = str(mark["since"]), mark["may-cost"]
    if not _checked_out(since, folder / "code"):
        return 0
    is_heavier = _is_heavier(mark["weight"])
    tools = ours(folder / "then", articles, folder / "code"), ours(folder / "now", articles)
    then: Costs = {}
    now: Costs = {}
    for number in range(MOST_ROUNDS):
        # Each begins every other round, because a machine may be slower for minutes.
        for tool, costs in list(zip(tools, (then, now), strict=True))[:: -1 if number % 2 else 1]:
            fewest: dict[str, float] = {}
            for work, seconds in _round(tool, articles):
                fewest[work] = min(seconds, fewest.get(work, seconds))
            for work, seconds in fewest.items():
                costs.setdefault(work, []).append(seconds)
        high = too_high(then, now, allowed)
        if number + 1 >= ROUNDS and not high:
            break
    print(table(then, now, since))
    for work in high:
        print(
            f"{work}: more than {allowed[work]:.2f} times; {MARK.name} says what to do.",
            file=sys.stderr,
        )
    return 1 if high or is_heavier else 0


def _checked_out(commit: str, folder: Path) -> bool:
    """Write the files of a commit into a folder; says so if this clone does not have it."""
    code = subprocess.run(
        ["git", "archive", commit], cwd=PROJECT, capture_output=True, check=False
    ).stdout
    if not code:
        print(
            f"Nothing was compared: {commit}, which {MARK.name} names, is not in this clone (git"
            " fetch --unshallow)."
        )
        return False
    with tarfile.open(fileobj=io.BytesIO(code)) as files:
        files.extractall(folder, filter="data")
    return True


def _is_heavier(most: Mapping[str, int]) -> bool:
    """Print the tokens of each folder of code; whether one has more than it may."""
    now = weights(PROJECT)
    for name, tokens in now.items():
        print(f"{name}/ has {tokens:,} tokens, of {most[name]:,}")
    return any(tokens > most[name] for name, tokens in now.items())


def too_high(then: Costs, now: Costs, allowed: Mapping[str, float]) -> list[str]:
    """The kinds of work that cost more than is allowed."""
    return [work for work, most in allowed.items() if times(then[work], now[work]) > most]


def times(then: Sequence[float], now: Sequence[float]) -> float:
    """How many times as much it costs now, by the best rounds or by the median of all, whichever is
    less.

    Code that is slower is so in both; what a busy machine adds is seldom the same in both.
    """
    return min(
        min(now) / min(then), median(late / early for early, late in zip(then, now, strict=True))
    )


def table(then: Costs, now: Costs, since: str) -> str:
    """Both costs of each kind of work, of the best rounds."""
    head = [f"| processor seconds | at {since[:8]} | now |", "|---|---:|---:|"]
    rows = [
        f"| {work} | {min(then[work]):.2f} | {min(cost):.2f} ({times(then[work], cost):.2f}×) |"
        for work, cost in now.items()
    ]
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
    for _ in range(TIMES):
        for work, version in islice(edits(middle), 2):  # the sentence is the second
            tool.write(version)
            took = build(tool).processors
            if work:
                yield work, took
    tool.write(middle)
