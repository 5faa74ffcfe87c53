"""Raw HTML on its way through Python-Markdown: each piece is checked once, and none is lost or moved."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from html.entities import html5
from typing import Any

from markdown.core import Markdown
from markdown.htmlparser import HTMLExtractor
from markdown.inlinepatterns import HTML_RE, HtmlInlineProcessor, InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import HtmlStash

from broadside.markdown.body import CUT
from broadside.markdown.places import Refuse

CODE = re.compile(r'<pre><code(?: class="language-[^"<>]*")?>[^<]*</code></pre>\s*')
ENTITY = re.compile(r"&#?\w+;")
MARKED = "\x02klzzwxh:"
"""The beginning of the stash key of a piece of Markdown that Python-Markdown has already taken out of the text."""


class Stash(HtmlStash):
    """Python-Markdown's store of raw HTML, which checks each piece that enters."""

    def __init__(self, look: Callable[[str], str]) -> None:
        super().__init__()
        self.look = look

    def store(self, html: Any) -> str:
        """Keep a piece of raw HTML and return its key; pieces that Markdown itself made are not checked."""
        if isinstance(html, str) and ENTITY.fullmatch(html) and html[1] != "#" and html[1:] not in html5:
            html = f"&amp;{html[1:]}"  # "Q&A;" is not an entity, and a browser should not have to guess
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
        # Python-Markdown moves what follows a closing tag on its line to the next block of HTML, wherever that is.
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
    """Takes comments out of a line before anything in them, such as a note, is read; the writer's cut stays."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(rf"(?!(?i:{CUT.pattern}))<!--.*?-->", md)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        """Nothing."""
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
                "html-attribute",
                f"there is Markdown inside the tag {words[:40]}…",
                "write the tag without brackets and backticks",
            )
        return super().handleMatch(m, data)  # type: ignore[return-value]
