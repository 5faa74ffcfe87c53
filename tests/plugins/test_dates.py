"""Moments as people write them, and dates as pages print them."""

from __future__ import annotations

from datetime import UTC

import pytest

from plugins.dates import date_and_hour, now_of


@pytest.mark.parametrize(
    ("moment", "printed"),
    [
        ("2026-11-24T09:05:00+01:00", "24 November 2026, 09:05"),
        ("2026-11-24T00:01:00+01:00", "24 November 2026, 00:01"),
        ("2026-11-24T00:00:00+01:00", "24 November 2026"),
    ],
)
def test_an_hour_that_nobody_wrote_is_not_printed(moment: str, printed: str) -> None:
    assert date_and_hour(moment) == printed


@pytest.mark.parametrize(
    "written",
    ["soon", "9" * 20, str(250_000_000_000), "0001-01-01T00:00+14:00", "9999-12-31T23:00-14:00", "9999-12-31T23:59"],
)
def test_what_is_no_moment_is_refused_in_one_way(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- whoever asked says what it was
        now_of(written, UTC)
