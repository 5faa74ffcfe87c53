"""The links to pages elsewhere in a text, and what it quotes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from html import escape, unescape
from urllib.parse import urldefrag

from broadside.markdown.body import CLOSE, OPEN, Block, letters, plain_text
from broadside.markdown.tags import attribute, name_of, pieces, with_attributes

QUOTED = re.compile("[“„«「]([^“”„«»「」]+)[”“»」]")
LEFT_OUT = re.compile(r"\[[^\]]*\]|…|\.\.\.")
PARAGRAPH = re.compile(r"<p>.*?</p>", re.S)
LEAST = 20
"""The fewest letters of a quotation that is looked for: fewer are a word or two in quotation
marks.
"""


def target(tag: str) -> str:
    """The address of the page elsewhere that a tag links to, without a fragment; "" for any other
    tag.
    """
    if name_of(tag) != "a":
        return ""
    address = unescape(attribute(tag, "href"))
    if address.startswith(("https://", "http://")):
        return urldefrag(address).url
    return ""


def links_in(html: str) -> list[str]:
    """The addresses of the pages elsewhere that a text links to, each once."""
    return list(dict.fromkeys(filter(None, map(target, pieces(html)[1::2]))))


def quotations(blocks: Iterable[Block]) -> dict[str, list[str]]:
    """What a text quotes of each page: what is in quotation marks in a block with one link, and the
    paragraphs of a block quotation that have no link, if it or else the block before it has one.
    """
    found: dict[str, list[str]] = {}
    before: list[str] = []
    for block in blocks:
        links = links_in(block.html)
        if block.kind == "quotation":
            paragraphs = PARAGRAPH.findall(block.html)
            said = [plain_text(each) for each in paragraphs if not links_in(each)]
            sources = links or before
        else:
            said = QUOTED.findall(unescape(plain_text(block.html)))
            sources = links
        if len(sources) == 1:
            long = [" ".join(each.split()) for each in said if len(letters(each)) >= LEAST]
            found.setdefault(sources[0], []).extend(long)
        before = links
    return found


def has(words: str, quotation: str) -> bool:
    """Whether the letters of a page have those of a quotation, but for what it leaves out or puts
    in brackets.
    """
    return all(letters(part) in words for part in LEFT_OUT.split(quotation))


def _href(address: str, name: str, value: str) -> str:
    return address if name == "href" else value


def led_on(block: Block, copies: Mapping[str, str], note: int) -> Block:
    """A block whose links to these pages lead to their copies, each followed by the note of this
    number.
    """
    parts = pieces(block.html)
    is_open = False
    for at in range(1, len(parts), 2):
        tag = parts[at]
        copy = escape(copies.get(target(tag), ""))
        if copy:
            parts[at] = with_attributes(tag, partial(_href, copy))
            is_open = True
        elif is_open and name_of(tag) == "/a":
            parts[at] += f"{OPEN}F{note}{CLOSE}"
            is_open = False
    return Block(block.kind, "".join(parts))
