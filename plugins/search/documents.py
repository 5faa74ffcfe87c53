"""Makes what Pagefind indexes: a record for each story, with the words to search and the values
that a result shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any
from unicodedata import category, combining, normalize

from msgspec import Struct

from broadside.content.records import Record
from broadside.faults import SiteFailed
from broadside.front_matter.data import StoryData
from broadside.letters import UNSPACED
from broadside.markdown.body import plain_text
from broadside.markdown.tags import name_of, pieces
from broadside.plugins.recordings.audio import Transcript
from broadside.plugins.series.terms import SeriesFront
from broadside.words import ENGLISH, Language

STOPPED = frozenset({"/h2", "/h3", "/h4", "/h5", "/h6", "/tr", "/summary"})
"""The ends of headings, rows and titles of boxes, which are followed by a full stop."""
STOPS = ".?!:;…。？！：； \n"
ELISION = re.compile(r"’(?<=\w’)(?=\w)")
"""A typographic apostrophe, after which Pagefind finds no word: the "eau" of "l’eau" only with a
typed one. Results show it again.
"""
NAMES = "¶"
"""What precedes the names and topics after a text: theme/static/js/search.js ends an excerpt
there.
"""
BREAK = "¦"
"""A space beside a letter of such a script, to tell it from a writer's space;
theme/static/js/search.js has the same.
"""
HAS_UNSPACED = re.compile(f"[{UNSPACED}]")
LETTER = rf"[{UNSPACED}][^\w\s{UNSPACED}]*"
"""A letter with its punctuation.

