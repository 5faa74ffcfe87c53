"""A story's text as it is kept: HTML with placeholders for everything that depends on other files.

The HTML changes only when its own source does. Addresses of other stories, a picture's derivatives
and the prefix that keeps ids unique on a page are filled in when a page is rendered, so a change
elsewhere never means rendering the Markdown again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape, unescape
from unicodedata import category

from msgspec import Struct, field

from broadside.markdown.tags import (
    attribute,
    name_of,
    pieces,
    with_attributes,
    with_tags,
    without_ways_back,
)
from broadside.media.charts import InlineChart
from broadside.media.films import InlineFilm
from broadside.media.photos import Description

OPEN, CLOSE = "\x0e", "\x0f"
"""Around a placeholder: OPEN + "L3" + CLOSE is the fourth link, "P0" the first photo, "C0" the
first chart, "V0" the still of the first film that has one.

"A3" is the player of the recording that the fourth link leads to; "F3" the note on the file that it
leads to, "K3" only the file's kind, "S3" only its size.
"""
PREFIX = "\x10"
"""Before every id and every fragment that points into the same body."""
BREAK = "\x11"
"""Between top-level blocks, while a body is being made."""
CUT = re.compile(r"<!--[ ]*more[ ]*-->", re.I)
MORE = "\x12"
"""Where the writer put CUT, while a body is being made."""

IN_GALLERY = '<figure class="gallery">'
GALLERY = re.compile(
    f"{IN_GALLERY}((?:{OPEN}P[0-9]+{CLOSE})+)(?:<figcaption>(.*?)</figcaption>)?</figure>", re.S
)
"""A gallery: its photos, and their common caption."""
PLACEHOLDER = re.compile(f"{OPEN}([LPCVAFKS])([0-9]+){CLOSE}")
LOWER = {f"{slash}h{level}": f"{slash}h{level + 1}" for level in range(2, 6) for slash in ("", "/")}
"""Each heading's tag -> the tag one level lower."""
SENTENCE_END = re.compile(r"(?:(?<!\b[A-Z])\.|[!?])(?= |$)")
"""The end of a sentence; a full stop after a single capital letter is not one: "The U.S. said", "J.

Smith".
"""
WITHIN_WORDS = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small strong sub time u var"
    " wbr".split()
)
"""Elements that may be inside a word, or between a word and a comma; any other tag separates
words.
"""
BOLD = ("<p><strong>", "<p><b>")
KINDS: Mapping[str, str | tuple[str, ...]] = {
    "paragraph": ("<p>", "<p "),
    "heading": ("<h2", "<h3", "<h4", "<h5", "<h6"),
    "list": ("<ul", "<ol"),
    "pullquote": '<blockquote class="pullquote"',
    "quotation": "<blockquote",
    "photo": f"{OPEN}P",
    "gallery": IN_GALLERY,
    "box": ("<aside", "<details"),
    "rule": "<hr",
    "notes": '<div class="footnotes"',
}
"""The kinds of blocks, and how their HTML begins. A paragraph all in bold is a "question", as in an
interview; an unlisted block is "other". A "box" is an aside, or one that opens.
"""


class FileNote(Struct, frozen=True):
    """The note beside a link to a file, in the language of the text: the file's kind, its size, and
    both.
    """

    kind: str
    size: str
    both: str


class InlinePhoto(Description, frozen=True, kw_only=True):
    """A picture in the text, as the writer described it; `film` is the film whose still it is."""

    photo: str
    line: int
    film: InlineFilm | None = None


class Block(Struct, frozen=True, array_like=True):
    """A top-level block of a text, with the line break after it if another follows."""

    kind: str
    html: str

    @classmethod
    def of(cls, html: str) -> Block:
        """A block with its kind, found from its HTML."""
        written = html.strip()
        kind = next((kind for kind, first in KINDS.items() if written.startswith(first)), "other")
        bold = written[4 : written.find(">", 4)]  # such as "strong"
        is_question = written.startswith(BOLD) and written.partition(f"</{bold}>")[2] == "</p>"
        return cls("question" if is_question else kind, html)

    @property
    def leads_in(self) -> bool:
        """Whether it introduces the next block, because its words end in a colon."""
        return plain_text(self.html).rstrip().endswith((":", "："))


def html_of(blocks: Iterable[Block]) -> str:
    """The HTML of some consecutive blocks."""
    return "".join([block.html for block in blocks])


class Body(Struct):
    """The text of one source as it is kept; `more` is the number of blocks before <!--more-->, 0
    without one.
    """

    blocks: list[Block] = field(default_factory=list)
    more: int = 0

    @property
    def html(self) -> str:
        """The HTML of the whole text."""
        return html_of(self.blocks)


class Typeset(Body):
    """A text just rendered, with its inner links as written, each with its line, its photos and
    charts, and its number of words.
    """

    links: list[tuple[str, int]] = field(default_factory=list)
    photos: list[InlinePhoto] = field(default_factory=list)
    charts: list[InlineChart] = field(default_factory=list)
    words: int = 0


