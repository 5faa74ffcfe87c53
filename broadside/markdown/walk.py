"""Two walks over a body's element tree: one applies typography; in the other, links and ids become
placeholders.

Both refuse what is out of place, and look for what Markdown failed to read.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from urllib.parse import unquote

from markdown.util import AMP_SUBSTITUTE, AtomicString
from msgspec import Struct, field

from broadside.faults import did_you_mean
from broadside.markdown import unread
from broadside.markdown.body import CLOSE, OPEN, PLACEHOLDER, PREFIX
from broadside.markdown.figures import EMBEDS
from broadside.markdown.guard import address_problem, link_problem, spaced, written_address
from broadside.markdown.places import Refuse, Words, of_address
from broadside.markdown.typography import CURLY, STASHED, Quotes, curl, last_shown
from broadside.media.files import kind_of
from broadside.slugs import slugify
from broadside.words import ENGLISH, Language

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INLINE = frozenset(
    "a abbr b cite code del em i img ins kbd mark q s small span strong sub sup u br".split()
)
BOXES = frozenset({"blockquote", "ul", "ol", "dl", "aside", "details"})
EMPTY_LINK = re.compile(r"\[\s{0,9}\][\[(]|<a\s[^<>]{1,999}></a>", re.I)
ESCAPED = re.compile("\x02(\\d+)\x03")
"""Python-Markdown's code for a character after a backslash, by number."""
WITHIN = ("/", "{", "|", "%7B", "files/")
"""The start of an address within the site; { and | are Pelican's {filename}, and files/ is the
folder of files.
"""
SIZE = re.compile(r"\d[\d.,]*\s?(?:[KMGkmКМГк]i?[BboБб]|bytes|octets|(?:كيلو|ميغا|غيغا)بايت)\b")
"""The size of a file, in the words of a text."""
BESIDE = re.compile(r"\s*[(\[–—,][^()\[\]]{0,40}")
"""What a writer may say about a file, right after a link to it."""
PAGE_IDS = frozenset(
    "main stream-title newsletter-title newsletter-email foot-email corrections corrections-title"
    " photo-credit how-made rail-latest rail-briefs menu search-words browse-title section-list"
    " series-parts support-title top".split()
)
"""Ids that the pages themselves use; a heading with such a name gets a number."""
VERBATIM = frozenset({"code", "pre", "kbd", "samp"})
PARAGRAPHS = frozenset({"p", "li", "dd"})
CODE = re.compile(r"<(/?)(?:code|kbd|pre|samp)\b", re.I)
PHOTO = (
    'write ![what can be seen](photos/x.jpg){credit="…"} alone, and a file name that has spaces'
    " between < and >"
)
CARD = re.compile(f"!({'|'.join(EMBEDS)})", re.I)
"""The words of a link that was meant as a card."""


