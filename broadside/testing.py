"""Tools for an outlet's tests: they check its content and build its site with the commands of
./inv.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from broadside.folders import OUTLET, ROOT_FLAG


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the outlet, such as run("status", "--format", "json"); its output is in
    stdout and stderr.
    """
    command = [sys.executable, "-P", "-m", "invoke", ROOT_FLAG, str(OUTLET), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def check() -> list[str]:
    """The errors in the outlet's content, one line each, with the file."""
    done = run("check", "--format", "json")
    if not done.stdout.startswith("["):
        raise AssertionError(done.stdout + done.stderr)  # the settings are at fault, or the engine
    faults = json.loads(done.stdout)
    return [
        "{path}:{line}: {code}: {message}".format(**each)
        for each in faults
        if each["severity"] == "error"
    ]


def build(folder: Path, production: bool = False) -> Path:
    """Build the outlet's site into a subfolder of `folder`, and return it; raises AssertionError
    with the faults.
    """
    output = folder / "site"
    done = run("build", "--output", str(output), *(["--production"] if production else []))
    if done.returncode:
        raise AssertionError(done.stderr + done.stdout)
    return output
