"""Leaves out the tests that this machine cannot run, and says at the end which and why."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import signal
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from broadside.doors import load
from broadside.settings import pipeline
from tests.builds.magazine import built_magazine
from tests.examples import ALL, EVERY_DAY
from tests.forked import wait_for_no_disk
from tests.newcomer import TELLS, Project, wheel
from tests.repository import PROJECT
from tests.sample import Outlet
from tools.suites import SLOW, SOME_FAILED, SOME_LEFT_OUT, chromium, lacks

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)
MEMORY, ROOM = "/dev/shm", 4 << 30  # where Linux has a file system in memory
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
"""Whatever a page asks for elsewhere is not there."""


def pytest_configure(config: pytest.Config) -> None:
    """Have commands that tests start hear Ctrl-C: whoever starts this suite in the background has
    it ignored.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    load(pipeline())  # as every command does that reads content
    # Slow suites are about disks, too.
    if not any(_asked_for(suite, config) for suite in SLOW):
        wait_for_no_disk()
        if not hasattr(config, "workerinput"):
            _write_to_memory()
    # pytest rewrites every assert, which takes seconds unless it is kept
    sys.dont_write_bytecode = False
    examples = ALL if config.getoption("everything") else EVERY_DAY
    # The same code has the same result: new examples are the stress suite's to look for. A busy
    # machine is no fault of the code.
    busy = [HealthCheck.too_slow]
    settings.register_profile(
        "same", deadline=None, max_examples=examples, derandomize=True, suppress_health_check=busy
    )
    settings.load_profile("same")


def _write_to_memory() -> None:
    """Have tests make their files where they never reach a disk, if there is room enough; they go
    with the run. Who wants to look at them gives --basetemp.
    """
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        root = os.environ["PYTEST_DEBUG_TEMPROOT"] = mkdtemp(prefix="broadside-", dir=MEMORY)
        atexit.register(_remove, root, os.getpid())


def _remove(root: str, made_by: int) -> None:
    if os.getpid() == made_by:  # and not a process that a test forked
        shutil.rmtree(root, ignore_errors=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--everything",
        action="store_true",
        help="fail where a test is left out, and try all examples",
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the slow suites out unless they are asked for."""
    return None if collection_path not in SLOW or _asked_for(collection_path, config) else True


def _asked_for(suite: Path, config: pytest.Config) -> bool:
    return any(
        suite in (path := Path(arg.partition("::")[0]).resolve(), *path.parents)
        for arg in config.args
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for marker, reason in lacks().items():
        for item in items:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Tell what the tests counted, and what was left out; nothing is left out in silence."""
    for outcome in ("passed", "failed"):
        for report in terminalreporter.getreports(outcome):
            for what, number in report.user_properties:
                terminalreporter.write_line(
                    f"{report.nodeid.rpartition('::')[2]}: {what}: {number}"
                )
    out = _left_out(config)
    if not out:
        terminalreporter.write_line("No test was left out.")
    for reason, names in out.items():
        terminalreporter.write_line(f"Left out, because {reason}:", yellow=True)
        for name in names:
            terminalreporter.write_line(f"  {name}")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if (
        session.config.getoption("everything")
        and session.exitstatus in (0, SOME_FAILED)
        and _left_out(session.config)
    ):
        session.exitstatus = SOME_LEFT_OUT  # which running again what failed would not find


def _left_out(config: pytest.Config) -> dict[str, list[str]]:
    """Reason -> the tests, as the process knows them that all others report to."""
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    found: defaultdict[str, list[str]] = defaultdict(list)
    for report in (
        reporter.stats.get("skipped", []) if reporter and not hasattr(config, "workerinput") else []
    ):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        found[reason.removeprefix("Skipped: ")].append(report.nodeid)
    return dict(found)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, steered by playwright; tests that ask for it are marked with `browser`."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, ALONE])
        yield running
        running.close()


@pytest.fixture(scope="session")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A copy of the project in a folder with an awkward name, set up once."""
    base = tmp_path_factory.mktemp("inv")
    root, wheels = base / "Ma côpie — 1", base / "wheels"
    wheels.mkdir()
    root.mkdir()
    shutil.copy2(PROJECT / "inv", root)
    lines = {"broadside": wheel(wheels, "broadside", TELLS)} | {
        name: wheel(wheels, name) for name in ("extra", "probe")
    }
    return Project(root, wheels, lines)


@pytest.fixture
def project(newcomer: Project) -> Project:
    """The project, ready to run on whatever the test before left as its lock."""
    lock = newcomer.root / "requirements.lock"
    if not lock.exists():
        newcomer.lock("broadside", comment="first")
    code, _, err = newcomer.run()
    assert code == 0, err
    return newcomer


@pytest.fixture
def stale(project: Project) -> Iterator[Project]:
    """The project with another lock than its environment; afterwards the lock of before must be fit
    to run on.
    """
    lock = project.root / "requirements.lock"
    before = lock.read_bytes()
    project.lock("broadside", "extra", comment="stale")
    yield project
    lock.write_bytes(before)
    assert project.beside() == {".venv", ".venv.lock"}
    assert project.run()[2] == "", "the environment of before is ready again"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """The magazine with its site; look, but change nothing: the processes that share the tests
    share it too.
    """
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with (folder / "magazine.lock").open("w") as hold:
        fcntl.flock(hold, fcntl.LOCK_EX)
        place = folder / "magazine"
        if (place / "output").exists():
            return Outlet(place)
        place.mkdir()
        return built_magazine(place)
