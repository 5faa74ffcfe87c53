"""docs/your-own-server.md is done as it stands, from a bare folder to a site that is pushed to,
served and rolled back.

What would change this machine is not done but tried: users, packages and services by what their
tools say of the options.
"""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from tests.deploy.own_server import borrowed, commit, git, plain, signed, start
from tests.deploy.real_nginx import RealNginx, certificate
from tests.repository import PROJECT
from tests.sample import Outlet

DOCUMENT = PROJECT / "docs" / "your-own-server.md"
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
HOST = "example.org"


def blocks(text: str) -> list[list[str]]:
    """The commands of a text, block by block."""
    return [block.splitlines() for kind, block in FENCED.findall(text) if not kind]


class Reader:
    """Somebody who does what the document says, line by line, on a server at `root` and on a
    machine of their own.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.root, self.writer = path, path / "srv", path / "writer"
        self.here, self.done = path, set[str]()
        self.root.mkdir()
        borrowed(self.root / "checkout")
        for folder in (
            "etc/nginx/conf.d",
            "etc/systemd/system",
            "etc/cron.d",
            "etc/logrotate.d",
            "etc/letsencrypt/live",
        ):
            (path / folder).mkdir(parents=True)
        self.outlet = Outlet(self.writer)
        self.outlet.story("first")
        start(self.writer)
        conf = self.writer / "publishconf.py"
        conf.write_text(
            re.sub(r'SITEURL = ".*"', f'SITEURL = "https://{HOST}"', conf.read_text("utf-8")),
            "utf-8",
        )
        git(self.writer, "init", "-q", "-b", "main")
        signed(self.writer, "writer")
        commit(self.writer, "All of it")

    def does(self, line: str) -> str:
        """Do one line; what it says."""
        words = shlex.split(line)
        self.done.add(words[0])
        special = {"apt": self._apt, "adduser": self._options, "systemctl": self._systemctl}
        special |= {"certbot": self._certbot, "nginx": self._nginx}
        if words[0] in special:
            special[words[0]](words)
            return ""
        if words[0] == "cd":
            self.here = (
                Path(self._ours(words[1])) if words[1].startswith("/") else self.here / words[1]
            )
            return ""
        if words[0] == "ssh":
            assert words[1] == f"broadside@{HOST}"
            return self._runs(shlex.join(words[2:]), self.root)
        on_their_own = line.startswith(("git remote", "git push"))
        return self._runs(self._ours(line), self.writer if on_their_own else self.here)

    def _ours(self, line: str) -> str:
        for theirs, ours in (
            (f"broadside@{HOST}:", f"{self.root}/"),
            ("/srv/broadside", str(self.root)),
            (" /etc/", f" {self.path}/etc/"),
        ):
            line = line.replace(theirs, ours)
        return line

    def _runs(self, line: str, where: Path) -> str:
        command = ["sh", "-c", f"exec 2>&1; {line}"]
        done = subprocess.run(
            command,
            cwd=where,
            env=plain(),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, f"{line}: {done.stdout}"
        return done.stdout

    def _apt(self, words: list[str]) -> None:
        lists = list(Path("/var/lib/apt/lists").glob("*Packages*"))
        command = ["apt-get", "install", "--simulate", *words[2:]]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0 or not lists, done.stderr

    def _options(self, words: list[str]) -> None:
        """See that the tool knows what it is given."""
        if not shutil.which(words[0]):
            return
        known = subprocess.run(
            [words[0], "--help"], capture_output=True, text=True, timeout=30, check=False
        )
        for word in words[1:]:
            assert not word.startswith("--") or word in known.stdout + known.stderr, word

    def _systemctl(self, words: list[str]) -> None:
        self._options(words[:1] + [word for word in words[1:] if word.startswith("--")])
        for unit in (word for word in words[2:] if "." in word):
            assert (self.path / "etc" / "systemd" / "system" / unit).is_file(), unit

    def _nginx(self, words: list[str]) -> None:
        with self.served():  # it starts only with a configuration that is right
            pass

    def served(self) -> RealNginx:
        """The real nginx with what was copied to where it reads."""
        folder = self.path / f"nginx-{len(list(self.path.glob('nginx-*')))}"
        return RealNginx(self.path / "etc" / "nginx" / "conf.d" / f"{HOST}.conf", folder, HOST)

    def _certbot(self, words: list[str]) -> None:
        """What certbot does: leave an answer that is asked for by HTTP, and then a certificate."""
        parser = argparse.ArgumentParser(exit_on_error=False)
        parser.add_argument("command", choices=["certonly"])
        parser.add_argument("--webroot", action="store_true", required=True)
        for name in ("-w", "-d", "--deploy-hook"):
            parser.add_argument(name, required=True)
        asked = parser.parse_args(words[1:])
        answer = Path(self._ours(asked.w)) / ".well-known" / "acme-challenge" / "token"
        answer.parent.mkdir(parents=True)
        answer.write_text("yes", "utf-8")
        with self.served() as site:
            assert site.ask("/.well-known/acme-challenge/token").body == b"yes"
        certificate(self.path / "etc" / "letsencrypt" / "live" / asked.d, asked.d)


def test_from_a_bare_server_to_live_and_back(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    text = DOCUMENT.read_text("utf-8")
    once, each_day = (blocks(part) for part in text.split("## Each day"))
    said = [reader.does(line) for block in once for line in block]
    assert any("Live: " in each for each in said)
    with reader.served() as site:
        answer = site.ask("/2026/11/first/", secure=True)
        assert (answer.status, b"Headline of first" in answer.body) == (200, True)
        assert site.ask("/")["location"] == f"https://{HOST}/"
        assert (
            (tmp_path / "etc" / "cron.d" / "broadside")
            .read_text("utf-8")
            .endswith(f"{reader.root}/publish --due\n")
        )
        (push,), (show,), (hide,), backs = each_day
        for number in range(1, 5):
            reader.outlet.story("first", body=f"Version {number}.")
            commit(reader.writer)
            assert "Live: " in reader.does(push)
        (preview,) = re.findall(rf"https://{HOST}(/_preview/\w+/) *$", reader.does(show), re.M)
        assert site.ask(preview, secure=True).status == 200
        reader.does(hide)
        assert site.ask(preview, secure=True).status == 404
        for back, version in zip(backs, (3, 1), strict=True):
            assert "Live: " in reader.does(back)
            assert f"Version {version}.".encode() in site.ask("/2026/11/first/", secure=True).body
    assert reader.done >= {
        "apt",
        "adduser",
        "git",
        "./inv",
        "nginx",
        "certbot",
        "systemctl",
        "cp",
        "ssh",
    }


def test_every_folder_that_the_document_names_is_there(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    for block in blocks(DOCUMENT.read_text("utf-8").split("### HTTPS")[0]):
        for line in block:
            reader.does(line)
    reader.outlet.story("second")
    commit(reader.writer)
    reader.does("git push live main")
    table = DOCUMENT.read_text("utf-8").split("## What is where")[1].split("## Who is trusted")[0]
    named = {
        name
        for row in re.findall(r"^\| (`.*?) \|", table, re.M)
        for name in re.findall(r"`([\w.]+)`", row)
    }
    assert len(named) > 9
    assert [name for name in named if not (reader.root / name).exists()] == []
    hidden = {"lock", "index"}
    assert {path.name for path in reader.root.iterdir()} - named == hidden
