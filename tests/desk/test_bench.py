"""The benchmark, with as few stories as can be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desk import bench, corpus
from tests.outlet import Outlet


def test_a_number_always_gives_the_same_story() -> None:
    one, other = corpus.story(7), corpus.story.__wrapped__(7)
    assert one == other
    assert corpus.story(8) != one
    words = sum(block.count(" ") for block in one.blocks)
    assert 300 < words < 2500


def test_the_stories_are_valid_and_link_to_each_other(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    (outlet.content / "authors" / "ana-pereira.md").unlink()
    corpus.write_ours(outlet.content, 30)
    assert outlet.rebuild().startswith("30 stories published, 0 held")
    assert "](/20" in "".join(file.read_text() for file in outlet.content.rglob("articles/**/*.md"))


def test_stock_pelican_gets_the_same_stories_in_its_own_form(tmp_path: Path) -> None:
    corpus.write_pelicans(tmp_path, 30)
    files = list(tmp_path.rglob("*.md"))
    assert len(files) == 30
    assert all(file.read_text().startswith("Title: ") for file in files)
    links = [line for file in files for line in file.read_text().splitlines() if "]({filename}/" in line]
    assert links
    target = links[0].partition("{filename}/")[2].partition(")")[0]
    assert (tmp_path / target).is_file()


@pytest.mark.slow
def test_the_page_has_a_figure_for_each_work_and_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "PAGE", tmp_path / "benchmarks.md")
    monkeypatch.delenv(bench.PEERS, raising=False)
    monkeypatch.setattr(bench, "SAVES", 2)
    monkeypatch.setattr(bench, "PAUSE", 0.5)
    assert bench.bench(articles=4, rounds=1) == 0
    page = bench.PAGE.read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert [row.split(" | ")[0].strip("| ") for row in rows[1:5]] == list(bench.WORK)
    assert [row.split(" | ")[0].strip("| ") for row in rows[6:]] == list(bench.WORK)
    assert rows[0].split(" | ")[1:] == ["Broadside", "Broadside --clean |"]
    assert "Pelican 4." in page
    assert re.search(r"is on its page after \d+\.\d\d s, the median of 2;", page)
    assert rows[1] in capsys.readouterr().out


def test_the_middle_of_the_rounds_counts() -> None:
    times = bench.Times()
    for clock, processors in [(9.0, 3.0), (1.0, 8.0), (2.0, 4.0)]:
        times.note("Broadside", "cold", bench.Seconds(clock, processors))
    assert (times.median("Broadside", "cold", 0), times.median("Broadside", "cold", 1)) == (2.0, 4.0)
