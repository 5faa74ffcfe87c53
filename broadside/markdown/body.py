"""A story's text as it is kept: HTML in which everything that depends on another file is a placeholder.

The HTML of a body is made only when its own source changes. Addresses of other stories, a picture's derivatives and the
prefix that keeps ids unique on a page are filled in when a page is rendered, so that after a change elsewhere the Markdown
never needs to be set again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from html import escape, unescape
from itertools import pairwise
from unicodedata import category

from msgspec import Struct, field

from broadside.media.charts import InlineChart
from broadside.media.films import InlineFilm
from broadside.media.photos import Description

OPEN, CLOSE = "\x0e", "\x0f"
"""Around a placeholder: OPEN + "L3" + CLOSE stands for the fourth link, "P0" for the first photo, "C0" for the first chart,
"V0" for the still of the first film that has one.

"A3" stands for the player of the recording to which the fourth link leads; "F3" for what the file is to which it leads, "K3" for its kind
alone, "S3" for its size.
"""
PREFIX = "\x10"
"""Before every id and every fragment that points into the same body."""
BREAK = "\x11"
"""Between top-level blocks, while a body is being made."""
CUT = re.compile(r"<!--[ ]*more[ ]*-->", re.I)
MORE = "\x12"
"""Where the writer put CUT, while a body is being made."""

IN_GALLERY = '<figure class="gallery">'
GALLERY = re.compile(f"{IN_GALLERY}((?:{OPEN}P[0-9]+{CLOSE})+)(?:<figcaption>(.*?)</figcaption>)?</figure>", re.S)
"""A gallery: its photos, and the caption of all."""
PLACEHOLDER = re.compile(f"{OPEN}([LPCVAFKS])([0-9]+){CLOSE}")
ID = re.compile(f' id="{PREFIX}([^"]*)"')
HEADING = re.compile(f'<(/?)h([2-5])(?: id="{PREFIX}([^"]*)")?')
TOP_HEADING = re.compile(r"\s*<h[2-6]")
PARAGRAPH = re.compile(r"\s*<p[ >]")
SENTENCE_END = re.compile(r"(?:(?<!\b[A-Z])\.|[!?])(?= |$)")
"""The end of a sentence; a full stop after a single capital letter is not one: "The U.S. said", "J. Smith"."""
TAG = re.compile(r"<[^>]*>")
WITHIN_WORDS = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|strong|sub|time|u|var|wbr)(?: [^>]*)?>"
)
"""Tags that may be inside a word, or between a word and a comma; any other tag separates words."""
WAY_BACK = re.compile(r'&#160;<a [^>]*"#[^"]*fnref[^>]*>.*?</a>')
"""The link from a note back to its place in the text, which is not part of the words."""


class FileNote(Struct, frozen=True):
    """What is said beside a link to a file, in the words of its text: its kind, its size, and both."""

    kind: str
    size: str
    both: str


class InlinePhoto(Description, frozen=True, kw_only=True):
    """A picture in the text, as the writer described it; `film` is the film whose still it is."""

    photo: str
    line: int
    film: InlineFilm | None = None


class Body(Struct):
    """The text of one source as it is kept.

    `ends` are the offsets in `html` at which top-level blocks end; `more` is the number of blocks before
    <!--more-->, 0 without one.
    """

    html: str = ""
    ends: list[int] = field(default_factory=list)
    more: int = 0


class Typeset(Body):
    """A text just set, with what was found in it: inner links as written, each with its line, the photos, the charts and the words."""

    links: list[tuple[str, int]] = field(default_factory=list)
    photos: list[InlinePhoto] = field(default_factory=list)
    charts: list[InlineChart] = field(default_factory=list)
    words: int = 0

    @property
    def body(self) -> Body:
        """The body without what was found in it."""
        return Body(self.html, self.ends, self.more)


def fill(  # noqa: PLR0913 -- what a text may hold
    html: str,
    prefix: str,
    link: Callable[[int], str],
    photo: Callable[[int], str],
    chart: Callable[[int], str] = lambda _: "",
    *,
    gallery: Callable[[list[int], str], str] | None = None,
    film: Callable[[int], str] = lambda _: "",
    players: bool = False,
    files: Mapping[int, FileNote] = {},
) -> str:
    """The HTML with its placeholders filled: ids get the prefix; links (plain addresses) and figures (HTML) are asked for by number.

    If there is no address for a link, its words stay, without one. Without `gallery`, or if it gives "", the photos of a
    gallery follow one another. Recordings have `players` on a page of the site, and are links elsewhere. `files` says what the files
    are to which links lead.
    """

    def filled(gap: re.Match[str]) -> str:
        number = int(gap[2])
        if gap[1] == "L":
            return escape(link(number)) or OPEN
        if gap[1] in "PCV":
            return {"P": photo, "C": chart, "V": film}[gap[1]](number)
        if gap[1] == "A":
            return f'<audio controls preload="none" src="{escape(link(number))}"></audio>' if players else ""
        note = files.get(number)
        said = {"F": note.both, "K": note.kind, "S": note.size}[gap[1]] if note else ""
        return f' <span class="file-note">({escape(said)})</span>' if said else ""

    if OPEN in html:
        if gallery:
            html = GALLERY.sub(lambda each: gallery(_numbers(each[1]), each[2] or "") or each[0], html)
        html = PLACEHOLDER.sub(filled, html)
        html = html.replace(f' href="{OPEN}"', "")
    return html.replace(PREFIX, prefix)


def plays(html: str) -> bool:
    """Whether a text has a player of a recording."""
    return f"{OPEN}A" in html


def _numbers(photos: str) -> list[int]:
    return [int(number) for _, number in PLACEHOLDER.findall(photos)]


def has_gallery(html: str) -> bool:
    """Whether a body has pictures that are one figure."""
    return IN_GALLERY in html


def ids(html: str) -> list[str]:
    """The ids of a body's elements, to which links may lead."""
    return ID.findall(html)


