"""A server of one's own as ./inv server-init makes it: a real repository with its hook, clones that
push, a real nginx.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broadside_server import releases
from broadside_server.folder import ServerFolder
from tests.checkout import NO_LINKS, checkout, plugin
from tests.commands.running import until
from tests.repository import PROJECT
from tests.sample import HARBOUR, Outlet, inv

BRANCH = "main"
LOCK = PROJECT / "requirements.lock"
STORY = "2026/11/{}/index.html"
"""The file of a story by its slug."""
WAITS = """\
import time
from pathlib import Path

from pelican.plugins import signals


def wait(generator, writer):
    while Path({hold!r}).exists():
        Path({begun!r}).touch()
        time.sleep(0.02)


def register():
    signals.article_writer_finalized.connect(wait)
"""


class OwnServer:
    """A server's folder at `path`/server, and a writer's clone of the project at `path`/writer that
    pushes to it.
    """

    def __init__(self, path: Path, *flags: str) -> None:
        self.path, self.place = path, ServerFolder(path / "server")
        self.place.root.mkdir()
        self.init(*flags)
        borrowed(self.place.checkout)
        self.writer = path / "writer"
        self.outlet = Outlet(self.writer)
        start(self.writer)
        self.hold, self.begun = path / "hold", path / "begun"
        plugin(self.writer, "waits", WAITS.format(hold=str(self.hold), begun=str(self.begun)))
        git(self.writer, "init", "-q", "-b", BRANCH)
        signed(self.writer, "writer")
        git(self.writer, "remote", "add", "live", str(self.place.repository))

    @classmethod
    def with_a_story(cls, path: Path) -> OwnServer:
        """A server that keeps four releases, with a story and its photo live."""
        server = cls(path, "--keep", "4")
        server.outlet.photo()
        server.outlet.story("first", **HARBOUR)
        assert "Live: " in server.push()
        return server

    def init(self, *flags: str) -> subprocess.CompletedProcess[str]:
        """Run the command."""
        command = inv(PROJECT, "server-init", str(self.place.root), *flags)
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        return done

    def clone(self, name: str) -> Path:
        """Another writer's clone."""
        other = self.path / name
        git(self.path, "clone", "-q", "-o", "live", str(self.place.repository), str(other))
        signed(other, name)
        return other

    def follow(self) -> None:
        """Bring the writer's clone to what was pushed, whatever it holds."""
        git(self.writer, "fetch", "-q", "live")
        git(self.writer, "reset", "-q", "--hard", f"live/{BRANCH}")

    def push(self, message: str = "A change", *flags: str, folder: Path | None = None) -> str:
        """Commit all that changed and push it; what the pusher's terminal shows."""
        where = folder or self.writer
        commit(where, message)
        return self.pushing(where, *flags).communicate(timeout=300)[0]

    def pushing(self, folder: Path, *flags: str) -> subprocess.Popen[str]:
        """A push at work; in a process group of its own, as a terminal has it."""
        return subprocess.Popen(
            ["git", "push", "-q", *flags, "live", f"HEAD:refs/heads/{BRANCH}"],
            cwd=folder,
            env=plain(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @contextmanager
    def held_up(self) -> Iterator[None]:
        """Let the builds that begin in this block wait half way, until it ends."""
        self.begun.unlink(missing_ok=True)
        self.hold.touch()
        try:
            yield
        finally:
            self.hold.unlink()

    def waits(self) -> None:
        """Wait until a build is held up."""
        until(self.begun.exists, "a build that is half way")

    def publish(
        self, *flags: str, before: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run the server's script, as the timer or a person does."""
        command = [*before, str(self.place.script), *flags]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=300, env=plain(), check=False
        )

    def served(self) -> dict[str, bytes]:
        """Every file of what is live, without its compressed twins."""
        if not self.place.current.exists():
            return {}
        files = self.outlet.files(self.place.current)
        return {path: data for path, data in files.items() if not path.endswith((".br", ".gz"))}

    def live(self) -> str:
        """The commit that is live."""
        found = releases.live(self.place)
        return found.commit if found else ""


def plain() -> dict[str, str]:
    """The environment of somebody who is not in the middle of a test or of another Git command."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GIT_", "PYTEST_", "PYTHON"))
    }


def git(folder: Path, *words: str) -> str:
    """What a Git command says."""
    done = subprocess.run(
        ["git", *words], cwd=folder, env=plain(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def head(folder: Path) -> str:
    """The commit that a clone stands at."""
    return git(folder, "rev-parse", "HEAD")


def commit(folder: Path, message: str = "A change") -> str:
    """Commit all that changed; the commit."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return head(folder)


def signed(folder: Path, name: str) -> None:
    """Let somebody of this name commit in a clone."""
    git(folder, "config", "user.name", name)
    git(folder, "config", "user.email", f"{name}@example.org")


def start(folder: Path) -> None:
    """Put the project around a content folder, which lacks the pages that the demo's menus lead
    to.
    """
    checkout(folder, NO_LINKS)
    for name in ("inv", "requirements.lock", ".gitignore"):
        shutil.copy2(PROJECT / name, folder)


def borrowed(folder: Path) -> None:
    """Give a checkout an environment that is ready: this one's packages, under a stamp of the
    folder's own.
    """
    folder.mkdir(exist_ok=True)
    venv.create(folder / ".venv", symlinks=True)
    (site,) = (folder / ".venv").glob("lib/python*/site-packages")
    (theirs,) = Path(sys.prefix).glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(f"{theirs}\n", "utf-8")
    place = f"# {folder.resolve()}\n# {(folder / '.venv' / 'bin' / 'python').resolve()}\n".encode()
    (folder / ".venv" / f"stamp-{LOCK.name}").write_bytes(place + LOCK.read_bytes())