class Walk(Struct):
    """The input and the results of one walk."""

    refuse: Refuse
    line_of: Callable[[Words], int]
    quotes: Quotes | None = CURLY
    words: Language = ENGLISH
    rtl: bool = False
    links: list[tuple[str, int]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    wanted: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)
    """The files that already have a note beside a link to them."""
    numbers: dict[str, int] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    """The letters of each heading -> its id."""
    renamed: dict[str, str] = field(default_factory=dict)
    """Fragments that name a heading by its words, as other programs do -> the id that is meant."""
    lost: set[str] = field(default_factory=set)
    """Fragments that name nothing."""

    def run(self, root: etree.Element) -> None:
        """Change the tree in place."""
        shift = 0
        if root.find(".//h1") is not None:
            shift = 1
        for parent in root.iter():
            self._children(parent)
        for number, block in enumerate(root):
            self._block(block, root, number, shift)
        for anchor in self.wanted:
            if anchor not in self.anchors and not self._by_words(anchor):
                self.lost.add(anchor)
                hint = did_you_mean(anchor, self.anchors)
                words = (f"(#{anchor}", f"#{anchor}")
                self.refuse(
                    words,
                    "broken-link",
                    f'the link "#{anchor}" leads to nothing in this text',
                    hint,
                )

    def address(self, href: str) -> str:
        """A link's address for the HTML: a placeholder if it stays within the site, "" if no reader
        could follow it.
        """
        if href.startswith("#") and len(href) > 1:
            if href == "#top":
                return href
            self.wanted.append(href[1:])
            return f"#{PREFIX}{href[1:]}"
        if href.startswith(WITHIN) and not href.startswith("//"):
            self.links.append((href, self.line_of(of_address(href))))
            return f"{OPEN}L{len(self.links) - 1}{CLOSE}"
        return self._outer(href)

    def _outer(self, href: str) -> str:
        problem = link_problem(href)
        if not problem:
            return href
        mended = spaced(href)
        is_sound = bool(mended) and not link_problem(mended)
        is_own = problem[0] == "preview-link"  # an article about computers may mean it
        self.refuse(of_address(href), *problem, "warning" if is_sound or is_own else "error")
        if is_sound:
            return mended
        return ""

    def check_references(self, references: Mapping[str, tuple[str, str | None]]) -> None:
        """Refuse lines such as "[Note]: Yes", which Markdown takes for the address of a link and
        does not print.
        """
        for name, (href, _) in references.items():
            if (
                href not in self.seen
                and not href.startswith((*WITHIN, "#"))
                and address_problem(href)
            ):
                what = (
                    f'"[{name}]:" at the start of a line is read as the address of a link, which'
                    f' "{href[:40]}" is not'
                )
                words = f": {href}" if href else (f"[{name}]:", *of_address(href))
                self.refuse(words, "reference", what, "write \\[ for the bracket itself")

    def _children(self, parent: etree.Element) -> None:
        for element in parent:
            if element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self.seen.add(element.get("src", ""))
                words = (f"![{element.get('alt', '')}]", element.get("alt", ""), "![")
                self.refuse(
                    words,
                    "photo-words",
                    "a photo cannot be read, or is not in a paragraph of its own",
                    PHOTO,
                )
            name = element.get("id")
            if name:
                element.set("id", PREFIX + name)
                self.anchors.add(name)

    def _link(self, element: etree.Element) -> None:
        written = element.get("href", "")
        title = element.get("title")
        if element.get("class") in ("footnote-ref", "footnote-backref"):
            element.set("href", f"#{PREFIX}{written[1:]}")
            if title:  # the link back is an arrow, which needs a name for screen readers
                element.set("aria-label", element.attrib.pop("title"))
            return
        if title is not None:
            element.set("title", curl(title, quotes=self.quotes))
        self.seen.add(written)
        href = written_address(
            ESCAPED.sub(lambda code: chr(int(code[1])), written.replace(AMP_SUBSTITUTE, "&"))
        )
        made = self.address(href)
        if not made:
            del element.attrib["href"]
        elif made != href:
            element.set("href", made)
            if made.startswith(OPEN) and (kind := kind_of(href)):
                self._note_file(element, kind, href.partition("#")[0], made)
        if not len(element) and not (element.text or "").strip():
            self.refuse(
                (f"[]({href}", EMPTY_LINK, f"({href}"),
                "link",
                "a link has no words",
                "write them between [ and ]",
            )
        elif element.find(".//a") is not None:
            self.refuse(
                (f"({href}", href),
                "link",
                "a link or a note is inside a link",
                "put it after the link",
            )

    def _note_file(self, element: etree.Element, kind: str, file: str, placeholder: str) -> None:
        """Add a placeholder beside the first link to a file, for its kind and size, unless the
        writer gave them already.
        """
        if file in self.noted:
            return
        self.noted.add(file)
        behind = BESIDE.match(element.tail or "")
        said = _words(element) + (behind[0] if behind else "")
        has_kind = re.search(rf"\b{kind}\b", said, re.I)
        has_size = SIZE.search(said)
        if not (has_kind and has_size):
            if has_kind:
                sign = "S"
            elif has_size:
                sign = "K"
            else:
                sign = "F"
            element.tail = f"{OPEN}{sign}{placeholder[2:]}{element.tail or ''}"

    def _block(self, block: etree.Element, root: etree.Element, number: int, shift: int) -> None:
        if block.tag in HEADINGS or len(block):  # most blocks are neither
            for heading in [element for element in block.iter() if element.tag in HEADINGS]:
                self._heading(heading, shift)
        for box in (each for tag in ("aside", "details") for each in block.iter(tag)):
            for place, child in enumerate(box):
                if child.tag == "table":
                    box[place] = _boxed(child)
        if block.tag == "table":
            root[number] = _boxed(block)
        elif block.get("class") == "audio":
            _leave_room_for_player(block)
        elif block.get("class") == "footnote":
            _name_notes(block, self.words)
        if not self.rtl:
            self._direct(block)

    def _heading(self, heading: etree.Element, shift: int) -> None:
        if not "".join(heading.itertext()).strip():
            heading.clear()
            heading.tag = "p"  # an empty paragraph, which is removed later
            return
        level = min(6, max(2, int(heading.tag[1]) + shift))
        heading.tag = f"h{level}"
        words = _words(heading)
        name = self._anchor(slugify(words) or "part")
        heading.set("id", PREFIX + name)
        self.headings.setdefault(_letters(words) or name, name)

    def _anchor(self, base: str) -> str:
        """The heading's slug, with a number if it is taken."""
        name, number = base, self.numbers.get(base, 1)
        while name in self.anchors or name in PAGE_IDS:
            number += 1
            name = f"{base}-{number}"
        self.numbers[base] = number
        self.anchors.add(name)
        return name

    def _by_words(self, fragment: str) -> bool:
        """Find the heading that a fragment such as #数据库 or #Part-One names by its words, which
        differ from its id.
        """
        name = self.headings.get(_letters(unquote(fragment)), "")
        if not name or escape(fragment) != fragment:
            return False
        self.renamed[fragment] = name
        return True

    def _direct(self, block: etree.Element) -> bool:
        """Mark each paragraph whose first letter is of a right-to-left script, and each box with
        only such paragraphs.
        """
        words = _words(block)
        if words.isascii():
            return False
        inner = [child for child in block if child.tag not in INLINE]
        if inner:
            directions = [self._direct(child) for child in inner]
            rtl = block.tag in BOXES and all(directions)
        else:
            rtl = direction(words) == "rtl"
        if rtl:
            block.set("dir", "rtl")
        return rtl


