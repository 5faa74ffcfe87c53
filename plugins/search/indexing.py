"""Has Pagefind index stories, and collects the files that it makes.

Each block's index has a folder of its own. Pagefind names a story's file by 28 bits of a digest,
and avoids clashes only within an index; if blocks shared a folder, two files would have the same
name in one of six archives of 10,000 stories.

Pagefind is run as its Python package runs it, as a service that answers requests. The package
itself takes 0.1 s for each answer, ten seconds for a block of a hundred stories, and waits for ever
for an answer of more than two megabytes.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from operator import itemgetter
from pathlib import Path, PurePosixPath
from threading import Timer
from typing import IO, Any

from broadside.plugins.search.documents import Document, SearchFailed, pagefind_record

ENTRY = "pagefind-entry.json"
SCRIPT, ENGINE, FRAGMENT = "pagefind.js", ".pagefind", ".pf_fragment"
SIGNATURE = b"pagefind_dcd"
"""The beginning of Pagefind's files, once decompressed."""
LONGEST_URL = 8_000
NEEDED = (SCRIPT, ENTRY, ENGINE, ".pf_meta", ".pf_index", FRAGMENT)
"""Ends of the names of files that /search/ loads; it does not use Pagefind's own interface and
worker.
"""

CHUNK = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "6000"}
"""Bytes of an index, before compression, in one file. A reader loads one file for each word and
block: 9 kB, rather than 28 kB with Pagefind's default of 20,000, so blocks can be small. Another
version may not know this; nothing else depends on it.
"""

PATIENCE, PATIENCE_A_PAGE = 60.0, 0.1
"""Seconds, for a block and for each of its pages, after which Pagefind counts as stuck; a page
takes some 0.003.
"""

END = b","
"""What follows each request and each answer."""
FIRST = 0
"""The number that Pagefind gives its first index."""
AT_ONCE = 1 << 20
"""How many bytes of the answers are read at once, if there are that many."""
MOST_SHOWN = 400
"""How many characters of Pagefind's last output are shown if it fails."""


def index(documents: Iterable[Document], lang: str, place: Path | None = None) -> dict[str, bytes]:
    """The files of an index of these documents by their paths; raises SearchFailed.

    Whatever else Pagefind prints goes to an unnamed file in the folder `place`.

    Pagefind gets one record after the other, rather than a folder of pages, because the index
    depends on their order, and it would read a folder in the file system's order.
    """
    records = sorted(
        (pagefind_record(document, lang) for document in documents), key=itemgetter("url")
    )
    requests = [
        {"type": "NewIndex", "config": {}},
        *(
            {"type": "AddRecord", "index_id": FIRST, "filters": None, "sort": None, **each}
            for each in records
        ),
        {"type": "GetFiles", "index_id": FIRST},
    ]
    try:
        with tempfile.TemporaryFile(dir=place) as log:
            answers = _answers(requests, log, PATIENCE + PATIENCE_A_PAGE * len(records))
            log.seek(0)
            printed = log.read().decode("utf-8", "replace")
    except OSError as fault:
        raise SearchFailed(f"Pagefind made no search index: {fault}; is the disk full?") from None
    try:
        payloads = [json.loads(b64decode(answer))["payload"] for answer in answers.split(END)[:-1]]
        problem = next(
            (payload["message"] for payload in payloads if payload["type"] == "Error"), ""
        )
        if problem:
            files = {}
        else:
            files = payloads[len(requests) - 1]["files"]
        if files:
            found = {
                file["path"]: b64decode(file["content"])
                for file in files
                if file["path"].endswith(NEEDED)
            }
            return found | {ENTRY: _with_common_engine(found[ENTRY])}
    except (ValueError, KeyError, TypeError, IndexError):
        problem = answers.decode("utf-8", "replace")
    why = (
        f"{printed}\n{problem}".strip()[-MOST_SHOWN:]
        or "it said nothing; was it killed, or is the disk full?"
    )
    raise SearchFailed(f"Pagefind made no search index: {why}")


def _answers(requests: Sequence[Mapping[str, Any]], log: IO[bytes], seconds: float) -> bytes:
    """Pagefind's answers to these requests, each followed by END; fewer if it ends early or takes
    too long.

    All requests are sent before any answer is read: Pagefind goes on reading meanwhile, so there is
    no deadlock.
    """
    from pagefind_bin import get_executable  # type: ignore[import-untyped]

    pipe = subprocess.PIPE
    command, settings = [str(get_executable()), "--service"], os.environ | CHUNK
    parts: list[bytes] = []
    with (
        suppress(BrokenPipeError),  # once more, when the pipe is closed
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=log, env=settings) as service,
    ):
        # If one of its threads fails, the others wait for it for ever.
        timer = Timer(seconds, service.kill)
        timer.start()
        try:
            if service.stdin and service.stdout:
                with suppress(BrokenPipeError):  # it ended early, and may have said why
                    service.stdin.write(b"".join(map(_message, requests)))
                    service.stdin.flush()
                left = len(requests)
                while left > 0 and (part := os.read(service.stdout.fileno(), AT_ONCE)):
                    parts.append(part)
                    left -= part.count(END)
        finally:
            timer.cancel()
            service.kill()
    return b"".join(parts)


def _message(request: Mapping[str, Any]) -> bytes:
    return b64encode(json.dumps({"message_id": 0, "payload": request}).encode()) + END


def _with_common_engine(entry: bytes) -> bytes:
    """The entry file in an order that is the same in every run, with the address of the engine that
    all blocks share.

    Pagefind's script looks for the engine, "wasm.NAME.pagefind", in the block's own folder; a name
    with ../ in it leads to the folder of all blocks, because the browser resolves it before it asks
    the server.
    """
    data = json.loads(entry)
    for language in data["languages"].values():
        name = language["wasm"] or "unknown"
        language["wasm"] = f"{name}/../../wasm.{name}"
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode()


def shared_files_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index that all blocks share: Pagefind's script, and the engine that the entry
    names.
    """
    (language,) = json.loads(files[ENTRY])["languages"].values()
    return {
        name: files[name] for name in (SCRIPT, f"{language['wasm'].rpartition('/')[2]}{ENGINE}")
    }


def narrowing_facts(files: Mapping[str, bytes], documents: Iterable[Document]) -> bytes:
    """The values for narrowing and sorting a search: JSON with the moment, year, type, sections and
    authors of each result.

    Pagefind has filters too, but writes them in another order each time. A result is named by its
    file.
    """
    chosen = {
        each.url: (int(each.moment), each.year, each.type, each.sections, each.authors)
        for each in documents
    }
    found = {
        PurePosixPath(name).stem: chosen[_url(data)]
        for name, data in files.items()
        if name.endswith(FRAGMENT)
    }
    return json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _url(fragment: bytes) -> str:
    """The address of the story in a fragment, which begins with it, so that the rest need not be
    decompressed.
    """
    start = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(fragment, LONGEST_URL)
    return start.removeprefix(SIGNATURE + b'{"url":"').partition(b'"')[0].decode()


def own_files_of(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The block's own files of an index."""
    return {
        name: data for name, data in files.items() if name != SCRIPT and not name.endswith(ENGINE)
    }
