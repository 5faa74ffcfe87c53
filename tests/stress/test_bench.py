"""The benchmark as a whole, with as few stories as can be: every build that it measures is made."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tools import bench
from tools.bench import measure
from tools.bench.measure import ANEW, COLD, WORK
from tools.bench.tools import HUGO, PEERS, PELICANS_MOST, tools

HUGO_STANDS_IN = """#!/bin/sh
if [ "$1" = version ]; then echo "hugo v0.150.0-abc linux/amd64"; exit; fi
mkdir -p output && cat content/*/*.md > output/all && ls layouts > output/layouts
echo '<html lang="en"><body data-pagefind-body><p>Found.</p></body></html>' > output/index.html
"""


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder for peers, beside which none is found."""
    monkeypatch.setenv(PEERS, str(tmp_path / "peers"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    return tmp_path / "peers"


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
    assert re.search(r"^\| from a save to its page in `./inv serve`, seconds \| \d+\.\d\d \|$", page, re.M)
    assert re.search(r"^\| 4 \| .*\n\| 6 \| ", page, re.M), "how a story's cost grows"
    assert re.search(r"^\| a first build of 6 stories \| .*\n.*\n\| .+ \| \d+\.\d \| \d+% \|$", page, re.M)
    assert re.search(r"^\| start: modules as they are loaded \| ", page, re.M)
    assert re.search(r"^\| cold, as a multiple of Pillow alone \| \d+\.\d\d \|$", page, re.M)
    assert "Pelican 4." in page
    assert all(row in capsys.readouterr().out for row in rows[:1])


def test_peers_are_measured_where_they_are_found(tmp_path: Path, alone: Path) -> None:
    for place, says in (
        ("hugo/lib/python3.11/site-packages/hugo/binaries/hugo-x", HUGO_STANDS_IN),
        ("pelican-related/bin/pelican", "#!/bin/sh\necho 4.12.0\n"),
    ):
        (alone / place).parent.mkdir(parents=True)
        (alone / place).write_text(says)
        (alone / place).chmod(0o755)
    ours, hugo, searched, pelican = tools(tmp_path / "here", 3)
    assert [ours.name, hugo.name, searched.name, pelican.name] == ["Broadside", "Hugo", "Hugo and search", "Pelican"]
    assert (ours.is_ours, hugo.is_ours) == (True, False)
    assert hugo.note.startswith("hugo v0.150.0 has the pages")
    figures = measure.build(hugo)
    assert figures.written == 3
    assert {path.name for path in (HUGO / "layouts").iterdir()} == {*(hugo.output / "layouts").read_text().split()}
    assert (hugo.output / "all").read_text().count("label: ") == 3
    measure.build(searched)
    assert json.loads((searched.output / "pagefind" / "pagefind-entry.json").read_text())["languages"]
    assert len(list((searched.output / "pagefind").rglob("*.pf_fragment"))) == 1, "it indexes what Hugo has made"
    many = [tool.name for tool in tools(tmp_path / "there", PELICANS_MOST + 1)]
    assert many == ["Broadside", "Hugo", "Hugo and search"]
