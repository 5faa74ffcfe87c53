"""Reads the XML that WordPress exports, item by item, whatever is wrong with it; nothing in it can name another file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any, BinaryIO
from xml.parsers import expat

from msgspec import Struct, field

from broadside.desk.importing.model import Skipped
from broadside.desk.importing.source import NotOpened

CHUNK = 1 << 18
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["']([A-Za-z0-9._-]+)""")
NEXT_ITEM = re.compile(r"<item[\s>]")
GROUPS = ("wp:postmeta", "wp:comment", "wp:author", "wp:category", "wp:tag", "wp:term")
"""Elements that have elements of their own."""
MOST_LETTERS = 200_000_000
"""Of one element."""


class Item(Struct):
    """An item: the text of each element, its categories as (domain, slug, name), its fields of metadata, its comments."""

    line: int = 0
    text: dict[str, str] = field(default_factory=dict)
    categories: list[tuple[str, str, str]] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    comments: int = 0
    mails: int = 0

    def __getitem__(self, name: str) -> str:
        return self.text.get(name, "").strip()


class Export(Struct):
    """What stands in a file besides its items."""

    channel: dict[str, str] = field(default_factory=dict)
    groups: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def items(file: BinaryIO, name: str, export: Export) -> Iterator[Item]:
    """The items of an export, one after the other; what an error makes unreadable is noted, and reading goes on after it."""
    parser = _Parser(export)
    line = 1
    with file:
        for text in _texts(file):
            while True:
                try:
                    parser.feed(text)
                    break
                except expat.ExpatError as problem:
                    at = line + problem.lineno - 1
                    title = parser.item.text.get("title", "") if parser.item else ""
                    export.skipped.append(
                        Skipped(
                            f"{name}:{at}",
                            f"{title[:80]}: the XML is broken ({expat.ErrorString(problem.code)})".lstrip(": "),
                        )
                    )
                    yield from parser.done
                    line = at
                    text = parser.rest_after(problem.lineno, problem.offset, text)
                    parser = _Parser(export, began=True)
            yield from parser.take()
    try:
        parser.finish()
    except expat.ExpatError:
        title = parser.item.text.get("title", "") if parser.item else ""
        export.skipped.append(Skipped(name, f"{title[:80]}: the file ends too early".lstrip(": ")))
    yield from parser.take()


def _texts(file: BinaryIO) -> Iterator[str]:
    """The file's text in pieces, without what XML cannot have."""
    first = file.read(CHUNK).lstrip(b"\xef\xbb\xbf \t\r\n")
    if first[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        match = ENCODING.match(first[:200])
        encoding = match[1].decode() if match else "utf-8"
    try:
        decoder = codecs.getincrementaldecoder("cp1252" if encoding.lower() in ("iso-8859-1", "latin1") else encoding)(
            "replace"
        )
    except LookupError:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
    data = first
    while data:
        yield NOT_XML.sub("", decoder.decode(data))
        data = file.read(CHUNK)
    yield NOT_XML.sub("", decoder.decode(b"", final=True))


class _Parser:
    """Expat with our own handlers; names are taken with their prefixes, because versions of the format differ in namespaces."""

    def __init__(self, export: Export, began: bool = False) -> None:
        self.export = export
        self.item: Item | None = None
        self.done: list[Item] = []
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
        self.feed('<?xml version="1.0"?><rss><channel>' if began else "")

    def feed(self, text: str) -> None:
        """Read on."""
        if text:
            self.parser.Parse(text.encode("utf-8", "replace"), False)

    def finish(self) -> None:
        """The file is over."""
        self.parser.Parse(b"", True)

    def take(self) -> list[Item]:
        """The items that are whole by now."""
        taken, self.done = self.done, []
        return taken

    def rest_after(self, line: int, offset: int, text: str) -> str:
        """What follows the next beginning of an item after an error; an error near the end of a piece may cost another item."""
        del line, offset
        lost = self.parser.ErrorByteIndex - self._fed_before(text)
        at = NEXT_ITEM.search(text, max(0, min(len(text), lost)))
        return text[at.start() :] if at else ""

    def _fed_before(self, text: str) -> int:
        return max(0, self.parser.CurrentByteIndex - len(text.encode("utf-8", "replace")))

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
            self.item = Item(self.parser.CurrentLineNumber)
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
