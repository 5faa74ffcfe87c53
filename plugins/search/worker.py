"""What runs beside the build: Pagefind over one block's pages after the other, a few at once.

It has threads, and so it is in a process of its own: a build that had any could not share its work among forked ones.
"""

from __future__ import annotations

import gzip
import os
import subprocess
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import BinaryIO

from plugins.search.corpus import Document, page

ENTRY = "pagefind-entry.json"
SCRIPT, ENGINE = "pagefind.js", ".pagefind"
PACKED = (ENGINE, ".pf_meta", ".pf_index", ".pf_fragment")
"""What /search/ loads, with the script and the entry; Pagefind's own user interface and its worker are not used."""

PATIENCE, PATIENCE_A_PAGE = 60.0, 0.1
"""Seconds after which Pagefind counts as stuck; it takes some 0.002 for a page."""

Task = tuple[Path, Iterable[Document]]
"""A block's folder and its documents."""


def index_all(tasks: Iterable[Task], lang: str, pagefind: Path | str, jobs: int) -> None:
    """Index all blocks; index/ and log are put into each one's folder, and the file `done` when the index is whole."""
    from concurrent.futures import ThreadPoolExecutor  # here, because the build itself does without

    with ThreadPoolExecutor(max(1, jobs)) as pool:
        for folder, documents in tasks:
            folder.mkdir(parents=True)
            with _logged(folder):
                _write(documents, lang, folder / "site")
            pool.submit(_index, folder, pagefind)


def _write(documents: Iterable[Document], lang: str, site: Path) -> None:
    site.mkdir()
    for document in documents:  # named so that a story's part of the index does not change with the others
        (site / f"{document.url.strip('/').replace('/', '-')}.html").write_text(page(document, lang), "utf-8")


def _index(folder: Path, pagefind: Path | str) -> None:
    site, out = folder / "site", folder / "index"
    with _logged(folder) as log:
        command = [str(pagefind), "--site", str(site), "--output-path", str(out), "--quiet"]
        done, said = _run(command, PATIENCE + PATIENCE_A_PAGE * len(os.listdir(site)))
        log.write(said)
        if done:
            for file in parts(out):  # Pagefind does not notice when the disk takes only half of a file
                if file.suffix in PACKED:
                    gzip.decompress(file.read_bytes())
            (folder / "done").touch()


def _run(command: list[str], patience: float) -> tuple[bool, bytes]:
    """Run Pagefind, and say whether it went well and what it printed.

    When one of its threads fails, as on a full disk, the others wait for it for ever; so it is ended then, or when it
    takes longer than `patience`, in seconds. What it prints is not written to the disk, which may be the full one.
    """
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        timer = Timer(patience, process.kill)
        timer.start()
        said = b""
        for line in process.stdout or ():
            said += line
            if b"panicked" in line:
                process.kill()
        process.wait()
        timer.cancel()
    return process.returncode == 0, said


@contextmanager
def _logged(folder: Path) -> Iterator[BinaryIO]:
    with (folder / "log").open("ab", buffering=0) as log:
        try:
            yield log
        except (OSError, EOFError, zlib.error) as problem:
            log.write(f"{problem}; is the disk full?\n".encode())


def parts(index: Path) -> list[Path]:
    """Of the files that Pagefind made, in order, those that the site has."""
    return [file for file in sorted(index.rglob("*")) if file.name in (SCRIPT, ENTRY) or file.suffix in PACKED]
