"""Dates as pages print them."""

from __future__ import annotations

import pytest

from plugins.dates import date_and_hour


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