def demoted(html: str, whole: str) -> str:
    """Part of a text with every heading one level lower, for a story whose own headline is an h2.

    A heading keeps its id only if the whole text links to it; links from elsewhere lead to the story's own page.
    """

    def lower(tag: re.Match[str]) -> str:
        name = f' id="{PREFIX}{tag[3]}"' if tag[3] and f'"#{PREFIX}{tag[3]}"' in whole else ""
        return f"<{tag[1]}h{int(tag[2]) + 1}{name}"

    return HEADING.sub(lower, html) if "<h" in html else html


def first_sentence(body: Body) -> str:
    """The first sentence of a body's first paragraph or, if it has none, of whatever it has, such as a quotation."""
    words = _beginning(body)
    end = SENTENCE_END.search(words)
    return words[: end.end()] if end else words


def begins_with(body: Body, dek: str) -> bool:
    """Whether a body's first paragraph begins with these words, however they are cut off and set."""
    words = letters(dek)
    return bool(words) and letters(_beginning(body)).startswith(words)


def _beginning(body: Body) -> str:
    """The words of the first paragraph or, if there is none, of everything."""
    first = next(filter(PARAGRAPH.match, _shown(body)), "") or "".join(_shown(body))
    return " ".join(plain_text(first).split())


def letters(words: str) -> str:
    """The letters and digits of some words, which are the same however the words are set."""
    return "".join(filter(str.isalnum, words.casefold()))


def is_empty(body: Body) -> bool:
    """Whether a body has neither words nor a photo, apart from headings."""
    return not any(_shown(body))


def _shown(body: Body) -> Iterator[str]:
    """The blocks that have words or a photo, without headings."""
    blocks = (body.html[start:end] for start, end in pairwise([0, *body.ends]))
    return (block for block in blocks if not TOP_HEADING.match(block) and _shows(block))


def _shows(block: str) -> bool:
    return (
        f"{OPEN}P" in block
        or f"{OPEN}C" in block
        or any(category(char)[0] not in "ZC" for char in unescape(plain_text(block)))
    )


@lru_cache(2)
def plain_text(html: str) -> str:
    """A body's HTML as plain text, without tags and placeholders, and with entities as characters."""
    if "fnref" in html:
        html = WAY_BACK.sub("", html)
    text = PLACEHOLDER.sub("", TAG.sub(" ", WITHIN_WORDS.sub("", html))).replace(PREFIX, "")
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
