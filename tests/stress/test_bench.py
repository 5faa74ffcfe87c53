"""The benchmark as a whole, with as few stories as can be: every build that it measures is made."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.repository import PROJECT
from tools import bench
from tools.bench import measure, ratchet
from tools.bench.interpreter import interpreter, is_optimised
from tools.bench.measure import ANEW, COLD, SENTENCE, STANDS, WORK
from tools.bench.tools import PEERS
from tools.bench.weight import FOLDERS


def test_the_page_has_every_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PEERS, str(tmp_path / "peers"))  # of which none is found
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setattr(bench, "PAGE", tmp_path / "benchmarks.md")
    monkeypatch.setattr(measure, "SAVES", 2)
    monkeypatch.setattr(measure, "PAUSE", 0.5)
    bench.bench([4, 6], rounds=[2, 1], photos=2)
    page = bench.PAGE.read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert rows[0] == "| 4 stories | Broadside |"
    for work in (COLD, ANEW, *WORK[1:]):
        assert re.search(rf"^\| {re.escape(work)}, seconds \| \d+\.\d\d \|$", page, re.M)
    assert re.search(r"^\| cold, MB of the largest process \| \d\d+ \|$", page, re.M)
    assert re.search(r"^\| one story added, files written \| \d+ \|$", page, re.M)
    assert re.search(
        r"^\| from a save to its page in `./inv serve`, seconds \| \d+\.\d\d \|$", page, re.M
    )
    assert re.search(r"^\| 4 \| .*\n\| 6 \| ", page, re.M), "how a story's cost grows"
    assert re.search(
        r"^\| a first build of 6 stories \| .*\n.*\n\| .+ \| \d+\.\d \| \d+% \|$", page, re.M
    )
    assert re.search(r"^\| start: modules as they are loaded \| ", page, re.M)
    assert re.search(r"^\| cold, as a multiple of Pillow alone \| \d+\.\d\d \|$", page, re.M)
    assert f"{interpreter()}, Pelican 4." in page
    assert all(row in capsys.readouterr().out for row in rows[:1])


@pytest.mark.parametrize(
    ("options", "prefix", "is_fast"),
    [
        ("'--enable-optimizations' '--prefix=/opt'", "/opt", True),
        ("'--prefix=/usr'", "/usr", True),
        ("'--prefix=/opt'", "/opt", False),
        (None, "/opt", False),
    ],
)
def test_a_python_without_its_optimisations_is_known(
    options: str | None, prefix: str, is_fast: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sysconfig, "get_config_var", {"CONFIG_ARGS": options}.get)
    monkeypatch.setattr(sys, "base_prefix", prefix)
    assert is_optimised() is is_fast


def test_one_slow_machine_is_no_slower_code() -> None:
    # each round is slower, and so is the best one
    assert ratchet.times([10, 12, 11], [11, 13, 12]) > 1.08
    assert ratchet.times([9, 15, 16], [10, 14, 15]) < 1  # the best round was luck
    assert ratchet.times([10, 10, 10], [10, 12, 12]) == 1


def test_the_ratchet_fails_where_work_costs_more_than_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mark = tmp_path / "ratchet.toml"
    monkeypatch.setattr(ratchet, "MARK", mark)
    monkeypatch.setattr(ratchet, "ROUNDS", 1)
    monkeypatch.setattr(ratchet, "MOST_ROUNDS", 1)
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    work = [COLD, STANDS, SENTENCE, ratchet.CHECK]

    def code(since: str, times: float, most: int = 10**6) -> int:
        costs = "".join(f'"{each}" = {times}\n' for each in work)
        weight = "[weight]\n" + "".join(f"{name} = {most}\n" for name in FOLDERS)
        mark.write_text(f'since = "{since}"\n[may-cost]\n{costs}{weight}', "utf-8")
        return ratchet.compare(tmp_path / f"at-{times}", articles=4)

    assert code(head.strip(), 100) == 0
    table = capsys.readouterr().out
    assert [
        each for each in work if not re.search(rf"^\| {each} \| \d+\.\d\d \| \d", table, re.M)
    ] == []
    assert code(head.strip(), 0.01) == 1
    assert [line.partition(":")[0] for line in capsys.readouterr().err.splitlines()] == work
    assert code("0" * 40, 0.01) == 0, "a clone may be shallow"
    assert code(head.strip(), 99, most=1) == 1
