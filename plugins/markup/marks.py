"""The text of a body's element tree: marks are set, and signs that Markdown made nothing of are refused."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Iterator
from html import unescape

from markdown.util import AtomicString
from msgspec import Struct

from plugins.letters import HARD_SPACES, garbled
from plugins.markup.embeds import KINDS
from plugins.markup.places import Refuse
from plugins.markup.quotations import PULLQUOTE
from plugins.markup.typography import STASHED, curl, last_shown
from plugins.markup.walk import INLINE

VERBATIM = frozenset({"code", "pre", "kbd", "samp"})
PARAGRAPHS = frozenset({"p", "li", "dd"})
CODE = re.compile(r"<(/?)(?:code|kbd|pre|samp)\b", re.I)
RULE = re.compile(r"(?m)^[ ]*\|?[ ]*:?-{3,}:?[ ]*\|[-|: ]*$")
ITEMS = re.compile(r"\n[ ]*([-*+]|[0-9]+\.)[ ]+\S.*\n[ ]*(?:[-*+]|[0-9]+\.)[ ]+\S")
ITEM = re.compile(r"\n[ ]*(?:[-*+]|[0-9]{1,2}\.)[ ]+\S.*")
"""One alone may be a dash that begins a line, but not right below a list's own words."""
OTHER_ITEM = (
    r"[ ]*(?:[•·▪◦‣●○■□\uf0a7\uf0b7][^\S\n]*|[0-9]{1,3}\)[^\S\n]+"
    rf"|(?:[-*+]|[0-9]{{1,3}}\.)[ ]*[{HARD_SPACES}])(?=\S)"
)
OTHER_ITEMS = re.compile(rf"\n{OTHER_ITEM}")
FIRST_ITEM = re.compile(rf"(?m)^{OTHER_ITEM}.*")
"""A line that another program takes for a list's; a dash may begin what somebody says."""
ROW = r"[ ]*\|(?:[ ][^|\n]*[ ]\||(?:[^|\n]*\|){2,}[ ]*(?=\n|$)).*"
ROWS = re.compile(rf"(?m)^{ROW}\n{ROW}")
PROSE = re.compile(rf"(?m)^\S+(?:[ {HARD_SPACES}][\w’'‘“”\"(),;–—-]+){{7,}}[.!?]")
STRONG = re.compile(r"(?<![\w*])\*\*(?:[\"'“‘(]?\w[^*\n\x02]{0,200}[ ]|[ ][^*\n\x02]{1,200})\*\*(?!\*)")
"""Words between asterisks with a space inside; single ones may be meant as they stand, as within a word or behind a figure."""
NOTE = re.compile(r"\[\^[^\]]+\]")
PHOTO = re.compile(r"!\[[^\n\x02]{0,200}?\]\(")
EMBED = re.compile(rf"\[!({'|'.join(KINDS)})\]", re.I)
CARD = re.compile(f"!({'|'.join(KINDS)})", re.I)
"""The words of a link that was meant for a card."""
PULL_QUOTE = re.compile(rf"(({PULLQUOTE.pattern})[^\n\x02]{{0,40}})", re.I)
FENCE = "```"
LINK = re.compile(r"[^\[\]\n\x02]{0,40}\]\((?:https?://|mailto:|\{filename\})[^\s\x02]{0,60}")
REFERENCE = re.compile(r"(?<!\w)\[[^\[\]]+\]\[[^\[\]]*\]")
SPACED = re.compile(r"\[(?!!)[^\[\]\n\x02]{1,200}\][ ]{1,3}\(https?://")
SWAPPED = re.compile(r"\([^()\n\x02]{1,200}\)\[https?://")
WORDPRESS = re.compile(r"(?m)^\[(?:caption|gallery|embed|audio|video|playlist)(?:[ ][^\]\n]{0,500})?\]")
HUGO = re.compile(r"\{\{[<%][ ]?[\w/][^\n\x02]{0,40}")
TAG = re.compile(r"<[A-Za-z][A-Za-z0-9]*[\s/]+[A-Za-z-]+\s*=[^<\x02]{0,20}")


