"""Has Pagefind index blocks beside the build, and takes over the files that it makes.

Each block's index has a folder of its own. Pagefind names a story's file by 28 bits of a digest, and avoids clashes only
within an index; if blocks shared a folder, two files would have the same name in one of six archives of 10,000 stories.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from broadside.plugins.parallel import can_fork, die_with_parent, fit_to_travel
from broadside.plugins.search.corpus import Document, SearchFailed
from broadside.plugins.search.worker import ENGINE, ENTRY, INDEX, SCRIPT, index_all

TRIES, BETWEEN = 20, 0.05
"""How often to try to remove what was left, and the seconds between."""


def clear(place: Path) -> None:
    """Remove what stopped builds left, trying repeatedly: a process of theirs may still be ending, and write once more."""
    for _ in range(TRIES):
        shutil.rmtree(place, ignore_errors=True)
        if not place.exists():
            break
        time.sleep(BETWEEN)


class Indexing:
    """Indexes blocks of documents below `place` while the build goes on, at most `jobs` at once."""

    def __init__(self, blocks: Mapping[str, Iterable[Document]], lang: str, place: Path, jobs: int = 1) -> None:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        place.mkdir(parents=True, exist_ok=True)
        # A build that is stopped may end before Pagefind does, which then still writes into the folder.
        self._folder = tempfile.TemporaryDirectory(dir=place, ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        self._places = {name: folder / str(at) for at, name in enumerate(blocks)}
        tasks = [(self._places[name], documents) for name, documents in blocks.items()]
        self._index: Callable[[], Any] | None = partial(index_all, tasks, lang, get_executable(), jobs, folder)
        self._answer = _begun(self._index) if can_fork() else None

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def files(self, name: str) -> dict[str, bytes]:
        """Wait for Pagefind; return the files of a block by their paths, and delete its folder."""
        self._wait()
        place = self._places.pop(name)
        try:
            files = _read(place)
        except (KeyError, ValueError, OSError) as problem:
            raise SearchFailed(f"Pagefind's search index is not whole ({problem}); is the disk full?") from None
        shutil.rmtree(place, ignore_errors=True)
        if not self._places:
            self._folder.cleanup()
        return files

    def _wait(self) -> None:
        """Wait until all is indexed; if the process was killed, or there is none, it is done here."""
        work, self._index = self._index, None
        if work is None:
            return
        try:
            problem = self._answer.recv() if self._answer else work()
        except EOFError:
            problem = work()
        if problem:
            raise problem


def _begun(work: Callable[[], object]) -> Connection:
    """Begin work in a process of its own, which ends with this one, and answers with None or the exception that was raised."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    context.Process(target=_work, args=(work, theirs, os.getpid()), daemon=True).start()
    theirs.close()
    return ours


def _work(work: Callable[[], object], line: Connection, parent: int) -> None:
    die_with_parent(parent)
    try:
        work()
        line.send(None)
    except BaseException as problem:
        line.send(fit_to_travel(problem))


def _read(place: Path) -> dict[str, bytes]:
    files = msgspec.json.decode(
        (place / INDEX).read_bytes(), type=dict[str, bytes]
    )  # each in base64, as Pagefind sent it
    return files | {ENTRY: _with_common_engine(files[ENTRY])}


def _with_common_engine(entry: bytes) -> bytes:
    """The entry file in an order that is the same in every run, and leading to the engine that all blocks share.

    Pagefind's script looks for the engine, "wasm.NAME.pagefind", in the block's own folder; a name with ../ in it leads to
    the folder of all blocks, because the browser resolves it before it asks the server.
    """
    data = json.loads(entry)
    for language in data["languages"].values():
        name = language["wasm"] or "unknown"
        language["wasm"] = f"{name}/../../wasm.{name}"
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()


def common(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of an index's files that all blocks share: Pagefind's script, and the engine that the entry names."""
    (language,) = json.loads(files[ENTRY])["languages"].values()
    return {name: files[name] for name in (SCRIPT, f"{language['wasm'].rpartition('/')[2]}{ENGINE}")}


def own(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of an index's files that are the block's own."""
    return {name: data for name, data in files.items() if name != SCRIPT and not name.endswith(ENGINE)}
