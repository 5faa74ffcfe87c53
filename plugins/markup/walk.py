"""One walk over a body's element tree: links and ids become slots, marks are set, and what has no place is refused."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as etree
from collections.abc import Callable
from dataclasses import dataclass, field

from markdown.util import AtomicString

from plugins.markup.body import CLOSE, OPEN, PREFIX
from plugins.markup.guard import link_problem
from plugins.markup.typography import curl
from plugins.slugs import slugify

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
VERBATIM = frozenset({"code", "pre", "kbd", "samp"})
INLINE = frozenset("a abbr b cite code del em i img ins kbd mark q s small span strong sub sup u br".split())
BOXES = frozenset({"blockquote", "ul", "ol", "dl"})
PULLQUOTE = re.compile(r"\s*\[!pull-?quote\]\s*", re.I)
STASHED = "\x02"


@dataclass(slots=True)
class Walk:
    """What one walk needs and finds; `refuse` takes the words to look for, a code, a message and a hint."""

    refuse: Callable[[str, str, str, str], None]
    line_of: Callable[[str], int]
    english: bool = True
    rtl: bool = False
    links: list[tuple[str, int]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    wanted: list[str] = field(default_factory=list)

    def run(self, root: etree.Element) -> None:
        """Change the tree in place."""
        shift = 1 if root.find(".//h1") is not None else 0
        for parent in root.iter():
            self._children(parent)
        for block in list(root):
            self._block(block, root, shift)
        self._set_marks(root, "")
        for anchor in self.wanted:
            if anchor not in self.anchors:
                self.refuse(f"#{anchor}", "link-fragment", f'the link "#{anchor}" points to nothing in this text', "")

    def _children(self, parent: etree.Element) -> None:
        for element in parent:
            if element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self.refuse(
                    element.get("alt", ""),
                    "photo-inline",
                    "a photo stands inside a paragraph",
                    "give it a paragraph of its own",
                )
            name = element.get("id")
            if name:
                element.set("id", PREFIX + name)
                self.anchors.add(name)

    def _link(self, element: etree.Element) -> None:
        href = element.get("href", "")
        title = element.get("title")
        if title is not None:
            element.set("title", curl(title, english=self.english))
        if href.startswith("#") and len(href) > 1:
            element.set("href", f"#{PREFIX}{href[1:]}")
            if element.get("class") not in ("footnote-ref", "footnote-backref"):
                self.wanted.append(href[1:])
        elif href.startswith(("/", "{", "%7B")) and not href.startswith("//"):
            element.set("href", f"{OPEN}L{len(self.links)}{CLOSE}")
            self.links.append((href, self.line_of(href)))
        elif not href.startswith(STASHED):
            problem = link_problem(href)
            if problem:
                self.refuse(href or "]()", *problem)

    def _block(self, block: etree.Element, root: etree.Element, shift: int) -> None:
        for quote in [block, *block.iter("blockquote")] if block.tag in ("blockquote", "div", "ol", "ul") else []:
            self._pull_quote(quote)
        for heading in (
            [block]
            if block.tag in HEADINGS
            else [child for child in block.iter() if child.tag in HEADINGS]
            if len(block)
            else []
        ):
            self._heading(heading, shift)
        if block.tag == "table":
            self._wrap_table(block, root)
        elif block.get("class") == "footnote":
            _name_notes(block)
        if not self.rtl:
            self._direct(block)

    def _pull_quote(self, quote: etree.Element) -> None:
        if quote.tag == "blockquote" and len(quote) and quote[0].tag == "p" and PULLQUOTE.match(quote[0].text or ""):
            quote[0].text = PULLQUOTE.sub("", quote[0].text or "", count=1)
            quote.set("class", "pullquote")

    def _heading(self, heading: etree.Element, shift: int) -> None:
        level = min(6, max(2, int(heading.tag[1]) + shift))
        heading.tag = f"h{level}"
        base = slugify(_words(heading)) or "part"
        name, n = base, 2
        while name in self.anchors:
            name, n = f"{base}-{n}", n + 1
        self.anchors.add(name)
        heading.set("id", PREFIX + name)

    def _wrap_table(self, table: etree.Element, root: etree.Element) -> None:
        """Put a table into a box that scrolls by itself, and that a keyboard can reach."""
        box = etree.Element("div", {"class": "table", "tabindex": "0", "role": "region", "aria-label": _caption(table)})
        root[list(root).index(table)] = box
        box.append(table)
        table.tail = None
        for cell in table.iter("th"):
            cell.set("scope", "col")
        for cell in [*table.iter("td"), *table.iter("th")]:
            align = re.search(r"(left|right|center)", cell.attrib.pop("style", ""))
            if align and align[1] != "left":
                cell.set("class", f"align-{align[1]}")

    def _direct(self, block: etree.Element) -> bool:
        """Mark each paragraph whose first letter is of a right-to-left script, and each box that holds only such ones."""
        words = _words(block)
        if words.isascii():
            return False
        inner = [child for child in block if child.tag not in INLINE]
        if inner:
            found = [self._direct(child) for child in inner]
            rtl = block.tag in BOXES and all(found)
        else:
            rtl = direction(words) == "rtl"
        if rtl:
            block.set("dir", "rtl")
        return rtl

    def _set_marks(self, element: etree.Element, before: str) -> str:
        """Set quotes and dashes in the text below the element; returns the last character, which decides on the next quote."""
        if element.tag in VERBATIM:
            return "x"
        before = "" if element.tag not in INLINE else before
        children = list(element)
        if element.text and not isinstance(element.text, AtomicString):
            element.text = curl(element.text, before, self.english, "x" if children else "")
        before = (element.text or before)[-1:]
        for i, child in enumerate(children):
            before = self._set_marks(child, before) or before
            if child.tail and not isinstance(child.tail, AtomicString):
                child.tail = curl(child.tail, before, self.english, "x" if i + 1 < len(children) else "")
            before = (child.tail or before)[-1:]
        return before


def _name_notes(notes: etree.Element) -> None:
    """Turn the footnotes' box into a named group; a landmark or section would be one too many on a page of four stories."""
    notes.attrib.update({"class": "footnotes", "role": "group", "aria-label": "Notes"})
    for rule in notes.findall("hr"):
        notes.remove(rule)


def direction(text: str) -> str:
    """ "rtl" when the text's first letter is of a right-to-left script, else "ltr"."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def _words(element: etree.Element) -> str:
    return re.sub("\x02[^\x03]*\x03", "", "".join(element.itertext()))


def _caption(table: etree.Element) -> str:
    """A name for the table's region: its column heads."""
    heads = [" ".join(_words(cell).split()) for cell in table.iter("th")]
    return "Table: " + ", ".join(head for head in heads if head) if any(heads) else "Table"