class Marks(Struct, frozen=True):
    """Sets the marks of one text; `html` gives the stashed piece of HTML behind a placeholder."""

    refuse: Refuse
    html: Callable[[str], str]
    english: bool = True

    def set(self, element: etree.Element, before: str = "") -> str:
        """Set the text below the element; returns the last character, which decides on the next quotation mark."""
        if element.tag in VERBATIM:
            if element.tag == "pre" and len(element):
                self._code(element[0])
            return "x"
        if element.tag not in INLINE or element.tag == "br":
            before = ""
        if element.tag == "a" and (card := CARD.fullmatch(element.text or "")):
            self._astray(card[1])
        children = list(element)
        for child in children:
            if child.tag in PARAGRAPHS:
                self._run_on(child, ITEM if element.tag == "li" else ITEMS)
        if element.text and not isinstance(element.text, AtomicString):
            element.text = self._line(element.text, before, "x" if children else "")
        before = last_shown(element.text or "", before, self.shown)
        for i, child in enumerate(children):
            before = self.set(child, before)
            if child.tail and not isinstance(child.tail, AtomicString):
                child.tail = self._line(child.tail, before, "x" if i + 1 < len(children) else "")
            before = last_shown(child.tail or "", before, self.shown)
        return before

    def _code(self, code: etree.Element) -> None:
        """Cut the empty lines after code that is indented, and warn where it reads like prose."""
        code.text = AtomicString((code.text or "").rstrip() + "\n")
        if PROSE.search(code.text):
            message = "a paragraph that is indented by four spaces or a tab is shown as code"
            hint = "delete the spaces before it; code that looks like prose goes between lines of three backticks"
            self.refuse(code.text.split("\n")[0], "code-prose", message, hint, "warning")

    def _line(self, text: str, before: str, after: str) -> str:
        if "[" in text:
            self._brackets(text)
        if "{{" in text:
            self._shortcodes(HUGO, text)
        if letters := garbled(text):
            message = f'"{letters}" is what was left of other letters when the text was copied'
            self.refuse(letters, "garbled", message, "type them anew", "warning")
        row = RULE.search(text) if "\n" in text else None
        if row:
            hint = "leave an empty line before it, and give each row as many cells"
            self.refuse(row[0].strip(), "table", "this table is not read as one", hint)
        if FENCE in text:
            hint = "leave nothing but a word behind those before the code, and nothing but them on the line after it"
            self.refuse(FENCE, "fence", "three backticks are shown as they stand", hint, "warning")
        if "**" in text and (strong := STRONG.search(text)):
            hint = "write **words**, with no space inside the asterisks; \\* is the sign itself"
            self.refuse(strong[0], "emphasis", "these asterisks are shown as they stand", hint, "warning")
        if "<" in text:
            if "<!--" in text:
                self.refuse(
                    "<!--", "comment", "a comment is not closed, so that readers would see it", "end it with -->"
                )
            for tag in TAG.findall(text):
                hint = 'write it as <tag name="value">, or the sign itself as &lt;'
                self.refuse(tag, "html-tag", f'"{tag}…" is a tag that cannot be read', hint)
        spans = list(self._verbatim(text)) if "\x02" in text else ()
        return curl(text, before, self.english, after, self.shown, spans)

    def _brackets(self, text: str) -> None:
        """Tell of notes, photos and links that Markdown made nothing of."""
        for note in NOTE.findall(text):
            hint = f"give its text on a line of its own: {note}: …"
            self.refuse(note, "note-missing", f"the note {note} has no text", hint)
        for kind in EMBED.findall(text):
            self._astray(kind)
        for words, mark in PULL_QUOTE.findall(text):
            hint = f"leave an empty line, and write > {mark}"
            message = f"{mark} does not stand at the beginning of a quotation"
            self.refuse((words, mark), "pullquote", message, hint)
        for photo in PHOTO.findall(text):
            hint = 'write ![what one sees](photos/x.jpg){credit="…"}'
            self.refuse(photo, "photo-words", "this photo cannot be read", hint)
        for link in LINK.findall(text):
            hint = "write [words](https://…), without other [ before it, and each ( in the address as %28, ) as %29"
            self.refuse(link, "link", f'the link "[{link[:60]}…" cannot be read', hint)
        for pattern in (SPACED, SWAPPED) if "://" in text else ():
            for link in pattern.findall(text):
                message = f'"{link[:60]}…" is not read as a link'
                self.refuse(link, "link-form", message, "write [words](https://…), without a space", "warning")
        self._shortcodes(WORDPRESS, text)
        for link in REFERENCE.findall(text):
            hint = "give it on a line of its own: [name]: https://…"
            self.refuse(link, "reference-missing", f"{link[:60]} names no address that is given", hint, "warning")

    def _astray(self, kind: str) -> None:
        hint = f"leave an empty line before [!{kind}] and after its link"
        self.refuse(f"[!{kind}]", "embed", f"the {kind.lower()} does not stand by itself", hint)

    def _shortcodes(self, pattern: re.Pattern[str], text: str) -> None:
        for code in pattern.findall(text):
            message = f'"{code[:60]}" is a short code of another system, which is shown as it stands'
            self.refuse(code, "shortcode", message, "write in Markdown what it stood for", "warning")

    def _run_on(self, paragraph: etree.Element, list_items: re.Pattern[str]) -> None:
        """Warn of a list or a table that Markdown did not see, for want of an empty line or of the signs that it knows."""
        text = "".join(_own_text(paragraph)) if len(paragraph) else paragraph.text or ""
        if "\n" not in text:
            return
        what, hint = "list", "leave an empty line before the first"
        items = list_items.search(text)
        first = items[0].strip() if items else ""
        if not first and OTHER_ITEMS.search(text):
            others = FIRST_ITEM.findall(text)
            first = others[0].strip() if len(others) > 1 else ""
            hint = "begin each with a hyphen or 1. and a space, and leave an empty line before the first"
        if not first and text.count("|") > 3 and not RULE.search(text):
            rows = ROWS.search(text)
            first = rows[0].strip() if rows else ""
            what, hint = "table", "write | --- | below the first, with as many cells, and leave an empty line before it"
        if first:
            first = first.split("\n")[0]
            sign, words = re.match(r"[^\w\s]*", first), re.findall(r"\w+", first)[:4]
            pattern = (re.escape(sign[0]) if sign else "") + r"[^\w\n]{0,20}"  # as marks may stand between
            sought = re.compile(pattern + r"[^\w\n]{1,20}".join(words) if words else "$")
            self.refuse((first, sought), what, f"these lines are not read as a {what}", hint, "warning")

    def shown(self, piece: str) -> str:
        """What a reader sees of a stashed piece: the character of an entity, a line break, or nothing of another tag."""
        html = self.html(piece)
        return unescape(html) if html.startswith("&") else "\n" if html.lower().startswith("<br") else ""

    def _verbatim(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the text between two raw tags is code."""
        start = -1
        for piece in STASHED.finditer(text):
            tag = CODE.match(self.html(piece[0]))
            if tag and not tag[1]:
                start = piece.end()
            elif tag and start >= 0:
                yield start, piece.start()
                start = -1


def _own_text(element: etree.Element) -> Iterator[str]:
    """The text that stands in an element itself, and not in a block inside it."""
    yield element.text or ""
    for child in element:
        if child.tag in INLINE:
            yield "\n" if child.tag == "br" else "".join(child.itertext())
            yield child.tail or ""
