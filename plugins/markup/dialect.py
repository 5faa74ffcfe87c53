"""The Markdown dialect of a story: Python-Markdown with tables, footnotes and definition lists, strict about the rest."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from typing import Any

from markdown.core import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HtmlStash

from plugins.faults import Fault
from plugins.markup import guard
from plugins.markup.blocks import PhotoBlock, mark_cut
from plugins.markup.body import BREAK, MORE, Body, InlinePhoto, plain_text
from plugins.markup.quick import QuickInline, quicken_blocks
from plugins.markup.serialize import blocks
from plugins.markup.walk import Walk

EXTENSIONS = ("tables", "footnotes", "def_list", "fenced_code", "sane_lists", "abbr")
FOOTNOTES = {"SEPARATOR": "-", "BACKLINK_TITLE": "Back to note {} in the text", "BACKLINK_TEXT": "↩\ufe0e"}
CODE = re.compile(r'<pre><code(?: class="language-[^"]*")?>')
FLOOD = re.compile(r"([\[*_>`~(<!|])(?:[ \t]?\1){199}")
"""A run that no writer types and on which a parser spends minutes."""
LONGEST_LINE = 100_000


class Stash(HtmlStash):
    """Python-Markdown's store of raw HTML, which looks at each piece that enters."""

    def __init__(self, look: Callable[[str], str]) -> None:
        super().__init__()
        self.look = look

    def store(self, html: Any) -> str:
        """Keep a piece of raw HTML and return its placeholder."""
        return super().store(self.look(html) if isinstance(html, str) else html)


class _Walker(Treeprocessor):
    def __init__(self, typesetter: Typesetter) -> None:
        super().__init__(typesetter.md)
        self.typesetter = typesetter

    def run(self, root: etree.Element) -> None:
        self.typesetter.walk.run(root)


class Typesetter:
    """Sets one source after the other; one Markdown instance serves them all, because making one costs more than a short story."""

    def __init__(self) -> None:
        self.md = Markdown(
            extensions=list(EXTENSIONS), extension_configs={"footnotes": FOOTNOTES}, output_format="html"
        )
        self.md.stripTopLevelTags = False
        self.md.serializer = blocks  # type: ignore[assignment]
        self.md.htmlStash = Stash(self._raw)
        self.md.treeprocessors.deregister("prettify")
        self.md.treeprocessors.register(QuickInline(self.md), "inline", 20)
        quicken_blocks(self.md)
        self.md.treeprocessors.register(_Walker(self), "walk", 5)
        self.photos: list[InlinePhoto] = []
        self.md.parser.blockprocessors.register(
            PhotoBlock(self.md, self.photos, self._refuse, self._line_of), "photo", 95
        )

    def set(
        self, text: str, path: str, first_line: int = 1, lang: str = "en", rtl: bool = False
    ) -> tuple[Body, list[Fault]]:
        """A source's Markdown as a Body, and what is wrong in it."""
        self.text, self.path, self.first_line = text, path, first_line
        self.faults: list[Fault] = []
        self.raw = False
        self.found: dict[str, int] = {}
        self.photos.clear()
        self.walk = Walk(self._refuse, self._line_of, english=lang.lower().startswith("en"), rtl=rtl)
        html = self._convert(text)
        if self.raw and not self.faults:
            for problem in guard.unbalanced(html.replace(BREAK, "")):
                self._refuse("<" + problem[1].split(">")[0].strip("</"), *problem)
        return self._body(html), sorted(set(self.faults))

    def _convert(self, text: str) -> str:
        flood = FLOOD.search(text)
        if flood:
            self._refuse(flood[0][:20], "too-deep", f'a run of hundreds of "{flood[1]}"', "shorten it")
            return ""
        if len(max(text.split("\n"), key=len)) > LONGEST_LINE:
            self._refuse("", "too-long", f"a line of over {LONGEST_LINE:,} characters", "break it into paragraphs")
            return ""
        self.md.reset()
        try:
            return self.md.convert(mark_cut(text))
        except RecursionError:
            self._refuse("", "too-deep", "lists or quotes are nested too deeply", "")
            return ""

    def _body(self, html: str) -> Body:
        kept: list[str] = []
        ends: list[int] = []
        size = more = 0
        for block in html.split(BREAK):
            block = block.strip("\n")
            if block == f"<p>{MORE}</p>":
                more = more or len(kept)
            elif block:
                kept.append(block)
                size += len(block) + 1
                ends.append(size)
        whole = "\n".join(kept)
        words = len(plain_text(whole).split())
        return Body(
            whole.replace(MORE, ""),
            [min(end, len(whole)) for end in ends],
            more,
            self.walk.links,
            list(self.photos),
            words,
        )

    def _raw(self, html: str) -> str:
        if html.startswith("<!--"):
            return ""
        if html.startswith("&") or CODE.match(html):
            return html
        self.raw = True
        for problem in guard.problems(html):
            self._refuse(html.split("\n")[0][:40], *problem)
        return html

    def _refuse(self, words: str, code: str, message: str, hint: str = "") -> None:
        self.faults.append(Fault(self.path, self._line_of(words), 0, "error", code, message, hint))

    def _line_of(self, words: str) -> int:
        """The line of the next place in the source where these words stand; that of the text's start if nowhere."""
        words = words.split("\n")[0]
        at = self.text.find(words, self.found.get(words, 0)) if words else -1
        if at < 0:
            at = self.text.find(words) if words else -1
        if at < 0:
            return self.first_line
        self.found[words] = at + len(words)
        return self.first_line + self.text.count("\n", 0, at)
