"""What the pages of a quire are handed is in its fingerprint: where each page is a quire of its own, none is left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.checkout import checkout
from tests.outlet import Outlet, differing

SETTINGS = "QUIRE, INDEX_SIZE, RAIL_PAGES, RAIL_LENGTH, STREAM_LENGTH, SEARCH_BLOCK = 1, 2, 3, 2, 2, 3"


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    path = tmp_path_factory.mktemp("quires")
    made = Outlet(path, checkout(path / "project", SETTINGS))
    made.author("Ben Okafor")
    for number in range(6):
        write(made, number)
    made.story("hidden", status="hidden")
    assert " skipped" in made.rebuild()
    return made


def write(outlet: Outlet, number: int, **other: Any) -> Path:
    """A story that shares its words with those of its parity."""
    usual = {
        "date": f"2026-11-{10 + number}",
        "topics": ["Water"],
        "body": "Tides and reefs. " if number % 2 else "Rail.",
    }
    return outlet.story(f"story-{number}", **usual | other)


def edits(outlet: Outlet) -> Iterator[str]:
    """One edit after the other, each by what it does."""
    write(outlet, 9)
    yield "one story more, which moves the rails and an index's pages"
    write(outlet, 3, body="Tides and reefs, and more. " * 3)
    yield "another text, below other stories"
    write(outlet, 4, title="Another headline")
    yield "another headline, in lists and streams"
    write(outlet, 5, related=["story-0", "story-2"])
    yield "another stream"
    write(outlet, 0, republish="no")
    yield "no page for others"
    write(outlet, 1, status="withdrawn")
    yield "another template"
    write(outlet, 2, author="Ben Okafor", topics=["Air"])
    yield "other indexes"
    outlet.author("Ben Okafor", bio="Writes of air.")
    yield "another bio"
    write(outlet, 0, date="2026-11-19")
    yield "another place in the order"
    outlet.story("hidden", status="hidden", body="Other.")
    yield "a hidden story"
    (outlet.content / "articles" / "story-4.md").unlink()
    yield "one story less"
    with (outlet.project / "pelicanconf.py").open("a") as file:
        file.write("\nREPUBLISH = None\n")
    yield "nothing for others"


@pytest.mark.slow
def test_after_each_edit_the_site_is_that_of_a_clean_build(outlet: Outlet) -> None:
    clean = outlet.path / "clean"
    for what in edits(outlet):
        assert " skipped" in outlet.rebuild(), what
        assert " skipped" in outlet.rebuild(output=clean, clean=True), what
        assert differing(outlet.files(), outlet.files(clean)) == [], what


def test_a_setting_of_another_command_prints_no_page_anew(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path, checkout(tmp_path / "project"))
    outlet.story("one")
    outlet.rebuild()
    with (outlet.project / "pelicanconf.py").open("a") as file:
        file.write("\nAUDIT_WORDS = 31\n")
    assert " 0 pages written" in outlet.rebuild()
