"""Reads the XML that WordPress exports, item by item, whatever is wrong with it; nothing in it can name another file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from itertools import chain
from typing import Any, BinaryIO
from xml.parsers import expat

from msgspec import Struct, field

from broadside_import.model import Left
from broadside_import.readable import decoder_of, replaced
from broadside_import.source import NotOpened

CHUNK = 1 << 18
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)""")
NEXT_ITEM = re.compile(r"<item[\s>]")
END = re.compile(r"</item>\s*(?=<item[\s>]|</channel)")
"""The end of an item; within a story there may be one that is only text."""
LAST = re.compile(r"</item>\s*(?=<item[\s>]|</channel|\Z)")
GROUPS = ("wp:postmeta", "wp:comment", "wp:author", "wp:category", "wp:tag", "wp:term")
"""Elements that have elements of their own."""
GROUP, GROUP_END = re.compile("<wp:(postmeta|comment)>"), re.compile("</wp:(postmeta|comment)>")
ELEMENT = re.compile(r"<([a-z][a-z_]*+(?::[a-z_]++)?)(?:\s[^<>]*)?>", re.I)
ELEMENT_END = re.compile(r"</([a-z][a-z_:]*+)>", re.I)
CATEGORY = re.compile(r'<category domain="([^"]*)" nicename="([^"]*)"', re.I)
MOST_LETTERS = 200_000_000
"""Of one element."""


