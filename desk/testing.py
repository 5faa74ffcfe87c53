"""The tests: ./inv test. What a machine lacks leaves some out, and that is said, with the reason."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping

from desk.options import PROJECT

STRESS = PROJECT / "tests" / "stress"
"""Suites that take minutes, which ./inv test leaves to ./inv stress."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def run(everything: bool, match: str, files: list[str]) -> int:
    """Run the tests, or those that are named, and return pytest's exit code.

    A test that this machine cannot run is left out, and listed at the end; with `everything` that is a failure.
    """
    command = [sys.executable, "-m", "pytest", *files]
    if match:
        command += ["-k", match]
    if everything:
        command.append("--everything")
    if not match and not files:  # many: worth the start of two processes; a file's tests stay together
        command += ["-n", "2", "--dist", "loadscope"]
    machine = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors"
    print("; ".join([machine, *lacks().values()]), flush=True)
    return subprocess.run(command, cwd=PROJECT, check=False).returncode


def stress(match: str) -> int:
    """Run the slow suites, or those whose name matches, and return pytest's exit code; what cannot run is a failure."""
    command = [sys.executable, "-m", "pytest", str(STRESS), "--everything", "--durations=0", "--durations-min=1"]
    command += ["-k", match] if match else ["-n", "2", "--dist", "loadscope"]
    return subprocess.run(command, cwd=PROJECT, check=False).returncode


def lacks() -> Mapping[str, str]:
    """Marker -> why tests with it cannot run here; empty where everything can."""
    reasons = {}
    if not chromium():
        reasons["browser"] = "Chromium is not on this machine (Debian: apt install chromium)"
    elif importlib.util.find_spec("playwright") is None:
        reasons["browser"] = "the package playwright, which steers Chromium, is not installed"
    for tool in ("nginx", "strace", "faketime"):
        if not shutil.which(tool):
            reasons[tool] = f"{tool} is not on this machine (Debian: apt install {tool})"
    return reasons


def chromium() -> str:
    """Where Chromium is; "" where it is not."""
    return next(filter(None, map(shutil.which, BROWSERS)), "")
