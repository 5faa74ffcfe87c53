"""Runs Pagefind over blocks of documents, a few at once, in a process beside the build.

It uses threads, hence the process of its own: a build with threads could not share its work among forked processes.
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

from broadside.plugins.search.corpus import Document, SearchFailed, record
from broadside.plugins.store import encoded
from broadside.plugins.whole import write_whole

INDEX = "index.json"
ENTRY = "pagefind-entry.json"
SCRIPT, ENGINE = "pagefind.js", ".pagefind"
PACKED = (ENGINE, ".pf_meta", ".pf_index", ".pf_fragment")
"""Endings of files that /search/ loads besides the script and the entry; it does not use Pagefind's own interface and worker."""

CHUNK = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "6000"}
"""Bytes of an index, before compression, in one file. A reader loads one file for each word and block: 9 kB, rather than 28 kB
with Pagefind's default of 20,000. So blocks can be small. Another version may not know this; nothing else depends on it."""

PATIENCE, PATIENCE_A_PAGE = 60.0, 0.1
"""Seconds, for a block and for each of its pages, after which Pagefind counts as stuck; a page takes some 0.003."""

END = b","
"""What follows each message."""
AT_ONCE = 1 << 20
"""How many bytes of an answer are read at once, if that many are there."""
MOST_SAID = 400
"""How many characters of Pagefind's last output are shown if it fails."""
SILENT = "it said nothing; was it killed, or is the disk full?"

Task = tuple[Path, Iterable[Document]]
"""A block's folder, and its documents."""


class Refused(Exception):
    """Pagefind did not do what it was asked to; the message is its own."""


def index_all(tasks: Sequence[Task], lang: str, pagefind: Path | str, jobs: int, place: Path) -> None:
    """Index all blocks: write INDEX, with the files that Pagefind made by their paths, into each one's folder below `place`.

    As soon as one fails, the others are ended, and SearchFailed is raised with what its Pagefind said.
    """
    # Imported here, because the build itself does not need it.
    from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

    waiting, most = iter(tasks), max(1, min(jobs, len(tasks)))
    services: list[Service] = []
    with ThreadPoolExecutor(most) as pool:
        works = [pool.submit(_work, waiting, services, lang, pagefind, place) for _ in range(most)]
        try:
            done, _ = wait(works, return_when=FIRST_EXCEPTION)
        finally:
            list(waiting)  # use it up first: a thread that starts its Pagefind only now finds nothing to do
            for service in services:
                service.end()
    for work in done:
        work.result()


def _work(waiting: Iterator[Task], services: list[Service], lang: str, pagefind: Path | str, place: Path) -> None:
    """Index one block after the other while any are waiting; other threads take from the same iterator.

    One Pagefind serves for all of them: it drops each index, so after a hundred it holds hardly more than after one.
    """
    with _explained(place) as log, Service(pagefind, log) as service:
        services.append(service)
        for folder, documents in waiting:
            _index(service, folder, documents, lang)


def _index(service: Service, folder: Path, documents: Iterable[Document], lang: str) -> None:
    """Have Pagefind index documents, and write the files that it made to INDEX.

    It is given records one by one, rather than a folder of pages, because the index depends on their order: it would read
    a folder in whatever order the file system has.
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
    """A Pagefind process that answers requests; what else it prints goes to `log`."""

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
        """Kill it, so that nobody goes on waiting for an answer; any thread may call this."""
        self._process.kill()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Kill it if it takes longer: if one of its threads fails, the others wait for that for ever."""
        timer = Timer(seconds, self.end)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def ask(self, kind: str, requests: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Send requests of one kind, and return the answers; raises Refused if one is missing or an error.

        All requests are sent before any answer is read: Pagefind goes on reading meanwhile, so there is no deadlock.
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
    """A file for what Pagefind prints, which is shown if it fails; it is in `place`: a build writes only to its own folders."""
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