This and SPACE are compiled by the first text that needs them: it takes a while, and most need none.
"""
GUISE = 0x20000
SPACE = rf"(?<=[{UNSPACED}])([^\w\s]*)\s+|\s+(?=[^\w\s]*[{UNSPACED}])"
SHOWN = ("title", "dek", "url", "date", "byline", "section", "image")
"""The values of a result, `image` being an address; a word counts more if it is in one of these,
and most in a headline.
"""


class SearchFailed(SiteFailed):
    """The search index could not be made; the message says why."""


class Document(Struct, frozen=True):
    """The values of a story that search uses; `moment` is its date in seconds since 1970."""

    url: str
    title: str
    dek: str = ""
    text: str = ""
    byline: str = ""
    section: str = ""
    date: str = ""
    topics: str = ""
    image: str = ""
    sections: tuple[str, ...] = ()
    type: str = ""
    authors: tuple[str, ...] = ()
    moment: float = 0.0
    year: int = 0


class DocumentMaker(Struct, frozen=True):
    """Makes documents of records. It has the addresses of stories by path, a function for an
    author's printed name, the words of the search page, and the addresses of small pictures and the
    transcripts by the story's path.
    """

    urls_of: Mapping[str, str]
    author: Callable[[str], str]
    words: Language = ENGLISH
    pictures: Mapping[str, str] = {}
    transcripts: Mapping[str, Transcript] = {}

    def mark(self, story: Record[StoryData]) -> str:
        """A text that changes with anything that the document of a story contains."""
        names = [self.author(name) for name, _ in story.data.authors]  # the head covers roles
        said = self.transcripts.get(story.path)
        at = (
            self.urls_of[story.path],
            self.pictures.get(story.path, ""),
            said.digest if said else "",
        )
        return f"{story.digest} {story.head} {' '.join(at)} {', '.join(names)}"

    def document(self, story: Record[StoryData]) -> Document:
        """The document of a published story, which has a date."""
        data = story.data
        said = self.transcripts.get(story.path)
        heard = []
        if said:
            heard = [words for _, words in said.paragraphs()]
        year = 0
        if story.date:
            year = story.date.year
        return Document(
            url=self.urls_of[story.path],
            title=data.title,
            dek=data.dek,
            text=" ".join([plain_text(_read_out(story.body.html)), *heard]),
            byline=self._byline(story),
            section=self._filed(data),
            date=self.words.long_date(data.date),
            topics=self.words.comma().join(data.topics),
            image=self.pictures.get(story.path, ""),
            sections=tuple(data.sections),
            type=data.type,
            authors=tuple(self.author(name) for name, _ in data.authors),
            moment=story.moment,
            year=year,
        )

    def _filed(self, data: StoryData) -> str:
        """What a result says before the byline: its section or, of a story that somebody paid for,
        who did.
        """
        if data.paid_by:
            return self.words.gettext("Paid for by %(sponsor)s", sponsor=data.paid_by)
        return (data.sections or [""])[0]

    def _byline(self, story: Record[StoryData]) -> str:
        people = ((self.author(name), role) for name, role in story.data.authors)
        return self.words.comma().join(f"{role} {name}" if role else name for name, role in people)


def of_series(front: SeriesFront, label: str) -> Document:
    """The document of a series; `label` says what it is."""
    term = front.term
    text = plain_text(_read_out(front.record.body.html))
    return Document(term.url, term.name, term.description, text, section=label)


def _read_out(html: str) -> str:
    """A text's HTML with stops after headings and bars between cells, so that excerpts do not run
    them together.
    """
    if not any(end in html for end in ("</h", "</t", "</aside>", "</summary>")):
        return html
    parts = pieces(html)
    names = list(map(name_of, parts[1::2]))
    for at, (name, following) in enumerate(pairwise([*names, ""])):
        is_bold = (name, parts[2 * at + 2], following) == ("/strong", "", "/p")
        if name in STOPPED or is_bold:
            last = next((place for place in range(2 * at, -1, -2) if parts[place].strip()), 0)
            parts[last] += "" if not parts[last] or parts[last][-1] in STOPS else "."
        elif name in ("/td", "/th") and following in ("td", "th"):
            parts[2 * at + 1] = " |"
    return "".join(parts)


def pagefind_record(document: Document, lang: str) -> dict[str, Any]:
    """The document as a record for Pagefind, which needs no HTML page.

    `lang` is the language of the search page, whatever the story's own: Pagefind makes an index for
    each language, and a search uses only one of them. A story in another language would never be
    found.
    """
    # Names and topics come last: an excerpt is a stretch of these words, and should read as the
    # story does.
    names = [*filter(None, (document.byline, _in_plain_letters(document.byline), document.topics))]
    parts = (
        document.title,
        document.dek,
        document.text.strip(),
        *([NAMES, *names] if names else []),
    )
    shown = {key: value for key in SHOWN if (value := getattr(document, key))}
    # A stop after each, so that an excerpt does not run a headline into what follows.
    content = " ".join(f"{part}{_stop(part)}" for part in parts if part)
    return {
        "url": document.url,
        "content": letters_apart(ELISION.sub("'", content)),
        "language": lang,
        "meta": shown,
    }


def _stop(part: str) -> str:
    if not part[-1].isalnum():
        return ""
    if HAS_UNSPACED.match(part[-1]):
        return "。"
    return "."


def letters_apart(text: str) -> str:
    """The text with a space around each letter of scripts without spaces, so that Pagefind finds
    any sequence of letters.

    A mark on a letter is separated too, replaced by another letter, because Pagefind drops marks,
    and would then confuse letters.
    """
    if not HAS_UNSPACED.search(text):
        return text
    letters = normalize("NFD", re.sub(SPACE, rf"\1{BREAK} ", text)).translate(_marks())
    return " ".join(re.sub(LETTER, r" \g<0> ", letters).split())


@cache
def _marks() -> dict[int, int]:
    """A rare ideograph for each mark of these scripts."""
    return {
        code: code + GUISE
        for code in range(0x0E00, 0x3100)
        if (HAS_UNSPACED.match(each := chr(code)) or each in "\u3099\u309a")
        and category(each)[0] == "M"
    }


def _in_plain_letters(names: str) -> str:
    """The names in ASCII, for readers who have no key for ø or ł; "" if dropping accents, as
    Pagefind does, is enough.
    """
    bare = "".join(letter for letter in normalize("NFKD", names) if not combining(letter))
    if bare.isascii():
        return ""
    from unidecode import unidecode  # slow to load, and most names need none of it

    return unidecode(bare)
