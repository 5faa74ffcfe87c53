"""Reads WordPress' exports item by item, by searching for the tags that it writes, so that one
broken item spoils no other.

No XML parser is used, so that nothing in it can refer to another file, or expand.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from html import unescape
from itertools import chain
from typing import BinaryIO

from msgspec import Struct, field

from broadside_import.model import Left
from broadside_import.readable import decoder_of, replaced
from broadside_import.source import NotOpened

CHUNK = 1 << 18
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)""")
NEXT_ITEM = re.compile(r"<item[\s>]")
END = re.compile(r"</item>\s*(?=<item[\s>]|</channel)")
"""The end of an item; there may be one within a story that is only text."""
LAST = re.compile(r"</item>\s*(?=<item[\s>]|</channel|\Z)")
AROUND_ITEM = re.compile(r"^\s*<item[^<>]*>|</item>\s*$")
GROUPS = ("wp:author", "wp:category", "wp:tag", "wp:term")
"""Elements beside the items that have child elements."""
ELEMENT = re.compile(r"<([a-z][\w:.-]*+)(?:\s[^<>]*)?(?<!/)>", re.I)
ELEMENT_END = re.compile(r"</(?!rss>|channel>)([a-z][\w:.-]*+)>", re.I)
EMPTY = re.compile(r"<[^<>]*/>|<!--[^<>]*-->")
"""An element without words, or a comment."""
ATTRIBUTE = re.compile(r"""([a-z]+)=(?:"([^"]*)"|'([^']*)')""")
TEXTS = ("content:encoded", "excerpt:encoded")
CDATA, CDATA_END, CDATA_SPLIT = "<![CDATA[", "]]>", "]]]]><![CDATA[>"
MOST_LETTERS = 200_000_000
"""In one item."""


class ExportItem(Struct):
    """An item: the text of each element, its categories as (domain, slug, name), its fields of
    metadata, its comments.
    """

    line: int = 0
    text: dict[str, str] = field(default_factory=dict)
    categories: list[tuple[str, str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    old_slugs: list[str] = field(default_factory=list)
    comments: int = 0
    mails: int = 0

    def __getitem__(self, name: str) -> str:
        return self.text.get(name, "").strip()


class WordpressExport(Struct):
    """The contents of a file besides its items."""

    channel: dict[str, str] = field(default_factory=dict)
    groups: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def items(file: BinaryIO, name: str, export: WordpressExport) -> Iterator[ExportItem]:
    """The items of an export, one after the other; everything beside them goes into `export`."""
    rest, line, is_head, seen = "", 1, True, 0
    with file:
        for text in chain(_texts(file), [""]):
            rest += text
            while match := (NEXT_ITEM if is_head else END if text else LAST).search(rest, seen):
                if is_head:
                    end = match.start()
                else:
                    end = match.end()
                part, rest, seen = rest[:end], rest[end:], 0
                if is_head:
                    _beside(part, export)
                else:
                    yield _item(part, name, line, export)
                line, is_head = line + part.count("\n"), False
            seen = max(0, len(rest) - 200)
            if len(rest) > MOST_LETTERS:
                raise NotOpened(
                    f"{name}:{line}: an item has more than {MOST_LETTERS // 10**6} million letters"
                )
    if NEXT_ITEM.match(rest.lstrip()):
        yield _item(rest, name, line, export)
    else:
        _beside(rest, export)


def _beside(text: str, export: WordpressExport) -> None:
    """Read the site's data, people and terms from what is beside the items."""
    if "<!ENTITY" in text:
        raise NotOpened(
            "the export declares entities, as no system does and as an attack would: nothing was"
            " read"
        )

    def take(opened: re.Match[str], _: str, inner: str) -> str:
        if opened[1] in GROUPS:
            export.groups.append((opened[1], _elements(inner)))
        else:
            export.channel.setdefault(opened[1], _data(inner).strip())
        return ""

    replaced(text, ELEMENT, ELEMENT_END, take)


def _item(text: str, name: str, line: int, export: WordpressExport) -> ExportItem:
    """An item; anything outside its elements is reported."""
    item, is_whole = ExportItem(line), True
    text = AROUND_ITEM.sub("", text)
    for element in TEXTS:  # in which there may be tags like those around them
        start, end = text.find(f"<{element}>"), text.rfind(f"</{element}>")
        if 0 <= start < end:
            written = text[start + len(element) + 2 : end]
            item.text[element] = _data(written)
            is_whole = is_whole and _is_whole(written)
            text = text[:start] + text[end + len(element) + 3 :]

    def take(opened: re.Match[str], _: str, inner: str) -> str:
        if opened[1] == "wp:postmeta":
            said = _elements(inner)
            name = said.get("wp:meta_key", "").strip()
            item.meta.setdefault(name, said.get("wp:meta_value", ""))
            if name == "_wp_old_slug":
                item.old_slugs.append(said.get("wp:meta_value", "").strip())
        elif opened[1] == "wp:comment":
            item.comments += 1
            item.mails += bool(_elements(inner).get("wp:comment_author_email", "").strip())
        elif opened[1] == "category":
            said = {
                name: unescape(one or other) for name, one, other in ATTRIBUTE.findall(opened[0])
            }
            item.categories.append(
                (said.get("domain", "category"), said.get("nicename", ""), _data(inner).strip())
            )
        else:
            item.text.setdefault(opened[1], _data(inner))
        return ""

    rest = replaced(text, ELEMENT, ELEMENT_END, take)
    if not is_whole or EMPTY.sub("", rest).strip():
        export.left.append(
            Left(name, line, f"{item['title'][:80]}: broken XML", "what could be read")
        )
    return item


def _elements(text: str) -> dict[str, str]:
    """The texts of sibling elements."""
    found: dict[str, str] = {}

    def take(opened: re.Match[str], _: str, inner: str) -> str:
        found[opened[1]] = _data(inner)
        return ""

    replaced(text, ELEMENT, ELEMENT_END, take)
    return found


def _data(text: str) -> str:
    """The text of an element as it is written."""
    text = text.strip()
    if text.startswith(CDATA):
        return text.removeprefix(CDATA).removesuffix(CDATA_END).replace(CDATA_SPLIT, CDATA_END)
    return unescape(text)


def _is_whole(text: str) -> bool:
    """Whether a CDATA section ends where its element does, and not before."""
    text = text.strip().replace(CDATA_SPLIT, "")
    return not text.startswith(CDATA) or text.find(CDATA_END) == len(text) - len(CDATA_END)


def _texts(file: BinaryIO) -> Iterator[str]:
    """The file's text in pieces, without characters that XML forbids."""
    first = file.read(CHUNK).lstrip(b"\xef\xbb\xbf \t\r\n")
    if first[:2] in (b"\xff\xfe", b"\xfe\xff"):
        decoder: codecs.IncrementalDecoder = codecs.getincrementaldecoder("utf-16")("replace")
    else:
        match = ENCODING.match(first[:200])
        decoder = decoder_of(match[1].decode() if match else "utf-8")
    lines = io.IncrementalNewlineDecoder(decoder, translate=True)
    data = first
    while data:
        yield NOT_XML.sub("", lines.decode(data))
        data = file.read(CHUNK)
    yield NOT_XML.sub("", lines.decode(b"", final=True))
