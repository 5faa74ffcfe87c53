"""What runs beside the build: Pagefind over one block's pages after the other, a few at once.

It has threads, and so it is in a process of its own: a build that had any could not share its work among forked ones.
"""

from __future__ import annotations

import json
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from threading import Timer
from typing import Any, BinaryIO

from plugins.search.corpus import Document, record

ENTRY = "pagefind-entry.json"
SCRIPT, ENGINE = "pagefind.js", ".pagefind"
PACKED = (ENGINE, ".pf_meta", ".pf_index", ".pf_fragment")
"""What /search/ loads, with the script and the entry; Pagefind's own user interface and its worker are not used."""

PATIENCE, PATIENCE_A_PAGE = 60.0, 0.1
"""Seconds after which Pagefind counts as stuck; it takes some 0.003 for a page."""

Task = tuple[Path, Iterable[Document]]
"""A block's folder and its documents."""


class Refused(Exception):
    """Pagefind did not do what it was asked for; says what it said."""


def index_all(tasks: Iterable[Task], lang: str, pagefind: Path | str, jobs: int) -> None:
    """Index all blocks; index/ and log are put into each one's folder, and the file `done` when the index is whole."""
    from concurrent.futures import ThreadPoolExecutor  # here, because the build itself does without

    with ThreadPoolExecutor(max(1, jobs)) as pool:
        for folder, documents in tasks:
            pool.submit(_index, folder, documents, lang, pagefind)


def _index(folder: Path, documents: Iterable[Document], lang: str, pagefind: Path | str) -> None:
    """Have Pagefind index documents, and write down what it made of them.

    It is handed record after record and hands its files back, because the index depends on their order, and of a folder
    it would read pages in the order that the file system happens to have them in.
    """
    folder.mkdir(parents=True)
    records = sorted((record(each, lang) for each in documents), key=itemgetter("url"))
    with _logged(folder) as log, Service(pagefind, log, PATIENCE + PATIENCE_A_PAGE * len(records)) as service:
        index = service.ask("NewIndex", config={})["index_id"]
        for each in records:
            service.ask("AddRecord", index_id=index, filters=None, sort=None, **each)
        for file in service.ask("GetFiles", index_id=index)["files"]:
            if is_needed(Path(file["path"]).name):
                target = folder / "index" / file["path"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(b64decode(file["content"]))
        (folder / "done").touch()


class Service:
    """Pagefind, asked one thing after the other; what it prints besides goes to `log`.

    It is ended when it takes longer than `patience`, in seconds: when one of its threads fails, the others wait for it
    for ever.
    """

    def __init__(self, pagefind: Path | str, log: BinaryIO, patience: float) -> None:
        self._process = subprocess.Popen(
            [str(pagefind), "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log
        )
        self._timer = Timer(patience, self._process.kill)

    def __enter__(self) -> Service:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._process.kill()
        self._process.communicate()

    def ask(self, kind: str, **about: Any) -> dict[str, Any]:
        """The answer to a request of Pagefind's protocol; raises Refused where there is none, or it is an error."""
        process = self._process
        if not process.stdin or not process.stdout:
            raise Refused("it has no pipes")
        request = {"message_id": 0, "payload": {"type": kind, **about}}
        parts: list[bytes] = []
        try:
            process.stdin.write(b64encode(json.dumps(request).encode()) + b",")
            process.stdin.flush()
            while not parts or not parts[-1].endswith(b","):
                parts.append(process.stdout.read1())  # type: ignore[attr-defined]
                if not parts[-1]:
                    raise EOFError
            answer: dict[str, Any] = json.loads(b64decode(b"".join(parts)))["payload"]
        except (BrokenPipeError, EOFError, ValueError, KeyError, TypeError):
            raise Refused(b"".join(parts).decode("utf-8", "replace")) from None
        if answer["type"] == "Error":
            raise Refused(answer["message"])
        return answer


@contextmanager
def _logged(folder: Path) -> Iterator[BinaryIO]:
    with (folder / "log").open("ab", buffering=0) as log:
        try:
            yield log
        except OSError as problem:
            log.write(f"{problem}; is the disk full?\n".encode())
        except Refused as problem:
            log.write(f"{problem}\n".encode())


def is_needed(name: str) -> bool:
    """Whether the site has a file that Pagefind made."""
    return name in (SCRIPT, ENTRY) or name.endswith(PACKED)
