"""The builds of the preview: what a save shows while one of them runs, and which processes there
are.
"""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import pytest

from broadside.config.options import Options, settings_of
from broadside.preview.builds import Builds
from broadside.preview.server import Moved, Outcome, OwnPages, Rerendered
from broadside.publish.headers import allowed_by
from tests.commands.running import PATIENCE, change, until
from tests.forked import load
from tests.repository import PROJECT
from tests.sample import NOW, Outlet

pytestmark = pytest.mark.slow

GOOD = Outcome(allowed=allowed_by(settings_of(Options(now=NOW))))
ICE, WIND = "2026/11/ice/index.html", "2026/11/wind/index.html"
STOPPED = """\
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from broadside.config.options import Options
from broadside.preview.builds import Builder
os.register_at_fork(before=lambda: os.kill(os.getpid(), signal.SIGINT))
try:
    Builder(Options(content=sys.argv[2], output=sys.argv[3]), fresh=False)
except KeyboardInterrupt:
    print("stopped")
"""
"""A program that is stopped as a build of the preview begins, in a callback whose exceptions Python
drops.
"""


class Preview(NamedTuple):
    """Builds of an outlet, and what they tell the server."""

    outlet: Outlet
    builds: Builds
    told: Connection

    def save(self, slug: str, old: str, new: str) -> None:
        """Save a story."""
        file = self.outlet.content / "articles" / f"{slug}.md"
        change(file, old, new)
        self.builds.saved({str(file)})
        self.builds.go_on()

    def has_more(self) -> bool:
        """Whether the server was told anything but the desk of a build that is done."""
        while self.told.poll():
            if not isinstance(self.told.recv(), OwnPages):
                return True
        return False

    def next(self) -> Outcome | Rerendered | Moved:
        """What the server is told next, but for the desk of a build, which follows it."""

        def has_come() -> bool:
            self.builds.go_on()
            return self.told.poll()

        while True:
            until(has_come, "something for the server")
            came: Outcome | Rerendered | Moved | OwnPages = self.told.recv()
            if not isinstance(came, OwnPages):
                return came


@contextmanager
def held(outlet: Outlet) -> Iterator[None]:
    """Keep builds of an outlet waiting, as one that goes on for ever would."""
    lock = os.open(outlet.cache / "lock", os.O_RDWR)
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


@contextmanager
def begun(outlet: Outlet) -> Iterator[Preview]:
    """The preview of an outlet, whose first build has begun."""
    told, server = multiprocessing.Pipe()
    builds = Builds(
        Options(content=str(outlet.content), output=str(outlet.output), now=NOW),
        lambda: False,
        server,
    )
    try:
        yield Preview(outlet, builds, told)
    finally:
        builds.end()
    assert not multiprocessing.active_children()


@pytest.fixture
def outlet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outlet:
    """An outlet of two stories."""
    # however busy the machine is
    monkeypatch.setattr("broadside.preview.builds.PATIENCE", PATIENCE)
    load()
    made = Outlet(tmp_path)
    made.story("ice")
    made.story("wind")
    return made


@pytest.fixture
def preview(outlet: Outlet) -> Iterator[Preview]:
    """The preview of that outlet, built once."""
    with begun(outlet) as made:
        assert made.next() == GOOD
        yield made


def test_a_save_is_shown_while_a_build_runs_and_until_one_has_ended_that_began_after_it(
    preview: Preview,
) -> None:
    with held(preview.outlet):
        for slug, old, new in (
            ("wind", "Body.", "One."),
            ("wind", "One.", "Two."),
            ("ice", "Body.", "Ice."),
        ):
            preview.save(slug, old, new)
            page = preview.next()
            assert isinstance(page, Rerendered)
            assert f"<p>{new}</p>" in page.html.decode()
    first, second = preview.next(), preview.next()
    assert isinstance(first, Outcome)
    assert isinstance(second, Outcome)
    assert [came.path for came in first.since if isinstance(came, Rerendered)] == [
        WIND,
        ICE,
    ], "but not the one before it"
    assert (first.faults, second) == ("", GOOD)
    assert "<p>Two.</p>" in (preview.outlet.output / WIND).read_text("utf-8")
    assert "<p>Ice.</p>" in (preview.outlet.output / ICE).read_text("utf-8")


def test_a_save_is_shown_in_each_of_the_builds_that_follow_one_another(preview: Preview) -> None:
    with held(preview.outlet):
        preview.save("wind", "Body.", "One.")
        preview.save("wind", "One.", "Two.")
        assert [type(preview.next()), type(preview.next())] == [Rerendered, Rerendered]
    assert isinstance(preview.next(), Outcome)  # and the next build has begun
    with held(preview.outlet):
        preview.save("wind", "Two.", "Three.")
        page = preview.next()
        # that build was quicker than this test
        page = preview.next() if isinstance(page, Outcome) else page
        assert isinstance(page, Rerendered)
        assert "<p>Three.</p>" in page.html.decode()


def test_saves_during_a_build_lead_to_one_build_after_it(preview: Preview) -> None:
    with held(preview.outlet):
        for number in range(3):
            file = preview.outlet.content / "articles" / f"new-{number}.md"
            preview.outlet.story(file.stem)
            preview.builds.saved({str(file)})
            preview.builds.go_on()
            assert not preview.has_more(), "a new story has no page"
    assert [preview.next(), preview.next()] == [GOOD] * 2
    preview.builds.go_on()
    assert len(multiprocessing.active_children()) == 1
    assert all(
        (preview.outlet.output / f"2026/11/new-{number}/index.html").is_file()
        for number in range(3)
    )


def test_a_process_that_holds_the_lock_to_get_ready_is_ended_for_the_next_build(
    outlet: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process of a site that stood makes it once more, for its pages; nobody waits for that."""
    monkeypatch.setattr("broadside.store.SETTLED", 0)
    with begun(outlet) as before:
        assert before.next() == GOOD
    with begun(outlet) as preview:
        with held(outlet):
            assert preview.next() == GOOD
            (making_ready,) = multiprocessing.active_children()
            change(outlet.content / "articles" / "ice.md", "Body.", "Another.")
            preview.builds.saved({str(outlet.content / "sections.yml")})
            preview.builds.go_on()
            assert making_ready not in multiprocessing.active_children()
        assert preview.next() == GOOD


def test_ctrl_c_as_a_build_begins_stops_it(outlet: Outlet) -> None:
    command = [sys.executable, "-c", STOPPED, str(PROJECT), str(outlet.content), str(outlet.output)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "stopped\n", "")
