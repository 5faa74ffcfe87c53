"""Markdown's patterns, tried only where they can match.

Python-Markdown searches every piece of text for each of its patterns. Most prose has none of the characters with which
a pattern starts, and looking for a character is far cheaper than searching for a pattern. The result is the same to the
letter; a test compares both on many texts.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown.core import Markdown
from markdown.preprocessors import NormalizeWhitespace
from markdown.treeprocessors import InlineProcessor
from markdown.util import ETX, STX, AtomicString

from broadside.plugins.markup.meter import PER_PIECE

BlockTest = Callable[[etree.Element, str], bool]

STARTS = {
    "backtick": ("`",),
    "backslash_break": ("\\\n",),
    "escape": ("\\",),
    "comment": ("<!--",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
"""Pattern name -> strings, one of which is in any match; a pattern that is not named here is always tried."""


BLOCK_STARTS = {
    "quote": (">",),
    "deflist": (":",),
    "hashheader": ("#",),
    "setextheader": ("\n=", "\n-"),
    "table": ("|",),
    "reference": ("]:",),
    "footnote": ("[^",),
    "abbr": ("*[",),
    "embed": ("[!",),
}
"""The same for blocks."""

NO_PROSE = frozenset(
    "nested empty photo embed indent defindent code table hashheader setextheader hr olist ulist deflist quote footnote"
    " abbr reference".split()
)
"""Processors that never handle a block of one line that begins with a letter or a quotation mark."""
QUOTES = ("“", "‘", '"', "'")

TEXT_STARTS = {"fenced_code_block": ("```", "~~~"), "html_block": ("<", "&")}
"""The same for processors that look at the text as a whole."""

SPACES = ("\n ", "\t", "\r", STX, ETX)
"""The white space that Python-Markdown changes in a text, apart from its end."""

SIGNS = "[]*_<&`\\\x02\x03"
LINE_BREAK = "  \n"
"""A piece of text that has neither this nor one of SIGNS has nothing for any pattern of STARTS."""
NO_SIGN = f"[^{re.escape(SIGNS)}]"
WORDS, WORD = f"{NO_SIGN}*", rf"(?!\s){NO_SIGN}"
SIMPLE = re.compile(
    rf"([*_\[])(?:(?<!\S[*_])(?<!\[)(\1?)({WORD}(?:{WORDS}{WORD})?)\1\2(?![\w*_])"
    rf"|(?<=\[)(?<!!\[)(?!\^)({WORDS})\]\(([A-Za-z0-9:/?#.=%~+,;&@$*_|{{}}-]+)\))"
)
"""Emphasis and links as nearly all are written: without signs inside, and with a space or nothing before emphasis.