def _letters(words: str) -> str:
    """The letters and digits of some words, which are the same however a fragment is spelled."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LMN")


def _leave_room_for_player(figure: etree.Element) -> None:
    """Put a placeholder for the player of a recording below the link to it."""
    link = figure.find("figcaption/a")
    address = ""
    if link is not None:
        address = link.get("href", "")
    if address.startswith(OPEN):
        figure[0].tail = f"{OPEN}A{address[2:]}"


def _name_notes(notes: etree.Element, words: Language) -> None:
    """Turn the footnotes' box into a named group; a landmark or section would be too much on a page
    with four stories.
    """
    notes.attrib.update(
        {"class": "footnotes", "role": "group", "aria-label": words.gettext("Footnotes")}
    )
    for rule in notes.findall("hr"):
        notes.remove(rule)


def direction(text: str) -> str:
    """The direction of a text: "rtl" if its first letter is of a right-to-left script, else
    "ltr".
    """
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def _boxed(table: etree.Element) -> etree.Element:
    """The table in a box that scrolls by itself, also by keyboard."""
    box = etree.Element(
        "div", {"class": "table", "tabindex": "0", "role": "region", "aria-label": _caption(table)}
    )
    box.append(table)
    table.tail = None
    for cell in table.iter("th"):
        cell.set("scope", "col")
    for cell in [*table.iter("td"), *table.iter("th")]:
        align = re.search("right|center", cell.attrib.pop("style", ""))
        if align:  # "right" means the column's end, which in a right-to-left text is on the left
            cell.set("class", "align-end" if align[0] == "right" else "align-center")
    return box


def _words(element: etree.Element) -> str:
    words = "".join(element.itertext())
    if OPEN in words:
        words = PLACEHOLDER.sub("", words)
    if "\x02" in words:
        return STASHED.sub("", words)
    return words


def _caption(table: etree.Element) -> str:
    """A name for the table's region, in the language of the text: its column heads or, without any,
    its first words.
    """
    cells = list(table.iter("th")) or list(table.iter("td"))[:1]
    words = [" ".join(_words(cell).split()) for cell in cells]
    return ", ".join(filter(None, words)) or "–"


class Marks(Struct, frozen=True):
    """Applies typography to one text; `html` returns the stashed piece of HTML for a key."""

    refuse: Refuse
    html: Callable[[str], str]
    quotes: Quotes | None = CURLY

    def set(self, element: etree.Element, before: str = "") -> str:
        """Apply typography below the element; returns its last character, which decides how the
        next quotation mark is curled.
        """
        if element.tag in VERBATIM:
            if element.tag == "pre" and len(element):
                self._code(element[0])
            return "x"
        if element.tag not in INLINE or element.tag == "br":
            before = ""
        if element.tag == "a" and (card := CARD.fullmatch(element.text or "")):
            unread.astray(card[1], self.refuse)
        children = list(element)
        for child in children:
            if child.tag in PARAGRAPHS:
                unread.in_paragraph(_own_text(child), element.tag == "li", self.refuse)
        if element.text and not isinstance(element.text, AtomicString):
            # For a quotation mark, an element that follows counts as a letter.
            element.text = self._line(element.text, before, "x" if children else "")
        before = last_shown(element.text or "", before, self.shown)
        for i, child in enumerate(children):
            before = self.set(child, before)
            if child.tail and not isinstance(child.tail, AtomicString):
                child.tail = self._line(child.tail, before, "x" if i + 1 < len(children) else "")
            before = last_shown(child.tail or "", before, self.shown)
        return before

    def _code(self, code: etree.Element) -> None:
        """Cut the empty lines after indented code."""
        code.text = AtomicString((code.text or "").rstrip() + "\n")

    def _line(self, text: str, before: str, after: str) -> str:
        spans = list(self._verbatim(text)) if "\x02" in text else ()
        prose = text
        for start, end in reversed(spans):
            prose = prose[:start] + prose[end:]
        unread.in_text(prose, self.refuse)
        return curl(text, before, self.quotes, after, self.shown, spans)

    def shown(self, piece: str) -> str:
        """A stashed piece as a reader sees it: an entity's character, a line break, or "" for any
        other tag.
        """
        html = self.html(piece)
        if html.startswith("&"):
            return unescape(html)
        if html.lower().startswith("<br"):
            return "\n"
        return ""

    def _verbatim(self, text: str) -> Iterator[tuple[int, int]]:
        """The spans of the text between two raw tags that are code."""
        start = -1
        for piece in STASHED.finditer(text):
            tag = CODE.match(self.html(piece[0]))
            if tag and not tag[1]:
                start = piece.end()
            elif tag and start >= 0:
                yield start, piece.start()
                start = -1


def _own_text(element: etree.Element) -> str:
    """The text of an element itself, without that of blocks inside it."""
    text = element.text or ""
    for child in element:
        if child.tag in INLINE:
            text += ("\n" if child.tag == "br" else "".join(child.itertext())) + (child.tail or "")
    return text
