"""docs/publishing.md is done as it stands: from nothing to live, and back, for each kind of
target.
"""

from __future__ import annotations

import getpass
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from broadside.publish.s3 import BOTO, LOCK
from tests.checkout import NO_LINKS, checkout
from tests.deploy.conftest import Bucket, Sshd
from tests.deploy.hosts import STORE, nginx
from tests.deploy.sites import held
from tests.repository import PROJECT
from tests.sample import Outlet
from tests.test_docs import FENCED, section_of

DOCUMENT = PROJECT / "docs" / "publishing.md"


class Followed:
    """A repository with the project and a small outlet, where the document's blocks are done one
    after the other.
    """

    def __init__(self, path: Path) -> None:
        self.home, self.path = path / "home", checkout(path / "broadside", NO_LINKS)
        (self.home / ".ssh").mkdir(parents=True)
        shutil.copy(LOCK, self.path)
        (self.path / ".cache").mkdir()
        (self.path / ".cache" / BOTO.name).symlink_to(BOTO)
        (self.path / ".gitignore").write_text("/output\n/.output*\n/.cache\n__pycache__\n")
        (self.path / "inv").write_text(
            f'#!/bin/sh\nexec {sys.executable} -P -m invoke --search-root . "$@"\n'
        )
        (self.path / "inv").chmod(0o755)
        outlet = Outlet(self.path)
        outlet.story("the-ice-road", date="2026-01-01")
        self.env = {
            **os.environ,
            "HOME": str(self.home),
            "GIT_CONFIG_GLOBAL": str(self.home / "gitconfig"),
        }
        (self.home / "gitconfig").write_text("[user]\nname = Jo\nemail = jo@example.org\n")
        self.run("git init -q && git add -A && git commit -qm All")

    def run(self, block: str) -> str:
        """Do a block of the document, as a shell does it."""
        done = subprocess.run(
            ["sh", "-euc", block],
            cwd=self.path,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def settings(self, block: str, **more: object) -> None:
        """Write a block into publishconf.py, with what only this machine needs added to the
        target.
        """
        added = "".join(f'"{key}": {value!r}, ' for key, value in more.items())
        with (self.path / "publishconf.py").open("a") as file:
            file.write(block.replace('"kind"', added + '"kind"'))


@pytest.fixture
def followed(tmp_path: Path) -> Followed:
    return Followed(tmp_path)


def blocks(heading: str, language: str, **words: str) -> Iterator[str]:
    """The blocks of a part of the document, with its example's names replaced by this machine's."""
    for _, kind, text in FENCED.findall(section_of(DOCUMENT, heading)):
        if kind == language:
            for name, word in words.items():
                text = text.replace(NAMES[name], word)  # noqa: PLW2901
            yield text


NAMES = {
    "folder": "/srv/www/halyard",
    "user": "deploy",
    "scan": "ssh-keyscan example.org",
    "host": "@example.org",
}
NAMES |= {
    "endpoint": "https://s3.example.org",
    "remote": "git@example.org:halyard/site.git",
    "name": "server_name example.org;",
}


def publishes(followed: Followed, name: str, block: str) -> None:
    """Do the block that goes live, then publish another story."""
    said = followed.run(block)
    assert "upload 2026/01/the-ice-road/index.html" in said
    assert "fetched from http://127.0.0.1" in said
    assert re.search(rf"Published \S+ \(commit \w+\) to {name}", said)
    Outlet(followed.path).story("another", date="2026-01-02")
    followed.run(
        "git add -A && git commit -qm Another && ./inv build --production && ./inv publish --to "
        + name
    )


def publishes_and_goes_back(followed: Followed, name: str, block: str) -> None:
    """The same, and then go back as the document says."""
    publishes(followed, name, block)
    back = next(iter(FENCED.findall(section_of(DOCUMENT, "Going back"))))[2].replace("server", name)
    one, two = back.strip().splitlines()
    assert "fetched from http://127.0.0.1" in followed.run(one)
    subprocess.run(
        two.split(),
        cwd=followed.path,
        env=followed.env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_server_of_your_own(followed: Followed, sshd: Sshd, tmp_path: Path) -> None:
    folder, user = tmp_path / "srv" / "halyard", getpass.getuser()
    server, keys, live = blocks(
        "A server of your own",
        "sh",
        folder=str(folder),
        user=user,
        scan=f"ssh-keyscan -p {sshd.port} 127.0.0.1",
    )
    followed.run(server)
    followed.run(keys)
    with (sshd.place / "authorized").open("a") as file:
        file.write((followed.home / ".ssh" / "halyard.pub").read_text())
    known = followed.home / ".ssh" / "known_hosts"
    (followed.home / "ssh").write_text(
        f'#!/bin/sh\nexec {shutil.which("ssh")} -F /dev/null -o UserKnownHostsFile={known} "$@"\n'
    )
    (followed.home / "ssh").chmod(0o755)
    followed.env["PATH"] = f"{followed.home}{os.pathsep}{os.environ['PATH']}"
    (block,) = blocks("A server of your own", "nginx", folder=str(folder))
    block = (
        block.replace("{", "{{")
        .replace("}", "}}")
        .replace("server_name", "listen 127.0.0.1:{port}; server_name")
    )
    with nginx(tmp_path / "nginx", block) as url:
        (settings,) = blocks(
            "A server of your own", "python", folder=str(folder), user=user, host="@127.0.0.1"
        )
        followed.settings(settings, port=sshd.port, url=url)
        publishes_and_goes_back(followed, "server", live)
    assert "2026/01/another/index.html" not in held(folder / "current")
    assert (
        b"https://example.org/2026/01/the-ice-road/"
        in (folder / "current" / "feed.xml").read_bytes()
    )


def test_a_bucket(followed: Followed, store: int, tmp_path: Path) -> None:
    bucket = Bucket("halyard", store)
    (policy,) = blocks("A bucket", "json")
    bucket.client.put_bucket_policy(Bucket="halyard", Policy=policy)
    live, back = blocks("A bucket", "sh")
    key, *rest = live.splitlines()
    for word in key.removeprefix("export ").split():
        name, value = word.split("=")
        followed.env[name] = value
    with nginx(tmp_path / "nginx", STORE, bucket="halyard", store=store) as url:
        (settings,) = blocks("A bucket", "python", endpoint=f"http://127.0.0.1:{store}")
        followed.settings(settings, url=url)
        publishes(followed, "bucket", "\n".join(rest))
        assert "2026/01/another/index.html" in bucket.shown()
        followed.run(back)
    there = bucket.shown().keys()
    assert "2026/01/another/index.html" not in there
    assert {"2026/01/the-ice-road/index.html", "404.html", "feed.xml"} <= there


def test_a_branch(followed: Followed, tmp_path: Path) -> None:
    remote, folder = tmp_path / "remote.git", tmp_path / "srv"
    folder.mkdir()
    followed.run(f"git init -q --bare {remote}")
    hook = remote / "hooks" / "post-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec git --work-tree={folder} checkout -q -f gh-pages\n")
    hook.chmod(0o755)
    (live,) = blocks("A branch", "sh")
    from tests.deploy.hosts import FOLDER

    with nginx(tmp_path / "nginx", FOLDER, root=folder) as url:
        (settings,) = blocks("A branch", "python", remote=str(remote))
        followed.settings(settings, url=url)
        publishes_and_goes_back(followed, "pages", live)
    assert (folder / "CNAME").read_text() == "example.org\n"


def test_every_key_of_a_target_is_explained_with_the_value_that_it_has() -> None:
    from msgspec.structs import fields

    from broadside.config.destinations import KINDS, Destination

    parts = {"rsync": "A server of your own", "s3": "A bucket", "pages": "A branch"}
    common = {"url", "keep", "check", "wait"}
    assert {*Destination.__struct_fields__} == common
    for kind, heading in [*parts.items(), ("", "What all targets have")]:
        rows = dict(re.findall(r"^\| `(\w+)` \|(.*?)\| ", section_of(DOCUMENT, heading), re.M))
        wanted = {
            each.name: each
            for each in fields(KINDS.get(kind, Destination))
            if not kind or each.name not in (*common, "kind")
        }
        assert rows.keys() == wanted.keys()
        for name, field in wanted.items():
            said = rows[name].strip(" `").replace('""', "").strip('"')
            assert said == ("" if field.required else str(field.default)), name