The sign comes first and its surroundings later, because a search for a pattern is fast if its beginning is distinctive.
"""


class Pieces(str):
    """A text that is only words and SIMPLE matches, with its parts: words, a sign, the same again if it is double, the
    words that it encloses, a link's words, its address, words again, …
    """

    parts: list[str | None]


class QuickInline(InlineProcessor):
    """Python-Markdown's inline processor, which skips patterns that cannot match, and splits simple texts in one go."""

    def __init__(self, md: Markdown, spend: Callable[[int], None]) -> None:
        super().__init__(md)
        self.spend = spend
        md.inlinePatterns._sort()  # type: ignore[attr-defined]
        names = [item.name for item in md.inlinePatterns._priority]  # type: ignore[attr-defined]
        self.steps = [(md.inlinePatterns[name], STARTS.get(name, ("",))) for name in names]
        self.at_once = STARTS.keys() >= set(names)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 -- Python-Markdown's own names
        if isinstance(data, AtomicString):
            return data
        self.spend(PER_PIECE)
        if self.at_once and not patternIndex and LINE_BREAK not in data:
            if not _is_signed(data):
                return data
            self.spend(len(data))
            simple = _pieces(data)
            if simple:
                return simple
        steps = self.steps
        start = 0
        while patternIndex < len(steps):
            pattern, starts = steps[patternIndex]
            matched = False
            if starts[0] in data or starts[-1] in data:
                self.spend(len(data) // 2)
                data, matched, start = self._InlineProcessor__applyPattern(pattern, data, patternIndex, start)  # type: ignore[attr-defined]
            if not matched:
                patternIndex += 1  # noqa: N806
                start = 0
        return data

    def _InlineProcessor__processPlaceholders(  # noqa: N802 -- as above
        self,
        data: str | None,
        parent: etree.Element,
        isText: bool = True,  # noqa: N803
    ) -> list[tuple[etree.Element, list[str]]]:
        if not isinstance(data, Pieces):
            return super()._InlineProcessor__processPlaceholders(data, parent, isText)  # type: ignore[misc,no-any-return]
        first, *parts = data.parts
        setattr(parent, "text" if isText else "tail", first or None)
        made = []
        for _, double, embraced, words, address, after in zip(*[iter(parts)] * 6, strict=True):
            element = etree.Element("a" if address else "strong" if double else "em")
            if address:
                element.set("href", address)
            element.text, element.tail = embraced or words, after or None
            made.append((element, self.ancestors[:]))
        return made


def _is_signed(data: str) -> bool:
    return any(map(data.__contains__, SIGNS))  # takes a fraction of the time of a pattern


def _pieces(data: str) -> Pieces | None:
    """A text with its parts, if it is such a simple one."""
    parts = SIMPLE.split(data)
    if len(parts) == 1 or any(map(_is_signed, parts[::6])):
        return None
    pieces = Pieces(data)
    pieces.parts = parts
    return pieces


class QuickWhitespace(NormalizeWhitespace):
    """Python-Markdown's normalizing of white space, which skips texts that need none."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with two empty ones after them."""
        text = "\n".join(lines)
        return super().run(lines) if any(sign in text for sign in SPACES) else [*lines, "", ""]


def quicken(md: Markdown) -> None:
    """Make every processor of a text or its blocks look for its characters first."""
    md.preprocessors.register(QuickWhitespace(md), "normalize_whitespace", 30)
    for name, starts in TEXT_STARTS.items():
        processor = md.preprocessors[name]
        processor.run = _after(starts, processor.run)  # type: ignore[method-assign,assignment]
    rule = md.parser.blockprocessors["hr"]
    rule.test = _rule_after(rule.test)  # type: ignore[method-assign,assignment]
    md.parser.parseBlocks = _parser_of(md)  # type: ignore[method-assign,assignment]


def _after(starts: tuple[str, str], run: Callable[[list[str]], list[str]]) -> Callable[[list[str]], list[str]]:
    one, other = starts
    return lambda lines: run(lines) if any(one in line or other in line for line in lines) else lines


def _rule_after(test: BlockTest) -> BlockTest:
    """The test for a horizontal rule; a block of one line can be one only if it begins with its sign."""
    return lambda parent, block: ("\n" in block or block.lstrip(" ")[:1] in "-*_") and test(parent, block)


def _parser_of(md: Markdown) -> Callable[[etree.Element, list[str]], None]:
    """Python-Markdown's parseBlocks, which skips processors that cannot match."""
    md.parser.blockprocessors._sort()  # type: ignore[attr-defined]
    processors = md.parser.blockprocessors
    names = [item.name for item in processors._priority]  # type: ignore[attr-defined]
    steps = {name: (processors[name], *_ends(BLOCK_STARTS.get(name, ("",)))) for name in names}
    for_prose = [step for name, step in steps.items() if name not in NO_PROSE]
    for_any = list(steps.values())

    def parse(parent: etree.Element, blocks: list[str]) -> None:
        while blocks:
            first = blocks[0]
            prose = (first[:1].isalpha() or first.startswith(QUOTES)) and "\n" not in first
            for processor, one, other in for_prose if prose else for_any:
                block = blocks[0]
                can = one in block or other in block
                if can and processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break

    return parse


def _ends(starts: tuple[str, ...]) -> tuple[str, str]:
    return starts[0], starts[-1]
