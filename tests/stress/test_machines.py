"""A build is a function of content, settings and clock: on each of these machines it makes the same
bytes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.builds.magazine import built_magazine, magazine
from tests.sample import NOW, Outlet, differing


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """The magazine with its site; look, but change nothing."""
    return built_magazine(tmp_path_factory.mktemp("magazine"))


SHUFFLED = """
import os
listed, scanned = os.listdir, os.scandir

def mixed(found, name):
    return sorted(found, key=lambda each: hash((name(each)[::-1], 7)))

class Entries(list):
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def __next__(self):
        if not self:
            raise StopIteration
        return self.pop()
    def __iter__(self):
        while self:
            yield self.pop()
    def close(self):
        pass

def scandir(path="."):
    with scanned(path) as found:
        return Entries(mixed(found, lambda entry: entry.name))

os.listdir = lambda path=".": mixed(listed(path), str)
os.scandir = scandir
"""
"""Folders list their files in an order that no file system has."""

AS_NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
# Nobody may not see what lies below root's home folder, where the project may be.
SEES_ALL = ("--inh-caps=+dac_override", "--ambient-caps=+dac_override")


@dataclass(frozen=True)
class Machine:
    """How a build is run: its flags, variables, mask of rights, a command that runs it, and the
    folder that it is in.
    """

    flags: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    umask: int = 0o022
    under: tuple[str, ...] = ()
    shuffled: bool = False
    folder: str = ""


MACHINES = {
    "one process, far east": Machine(
        ("--jobs", "1"), {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "7", "LC_ALL": "C"}, 0o077
    ),
    "two processes, far west": Machine(
        ("--jobs", "2"),
        {"TZ": "America/St_Johns", "PYTHONHASHSEED": "0", "LC_ALL": "tr_TR.UTF-8"},
        0o002,
    ),
    "three processes, other clock": Machine(
        ("--jobs", "3", "--now", "1795593600"),
        {"TZ": "UTC", "LANG": "ar_EG.UTF-8", "PYTHONHASHSEED": "1"},
    ),
    "optimised": Machine(
        env={
            "PYTHONOPTIMIZE": "2",
            "PYTHONHASHSEED": "4294967295",
            "LC_ALL": "POSIX",
            "PYTHONUTF8": "0",
        }
    ),
    "folders in another order": Machine(env={"PYTHONHASHSEED": "3"}, shuffled=True),
    "no home, no user": Machine(
        env={"HOME": "/nonexistent", "USER": "", "LOGNAME": "x", "COLUMNS": "20", "TERM": "dumb"}
    ),
}
if Path("/dev/shm").is_dir():  # it lists its files in an order of its own
    MACHINES["files in memory"] = Machine(folder="/dev/shm")
if os.getuid() == 0 and shutil.which("setpriv"):  # only root can become somebody else
    MACHINES["another user"] = Machine(
        under=AS_NOBODY + SEES_ALL, env={"PYTHONDONTWRITEBYTECODE": "1"}
    )


@pytest.mark.parametrize("machine", MACHINES)
def test_place_zone_locale_hash_seed_user_order_and_processes_change_no_byte(
    built: Outlet, tmp_path: Path, request: pytest.FixtureRequest, machine: str
) -> None:
    how = MACHINES[machine]
    if how.folder:
        folder = tempfile.TemporaryDirectory(dir=how.folder)
        request.addfinalizer(folder.cleanup)
    elsewhere = magazine(Path(folder.name) if how.folder else tmp_path / "ein anderer Ort — é")
    for number, file in enumerate(elsewhere.content.rglob("*")):
        os.utime(file, (number % 3, 2_000_000_000 - number))
    (tmp_path / "sitecustomize.py").write_text(SHUFFLED if how.shuffled else "")
    if how.under:
        for path in (tmp_path, elsewhere.path):
            os.chown(path, 65534, 65534)
    done = run(elsewhere, how, {"PYTHONPATH": str(tmp_path)} if how.shuffled else {})
    assert done.returncode == 0, done.stderr
    assert differing(elsewhere.files(), built.files()) == []
    if how.under:
        assert {path.stat().st_uid for path in elsewhere.output.rglob("*")} == {65534}


def run(outlet: Outlet, how: Machine, more: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Build on such a machine."""
    usual = {"--content": str(outlet.content), "--output": str(outlet.output), "--now": NOW}
    rest = [
        word for name, value in usual.items() if name not in how.flags for word in (name, value)
    ]
    command = [*how.under, *outlet.command("build", *rest, *how.flags)]
    env = os.environ | dict(how.env) | dict(more)
    kept = {"cwd": outlet.path, "env": env, "umask": how.umask}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, **kept)  # type: ignore[call-overload,no-any-return]


@pytest.mark.faketime
@pytest.mark.parametrize(
    "moment", ["2001-09-09 01:46:40", "2038-01-19 03:14:09", "2026-12-31 23:59:59"]
)
def test_no_byte_depends_on_the_real_clock(built: Outlet, tmp_path: Path, moment: str) -> None:
    """All of it, the last build's leavings too: a second build in another year finds nothing to
    do.
    """
    elsewhere = magazine(tmp_path)
    for at, words in ((moment, "0 skipped"), ("2031-05-05 05:05:05", "0 pages written")):
        how = Machine(under=("faketime", "-f", f"@{at}"), env={"TZ": "UTC"})
        done = run(elsewhere, how, {})
        assert done.returncode == 0, done.stderr
        assert words in done.stdout
        assert differing(elsewhere.files(), built.files()) == []
