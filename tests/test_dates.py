"""Moments as people write them."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from broadside.dates import now_of


@pytest.mark.parametrize(
    ("stated", "now"),
    [
        ("2026-11-24T09:00", "2026-11-24T09:00:00+05:45"),
        ("2026-11-24T09:00+00:00", "2026-11-24T14:45:00+05:45"),
        ("86400", "1970-01-02T05:30:00+05:30"),
        ("", "1970-01-01T05:30:00+05:30"),
    ],
)
def test_now_is_what_was_stated_in_the_zone_of_the_site(
    stated: str, now: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert now_of(stated, ZoneInfo("Asia/Kathmandu")).isoformat() == now


@pytest.mark.parametrize(
    "written",
    [
        "soon",
        "9" * 20,
        str(250_000_000_000),
        "0001-01-01T00:00+14:00",
        "9999-12-31T23:00-14:00",
        "9999-12-31T23:59",
    ],
)
def test_what_is_no_moment_is_refused_in_one_way(written: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- whoever asked says what it was
        now_of(written, UTC)
