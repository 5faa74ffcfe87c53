"""Blocks of the front page whose stories are those of a term."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sample import Outlet


@pytest.mark.parametrize("term", ["topic: Ice", "section: Asia", "type: Opinion"])
def test_a_block_of_a_term_shows_its_stories_alone(tmp_path: Path, term: str) -> None:
    outlet = Outlet(tmp_path)
    for number in range(9):  # more than the lead takes
        outlet.story(f"other-{number}", date="2026-11-24")
    for number in range(3):
        outlet.story(f"of-it-{number}", topics=["Ice"], section="Asia", type="Opinion")
    outlet.write("front_page.yml", f"blocks:\n- {{block: trio, {term}}}\n")
    assert "published, " in outlet.rebuild()
    block = outlet.html("").select(".section-block [data-slug]")
    shown = {str(each["data-slug"]) for each in block}
    assert shown == {"of-it-0", "of-it-1", "of-it-2"}
