"""What Pagefind indexes: one small page a story, with the words a reader may look for and what a result shows."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

SHOWN = ("date", "byline", "section")


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
    shown = "".join(f'<meta data-pagefind-meta="{key}[content]" content="{escape(getattr(document, key))}">' for key in SHOWN)
    head = f"<title>{escape(document.title)}</title>{shown}"
    body = f"<h1>{escape(document.title)}</h1><p data-pagefind-weight=\"4\">{escape(document.dek)}</p><p>{escape(document.byline)} {escape(document.topics)}</p><p>{escape(document.text)}</p>"
    return f'<!doctype html><html lang="{escape(document.lang)}"><head>{head}</head><body data-pagefind-body>{body}</body></html>'


def build(documents: Iterable[Document]) -> dict[str, bytes]:
    """The search index of the documents, as files below its own folder."""
    from pagefind_bin import get_executable

    with tempfile.TemporaryDirectory(prefix="broadside-search-") as folder:
        site, out = Path(folder, "site"), Path(folder, "index")
        site.mkdir()
        for document in documents:
            place = site / document.url
            place.mkdir(parents=True)
            (place / "index.html").write_text(page(document), "utf-8")
        command = [str(get_executable()), "--site", str(site), "--output-path", str(out), "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SearchFailed(f"Pagefind made no search index: {(done.stderr or done.stdout).strip()[-400:]}")
        return {file.relative_to(out).as_posix(): file.read_bytes() for file in sorted(out.rglob("*")) if _is_wanted(file)}


def _is_wanted(file: Path) -> bool:
    """Whether /search/ loads the file; Pagefind's own user interface is not used."""
    return file.is_file() and not file.name.startswith(("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight"))
