"""From git push to what is served: a real bare repository with its hook, and clones that push to it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from desk.publish.encodings import ENDINGS, is_worth, plain
from desk.server import releases
from tests.deploy.conftest import wait_until
from tests.deploy.own_server import BRANCH, OwnServer, commit, git

KILLS = 8
STORY = "2026/11/{}/index.html"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> OwnServer:
    """A server on which a first story is live; tests push to it one after the other."""
    server = OwnServer(tmp_path_factory.mktemp("push"), "--keep", "4")
    server.outlet.photo()
    photo = {"photo": "photos/harbour.jpg", "alt": "A harbour.", "credit": "Photo by A. Person/Agency"}
    server.outlet.story("first", **photo)
    assert "Live: " in server.push()
    return server


@pytest.fixture(autouse=True)
def fresh(server: OwnServer) -> None:
    """Begin each test with the branch as it is on the server."""
    git(server.writer, "fetch", "-q", "live")
    git(server.writer, "reset", "-q", "--hard", f"live/{BRANCH}")


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD")


def test_a_push_is_live_and_the_pusher_is_told(server: OwnServer) -> None:
    server.outlet.story("on-time")
    said = server.push()
    assert re.search(rf"^remote: Live: {head(server.writer)}", said, re.M), said
    assert server.live() == head(server.writer)
    assert STORY.format("on-time") in server.served()


def test_a_faulty_push_leaves_the_site_and_says_why_at_its_line(server: OwnServer) -> None:
    old, before = server.served(), server.place.current.readlink()
    file = server.outlet.story("faulty", section="Eurpoe")
    said = server.push()
    fault = r'^remote: content/articles/faulty\.md:\d+: error: unknown-section: "Eurpoe" is not in sections\.yml'
    assert re.search(fault, said, re.M), said
    assert "remote: Nothing was published: 1 error." in said
    assert (server.served(), server.place.current.readlink()) == (old, before)
    file.unlink()
    assert "Live: " in server.push("Mended")
    assert server.live() == head(server.writer)


def test_code_that_does_not_even_start_leaves_the_site_too(server: OwnServer) -> None:
    server.push("Something to go back from")
    old = server.served()
    tasks = server.writer / "tasks.py"
    good = tasks.read_text("utf-8")
    tasks.write_text("raise SystemExit('broken')\n", "utf-8")
    try:
        assert "remote: broken" in server.push()
        assert server.served() == old
        assert server.publish("--rollback").returncode == 0
    finally:
        tasks.write_text(good, "utf-8")
        said = server.push("Mended")
    assert "Live: " in said


def test_a_server_that_cannot_write_says_so_and_leaves_the_site(server: OwnServer) -> None:
    old = server.served()
    server.place.due.unlink()
    server.place.due.mkdir()  # stands for a disk that refuses, after all is built
    try:
        server.outlet.story("unwritten")
        said = server.push()
    finally:
        server.place.due.rmdir()
    assert "remote: Nothing was published: " in said
    assert "Traceback" not in said
    assert server.served() == old
    assert server.publish().returncode == 0
    assert STORY.format("unwritten") in server.served()


def test_only_the_branch_that_goes_live_is_built(server: OwnServer) -> None:
    before = server.place.current.readlink()
    server.outlet.story("for-later")
    git(server.writer, "switch", "-q", "-c", "later")
    commit(server.writer)
    assert git(server.writer, "push", "-q", "live", "HEAD:refs/heads/later") == ""
    assert git(server.writer, "push", "-q", "live", "HEAD:refs/tags/main") == ""
    assert git(server.writer, "push", "-q", "live", ":refs/tags/main") == ""  # a tag of that name misleads Git itself
    git(server.writer, "switch", "-q", BRANCH)
    assert server.place.current.readlink() == before


def test_the_checkout_holds_the_commit_and_nothing_else(server: OwnServer) -> None:
    strays = [server.place.checkout / path for path in ("content/articles/stray.md", "plugins/stray.py", "content/x")]
    for stray in strays:
        stray.write_text("---\ntitle: Not of any commit\n---\n", "utf-8")
    changed = server.place.checkout / "content" / "articles" / "first.md"
    changed.write_text("Not what was committed.", "utf-8")
    (server.place.root / "index.lock").touch()  # left by a Git that was killed
    server.outlet.story("clean")
    assert "Live: " in server.push()
    there = {path for path in (server.place.checkout).rglob("*") if path.is_file() and ".venv" not in path.parts}
    names = {path.relative_to(server.place.checkout).as_posix() for path in there if "__pycache__" not in path.parts}
    assert names == set(git(server.writer, "ls-files").splitlines())
    assert changed.read_text("utf-8") == (server.writer / "content/articles/first.md").read_text("utf-8")


def test_files_that_did_not_change_are_shared_and_twins_are_never_stale(server: OwnServer) -> None:
    old = server.place.current.resolve()
    (server.writer / "content/articles/first.md").write_text(
        (server.writer / "content/articles/first.md").read_text("utf-8").replace("Body.", "Another body."), "utf-8"
    )
    server.push()
    new = server.place.current.resolve()
    changed = STORY.format("first")
    same = [path for path in server.outlet.files(new) if (old / path).exists() and "first" not in path]
    shared = [path for path in same if (old / path).stat().st_ino == (new / path).stat().st_ino]
    assert len(shared) > len(same) * 0.6
    assert {"robots.txt", "about/index.html"} & set(same) <= set(shared)
    assert (old / changed).stat().st_ino != (new / changed).stat().st_ino
    twins = 0
    for path, data in server.served().items():
        for encoding, ending in ENDINGS.items():
            twin = new / f"{path}{ending}"
            assert twin.exists() or not is_worth(path, len(data)) or len(data) < 1000, path
            if twin.exists():
                twins += 1
                assert plain(twin.read_bytes(), encoding) == data, path
    assert twins > 40


def test_the_same_bytes_made_anew_keep_the_time_that_browsers_ask_by(server: OwnServer) -> None:
    old = server.place.current.resolve()
    for folder in (server.place.site, server.place.root / ".site.cache"):
        releases.delete(folder)
    commit(server.writer)
    server.push()
    new = server.place.current.resolve()
    assert old != new
    page = STORY.format("first")
    assert (new / page).stat().st_mtime_ns == (old / page).stat().st_mtime_ns


def test_so_many_releases_stay_and_the_live_one_among_them(server: OwnServer) -> None:
    for number in range(3):
        server.push(f"Nothing but a commit, {number}")
    kept = releases.kept(server.place)
    assert len(kept) == 4
    assert kept[-1] == releases.live(server.place)
    assert sorted(path.name for path in server.place.releases.iterdir()) == [release.name for release in kept]


def test_two_pushes_at_once_end_at_the_newer(server: OwnServer) -> None:
    other = server.clone("other")
    outcomes = set()
    for number, delay in enumerate((0.0, 0.0, 0.2, 0.5, 0.9, 1.4)):
        git(other, "fetch", "-q", "live")
        git(other, "reset", "-q", "--hard", f"live/{BRANCH}")
        server.outlet.story(f"older-{number}")
        older = commit(server.writer, "The older one")
        git(other, "pull", "-q", str(server.writer), BRANCH)
        newer = commit(other, "The newer one")
        first = server.pushing(server.writer)
        time.sleep(delay)
        second = server.pushing(other)
        said = [push.communicate(timeout=120)[0] for push in (first, second)]
        if second.returncode:  # Git lets one of two that meet change the branch, and the other tries again
            assert "rejected" in said[1]
            said.append(server.pushing(other).communicate(timeout=120)[0])
        assert git(server.place.repository, "rev-parse", f"refs/heads/{BRANCH}") == newer
        assert server.live() == newer, said
        assert f"Live: {newer}" in "".join(said) or f"Live already: {newer}" in "".join(said)
        outcomes.add(f"Live: {older}" in said[0])
        git(server.writer, "pull", "-q", "live", BRANCH)
    assert outcomes <= {True, False}


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
    assert all("remote: Another publish is at work; waiting for it" in each for each in said[1:]), said
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
    said = first.communicate(timeout=120)[0]
    back.communicate(timeout=120)
    assert "is not on the branch any more" in said
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
    wait_until(lambda: server.live() == wanted, "a commit that is live")
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
            wait_until(lambda: _builds(server), "a build")
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


def test_rollback_is_quick_whole_and_stays_until_the_next_push(server: OwnServer, record_property: Any) -> None:
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
    assert server.publish("--rollback", "soon").returncode != 0
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
    assert {path.name for path in server.place.releases.iterdir() if path.name.startswith(".")} == set()


def test_the_script_without_a_push_puts_the_newest_commit_live_after_a_rollback(server: OwnServer) -> None:
    server.publish("--rollback")
    assert server.publish().returncode == 0
    assert server.live() == head(server.writer)
    assert "Live already" in server.publish().stdout


def test_a_branch_that_is_deleted_leaves_the_site(server: OwnServer) -> None:
    git(server.place.repository, "config", "receive.denyDeleteCurrent", "ignore")
    old = server.served()
    push = ["git", "push", "live", f":refs/heads/{BRANCH}"]
    done = subprocess.run(push, cwd=server.writer, capture_output=True, text=True, timeout=60, check=False)
    assert f"remote: The branch {BRANCH} is gone; the site stays as it is." in done.stderr
    assert server.served() == old
    server.push("Back again")
    assert server.live() == head(server.writer)


def _until_pushed(server: OwnServer, commit: str) -> None:
    wait_until(
        lambda: git(server.place.repository, "rev-parse", f"refs/heads/{BRANCH}") == commit, "a push that is taken"
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
