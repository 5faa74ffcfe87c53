"""The Markdown dialect of stories: Python-Markdown with tables, footnotes and definition lists,
strict about the rest.

Raw HTML is checked piece by piece as it passes through, and none is lost or moved.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections import Counter
from collections.abc import Callable
from html import escape, unescape
from html.entities import html5
from typing import Any, TypeVar

from markdown.core import Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.htmlparser import HTMLExtractor
from markdown.inlinepatterns import (
    HTML_RE,
    IMAGE_LINK_RE,
    LINK_RE,
    HtmlInlineProcessor,
    InlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HtmlStash
from msgspec.structs import replace

from broadside.faults import Fault, Severity, errors_in
from broadside.letters import KANA_AND_HAN, SOUTH_EAST_ASIAN
from broadside.markdown import guard, limits
from broadside.markdown.blocks import HEADING, IndentedFences, Quotations, Tables
from broadside.markdown.body import (
    BREAK,
    CUT,
    MORE,
    OPEN,
    PREFIX,
    Block,
    InlinePhoto,
    Typeset,
    html_of,
    plain_text,
)
from broadside.markdown.figures import EmbedBlock, PhotoBlock
from broadside.markdown.inline import Abbreviations, Emphasis, Images, Links, Notes, References
from broadside.markdown.places import Places, Refuse, Words, without_hidden
from broadside.markdown.prose import Paragraphs, PlainText
from broadside.markdown.tags import pieces
from broadside.markdown.typography import curl, quotes_of
from broadside.markdown.walk import Marks, Walk
from broadside.media.charts import InlineChart
from broadside.words import ENGLISH, Language

EXTENSIONS = (
    TableExtension,
    DefListExtension,
    FencedCodeExtension,
    SaneListExtension,
    AbbrExtension,
)
"""Classes, since Python-Markdown looks for an extension's name in all installed packages."""
FOOTNOTES = {
    "SEPARATOR": "-",
    "BACKLINK_TEXT": "↩\ufe0e",
    "PLACE_MARKER": "\x13",  # a marker that nobody can type, so notes always come last
}
CUT_BELOW = re.compile(rf"(<p[^<>]*>.*\S)\s*{MORE}\s*(</p>)", re.S)
"""A paragraph that ends with the cut, because the writer left no empty line before it."""
CUT_ABOVE = re.compile(rf"(<p[^<>]*>)\s*{MORE}\s*(.*</p>)", re.S)
TITLE_OF_STILL = re.compile(
    rf'<span class="embed-title" dir="auto">((?:(?!</?figure>).)*)</span></a>{OPEN}V', re.S
)
MOST_FAULTS = 500
STASHED = re.compile("\x02wzxhzdk:([0-9]+)\x03")
EMPTY = ("", "<p></p>")
MARKS = "\u3001-\u303f\u30fb"
"""The full stops, commas and brackets of Chinese and Japanese."""
UNSPACED_WORD = re.compile(f"[{KANA_AND_HAN}{MARKS}]{{1,2}}|[{SOUTH_EAST_ASIAN}]{{1,5}}")
"""About one word in scripts without spaces between words."""
FIRST_BYTES = b"\xe0", b"\xe1", *(bytes([first]) for first in range(0xE3, 0xF0))
"""The first bytes of all letters of these scripts, and some others, in UTF-8; searching for them is
very fast.
"""
OWN_LINE = "give it a line of its own, outside of lists and quotes"
CODE = re.compile(r'<pre><code(?: class="language-[^"<>]*")?>[^<]*</code></pre>\s*')
ENTITY = re.compile(r"&#?\w+;")
MARKED = "\x02klzzwxh:"
"""The beginning of the stash key of Markdown that Python-Markdown has already taken out of the
text.
"""
VOID = frozenset("br hr img wbr col".split())
AMPERSAND = re.compile(r"&(?:(#[0-9]+|#[xX][0-9a-fA-F]+|[0-9A-Za-z]+);)?")


class _Walker(Treeprocessor):
    def __init__(self, typesetter: Typesetter) -> None:
        super().__init__(typesetter.md)
        self.typesetter = typesetter

    def run(self, root: etree.Element) -> None:
        self.typesetter.marks.set(root)
        self.typesetter.walk.run(root)
        if self.typesetter.has_comments:
            _without_empty_paragraphs(root)


Figure = TypeVar("Figure", InlinePhoto, InlineChart)


