"""Pushes that race, are overtaken, lose their pusher or are killed: the site stays whole, and the
newest commit stays.
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from broadside.config.encodings import ENDINGS, plain
from broadside_server import releases
from tests.commands.running import until
from tests.deploy.own_server import BRANCH, STORY, OwnServer, commit, git, head

KILLS = 8
pytestmark = pytest.mark.usefixtures("fresh")


def test_two_pushes_at_once_end_at_the_newer(server: OwnServer) -> None:
    other = server.clone("other")
    for number, delay in enumerate((0.0, 0.0, 0.2, 0.5, 0.9, 1.4)):
        git(other, "fetch", "-q", "live")
        git(other, "reset", "-q", "--hard", f"live/{BRANCH}")
        server.outlet.story(f"older-{number}")
        commit(server.writer, "The older one")
        git(other, "pull", "-q", str(server.writer), BRANCH)
        newer = commit(other, "The newer one")
        first = server.pushing(server.writer)
        time.sleep(delay)
        second = server.pushing(other)
        said = [push.communicate(timeout=120)[0] for push in (first, second)]
        # Git lets one of two that meet change the branch, and the other tries again
        if second.returncode:
            assert "rejected" in said[1]
            said.append(server.pushing(other).communicate(timeout=120)[0])
        assert git(server.place.repository, "rev-parse", f"refs/heads/{BRANCH}") == newer
        assert server.live() == newer, said
        assert f"Live: {newer}" in "".join(said) or f"Live already: {newer}" in "".join(said)
        git(server.writer, "pull", "-q", "live", BRANCH)


def test_who_has_to_wait_is_told_and_finds_the_newest_commit(server: OwnServer) -> None:
    other = server.clone("waiting")
    server.outlet.story("held-up")
    with server.held_up():
        commit(server.writer)
        first = server.pushing(server.writer)
        server.waits()
        git(other, "pull", "-q", str(server.writer), BRANCH)
        commit(other, "While the first is built")
        second = server.pushing(other)
        _until_pushed(server, head(other))
        commit(other, "And one more")
        third = server.pushing(other)
        _until_pushed(server, head(other))
        time.sleep(0.3)
    said = [push.communicate(timeout=120)[0] for push in (first, second, third)]
    assert all("remote: Another publish is at work; waiting for it" in each for each in said[1:]), (
        said
    )
    assert sum(f"Live: {head(other)}" in each for each in said) == 1
    assert sum(f"Live already: {head(other)}" in each for each in said) == 1
    assert server.live() == head(other)
    git(server.writer, "pull", "-q", "live", BRANCH)


def test_what_is_taken_back_while_it_is_built_does_not_go_live(server: OwnServer) -> None:
    kept = head(server.writer)
    other = server.clone("taking-back")
    file = server.outlet.story("too-early", body="What nobody was to read yet.")
    with server.held_up():
        commit(server.writer)
        first = server.pushing(server.writer)
        server.waits()
        back = server.pushing(other, "--force")
        _until_pushed(server, kept)
    first.communicate(timeout=120)[0]
    back.communicate(timeout=120)
    assert server.live() == kept
    assert not any("too-early" in path for path in server.outlet.files(server.place.releases))
    git(server.writer, "reset", "-q", "--hard", kept)
    assert not file.exists()


def test_a_pusher_who_goes_away_takes_nothing_along(server: OwnServer) -> None:
    server.outlet.story("without-me")
    with server.held_up():
        wanted = commit(server.writer)
        push = server.pushing(server.writer)
        server.waits()
        push.kill()
        push.wait()
    until(lambda: server.live() == wanted, "a commit that is live")
    assert STORY.format("without-me") in server.served()


@pytest.mark.parametrize("what", ["the build", "all that the push started"])
def test_a_push_that_is_killed_leaves_the_site_whole_and_the_next_one_completes(
    server: OwnServer, what: str, record_property: Any
) -> None:
    begun = time.monotonic()
    server.outlet.story("killed", body="Before.")
    server.push()
    span, seen = time.monotonic() - begun, {"old": 0, "new": 0, "too late": 0}
    for number in range(KILLS):
        old = server.served()
        server.outlet.story("killed", body=f"Version {number}.")
        wanted = commit(server.writer)
        push = server.pushing(server.writer)
        if what == "the build":
            until(lambda: _builds(server), "a build")
            time.sleep(0.8 * span * number / KILLS)
            killed = _builds(server)
            for pid in killed:
                with suppress(ProcessLookupError):  # the system ends a build's workers with it
                    os.kill(pid, signal.SIGKILL)
        else:
            time.sleep(span * (number + 0.5) / KILLS)
            killed = [push.pid] if push.poll() is None else []
            for pid in killed:
                os.killpg(pid, signal.SIGKILL)
        push.communicate(timeout=120)
        now, new = server.served(), server.live() == wanted
        seen["too late" if not killed else "new" if new else "old"] += 1
        assert (f"Version {number}." in now[STORY.format("killed")].decode()) if new else now == old
        _twins_agree(server)
    record_property(f"kills of {what}, and what was served", seen)
    assert seen["old"] > 2
    server.outlet.story("killed", body="The last version.")
    said = server.push()
    assert server.live() == head(server.writer), said
    assert "The last version." in server.served()[STORY.format("killed")].decode()
    assert not (server.place.releases / releases.PART).exists()
    assert len(releases.kept(server.place)) == 4


def _until_pushed(server: OwnServer, commit: str) -> None:
    until(
        lambda: git(server.place.repository, "rev-parse", f"refs/heads/{BRANCH}") == commit,
        "a push that is taken",
    )


def _builds(server: OwnServer) -> list[int]:
    """The processes that build for this server."""
    wanted, found = f"server-publish\0{server.place.root}\0".encode(), []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (process / "cmdline").read_bytes():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def _twins_agree(server: OwnServer) -> None:
    for path, data in server.served().items():
        for encoding, ending in ENDINGS.items():
            twin = server.place.current / f"{path}{ending}"
            if twin.exists():
                assert plain(twin.read_bytes(), encoding) == data, path
