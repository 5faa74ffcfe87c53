"""Builds that are killed hundreds of times: what is served is always one whole site, and the next
build is clean.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.changing import EDITS, Changing
from tests.doomed import killed_at, started, steps_of, untidy

AT_ANY_TIME, AROUND_THE_EXCHANGE = 420, 80
"""Kills at random moments of the whole build, and of what comes when all is printed.

Some hundreds more are at set steps.
"""

Tell = Callable[[str, object], None]
SLOWLY = 0.002
"""Seconds before each step of the exchange, which is over too soon to be met by chance."""


class Killer:
    """Kills one build after the other of an outlet that changes meanwhile."""

    def __init__(self, changing: Changing, seed: int) -> None:
        self.changing, self.outlet, self.chance = changing, changing.outlet, random.Random(seed)
        self.killed = self.early = self.late = 0

    def round(self, **how: Any) -> None:
        """Edit and kill, once or more often, and see each time what is served; then build to the
        end.
        """
        for _ in range(self.chance.choice((1, 1, 1, 2, 3))):
            old = self.outlet.files()
            self.changing.edit(*self.chance.sample(EDITS, self.chance.choice((1, 1, 2))))
            new = self.changing.whole()
            if self._kill(**how):
                self.killed += 1
                served = self.outlet.files()
                assert served in (old, new), f"kill {self.killed}"
                self.early += served == old
                self.late += served == new
        assert "published," in self.outlet.rebuild(), f"after kill {self.killed}"
        assert self.outlet.files() == self.changing.whole(), f"after kill {self.killed}"
        assert untidy(self.outlet) == [], f"after kill {self.killed}"

    def _kill(self, span: float, exchange: bool = False) -> bool:
        """Kill a build within `span` seconds, from its beginning or from the steps of the
        `exchange` on.
        """
        read, write = os.pipe()
        begun = False

        def step(_: int, kind: str) -> None:
            nonlocal begun
            if kind == "syncfs" and not begun:
                begun = True
                os.write(write, b"x")
            if begun:
                time.sleep(SLOWLY)

        process = started(self.outlet, step if exchange else None, clean=self.chance.random() < 0.2)
        os.close(write)
        if exchange:
            os.read(read, 1)
        os.close(read)
        time.sleep(self.chance.uniform(0, span))
        alive = process.is_alive()
        if alive:
            assert process.pid
            (os.killpg if self.chance.random() < 0.5 else os.kill)(process.pid, signal.SIGKILL)
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        return process.exitcode != 0


def span(changing: Changing) -> Iterator[float]:
    """How long a build takes, measured again and again: the machine may become quicker or
    slower.
    """
    while True:
        begun = time.monotonic()
        process = started(changing.outlet, clean=True)
        process.join()
        assert process.exitcode == 0
        taken = time.monotonic() - begun
        yield from [taken] * 25


def test_killed_at_any_time(changing: Changing, record_property: Tell) -> None:
    killer, spans = Killer(changing, seed=1), span(changing)
    while killer.killed < AT_ANY_TIME:
        killer.round(span=next(spans))
    record_property(
        "kills, old site served, new site served", (killer.killed, killer.early, killer.late)
    )
    assert killer.early > AT_ANY_TIME // 2


def test_killed_around_the_exchange(changing: Changing, record_property: Tell) -> None:
    killer = Killer(changing, seed=2)
    while killer.killed < AROUND_THE_EXCHANGE:
        killer.round(span=8 * SLOWLY, exchange=True)
    record_property(
        "kills, old site served, new site served", (killer.killed, killer.early, killer.late)
    )
    assert min(killer.early, killer.late) >= AROUND_THE_EXCHANGE // 10, (killer.early, killer.late)


@pytest.mark.parametrize(("clean", "stride"), [(False, 1), (True, 3)])
def test_killed_before_each_change_that_a_build_makes_to_the_disk(
    changing: Changing, clean: bool, stride: int, record_property: Tell
) -> None:
    outlet = changing.outlet
    changing.edit(*EDITS)
    most, at, killed = len(steps_of(outlet, clean=clean)), 0, True
    while killed:
        at += stride
        old = outlet.files()
        changing.edit(*EDITS)
        killed = killed_at(outlet, at, clean=clean)
        assert outlet.files() in (old, changing.whole()), f"step {at}"
        assert "published," in outlet.rebuild(), f"after step {at}"
        assert outlet.files() == changing.whole(), f"after step {at}"
        assert untidy(outlet) == [], f"after step {at}"
    record_property("kills", at // stride - 1)
    assert at > most // 2
