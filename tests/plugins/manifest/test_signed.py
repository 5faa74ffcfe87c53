"""A release is signed and checked: by the command, and by the program that readers save."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from broadside.plugins.manifest.command.signing import signature
from broadside.plugins.manifest.verify import FILES, KEYS, PROGRAM, RELEASES, Wrong, digest
from tests.checkout import NO_LINKS, checkout
from tests.sample import NOW, Outlet
from tests.servers import running

STORY = "2026/11/a-story/index.html"


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # a file in one piece, or each would wait for the reader's answer

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Elsewhere(Quiet):
    """Sends readers of one address elsewhere, with the page that they should get."""

    moved = ""

    def send_response(self, code: int, message: str | None = None) -> None:
        """Answer with a redirect if this is the address."""
        if self.path != f"/{self.moved}":
            super().send_response(code, message)
            return
        super().send_response(302)
        self.send_header("Location", "https://elsewhere.example/")


@contextmanager
def live(folder: Path, kind: type[Quiet] = Quiet) -> Iterator[str]:
    """The address at which a folder is served."""
    with running(ThreadingHTTPServer(("127.0.0.1", 0), partial(kind, directory=folder))) as url:
        yield url


def new_key(path: Path) -> str:
    """Make a key, and return the public one."""
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(path)]
    subprocess.run(command, check=True)
    return path.with_suffix(".pub").read_text("utf-8").strip()


class Published(NamedTuple):
    """An outlet, its key, and the folders of its two releases."""

    outlet: Outlet
    key: Path
    first: Path
    second: Path

    def signed(self, *flags: str, key: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Build for readers, and sign."""
        where = ["--content", str(self.outlet.content), "--output", str(self.outlet.output)]
        done = self.outlet.run("build", "--production", "--now", NOW, "--jobs", "1", *where)
        assert done.returncode == 0, done.stderr
        return self.outlet.run("sign", "--key", str(key or self.key), "--now", NOW, *where, *flags)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    path = tmp_path_factory.mktemp("signed")
    key = path / "key"
    project = checkout(path / "project", f"{NO_LINKS}\nSIGNED_BY = [{new_key(key)!r}]")
    outlet = Outlet(path / "outlet", project)
    made = Published(outlet, key, path / "first", path / "second")
    outlet.story()
    done = made.signed("--first")
    assert done.returncode == 0, done.stderr
    shutil.copytree(outlet.output, made.first)
    outlet.story("another")
    outlet.story("secret", status="hidden", redirect_from=["/a-former-secret/"])
    with live(made.first) as url:
        done = made.signed("--live", url)
    assert done.returncode == 0, done.stderr
    shutil.copytree(outlet.output, made.second)
    return made


def verified(
    published: Published, site: Path, *flags: str, kind: type[Quiet] = Quiet, **env: str
) -> tuple[int, str]:
    """What the program says that readers save from a site: a line that a terminal only shows."""
    program = published.second / PROGRAM
    with live(site, kind) as url:
        done = subprocess.run(
            [sys.executable, "-I", str(program), url, *flags],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | env,
        )
    assert done.stderr == ""
    assert done.stdout.removesuffix("\n").isprintable()
    return done.returncode, done.stdout


def with_key(published: Published) -> tuple[str, str]:
    return "--key", published.key.with_suffix(".pub").read_text("utf-8").strip()


def test_a_site_is_what_was_published(published: Published) -> None:
    code, said = verified(published, published.second, *with_key(published))
    assert code == 0, said
    files = json.loads((published.second / FILES).read_text("utf-8"))
    assert f"{len(files):,}" in said
    assert STORY in files
    assert PROGRAM in files


def test_without_a_key_from_elsewhere_the_reader_is_told_whose_word_it_is(
    published: Published,
) -> None:
    ours = verified(published, published.second, *with_key(published))
    theirs = verified(published, published.second)
    assert theirs[0] == 0
    assert len(theirs[1]) > len(ours[1])


def test_each_release_names_the_one_before_it(published: Published) -> None:
    releases = json.loads((published.second / RELEASES).read_text("utf-8"))["releases"]
    assert [json.loads(each)["number"] for each in releases] == [1, 2]
    assert releases[:1] == json.loads((published.first / RELEASES).read_text("utf-8"))["releases"]


def test_to_sign_again_what_is_live_adds_no_release(published: Published) -> None:
    with live(published.second) as url:
        done = published.signed("--live", url)
    assert done.returncode == 0, done.stderr
    made = (published.outlet.output / RELEASES).read_bytes()
    assert made == (published.second / RELEASES).read_bytes()


def change(path: str, old: bytes, new: bytes) -> Callable[[Path], None]:
    """A change to a file of a site."""

    def changed(site: Path) -> None:
        file = site / path
        data = file.read_bytes()
        assert old in data
        file.write_bytes(data.replace(old, new, 1))

    return changed


def without_the_first(site: Path) -> None:
    said = json.loads((site / RELEASES).read_text("utf-8"))
    del said["releases"][0]
    (site / RELEASES).write_text(json.dumps(said), "utf-8")


