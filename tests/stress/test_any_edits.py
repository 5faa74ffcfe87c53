"""Hundreds of sequences of edits, after each of which what is left is what a clean build makes."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.builds.test_any_edits import Desk


class TestManyDesks(Desk.TestCase):  # type: ignore[misc,name-defined]
    """The sequences."""


TestManyDesks.settings = settings(
    max_examples=60, stateful_step_count=12, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
