"""Branches preview/NAME: pushed for real, built by what is live, and served by a real nginx to
whoever has the address.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.deploy.own_server import BRANCH, OwnServer, commit, git, plain
from tests.deploy.real_nginx import RealNginx

ADDRESS = re.compile(
    r"^remote: Preview of preview/(\S+): https?://[^/]+(/_preview/([0-9a-f]{32})/) *$", re.M
)


def pushed(server: OwnServer, branch: str, *flags: str) -> str:
    """Commit all that changed and push it to a branch; what the pusher's terminal shows."""
    commit(server.writer)
    push = ["git", "push", "-q", *flags, "live", f"HEAD:refs/heads/{branch}"]
    return subprocess.run(
        push,
        cwd=server.writer,
        env=plain(),
        stdout=-1,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    ).stdout


def key_of(said: str) -> str:
    """The part of the address that nobody can guess."""
    found = ADDRESS.search(said)
    assert found, said
    return found[3]


@pytest.fixture(scope="module")
def nginx(server: OwnServer, tmp_path_factory: pytest.TempPathFactory) -> RealNginx:
    (conf,) = server.place.generated.glob("*.conf")
    return RealNginx(conf, tmp_path_factory.mktemp("nginx"), conf.stem)


def test_a_branch_is_shown_at_an_address_of_its_own_until_it_is_gone(
    server: OwnServer, fresh: None, nginx: RealNginx
) -> None:
    before = server.served()
    server.outlet.story("ice-road", title="The ice road waits", status="draft")
    server.outlet.story("wind", title="A wind")
    said = pushed(server, "preview/ice-road")
    key = key_of(said)
    top = f"/_preview/{key}/"
    assert "New: A wind" in said
    assert re.search(rf"New: The ice road waits, draft \(\S+{top}drafts/ice-road/\)", said), said
    assert server.served() == before, "readers see nothing of it"
    with nginx:
        front, story = nginx.ask(top), nginx.ask(f"{top}drafts/ice-road/")
        assert (front.status, story.status) == (200, 200)
        assert b"The ice road waits" in story.body
        assert b"A wind" in front.body
        style = re.search(rb'href="([^"]+\.css)"', front.body)
        assert style
        assert style[1].decode().startswith(top)
        assert nginx.ask(style[1].decode()).status == 200
        for answer in (front, story):
            assert "noindex" in answer["X-Robots-Tag"]
            assert answer["Cache-Control"] == "no-store"
            assert answer["Content-Security-Policy"] == nginx.ask("/")["Content-Security-Policy"]
        assert nginx.ask("/")["X-Robots-Tag"] == ""
        for path in (
            "/_preview/",
            f"/_preview/{key[:-1]}/",
            f"{top}../../previews/",
            f"/_preview/{key}/.site.cache/",
        ):
            assert nginx.ask(path).status in (400, 403, 404), path
        change = server.writer / "content" / "articles" / "wind.md"
        change.write_text(change.read_text("utf-8").replace("A wind", "Another wind"), "utf-8")
        assert key_of(pushed(server, "preview/ice-road")) == key, "who has the address keeps it"
        assert b"Another wind" in nginx.ask(top).body
        other = pushed(server, "preview/ana/second")
        assert key_of(other) != key
        git(server.writer, "push", "-q", "live", ":refs/heads/preview/ice-road")
        assert nginx.ask(top).status == 404
        assert nginx.ask(f"/_preview/{key_of(other)}/").status == 200
        git(server.writer, "push", "-q", "live", ":refs/heads/preview/ana/second")
    assert list(server.place.previews.iterdir()) == list(server.place.shown.iterdir()) == []


def test_a_fault_is_told_and_the_preview_stays_as_it_was(server: OwnServer, fresh: None) -> None:
    file = server.outlet.story("thaw", title="A thaw")
    key = key_of(pushed(server, "preview/thaw"))
    page = server.place.shown / key / "index.html"
    good = page.read_bytes()
    file.write_text(file.read_text("utf-8").replace("Europe", "Eurpoe"), "utf-8")
    said = pushed(server, "preview/thaw")
    assert re.search(
        r"^remote: content/articles/thaw\.md:\d+: error: unknown-section: ", said, re.M
    ), said
    assert page.read_bytes() == good
    git(server.writer, "push", "-q", "live", ":refs/heads/preview/thaw")


def test_a_branch_runs_none_of_its_code_and_leads_nowhere_else(
    server: OwnServer, fresh: None, tmp_path: Path
) -> None:
    ran, secret = tmp_path / "ran", tmp_path / "secret.md"
    secret.write_text("---\nname: Secret\n---\nA secret.\n", "utf-8")
    shout = f"import pathlib; pathlib.Path({str(ran)!r}).touch()\n"
    for name in ("pelicanconf.py", "publishconf.py", "tasks.py"):
        file = server.writer / name
        file.write_text(shout + file.read_text("utf-8"), "utf-8")
    (server.writer / "inv").write_text(f"#!/bin/sh\ntouch {ran}\n", "utf-8")
    for name in (
        "plugins/waits.py",
        "content/sitecustomize.py",
        "content/conftest.py",
        "content/numpy.py",
    ):
        (server.writer / name).write_text(shout, "utf-8")
    (server.writer / "content" / ".gitattributes").write_text("* filter=evil\n", "utf-8")
    (server.writer / "content" / "authors" / "secret.md").symlink_to(secret)
    said = pushed(server, "preview/$(touch${IFS}evil)")
    assert not ran.exists()
    assert "A secret" not in said
    for folder in (server.place.previews, server.place.shown):
        assert not [path for path in folder.rglob("*.html") if b"A secret." in path.read_bytes()]
    assert not any(path.is_symlink() for path in server.place.previews.glob("*/content/**/*"))
    assert not list(server.place.root.rglob("evil"))
    assert "content/authors/secret.md" in said, "its content was read, and this is a fault"
    assert not (server.place.checkout / "tasks.py").read_text("utf-8").startswith(shout)
    git(server.writer, "push", "-q", "live", ":refs/heads/preview/$(touch${IFS}evil)")
    git(server.writer, "reset", "-q", "--hard", f"live/{BRANCH}")