class Typesetter:
    """Renders one source after another with the same Markdown instance; making one takes longer
    than rendering a short story.
    """

    def __init__(self) -> None:
        self.words = ENGLISH
        self.has_comments = False
        self.is_from_word = self.is_pasted = False
        self._equip()

    def _equip(self) -> None:
        self.notes = Notes(self._refuse, **FOOTNOTES)
        self.md = md = Markdown(
            extensions=[*(each() for each in EXTENSIONS), self.notes], output_format="html"
        )
        md.stripTopLevelTags = False
        md.serializer = serialized
        md.references = References(self._refuse)  # type: ignore[assignment]
        md.htmlStash = Stash(self._raw)
        # A name of Python-Markdown's replaces its own processor. The numbers are priorities: the
        # highest comes first.
        md.inlinePatterns.register(Emphasis(md), "em_strong", 60)
        md.inlinePatterns.register(RawInline(md, self._refuse), "html", 90)
        md.inlinePatterns.register(InlineComments(md), "comment", 178)
        md.inlinePatterns.register(
            SubstituteTagInlineProcessor(r"(?<!\\)\\\n", "br"), "backslash_break", 185
        )
        self.limit = limits.BlockLimit(md)
        md.inlinePatterns.register(Links(LINK_RE, md, self.limit.spend), "link", 160)
        md.inlinePatterns.register(Images(IMAGE_LINK_RE, md, self.limit.spend), "image_link", 150)
        md.preprocessors.register(IndentedFences(md, self.limit.spend), "indented_fences", 26)
        md.preprocessors.register(RawBlocks(md, self.limit.spend), "html_block", 20)
        md.parser.blockprocessors.register(self.limit, "limit", 1000)
        md.parser.blockprocessors.register(Quotations(md, self._refuse), "quote", 20)
        md.parser.blockprocessors.register(Tables(md, self._refuse), "table", 75)
        md.parser.blockprocessors["hashheader"].RE = HEADING  # type: ignore[attr-defined]
        self.photos: list[InlinePhoto] = []
        self.charts: list[InlineChart] = []
        photo = PhotoBlock(
            md, self.photos, self.charts, self._refuse, self._line_of, self.limit.spend
        )
        md.parser.blockprocessors.register(photo, "photo", 95)
        embed = EmbedBlock(
            md, self.photos, self._refuse, self._line_of, self.limit.spend, lambda: self.words
        )
        md.parser.blockprocessors.register(embed, "embed", 94)
        md.treeprocessors.register(Abbreviations(md, md.treeprocessors["abbr"].abbrs), "abbr", 7)  # type: ignore[attr-defined]
        md.treeprocessors.deregister("prettify")
        md.inlinePatterns.register(limits.InlineLimit(md, self.limit.spend), "limit", 1000)
        md.parser.blockprocessors.register(Paragraphs(md.parser), "prose", 998)
        PlainText(md, self.limit.spend).register()
        md.treeprocessors.register(_Walker(self), "walk", 5)

    def set(  # noqa: PLR0913, PLR0917 -- a source, and what is known of it
        self,
        text: str,
        path: str,
        first_line: int = 1,
        lang: str = "en",
        rtl: bool = False,
        words: Language = ENGLISH,
    ) -> tuple[Typeset, list[Fault]]:
        """A source's Markdown as HTML, with its faults; `words` are the interface's words in its
        language.
        """
        self.path, self.places = path, Places(text, first_line)
        self.faults: list[Fault] = []
        self.reported = Counter[str]()
        self.raw = False
        self.has_comments = "<!--" in text
        self.photos.clear()
        self.charts.clear()
        self.quotes, self.words = quotes_of(lang), words
        self.notes.setConfig("BACKLINK_TITLE", words.gettext("Back from note %(num)s", num="{}"))
        self.walk = Walk(
            self._refuse, self.places.line_of, quotes=self.quotes, words=words, rtl=rtl
        )
        self.marks = Marks(self._refuse, self._html, self.quotes)
        has_sign = any(sign in text for sign in guard.SIGNS_OF_WORD)
        self.is_from_word = has_sign and bool(guard.FROM_WORD.search(without_hidden(text)))
        self.is_pasted = False
        html = self._convert(text)
        if self.is_pasted:
            self._refuse(guard.FROM_WORD, *guard.PASTED)
        # Only raw HTML can be wrongly nested. With other errors the check would only repeat what
        # they cause.
        nested = self.raw and not errors_in(self.faults)
        for block in html.split(BREAK) if nested or guard.NUMBER_START in html else ():
            if nested:
                self._refuse_if(guard.structure_problem(block.replace(MORE, "")))
            self._refuse_if(guard.character_problem(block))
        return self._body(html), sorted(set(self.faults))

    def _refuse_if(self, problem: guard.Problem | None) -> None:
        if problem:
            self._refuse(*problem)

    def _convert(self, text: str) -> str:
        if problem := limits.problem_in(text):
            self._refuse(*problem)
            return ""
        self.md.reset()
        self.limit.reset()
        try:
            html = self.md.convert(text)
        except (RecursionError, limits.TooMuch):
            self._equip()  # drops what the failed text left half-done
            self._refuse(
                "",
                "too-long",
                "the text is too deeply nested to read",
                "break it into paragraphs, and nest less deeply",
            )
            return ""
        self.notes.check()
        self.notes.check_typed(text, self.md.references)
        self.walk.check_references(self.md.references)
        # A link may come before the heading that it names by its words, so its id is filled in only
        # now.
        for written, name in self.walk.renamed.items():
            html = html.replace(f'"#{PREFIX}{written}"', f'"#{PREFIX}{name}"')
        for name in self.walk.lost:  # an imported story keeps the words of such a link
            html = html.replace(f' href="#{PREFIX}{escape(name)}"', "")
        return html

    def _body(self, html: str) -> Typeset:
        kept: list[str] = []
        more = 0
        for part in html.split(BREAK):
            above, block, below = _cut(part.strip("\n"))
            cuts = [self.places.line_of(CUT) for _ in range(part.count(MORE))]
            if more and (above or below):
                self._refuse(cuts[0], "more", "<!--more--> is here twice", "keep one")
            if above:
                more = len(kept)
            if block not in EMPTY:
                for line in cuts if MORE in block else ():
                    self._refuse(line, "more", "<!--more--> is inside a block", OWN_LINE)
                kept.append(block.replace(MORE, ""))
            if below:
                more = len(kept)
        blocks = [Block.of(f"{block}\n") for block in kept[:-1]] + [
            Block.of(block) for block in kept[-1:]
        ]
        whole = html_of(blocks)
        words = plain_text(whole)
        # A word count needs words: put spaces into scripts that have none.
        written = words.encode("utf-8", "surrogatepass")
        if any(first in written for first in FIRST_BYTES):
            words = UNSPACED_WORD.sub(" . ", words)
        return Typeset(
            blocks,
            more,
            self.walk.links,
            [
                self._set_in_type(photo, "alt caption credit")
                for photo in _with_titles(self.photos, whole)
            ],
            [self._set_in_type(chart, "alt title source note unit") for chart in self.charts],
            len(words.split()),
        )

    def _set_in_type(self, figure: Figure, names: str) -> Figure:
        return replace(
            figure,
            **{name: curl(getattr(figure, name), quotes=self.quotes) for name in names.split()},
        )

    def _raw(self, html: str) -> str:
        """A piece of raw HTML as it is kept: without comments, with MORE for the cut, and with
        placeholders for links within the site.
        """
        bare = html
        if "<!--" in html:
            bare = guard.COMMENT.sub(_of_comment, html)
        if bare.strip() in ("", MORE):
            return bare.strip()
        self.raw = True
        problems = list(guard.problems(bare))
        # What Word adds is reported once for the whole text, not for each of its tags.
        if self.is_from_word:
            self.is_pasted |= bool(problems)
            problems = [problem for problem in problems if guard.NOT_OF_WORD.search(problem[0])]
        for problem in problems:
            self._refuse(*problem)
        if problems:
            return bare
        return guard.relinked(bare, self.walk.address)

    def _html(self, key: str) -> str:
        """The raw HTML that Markdown keeps under a stash key; "" if there is none."""
        number = STASHED.fullmatch(key)
        if number:
            return str(self.md.htmlStash.rawHtmlBlocks[int(number[1])])
        return ""

    def _line_of(self, words: Words) -> int:
        return self.places.line_of(words)

    def _refuse(
        self,
        words: Words | int,
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = "error",
    ) -> None:
        """Add a fault at the line of these words, up to MOST_FAULTS of each severity."""
        self.reported[severity] += 1
        if self.reported[severity] <= MOST_FAULTS:
            if isinstance(words, int):
                line = words
            else:
                line = self.places.line_of(words)
            self.faults.append(Fault(self.path, line, 0, severity, code, message, hint))


