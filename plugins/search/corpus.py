"""What Pagefind indexes: one small page a story, with the words a reader may look for and what a result shows."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

ENTRY = "pagefind-entry.json"
SHOWN = ("url", "date", "byline", "section")
"""What a result carries; `url` because the pages that Pagefind reads lie in one folder, which is quicker to write."""


@dataclass(frozen=True, slots=True)
class Document:
    """A story as search sees it."""

    url: str
    lang: str
    title: str
    dek: str
    text: str
    byline: str
    section: str
    date: str
    topics: str


class SearchFailed(Exception):
    """Pagefind did not make an index; says what it printed."""


def page(document: Document) -> str:
    """The document as the HTML that Pagefind reads."""
    shown = "".join(
        f'<meta data-pagefind-meta="{key}[content]" content="{escape(getattr(document, key))}">' for key in SHOWN
    )
    head = f"<title>{escape(document.title)}</title>{shown}"
    lines = (f"{document.byline} {document.topics}", document.text)
    body = f'<h1>{escape(document.title)}</h1><p data-pagefind-weight="4">{escape(document.dek)}</p>'
    body += "".join(f"<p>{escape(line)}</p>" for line in lines)
    html = f'<html lang="{escape(document.lang)}"><head>{head}</head><body data-pagefind-body>{body}</body></html>'
    return f"<!doctype html>{html}"


class Indexing:
    """Pagefind at work on the documents, in a process of its own, while the build goes on; it works below `place`."""

    def __init__(self, documents: Iterable[Document], place: Path) -> None:
        from pagefind_bin import get_executable  # type: ignore[import-untyped]

        shutil.rmtree(place, ignore_errors=True)  # what a killed build left
        place.mkdir(parents=True, exist_ok=True)
        self._folder = tempfile.TemporaryDirectory(dir=place)
        site, self._out = Path(self._folder.name, "site"), Path(self._folder.name, "index")
        site.mkdir()
        for document in documents:  # named so that a story's part of the index does not change with the others
            (site / f"{document.url.strip('/').replace('/', '-')}.html").write_text(page(document), "utf-8")
        command = [str(get_executable()), "--site", str(site), "--output-path", str(self._out), "--quiet"]
        self._log = Path(self._folder.name, "log").open("w+b")  # noqa: SIM115 -- files() closes it
        self._process = subprocess.Popen(command, stdout=self._log, stderr=self._log)

    def files(self) -> dict[str, bytes]:
        """Wait for the search index; its files by their path below its own folder."""
        with self._folder, self._log as log:
            if self._process.wait():
                log.seek(0)
                raise SearchFailed(
                    f"Pagefind made no search index: {log.read().decode(errors='replace').strip()[-400:]}"
                )
            found = sorted(file for file in self._out.rglob("*") if _is_wanted(file))
            files = {file.relative_to(self._out).as_posix(): file.read_bytes() for file in found}
        try:
            _check(files)
            return files | {ENTRY: _in_order(files[ENTRY])}
        except (KeyError, ValueError, OSError, EOFError) as problem:
            raise SearchFailed(f"Pagefind's search index is not whole ({problem}); is the disk full?") from None


def _in_order(entry: bytes) -> bytes:
    """The entry file with its languages in order, which Pagefind lists in one that changes from run to run."""
    return json.dumps(json.loads(entry), sort_keys=True, separators=(",", ":")).encode()


def _check(files: dict[str, bytes]) -> None:
    """Unpack each packed file, because Pagefind does not notice when the disk takes only half of one."""
    for name, data in files.items():
        if not name.endswith((".js", ".json")):
            gzip.decompress(data)


def _is_wanted(file: Path) -> bool:
    """Whether /search/ loads the file; Pagefind's own user interface is not used."""
    return file.is_file() and not file.name.startswith(
        ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
    )
