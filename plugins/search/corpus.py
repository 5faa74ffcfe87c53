"""What Pagefind indexes: one record a story, with the words a reader may look for and what a result shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from unicodedata import combining, normalize

from msgspec import Struct

from plugins.dates import long_date
from plugins.faults import SiteFailed
from plugins.front_matter.data import StoryData
from plugins.markup.body import plain_text
from plugins.newsroom.records import Record

UNSTOPPED = re.compile(r"</(?<=[^\s.?!:;…>]</)(?:(?:\w+></)*h[2-6]>|t[dh]>\s*</tr>)")
"""The end of a heading, or of a row of a table, without a stop before it; a pattern is found quickly by how it begins."""
CELL_END = re.compile(r"</t[dh]>(?=\s*<t[dh])")
NAMES = "¶"
"""What stands before the names and topics that follow a text: theme/static/js/search.js ends an excerpt there."""
SHOWN = ("title", "dek", "url", "date", "byline", "section")
"""What a result carries; a word counts for more where it stands in one of these, most in a headline."""


class SearchFailed(SiteFailed):
    """There can be no search index; says why."""


class Document(Struct, frozen=True):
    """A story as search sees it."""

    url: str
    title: str
    dek: str = ""
    text: str = ""
    byline: str = ""
    section: str = ""
    date: str = ""
    topics: str = ""


class Stories(Struct, frozen=True):
    """Stories as search sees them, as soon as they are read: their addresses by path, and how an author's name is printed."""

    urls_of: Mapping[str, str]
    author: Callable[[str], str]

    def mark(self, story: Record[StoryData]) -> str:
        """A text that tells apart all that a document shows of a story."""
        names = [self.author(name) for name, _ in story.data.authors]  # their roles are in the head
        return f"{story.digest} {story.head} {self.urls_of[story.path]} {', '.join(names)}"

    def document(self, story: Record[StoryData]) -> Document:
        """The document of a story that is published, and so has a date."""
        data = story.data
        return Document(
            url=self.urls_of[story.path],
            title=data.title,
            dek=data.dek,
            text=plain_text(_read_out(story.body.html)),
            byline=self._byline(story),
            section=(data.sections or [""])[0],
            date=long_date(data.date),
            topics=", ".join(data.topics),
        )

    def _byline(self, story: Record[StoryData]) -> str:
        people = ((self.author(name), role) for name, role in story.data.authors)
        return ", ".join(f"{role} {name}" if role else name for name, role in people)


def _read_out(html: str) -> str:
    """A text's HTML with the signs that its headings and tables do without, or an excerpt would run them together."""
    if "</h" in html or "</t" in html:
        html = CELL_END.sub(" |", UNSTOPPED.sub(r".\g<0>", html))
    return html


def record(document: Document, lang: str) -> dict[str, Any]:
    """The document as Pagefind takes it, without a page of HTML around it.

    `lang` is the language of the search page, whatever the story's own: Pagefind makes an index for each language, and
    a search looks into one of them only. A story in another language would be found by no reader.
    """
    # Names and topics come last: an excerpt is a stretch of these words, and should read as the story does.
    names = [*filter(None, (document.byline, _in_plain_letters(document.byline), document.topics))]
    parts = (document.title, document.dek, document.text.strip(), *([NAMES, *names] if names else []))
    shown = {key: value for key in SHOWN if (value := getattr(document, key))}
    # A stop after each, or an excerpt would run a headline into what follows it.
    content = " ".join(f"{part}." if part[-1].isalnum() else part for part in parts if part)
    return {"url": document.url, "content": content, "language": lang, "meta": shown}


def _in_plain_letters(names: str) -> str:
    """The names as readers type them who have no key for ø or ł; "" where Pagefind, which drops accents, finds them anyway."""
    bare = "".join(letter for letter in normalize("NFKD", names) if not combining(letter))
    if bare.isascii():
        return ""
    from unidecode import unidecode  # its tables take a while to load, and most names need none

    return unidecode(bare)
