"""Paragraphs for the bodies that WordPress keeps without them: an empty line begins one, a single line break is a break."""

from __future__ import annotations

import re

from broadside_import.readable import put_back
from broadside_import.spans import replaced

BLOCK = (
    "(?:table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area|blockquote|address|math|style|p|"
    "h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header|footer|nav|figure|figcaption|details|menu|summary|iframe|video|audio|"
    "center|object)"
)
WHOLE = re.compile(r"<(pre|script|style|textarea|svg)\b", re.I)
WHOLE_END = re.compile(r"</(pre|script|style|textarea|svg)\s*>", re.I)
IN_TAG = re.compile(r"<[^<>\n]*+\n[^<>]*+>")
OPENING = re.compile(rf"(<{BLOCK}(?=[\s/>])[^<>]*>)", re.I)
CLOSING = re.compile(rf"(</{BLOCK}\s*>)", re.I)
ONLY_TAG = re.compile(rf"</?{BLOCK}(?=[\s/>])[^<>]*>", re.I)
ONLY_TAGS = re.compile(rf"(?:\s*+{ONLY_TAG.pattern})++", re.I)
KEPT = "\ue001"


def autop(text: str) -> str:
    """The text as WordPress shows it."""
    if not text.strip():
        return ""
    kept: list[str] = []

    def keep(match: re.Match[str], _: str, inner: str) -> str:
        kept.append(f"{match[0]}{inner}</{match[1]}>")
        return f"\n\n{KEPT}{len(kept) - 1}{KEPT}\n\n"

    text = replaced(text.replace("\r\n", "\n").replace("\r", "\n"), WHOLE, WHOLE_END, keep)
    text = IN_TAG.sub(lambda match: match[0].replace("\n", " "), text)
    text = re.sub(r"<br\s*/?>\s*<br\s*/?>", "\n\n", text)
    text = re.sub(r"(?<!\s)\s*+(<!--\s*+more(?:(?!<!--)[^\n])*?-->)\s*+", r"\n\n\1\n\n", text)
    text = CLOSING.sub(r"\1\n\n", OPENING.sub(r"\n\n\1", text))
    paragraphs = [_paragraph(piece) for piece in re.split(r"\n\s*\n", text) if piece.strip()]
    text = "\n".join(paragraphs)
    return put_back(text, KEPT, kept.__getitem__, len(kept))


def _paragraph(piece: str) -> str:
    """A piece between empty lines: its tags of blocks as they are, its words as a paragraph."""
    after = ""
    opened = ONLY_TAGS.match(piece)
    before, piece = (re.sub(r">\s+", ">", opened[0]).strip(), piece[opened.end() :]) if opened else ("", piece)
    while match := re.search(rf"</{BLOCK}\s*>\s*$", piece, re.I):
        after, piece = match[0] + after, piece[: match.start()]
    piece = piece.strip()
    if not piece or piece.startswith((KEPT, "<!--")):
        return f"{before}{piece}{after}"
    words = re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)\n", "<br>\n", piece)
    is_open = re.search(r"<(?:p|h[1-6]|dt|summary|caption|figcaption)\b[^<>]*>$", before, re.I)
    return f"{before}{words}{after}" if is_open else f"{before}<p>{words}</p>{after}"
