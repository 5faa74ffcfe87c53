"""An outlet leaves plugins out of PLUGINS: the site lacks what they make, or one error says who needs
which.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from broadside.doors import OURS
from broadside.plugins import FOR_THE_THEME
from broadside.settings import pipeline
from tests.sample import HARBOUR, Outlet


def build(outlet: Outlet, plugins: list[str]) -> str:
    return outlet.rebuild(
        settings={"PLUGINS": plugins, "NEWSLETTER": None, "SUPPORT": None, "MENUITEMS": ()}
    )


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path)
    made.photo()
    made.story("ice", body="A text with a [link](https://example.org/).", **HARBOUR)
    return made


def test_all_that_nothing_needs_may_be_left_out_at_once(outlet: Outlet) -> None:
    assert "1 story published" in build(outlet, [f"{OURS}{name}" for name in FOR_THE_THEME])


def test_that_the_theme_needs_what_is_left_out_is_told_in_one_error(outlet: Outlet) -> None:
    said = build(outlet, [name for name in pipeline() if name != f"{OURS}series"])
    assert f"leaves out {OURS}series, which the theme needs" in said
    assert not outlet.output.exists()
