"""From git push to what is served: a real bare repository with its hook, and clones that push to
it.
"""

from __future__ import annotations

import re
import subprocess

import pytest

from broadside.build.files import delete
from broadside.config.encodings import ENDINGS, is_worth, plain
from broadside_server import releases
from tests.deploy.own_server import BRANCH, STORY, OwnServer, commit, git, head

pytestmark = pytest.mark.usefixtures("fresh")


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
    fault = (
        r'^remote: content/articles/faulty\.md:\d+: error: unknown-section: "Eurpoe" is not in'
        r" sections\.yml"
    )
    assert re.search(fault, said, re.M), said
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
    # a tag of that name misleads Git itself
    assert git(server.writer, "push", "-q", "live", ":refs/tags/main") == ""
    git(server.writer, "switch", "-q", BRANCH)
    assert server.place.current.readlink() == before


def test_the_checkout_holds_the_commit_and_nothing_else(server: OwnServer) -> None:
    strays = [
        server.place.checkout / path
        for path in ("content/articles/stray.md", "plugins/stray.py", "content/x")
    ]
    for stray in strays:
        stray.write_text("---\ntitle: Not of any commit\n---\n", "utf-8")
    changed = server.place.checkout / "content" / "articles" / "first.md"
    changed.write_text("Not what was committed.", "utf-8")
    (server.place.root / "index.lock").touch()  # left by a Git that was killed
    server.outlet.story("clean")
    assert "Live: " in server.push()
    there = {
        path
        for path in (server.place.checkout).rglob("*")
        if path.is_file() and ".venv" not in path.parts
    }
    names = {
        path.relative_to(server.place.checkout).as_posix()
        for path in there
        if "__pycache__" not in path.parts
    }
    assert names == set(git(server.writer, "ls-files").splitlines())
    assert changed.read_text("utf-8") == (server.writer / "content/articles/first.md").read_text(
        "utf-8"
    )


def test_files_that_did_not_change_are_shared_and_twins_are_never_stale(server: OwnServer) -> None:
    old = server.place.current.resolve()
    (server.writer / "content/articles/first.md").write_text(
        (server.writer / "content/articles/first.md")
        .read_text("utf-8")
        .replace("Body.", "Another body."),
        "utf-8",
    )
    server.push()
    new = server.place.current.resolve()
    changed = STORY.format("first")
    same = [
        path for path in server.outlet.files(new) if (old / path).exists() and "first" not in path
    ]
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
        delete(folder)
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
    assert sorted(path.name for path in server.place.releases.iterdir()) == [
        release.name for release in kept
    ]


def test_a_branch_that_is_deleted_leaves_the_site(server: OwnServer) -> None:
    git(server.place.repository, "config", "receive.denyDeleteCurrent", "ignore")
    old = server.served()
    push = ["git", "push", "live", f":refs/heads/{BRANCH}"]
    subprocess.run(push, cwd=server.writer, capture_output=True, text=True, timeout=60, check=False)
    assert server.served() == old
    server.push("Back again")
    assert server.live() == head(server.writer)
