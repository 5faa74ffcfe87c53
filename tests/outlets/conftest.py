"""Outlets on a wheel of this checkout, as an owner has them; nothing here reads the checkout's own
code.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from broadside.outlet.wheels import wheel_of_checkout
from tests.outlets.later import later_engine
from tests.repository import PROJECT

FLAGS = """--name Riverbank --url https://riverbank.example --timezone Europe/Madrid --section World --section Economy
--yes""".split()
PUBLIC = (
    "HOME",
    "LANG",
    "PATH",
    "TMPDIR",
    "PIP_INDEX_URL",
    "PIP_CONFIG_FILE",
    "PIP_CACHE_DIR",
    "SSL_CERT_FILE",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that take longest, so that no process waits for them in the end."""
    items.sort(key=lambda item: not item.path.stem.startswith("test_upgrading"))


class Owned:
    """An outlet of its own in a folder, and its commands."""

    def __init__(self, path: Path, **env: str) -> None:
        self.path = path
        self.env = {name: os.environ[name] for name in PUBLIC if name in os.environ} | env

    def run(self, *words: str, cwd: Path | None = None, code: int = 0) -> str:
        """Run a command of the outlet, which ends with this code, and return what it printed."""
        done = subprocess.run(
            [str(self.path / "inv"), *words],
            cwd=cwd or self.path,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def git(self, *words: str) -> str:
        """Run Git in the outlet."""
        who = ("-c", "user.name=Owner", "-c", "user.email=owner@riverbank.example")
        done = subprocess.run(
            ["git", *who, *words], cwd=self.path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, path: str, text: str, *, more: bool = False) -> None:
        """Write a file of the outlet, or `more` at the end of one."""
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((file.read_text("utf-8") if more else "") + text, "utf-8")

    def site(self, output: str = "output") -> Mapping[str, bytes]:
        """Every file of a built site by its path."""
        root = self.path / output
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in root.rglob("*")
            if path.is_file()
        }


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout."""
    return wheel_of_checkout(tmp_path_factory.mktemp("wheel")).path


@pytest.fixture(scope="session")
def broadside(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of an environment that has the wheel and what it needs, at the versions of the
    lock.
    """
    venv = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    pip = [str(venv / "bin" / "pip"), "install", "-q", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--require-hashes", "--no-deps", "-r", str(PROJECT / "requirements.lock")],
        check=True,
    )
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True)
    return venv / "bin" / "broadside"


@pytest.fixture(scope="session")
def start(broadside: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Owned]:
    """Starts outlets with broadside init, each in a folder of its own."""

    def starts(*flags: str, forge: str = "github", **env: str) -> Owned:
        outlet = Owned(tmp_path_factory.mktemp("owned") / "riverbank", **env)
        command = [str(broadside), "init", str(outlet.path), *FLAGS, "--forge", forge, *flags]
        done = subprocess.run(
            command,
            cwd=outlet.path.parent,
            env=outlet.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return outlet

    return starts


@pytest.fixture(scope="session")
def newer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A wheel of a later engine, and a folder with the package that it needs on top."""
    return later_engine(tmp_path_factory.mktemp("newer"))


@pytest.fixture(scope="session")
def owned(start: Callable[..., Owned]) -> Owned:
    """An outlet that is ready, for tests that leave it as it was."""
    outlet = start()
    outlet.run("check")
    return outlet
