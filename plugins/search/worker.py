"""What runs beside the build: Pagefind over the pages of one block after the other, a few at once.

It has threads, and so it is in a process of its own: a build that had any could not share its work among forked ones.
"""

from __future__ import annotations

import json
import os
import subprocess
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import IO, Any

from plugins.search.corpus import Document, SearchFailed, record
from plugins.shelf import encoded
from plugins.whole import write_whole

INDEX = "index.json"
ENTRY = "pagefind-entry.json"
SCRIPT, ENGINE = "pagefind.js", ".pagefind"
PACKED = (ENGINE, ".pf_meta", ".pf_index", ".pf_fragment")
"""What /search/ loads, with the script and the entry; Pagefind's own user interface and its worker are not used."""

CHUNK = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "6000"}
"""Bytes of an index, before they are packed, that lie in one file, of which a reader loads one for each word and block: 9 kB
where Pagefind's usual 20,000 make 28 kB. So blocks can be small. Another version may not know this; it changes nothing else."""

PATIENCE, PATIENCE_A_PAGE = 60.0, 0.1
"""Seconds after which Pagefind counts as stuck in a block; it takes some 0.003 for a page."""

END = b","
"""What stands after each message."""
AT_ONCE = 1 << 20
"""Bytes of an answer that are read at once, if there are so many."""
MOST_SAID = 400
"""Letters of what Pagefind said last that are told where it fails."""
SILENT = "it said nothing; was it killed, or is the disk full?"

Task = tuple[Path, Iterable[Document]]
"""A block's folder and its documents."""


class Refused(Exception):
    """Pagefind did not do what it was asked for; says what it said."""


def index_all(tasks: Sequence[Task], lang: str, pagefind: Path | str, jobs: int, place: Path) -> None:
    """Index all blocks: into each one's folder, below `place`, comes INDEX, the files that Pagefind made by their paths.

    Raises SearchFailed as soon as a block has none, with what its Pagefind said; the others are ended.
    """
    # Here, because the build itself does without.
    from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

    waiting, most = iter(tasks), max(1, min(jobs, len(tasks)))
    services: list[Service] = []
    with ThreadPoolExecutor(most) as pool:
        works = [pool.submit(_work, waiting, services, lang, pagefind, place) for _ in range(most)]
        try:
            done, _ = wait(works, return_when=FIRST_EXCEPTION)
        finally:
            list(waiting)  # before the others are ended: a thread that starts its Pagefind only now finds nothing to do
            for service in services:
                service.end()
    for work in done:
        work.result()


def _work(waiting: Iterator[Task], services: list[Service], lang: str, pagefind: Path | str, place: Path) -> None:
    """Index one block after the other, as long as any wait; other threads take from the same ones.

    One Pagefind serves for all of them. It lets go of each index, and so holds hardly more after a hundred than after one.
    """
    with _explained(place) as log, Service(pagefind, log) as service:
        services.append(service)
        for folder, documents in waiting:
            _index(service, folder, documents, lang)


def _index(service: Service, folder: Path, documents: Iterable[Document], lang: str) -> None:
    """Have Pagefind index documents, and write down what it made of them.

    It is handed record after record and hands its files back, because the index depends on their order, and of a folder
    it would read pages in the order that the file system happens to have them in.
    """
    records = sorted((record(each, lang) for each in documents), key=itemgetter("url"))
    with service.within(PATIENCE + PATIENCE_A_PAGE * len(records)):
        (made,) = service.ask("NewIndex", [{"config": {}}])
        index = {"index_id": made["index_id"]}
        service.ask("AddRecord", [index | {"filters": None, "sort": None} | each for each in records])
        (got,) = service.ask("GetFiles", [index])
        service.ask("DeleteIndex", [index])
    files = {file["path"]: file["content"] for file in got["files"] if is_needed(Path(file["path"]).name)}
    write_whole(folder / INDEX, encoded(files))


class Service:
    """Pagefind, asked one thing after the other; what it prints besides goes to `log`."""

    def __init__(self, pagefind: Path | str, log: IO[bytes]) -> None:
        self._process = subprocess.Popen(
            [str(pagefind), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=os.environ | CHUNK,
        )

    def __enter__(self) -> Service:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()
        self._process.communicate()

    def end(self) -> None:
        """End it, so that whoever waits for an answer has none; any thread may."""
        self._process.kill()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """End it when it takes longer: when one of its threads fails, the others wait for it for ever."""
        timer = Timer(seconds, self.end)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def ask(self, kind: str, requests: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The answers to requests of one kind, which it is told at once; raises Refused where one is missing, or is an error.

        It reads requests while nobody takes its answers, so neither waits for the other.
        """
        process = self._process
        if not process.stdin or not process.stdout:
            raise Refused("it has no pipes")
        parts: list[bytes] = []
        try:
            process.stdin.write(b"".join(_message(kind, request) for request in requests))
            process.stdin.flush()
            left = len(requests)
            while left > 0:
                parts.append(process.stdout.read1(AT_ONCE))  # type: ignore[attr-defined]
                left -= parts[-1].count(END)
                if not parts[-1]:
                    raise EOFError
            answers: list[dict[str, Any]] = [
                json.loads(b64decode(answer))["payload"] for answer in b"".join(parts).split(END)[:-1]
            ]
            problem = next((answer["message"] for answer in answers if answer["type"] == "Error"), "")
        except (BrokenPipeError, EOFError, ValueError, KeyError, TypeError):
            raise Refused(b"".join(parts).decode("utf-8", "replace")) from None
        if problem:
            raise Refused(problem)
        return answers


def _message(kind: str, request: Mapping[str, Any]) -> bytes:
    return b64encode(json.dumps({"message_id": 0, "payload": {"type": kind, **request}}).encode()) + END


@contextmanager
def _explained(place: Path) -> Iterator[IO[bytes]]:
    """A file in a folder for what Pagefind prints, which is told where it fails; a build writes nowhere but in its own folders."""
    with TemporaryFile(dir=place) as log:
        try:
            yield log
            return
        except OSError as problem:
            why = f"{problem}; is the disk full?"
        except Refused as problem:
            why = str(problem)
        log.seek(0)
        said = log.read().decode("utf-8", "replace")
    why = f"{said}\n{why}".strip()[-MOST_SAID:] or SILENT
    raise SearchFailed(f"Pagefind made no search index: {why}")


def is_needed(name: str) -> bool:
    """Whether the site has a file that Pagefind made."""
    return name in (SCRIPT, ENTRY) or name.endswith(PACKED)