def _with_titles(photos: list[InlinePhoto], html: str) -> list[InlinePhoto]:
    """The photos of a text; stills get the title of their film, found in the HTML, as plain
    text.
    """
    if not any(photo.film for photo in photos):
        return photos
    titles = (unescape("".join(pieces(title)[::2])) for title in TITLE_OF_STILL.findall(html))
    return [
        replace(photo, film=replace(photo.film, title=next(titles, ""))) if photo.film else photo
        for photo in photos
    ]


def _without_empty_paragraphs(root: etree.Element) -> None:
    """Remove paragraphs that held only a comment, in a list, a quotation or a box."""
    for block in root.iter():
        for paragraph in block.findall("p"):
            if not len(paragraph) and not (paragraph.text or "").strip():
                block.remove(paragraph)


def _of_comment(comment: re.Match[str]) -> str:
    """What is kept of a comment: MORE for the writer's cut, otherwise nothing."""
    if CUT.fullmatch(comment[0]):
        return MORE
    return ""


def _cut(block: str) -> tuple[bool, str, bool]:
    """Whether the writer's cut is at the start of a block, the block without it, and whether it is
    at the end.
    """
    if block.count(MORE) != 1:
        return False, block, False
    above = CUT_ABOVE.fullmatch(block)
    below = CUT_BELOW.fullmatch(block)
    edge = above or below
    return bool(above), "".join(edge.groups()) if edge else block, bool(below)


