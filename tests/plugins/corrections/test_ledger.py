"""The ledger of corrections."""

from __future__ import annotations

from broadside.front_matter.data import Correction
from broadside.plugins.corrections import ledger
from tests.stories import story


def noted(date: str) -> Correction:
    return Correction(date, "correction", f"Noted {date}.")


def test_every_correction_stands_newest_first_whatever_its_zone() -> None:
    early, noon, late = map(
        noted, ("2026-11-20T09:00:00+09:00", "2026-11-20T02:00:00+00:00", "2026-11-21T00:00:00Z")
    )
    one, other = story(1, corrections=[late, early]), story(2, corrections=[noon])
    assert ledger([one, other, story(3)]) == [(one, late), (other, noon), (one, early)]


def test_those_of_one_moment_stand_by_slug() -> None:
    one, other = (
        story(1, corrections=[noted("2026-11-20")]),
        story(2, corrections=[noted("2026-11-20")]),
    )
    assert [each for each, _ in ledger([other, one])] == [one, other]