class ExportItem(Struct):
    """An item: the text of each element, its categories as (domain, slug, name), its fields of metadata, its comments."""

    line: int = 0
    text: dict[str, str] = field(default_factory=dict)
    categories: list[tuple[str, str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    comments: int = 0
    mails: int = 0

    def __getitem__(self, name: str) -> str:
        return self.text.get(name, "").strip()


class WordpressExport(Struct):
    """What stands in a file besides its items."""

    channel: dict[str, str] = field(default_factory=dict)
    groups: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def items(file: BinaryIO, name: str, export: WordpressExport) -> Iterator[ExportItem]:
    """The items of an export, one after the other. Each is read by itself, so that what is broken in one costs no other."""
    rest, line, is_head, seen = "", 1, True, 0
    with file:
        for text in chain(_texts(file), [""]):
            rest += text
            while match := (NEXT_ITEM if is_head else END if text else LAST).search(rest, seen):
                part, rest, seen = (
                    rest[: match.start() if is_head else match.end()],
                    rest[match.start() if is_head else match.end() :],
                    0,
                )
                if is_head:
                    _read(part, name, line, export)
                else:
                    yield from _item(part, name, line, export)
                line, is_head = line + part.count("\n"), False
            seen = max(0, len(rest) - 200)
            if len(rest) > MOST_LETTERS:
                raise NotOpened(f"{name}:{line}: an item has more than {MOST_LETTERS // 10**6} million letters")
    if rest.strip():
        yield from _item(f"{rest}</item>", name, line, export) if NEXT_ITEM.match(rest.lstrip()) else ()
        _read(rest if not NEXT_ITEM.match(rest.lstrip()) else "", name, line, export)


def _read(text: str, name: str, line: int, export: WordpressExport) -> list[ExportItem]:
    """The items in a part of an export; what stands beside them goes into the export. Raises ExpatError if it is no XML."""
    parser = _Parser(export, line)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    is_whole = "<rss" in text and "<channel" in text
    tail = "" if "</channel" in text else "</channel></rss>"
    try:
        parser.feed(text if is_whole else f"<rss><channel>{text}")
        parser.feed(tail)
    except expat.ExpatError:
        if "<item" in text[:200]:
            raise
        export.left.append(Left(name, line, "the beginning of the file, which is broken XML", "what could be read"))
    return parser.done


def _item(text: str, name: str, line: int, export: WordpressExport) -> Iterator[ExportItem]:
    """An item of an export; if its XML is broken, what can be found in it."""
    try:
        yield from _read(text.strip(), name, line, export)
    except expat.ExpatError as problem:
        found = _rescued(text, line)
        export.left.append(
            Left(
                name,
                line,
                f"{found['title'][:80]}: broken XML ({expat.ErrorString(problem.code)})",
                "what could be read",
            )
        )
        yield found


def _rescued(text: str, line: int) -> ExportItem:
    """What plain searching finds of an item whose XML is broken."""
    item = ExportItem(line)
    text = re.sub(r"^\s*<item[^<>]*>|</item>\s*$", "", text)
    for name in ("content:encoded", "excerpt:encoded"):
        start, end = text.find(f"<{name}>"), text.rfind(f"</{name}>")
        if 0 <= start < end:
            item.text[name] = _data(text[start + len(name) + 2 : end])
            text = text[:start] + text[end + len(name) + 3 :]

    def take(opened: re.Match[str], _: str, inner: str) -> str:
        if opened[1] == "postmeta":
            key, _, value = inner.partition("</wp:meta_key>")
            key, value = key.partition("<wp:meta_key>")[2], value.partition("<wp:meta_value>")[2]
            item.meta.setdefault(_data(key).strip(), _data(value.rpartition("</wp:meta_value>")[0]))
        elif opened[1] == "comment":
            item.comments += 1
        elif opened[1] == "category" and (said := CATEGORY.match(opened[0])):
            item.categories.append((said[1], said[2], _data(inner).strip()))
        else:
            item.text.setdefault(opened[1], _data(inner))
        return ""

    replaced(replaced(text, GROUP, GROUP_END, take), ELEMENT, ELEMENT_END, take)
    return item


def _data(text: str) -> str:
    """The text of an element as it is written."""
    text = text.strip()
    if text.startswith("<![CDATA["):
        return text.removeprefix("<![CDATA[").removesuffix("]]>").replace("]]]]><![CDATA[>", "]]>")
    return unescape(text)


def _texts(file: BinaryIO) -> Iterator[str]:
    """The file's text in pieces, without what XML cannot have."""
    first = file.read(CHUNK).lstrip(b"\xef\xbb\xbf \t\r\n")
    if first[:2] in (b"\xff\xfe", b"\xfe\xff"):
        decoder: codecs.IncrementalDecoder = codecs.getincrementaldecoder("utf-16")("replace")
    else:
        match = ENCODING.match(first[:200])
        decoder = decoder_of(match[1].decode() if match else "utf-8")
    data = first
    while data:
        yield NOT_XML.sub("", decoder.decode(data))
        data = file.read(CHUNK)
    yield NOT_XML.sub("", decoder.decode(b"", final=True))


class _Parser:
    """Expat with our own handlers; names are taken with their prefixes, because versions of the format differ in namespaces."""

    def __init__(self, export: WordpressExport, line: int) -> None:
        self.export, self.line = export, line
        self.item: ExportItem | None = None
        self.done: list[ExportItem] = []
        self.path: list[str] = []
        self.words: list[str] = []
        self.letters = 0
        self.group: dict[str, str] = {}
        self.attributes: dict[str, str] = {}
        self.parser = parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.UseForeignDTD(True)  # so that a name such as &nbsp; is no error
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.SkippedEntityHandler = self._entity
        parser.EntityDeclHandler = self._declared
        parser.ExternalEntityRefHandler = lambda *_: 1

    def feed(self, text: str) -> None:
        """Read on."""
        if text:
            self.parser.Parse(text.encode("utf-8", "replace"), False)

    def _declared(self, *_: Any) -> None:
        raise NotOpened(
            "the export declares entities of its own, as no system does and as an attack would: nothing was read"
        )

    def _entity(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self._words(html5.get(f"{name};", f"&{name};"))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.path.append(name)
        self.words, self.letters, self.attributes = [], 0, attributes
        if name == "item":
            self.item = ExportItem(self.line + self.parser.CurrentLineNumber - 1)
        elif name in GROUPS and (self.item is not None or len(self.path) <= 3):
            self.group = {}

    def _words(self, text: str) -> None:
        self.letters += len(text)
        if self.letters <= MOST_LETTERS:
            self.words.append(text)

    def _end(self, name: str) -> None:
        text = "".join(self.words)
        self.words = []
        self.path.pop()
        parent = self.path[-1] if self.path else ""
        if name == "item" and self.item is not None:
            self.done.append(self.item)
            self.item = None
        elif parent in GROUPS:
            self.group[name] = text
        elif name in GROUPS and self.item is not None:
            self._of_item(name)
        elif name in GROUPS:
            self.export.groups.append((name, self.group))
        elif self.item is not None and parent == "item":
            if name == "category":
                self.item.categories.append(
                    (self.attributes.get("domain", "category"), self.attributes.get("nicename", ""), text.strip())
                )
            else:
                self.item.text[name] = text
        elif parent == "channel":
            self.export.channel.setdefault(name, text.strip())

    def _of_item(self, name: str) -> None:
        if self.item is None:
            return
        if name == "wp:postmeta":
            self.item.meta.setdefault(self.group.get("wp:meta_key", "").strip(), self.group.get("wp:meta_value", ""))
        elif name == "wp:comment":
            self.item.comments += 1
            self.item.mails += bool(self.group.get("wp:comment_author_email", "").strip())
        elif name == "wp:category":
            self.item.categories.append(
                ("category", self.group.get("wp:category_nicename", ""), self.group.get("wp:cat_name", ""))
            )