class Stash(HtmlStash):
    """Python-Markdown's store of raw HTML, which checks each piece that is added."""

    def __init__(self, look: Callable[[str], str]) -> None:
        super().__init__()
        self.look = look

    def store(self, html: Any) -> str:
        """Store a piece of raw HTML and return its key; pieces that Markdown itself made are not
        checked.
        """
        if (
            isinstance(html, str)
            and ENTITY.fullmatch(html)
            and html[1] != "#"
            and html[1:] not in html5
        ):
            html = f"&amp;{html[1:]}"  # "Q&A;" is no entity; leave no browser to guess
        own = not isinstance(html, str) or ENTITY.fullmatch(html) or CODE.fullmatch(html)
        return super().store(html if own else self.look(html))


class _Extractor(HTMLExtractor):
    def __init__(self, md: Markdown, spend: Callable[[int], None]) -> None:
        super().__init__(md)
        self.spend = spend

    def handle_comment(self, data: str) -> None:
        # Python-Markdown searches the rest of the text for the end of each open tag.
        self.spend(len(self.inline_stack) * len(self.rawdata) // 10)
        super().handle_comment(data)

    def handle_empty_tag(self, data: str, is_block: bool) -> None:
        # Python-Markdown moves what follows a closing tag on its line to the next block of HTML,
        # wherever that is.
        if self.intail and not self.inraw:
            self.cleandoc.append(data)
        else:
            super().handle_empty_tag(data, is_block)


class RawBlocks(Preprocessor):
    """Takes blocks of raw HTML out of the text."""

    def __init__(self, md: Markdown, spend: Callable[[int], None]) -> None:
        super().__init__(md)
        self.spend = spend

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with a key for each block."""
        extractor = _Extractor(self.md, self.spend)
        extractor.feed("\n".join(lines))
        extractor.close()
        return "".join(extractor.cleandoc).split("\n")


class InlineComments(InlineProcessor):
    """Removes comments from a line before anything in them, such as a note, is read; the writer's
    cut stays.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(rf"(?!(?i:{CUT.pattern}))<!--.*?-->", md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        """Replace the comment by nothing."""
        return "", m.start(), m.end()


class RawInline(HtmlInlineProcessor):
    """Takes raw tags out of a line; refuses Markdown inside a tag, which would be lost."""

    def __init__(self, md: Markdown, refuse: Refuse) -> None:
        super().__init__(HTML_RE, md)
        self.refuse = refuse

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[etree.Element | str, int, int]:  # type: ignore[override]  # noqa: N802
        """The key of a tag."""
        if MARKED in m[1]:
            words = m[1].partition("\x02")[0]
            self.refuse(
                words,
                "html",
                f"there is Markdown inside the tag {words[:40]}…",
                "write the tag without brackets and backticks",
            )
        return super().handleMatch(m, data)  # type: ignore[return-value]


def serialized(root: etree.Element) -> str:
    """Each child of the root as HTML, with BREAK after it.

    Markdown's own serializer returns one string; with BREAK, it can be cut into blocks without
    parsing HTML again.
    """
    out: list[str] = []
    for child in root:
        child.tail = None
        _write(child, out.append)
        out.append(BREAK)
    return "".join(out)


def _write(element: etree.Element, out: Callable[[str], None]) -> None:
    tag = element.tag
    # A photo's placeholder is later filled with an element of its own; a card contains a link, and
    # a gallery has a class.
    if tag == "figure" and not len(element) and not element.attrib:
        out(element.text or "")
        return
    if element.attrib:
        out(f"<{tag}{''.join(_attribute(name, value) for name, value in element.items())}>")
    else:
        out(f"<{tag}>")
    if tag not in VOID:
        if element.text:
            out(_text(element.text))
        for child in element:
            _write(child, out)
            if child.tail:
                out(_text(child.tail))
        out(f"</{tag}>")


def _text(text: str) -> str:
    if "&" in text:
        text = AMPERSAND.sub(_ampersand, text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        return text.replace(">", "&gt;")
    return text


def _ampersand(match: re.Match[str]) -> str:
    """An entity as it is; any other "&" escaped, so that no browser has to guess."""
    name = match[1] or ""
    if name.startswith("#") or f"{name};" in html5:
        return match[0]
    return f"&amp;{match[0][1:]}"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{_text(str(value)).replace(chr(34), "&quot;")}"'
