"""Pagefind at work beside the build, and what is kept of the files that it makes.

Each block's index has a folder of its own. Pagefind names a story's file by 28 bits of a digest, and keeps names apart
within one index only; if the blocks shared a folder, in one of six archives of 10,000 stories two would have one name.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from plugins.processes import Future
from plugins.search.corpus import Document, SearchFailed
from plugins.search.worker import ENGINE, ENTRY, INDEX, SCRIPT, index_all
from plugins.shelf import decoded

TRIES, BETWEEN = 20, 0.05
"""How often what was left is removed, and seconds between."""


def clear(place: Path) -> None:
    """Remove what stopped builds left; a process that ran beside one may still be ending, and write once more."""
    for _ in range(TRIES):
        shutil.rmtree(place, ignore_errors=True)
        if not place.exists():
            break
        time.sleep(BETWEEN)


class Indexing:
    """Pagefind at work on blocks of documents while the build goes on, not more than `jobs` at once, below `place`."""

    def __init__(self, blocks: Mapping[str, Iterable[Document]], lang: str, place: Path, jobs: int = 1) -> None:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        place.mkdir(parents=True, exist_ok=True)
        # A build that is stopped may go before Pagefind does, which then still writes into the folder.
        self._folder = tempfile.TemporaryDirectory(dir=place, ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        self._places = {name: folder / str(at) for at, name in enumerate(blocks)}
        tasks = [(self._places[name], documents) for name, documents in blocks.items()]
        # Beside the build in any case: Pagefind has processes of its own, and this one only waits for them.
        self._made = Future.of(partial(index_all, tasks, lang, get_executable(), jobs, folder), jobs=2)

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def files(self, name: str) -> dict[str, bytes]:
        """Wait for Pagefind; all that it made of a block, by paths below its folder, which is gone afterwards."""
        self._made()
        place = self._places.pop(name)
        try:
            files = _read(place)
        except (KeyError, ValueError, OSError) as problem:
            raise SearchFailed(f"Pagefind's search index is not whole ({problem}); is the disk full?") from None
        shutil.rmtree(place, ignore_errors=True)
        if not self._places:
            self._folder.cleanup()
        return files


def _read(place: Path) -> dict[str, bytes]:
    files = decoded((place / INDEX).read_bytes(), dict[str, bytes])  # each is in base64, as Pagefind gave it
    return files | {ENTRY: _with_common_engine(files[ENTRY])}


def _with_common_engine(entry: bytes) -> bytes:
    """The entry file in an order that does not change from run to run, and with the one copy of the engine.

    Pagefind's script makes the address of the engine, "wasm.NAME.pagefind", below the block's own folder; a name with
    a way up in it leads to the folder of all blocks, which the browser works out before it asks for anything.
    """
    data = json.loads(entry)
    for language in data["languages"].values():
        name = language["wasm"] or "unknown"
        language["wasm"] = f"{name}/../../wasm.{name}"
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()


def common(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Of the files of any index, those that all share: Pagefind's script and the engine that the entry names."""
    (language,) = json.loads(files[ENTRY])["languages"].values()
    return {name: files[name] for name in (SCRIPT, f"{language['wasm'].rpartition('/')[2]}{ENGINE}")}


def own(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Of the files of an index, those that no other has."""
    return {name: data for name, data in files.items() if name != SCRIPT and not name.endswith(ENGINE)}
