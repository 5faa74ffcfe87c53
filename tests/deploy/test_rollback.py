"""The way back: to the releases that were live before, at once, and for as long as nobody
pushes.
"""

from __future__ import annotations

import time
from typing import Any

import pytest

from broadside_server.releases import kept
from tests.deploy.own_server import STORY, OwnServer, head

pytestmark = pytest.mark.usefixtures("fresh")


def test_rollback_is_quick_whole_and_stays_until_the_next_push(
    server: OwnServer, record_property: Any
) -> None:
    first = server.outlet.files(server.place.current)
    for body in ("Second.", "Third."):
        server.outlet.story("rolled", body=body)
        server.push()
    begun = time.monotonic()
    done = server.publish("--rollback", "2")
    record_property("seconds for a rollback", round(time.monotonic() - begun, 2))
    assert done.returncode == 0, done.stdout
    assert server.outlet.files(server.place.current) == first
    assert "until the next push" in done.stdout
    assert server.publish("--due").stdout == ""
    assert server.outlet.files(server.place.current) == first
    assert server.publish("--rollback", "99").returncode == 1
    assert server.publish("--rollback", "0").returncode == 1
    for word in ("soon", "-1", ""):
        unread = server.publish("--rollback", word)
        assert (unread.returncode, unread.stdout) == (
            2,
            f'"{word}" is not a number of releases to go back\n',
        )
    assert server.publish("--nonsense").returncode == 2
    assert server.outlet.files(server.place.current) == first
    assert "Live: " in server.push("And on")
    assert "Third." in server.served()[STORY.format("rolled")].decode()


def test_what_was_taken_back_does_not_come_back_with_the_next_way_back(server: OwnServer) -> None:
    for body in ("Good.", "Bad."):
        server.outlet.story("taken-back", body=body)
        server.push()
    server.publish("--rollback")
    good = server.served()
    assert "Good." in good[STORY.format("taken-back")].decode()
    assert server.place.before.is_dir()
    server.outlet.story("taken-back", body="Better.")
    server.push()
    assert "Better." in server.served()[STORY.format("taken-back")].decode()
    server.publish("--rollback")
    assert server.served() == good
    server.publish("--rollback")
    assert "taken-back" not in "".join(server.served())
    never_live = server.place.releases / "999999-20261125T090000Z-abc"
    never_live.mkdir()
    assert server.publish().returncode == 0
    assert not never_live.exists()
    assert {
        path.name for path in server.place.releases.iterdir() if path.name.startswith(".")
    } == set()


def test_the_script_without_a_push_puts_the_newest_commit_live_after_a_rollback(
    server: OwnServer,
) -> None:
    server.publish("--rollback")
    assert server.publish().returncode == 0
    assert server.live() == head(server.writer)
    assert "Live already" in server.publish().stdout


def test_the_oldest_release_that_is_kept_can_be_gone_back_to_like_any_other(
    server: OwnServer,
) -> None:
    for body in ("Once.", "Twice."):
        server.outlet.story("last-of-all", body=body)
        server.push()
    releases_kept = kept(server.place)
    taken_back = server.place.current.resolve()
    assert server.publish("--rollback", str(len(releases_kept) - 1)).returncode == 0
    assert kept(server.place) == releases_kept[:1]
    assert server.place.before.is_dir(), (
        "pages that are open ask there for the style sheet of what was taken back"
    )
    assert server.place.before.resolve().name == f".{taken_back.name}"
    said = server.publish("--rollback")
    assert said.returncode == 1
    assert taken_back.name not in said.stdout
