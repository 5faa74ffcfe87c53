"""What Pagefind indexes: one small page a story, with the words a reader may look for and what a result shows."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

SHOWN = ("url", "date", "byline", "section")
"""What a result carries; `url` because the pages that Pagefind reads lie in one folder, which is quicker to write."""


class SearchFailed(Exception):
    """There can be no search index; says why."""


@dataclass(frozen=True, slots=True)
class Document:
    """A story as search sees it."""

    url: str
    title: str
    dek: str = ""
    text: str = ""
    byline: str = ""
    section: str = ""
    date: str = ""
    topics: str = ""


def page(document: Document, lang: str) -> str:
    """The document as the HTML that Pagefind reads.

    `lang` is the language of the search page, whatever the story's own: Pagefind makes an index for each language, and
    a search looks into one of them only. A story in another language would be found by no reader.
    """
    shown = "".join(
        f'<meta data-pagefind-meta="{key}[content]" content="{escape(getattr(document, key))}">' for key in SHOWN
    )
    head = f"<title>{escape(document.title)}</title>{shown}"
    lines = (f"{document.byline} {document.topics}", document.text)
    body = f'<h1>{escape(document.title)}</h1><p data-pagefind-weight="4">{escape(document.dek)}</p>'
    body += "".join(f"<p>{escape(line)}</p>" for line in lines)
    html = f'<html lang="{escape(lang)}"><head>{head}</head><body data-pagefind-body>{body}</body></html>'
    return f"<!doctype html>{html}"
