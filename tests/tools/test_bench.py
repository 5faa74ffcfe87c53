"""The benchmark, with as few stories as can be."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.outlet import Outlet
from tools.bench import corpus, measure
from tools.bench.measure import ADDED, ANEW, COLD, WORK, Figures, Measured
from tools.bench.page import Sized, growth, page_of
from tools.bench.profile import Profile, of_rooms
from tools.bench.sampled import ENGINE, IMPORTS, room_of
from tools.bench.tools import Tool


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


def test_hugo_gets_them_too(tmp_path: Path) -> None:
    corpus.write_hugos(tmp_path, 30)
    files = [file for file in tmp_path.rglob("*.md") if file.name != "_index.md"]
    assert len(files) == 30
    texts = [file.read_text() for file in files]
    assert all(re.match(r'---\ntitle: "[^"]+"\ndescription: .*\ndate: "20\d\d-', text) for text in texts)
    assert any("](/20" in text for text in texts)


def test_what_a_library_does_is_done_for_the_room_that_called_it() -> None:
    """And what is loaded with a module is counted by itself."""
    frames = []
    code = "def call(work): work()\ncall(note)"
    for file in ("plugins/markup/x.py", "theme/templates/x.html", "plugins/pack.py", "x.py"):
        compiled = compile(code, f"{ENGINE}/{file}", "exec")
        exec(compiled, {"note": lambda: frames.append(sys._getframe())})
    assert [room_of(frame) for frame in frames] == ["plugins/markup", "theme", "plugins/pack", ""]
    assert room_of(frames[0].f_back.f_back) == IMPORTS  # type: ignore[union-attr]


def test_seconds_are_those_of_the_process_in_which_a_room_was_seen() -> None:
    assert of_rooms([(3.0, {"a": 2, "b": 1}), (1.0, {"a": 5}), (0.5, {})]) == {"a": 3.0, "b": 1.0, "": 0.5}
    table = Profile(1000, {"plugins/markup": 6.0, "": 3.96, "plugins/dates": 0.04}).table().splitlines()
    assert table[2:] == [
        "| markup: Markdown to HTML | 6.0 | 60% |",
        "| Python and Pelican | 4.0 | 40% |",
        "| all else | 0.0 | 0% |",
    ]


def test_a_tool_that_fails_ends_the_benchmark_with_its_words(tmp_path: Path) -> None:
    tool = Tool("Hugo", tmp_path, ["sh", "-c", "echo no such theme >&2; exit 3"], corpus.write_one_of_hugos)
    with pytest.raises(SystemExit, match="Hugo failed:\nno such theme"):
        measure.build(tool)


def test_memory_is_that_of_the_largest_process_of_all(tmp_path: Path) -> None:
    child = "python3 -c 'b = bytearray(90_000_000); b[::4096] = bytes(len(b[::4096]))'"
    tool = Tool("any", tmp_path, ["sh", "-c", f"{child}; exit 0"], corpus.write_one_of_hugos)
    assert 85 < measure.build(tool).memory < 150


def test_each_edit_is_what_its_name_says() -> None:
    story = corpus.story(3)
    (_, first), (sentence, longer), (headline, last) = measure.edits(story)
    assert (sentence, headline) == (measure.SENTENCE, measure.HEADLINE)
    assert (first.headline, longer.headline, last.headline) == ("", "", f"{story.title} again")
    assert (len(first.blocks), len(longer.blocks), last.blocks) == (
        len(story.blocks) + 1,
        len(story.blocks) + 2,
        longer.blocks,
    )
    assert first.slug == last.slug == story.slug


def figures(clock: float, written: int = 0) -> Figures:
    return Figures(clock, clock * 2, 100.0, written)


def test_the_middle_of_the_rounds_counts() -> None:
    measured = Measured()
    for clock in (9.0, 1.0, 2.0):
        measured.note("Broadside", COLD, figures(clock))
    assert (measured.median("Broadside", COLD, "clock"), measured.median("Broadside", COLD, "processors")) == (2.0, 4.0)


def test_figures_are_compared_with_ours(tmp_path: Path) -> None:
    def sized(articles: int) -> Sized:
        ours, hugo = (Tool(name, tmp_path, [], write) for name, write in WRITERS.items())
        measured = Measured()
        for tool, clock in ((ours, 2.0), (hugo, 3.0)):
            for work in WORK:
                measured.note(tool.name, work, figures(clock * articles / 100, 7))
        measured.note("Broadside", ANEW, figures(2.5))
        return Sized(articles, [ours, hugo], measured, [(10, 1.0), (5, 0.5)], 0.2)

    table = sized(100).table().splitlines()
    assert f"| {COLD}, seconds | 2.00 | 3.00 (1.5×) |" in table
    assert f"| {ANEW}, seconds | 2.50 |  |" in table
    assert f"| {ADDED}, files written | 7 | 7 (1.0×) |" in table
    assert growth([sized(100)]) == ""
    assert growth([sized(100), sized(1000)]).splitlines()[2:] == ["| 100 | 20.0 | 7 |", "| 1,000 | 20.0 | 7 |"]
    assert (
        page_of([sized(100), sized(1000)], [5, 3], 0, []).count(
            "`./inv bench --articles 100,1000 --rounds 5,3` wrote this page"
        )
        == 1
    )


WRITERS = {"Broadside": corpus.write_one_of_ours, "Hugo": corpus.write_one_of_hugos}
