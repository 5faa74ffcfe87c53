"""Runs Pagefind over one folder after the other, a few at once; a program of its own, because it needs threads.

The build must not have any, or it could not share its work among forked processes.
Arguments: Pagefind's program, how many at once, the build's process, and folders with a site/ each; index/ and log are
put beside it, and the file `done` when the index is there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path


def main(pagefind: str, jobs: str, build: str, *folders: str) -> None:
    """Index all folders."""
    with ThreadPoolExecutor(max(1, int(jobs))) as pool:
        list(pool.map(partial(index, pagefind, int(build)), map(Path, folders)))


def index(pagefind: str, build: int, folder: Path) -> None:
    """Index one folder, unless the build that wanted it is no more."""
    if os.getppid() != build:
        return
    command = [pagefind, "--site", str(folder / "site"), "--output-path", str(folder / "index"), "--quiet"]
    with (folder / "log").open("wb", buffering=0) as log:
        try:
            subprocess.run(command, stdout=log, stderr=log, check=True)
        except OSError as problem:
            log.write(str(problem).encode())
        except subprocess.CalledProcessError:
            pass  # the log has what Pagefind said of it
        else:
            (folder / "done").touch()


if __name__ == "__main__":
    main(*sys.argv[1:])