@pytest.mark.parametrize(
    ("tamper", "code", "names"),
    [
        (change(STORY, b"Body.", b"Bodies."), 1, STORY),
        (change(PROGRAM, b"return code", b"return 0"), 1, PROGRAM),
        (lambda site: (site / STORY).unlink(), 1, STORY),
        (change(FILES, b"a-story", b"b-story"), 1, ""),
        (change(RELEASES, b"{", b""), 1, ""),
        (change(RELEASES, b'\\"number\\": 2', b"\\ud800"), 1, ""),
        (change(RELEASES, b'\\"number\\": 2', b'\\"number\\": 3'), 3, ""),
        (lambda site: (site / RELEASES).unlink(), 4, ""),
        (without_the_first, 4, "1"),
        (change(RELEASES, b'\\"built\\": \\"2026', b'\\"built\\": \\"2025'), 5, "2"),
    ],
)
def test_what_was_tampered_with_is_told(
    published: Published, tmp_path: Path, tamper: Callable[[Path], None], code: int, names: str
) -> None:
    shutil.copytree(published.second, tmp_path / "site")
    tamper(tmp_path / "site")
    found, said = verified(published, tmp_path / "site", *with_key(published))
    assert (found, names in said) == (code, True), said


@pytest.mark.parametrize("path", [STORY.removesuffix("index.html"), FILES, KEYS])
def test_a_redirect_is_told_even_if_it_has_the_right_page(published: Published, path: str) -> None:
    kind = type("Moved", (Elsewhere,), {"moved": path})
    code, said = verified(published, published.second, kind=kind)
    assert code == 1
    assert path in said
    assert "302" in said


@pytest.mark.parametrize(
    ("release", "files", "code"),
    [
        ({"site": "\x1b[2J\nAll is well\u202e", "built": "\r", "commit": "\x9b2K"}, "{}", 0),
        ({}, '{"\\u001b[2J/index.html": "", "\\ud800": ""}', 1),
        ({}, "[]", 1),
        ({}, "[" * 100_000, 1),
        ({"before": []}, "{}", 5),
        (None, "{}", 1),
    ],
)
def test_whatever_a_list_says_is_told_in_a_line(
    published: Published, tmp_path: Path, release: Any, files: str, code: int
) -> None:
    """Also of a site that has signed it."""
    site, keys = tmp_path / "site", [new_key(tmp_path / "key")]
    shutil.copytree(published.second, site)
    if release is not None:
        facts = {"number": 1, "site": "", "built": "", "commit": "", "before": ""}
        release = facts | {"files": digest(files.encode())} | release
    text = json.dumps(release)
    said = {"releases": [text], "signature": signature(text, str(tmp_path / "key"), keys)}
    (site / KEYS).write_text(keys[0], "utf-8")
    (site / RELEASES).write_text(json.dumps(said), "utf-8")
    (site / FILES).write_text(files, "utf-8")
    assert verified(published, site)[0] == code


def test_who_lacks_openssh_is_told_what_to_install(
    published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = verified(published, published.second, PATH=str(tmp_path))
    assert (code, "OpenSSH" in said) == (2, True)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Wrong, match="OpenSSH"):
        signature("", str(published.key), [])


def test_no_list_names_a_hidden_story(published: Published) -> None:
    """Who has its address reads it, but nothing says that it was signed."""
    site = published.second
    assert "a-former-secret" in str([*site.rglob("index.html")])
    assert (site / STORY.replace("a-story", "secret")).is_file()
    assert "secret" not in (site / FILES).read_text("utf-8")


def test_a_site_signed_by_somebody_else_is_told(published: Published, tmp_path: Path) -> None:
    other = new_key(tmp_path / "other")
    assert verified(published, published.second, "--key", other)[0] == 3
    site = tmp_path / "site"
    shutil.copytree(published.second, site)
    (site / KEYS).write_text(f"{other}\n", "utf-8")
    assert verified(published, site)[0] == 3


def test_a_release_that_was_taken_back_is_told_to_who_has_seen_it(
    published: Published, tmp_path: Path
) -> None:
    seen = "--seen", str(tmp_path / "seen.json")
    key = with_key(published)
    assert verified(published, published.first, *key)[0] == 0
    assert verified(published, published.first, *key, *seen)[0] == 0
    assert verified(published, published.second, *key, *seen)[0] == 0
    assert verified(published, published.first, *key, *seen)[0] == 4
    assert verified(published, published.second, *key, *seen)[0] == 0


def test_a_site_that_cannot_be_asked_is_told(published: Published) -> None:
    with live(published.second) as url:
        pass
    program = [sys.executable, str(published.second / PROGRAM)]
    for address in (url, "outlet.example"):
        done = subprocess.run([*program, address], capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert len(done.stdout.splitlines()) == 1


def test_the_command_says_the_same(published: Published, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(published.second, site)
    with live(site) as url:
        done = published.outlet.run("verify", url)
        assert done.returncode == 0, done.stderr
        change(STORY, b"Body.", b"Bodies.")(site)
        done = published.outlet.run("verify", url)
    assert done.returncode == 1
    assert STORY in done.stderr


@pytest.mark.parametrize("flags", [(), ("--first",)])
def test_what_cannot_be_signed_is_refused(
    published: Published, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    """Where no release is listed before it, and with a key that is not the outlet's."""
    new_key(tmp_path / "other")
    (tmp_path / "empty").mkdir()
    with live(tmp_path / "empty") as url:
        done = published.signed("--live", url, *flags, key=tmp_path / "other")
    assert done.returncode == 1
    assert done.stdout.count("Signed") == 0


def test_a_site_that_is_not_signed_has_nothing_of_it(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.story()
    outlet.rebuild()
    assert not (outlet.output / ".well-known").exists()
    assert not (outlet.output / "signed").exists()
