"""Blocks that Markdown does not have: photos with their credit, and the writer's own cut."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable

from markdown.blockprocessors import BlockProcessor
from markdown.core import Markdown

from plugins.markup.body import CLOSE, OPEN, InlinePhoto

PICTURE = re.compile(
    r"!\[(?P<alt>(?:(?!\]\().)*?)\]\(\s*<?(?P<src>[^()\s<>]*)>?(?:\s+[\"“](?P<title>.*?)[\"”])?\s*\)[ \t]*(?P<braces>\{.*\})?\s*",
    re.S,
)
BRACED = re.compile(r"""\s*([A-Za-z_]+)\s*=\s*(?:"([^"]*)"|“([^”]*)”|'([^']*)')""")
BRACE_KEYS = ("caption", "credit", "credit_label")


class PhotoBlock(BlockProcessor):
    """`![alt](photos/x.jpg){caption="…" credit="…"}`, alone in a paragraph, becomes a photo slot."""

    def __init__(
        self,
        md: Markdown,
        photos: list[InlinePhoto],
        refuse: Callable[[str, str, str, str], None],
        line_of: Callable[[str], int],
    ) -> None:
        super().__init__(md.parser)
        self.photos, self.refuse, self.line_of = photos, refuse, line_of

    def test(self, parent: etree.Element, block: str) -> bool:
        """Whether the block is one picture and nothing else."""
        return block.startswith("![") and PICTURE.fullmatch(block) is not None

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Note the photo, and leave a slot where it stands."""
        block = blocks.pop(0)
        match = PICTURE.fullmatch(block)
        assert match is not None
        found = self._described(match, block)
        etree.SubElement(parent, "figure").text = f"{OPEN}P{len(self.photos)}{CLOSE}"
        self.photos.append(found)

    def _described(self, match: re.Match[str], block: str) -> InlinePhoto:
        words = {key: " ".join((a or b or c).split()) for key, a, b, c in BRACED.findall(match["braces"] or "")}
        for key in words.keys() - set(BRACE_KEYS):
            self.refuse(block, "unknown-key", f'"{key}" is not a key of a photo', f"known: {', '.join(BRACE_KEYS)}")
        label = words.get("credit_label", "photo").lower()
        if label not in ("photo", "image"):
            self.refuse(block, "unknown-word", f'credit_label "{label}" is neither photo nor image', "")
        alt, source = " ".join(match["alt"].split()), match["src"]
        if not alt:
            self.refuse(block, "photo-alt", "the photo has no alt text", "say between [ and ] what one sees in it")
        if not words.get("credit"):
            self.refuse(
                block,
                "photo-credit",
                "the photo has no credit",
                """add {credit="Photo by A. Person/Agency"} right after it""",
            )
        if re.match(r"[A-Za-z][\w+.-]*:|//", source):
            self.refuse(
                block, "photo-outside", "a photo is loaded from another site", "copy it into photos/ and name it there"
            )
        source = re.sub(r"^(\{(static|attach|filename)\})?/?", "", source)
        caption = words.get("caption", " ".join((match["title"] or "").split()))
        return InlinePhoto(source, alt, caption, words.get("credit", ""), label, self.line_of(block))