def fill(  # noqa: PLR0913 -- what a text may hold
    html: str,
    prefix: str,
    link: Callable[[int], str],
    photo: Callable[[int], str],
    chart: Callable[[int], str] = lambda _: "",
    *,
    gallery: Callable[[list[int], str], str | None] = lambda *_: None,
    film: Callable[[int], str] = lambda _: "",
    players: bool = False,
    files: Mapping[int, FileNote] = {},
) -> str:
    """The HTML with its placeholders filled: ids get the prefix; `link` (a plain address) and the
    others (HTML) are called by number.

    If a link has no address, its words stay. Without `gallery`, or if it returns None, the photos
    of a gallery simply follow one another. Recordings get `players` on the site's pages, and are
    links elsewhere. `files` has the notes on linked files.
    """

    def filled(gap: re.Match[str]) -> str:
        number = int(gap[2])
        if gap[1] == "L":
            return escape(link(number)) or OPEN
        if gap[1] in "PCV":
            return {"P": photo, "C": chart, "V": film}[gap[1]](number)
        if gap[1] == "A":
            return (
                f'<audio controls preload="none" src="{escape(link(number))}"></audio>'
                if players
                else ""
            )
        note = files.get(number)
        said = {"F": note.both, "K": note.kind, "S": note.size}[gap[1]] if note else ""
        return f' <span class="file-note">({escape(said)})</span>' if said else ""

    def with_gallery(found: re.Match[str]) -> str:
        made = gallery([int(number) for _, number in PLACEHOLDER.findall(found[1])], found[2] or "")
        return found[0] if made is None else made

    if OPEN in html:
        if IN_GALLERY in html:
            html = GALLERY.sub(with_gallery, html)
        html = PLACEHOLDER.sub(filled, html)
        # Links without an address were filled with OPEN, which nothing else can contain.
        html = html.replace(f' href="{OPEN}"', "")
    return html.replace(PREFIX, prefix)


def plays(html: str) -> bool:
    """Whether a text has a player for a recording."""
    return f"{OPEN}A" in html


def has_gallery(html: str) -> bool:
    """Whether a body has a gallery."""
    return IN_GALLERY in html


def ids(html: str) -> list[str]:
    """The ids of a body's elements, which links may lead to."""
    return [name.partition('"')[0] for name in html.split(f' id="{PREFIX}')[1:]]


def demoted(blocks: Iterable[Block], whole: str) -> str:
    """Blocks of a text with every heading one level lower, for a story whose own headline is an h2.

    A heading keeps its id only if the whole text links to it; links from elsewhere lead to the
    story's own page.
    """

    def lower(tag: str) -> str:
        name = name_of(tag)
        if name not in LOWER:
            return tag
        is_wanted = f'"#{attribute(tag, "id")}"' in whole
        kept = with_attributes(tag, lambda key, value: value if key != "id" or is_wanted else None)
        return kept.replace(name, LOWER[name], 1)

    return "".join(
        [
            block.html if block.kind == "paragraph" else with_tags(block.html, lower)
            for block in blocks
        ]
    )


def first_sentence(body: Body) -> str:
    """The first sentence of a body's first paragraph or, if it has none, of anything else, such as
    a quotation.
    """
    words = _beginning(body)
    end = SENTENCE_END.search(words)
    return words[: end.end()] if end else words


def begins_with(body: Body, dek: str) -> bool:
    """Whether a body's first paragraph begins with these words, ignoring punctuation and where they
    are cut off.
    """
    words = letters(dek)
    return bool(words) and letters(_beginning(body)).startswith(words)


def _beginning(body: Body) -> str:
    """The words of the first paragraph or, if there is none, of everything."""
    first = next((block for block in _shown(body) if block.kind in ("paragraph", "question")), None)
    return " ".join(plain_text(html_of([first] if first else _shown(body))).split())


def letters(words: str) -> str:
    """The letters and digits of a text, which stay the same whatever typography does."""
    return "".join(filter(str.isalnum, words.casefold()))


def is_empty(body: Body) -> bool:
    """Whether a body has neither words nor a photo, apart from headings."""
    return not any(_shown(body))


def _shown(body: Body) -> Iterator[Block]:
    """The blocks that have words or a photo, without headings."""
    return (block for block in body.blocks if block.kind != "heading" and _shows(block.html))


def _shows(html: str) -> bool:
    return (
        f"{OPEN}P" in html
        or f"{OPEN}C" in html
        or any(category(char)[0] not in "ZC" for char in unescape(plain_text(html)))
    )


# The typesetter counts a text's words, and right afterwards the reader makes terms of the same
# text.
@lru_cache(2)
def plain_text(html: str) -> str:
    """A body's HTML as plain text, without tags and placeholders, and with entities as
    characters.
    """
    parts = without_ways_back(pieces(html)) if "fnref" in html else pieces(html)
    parts[1::2] = map(_between_words, parts[1::2])
    text = PLACEHOLDER.sub("", "".join(parts)).replace(PREFIX, "")
    return (
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    )


@lru_cache(4096)
def _between_words(tag: str) -> str:
    return "" if name_of(tag).removeprefix("/") in WITHIN_WORDS else " "
