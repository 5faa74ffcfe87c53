"""What a build of the preview prints."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from broadside.desk.preview.builder import SHOWN, addresses


@given(st.integers(0, 30))
def test_no_more_drafts_are_named_than_fit_on_the_screen(number: int) -> None:
    written = [f"drafts/d{i}/index.html" for i in range(number)]
    lines = addresses("http://127.0.0.1:8000", written)
    assert len(lines) == min(number, SHOWN) + (number > SHOWN)
    assert all(line.endswith("/\n") for line in lines)
