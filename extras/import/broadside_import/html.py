"""Converts an archive's HTML to our Markdown, with markdownify, for the dialect of
broadside/markdown; no word is lost.

The engine itself renders the result. A block that it would refuse is written as plain words
instead.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from html import escape
from itertools import chain, dropwhile, groupby
from typing import Any, cast
from urllib.parse import quote

from bs4 import Tag
from bs4.element import NavigableString, PageElement
from markdownify import MarkdownConverter
from msgspec import Struct, field
from msgspec.structs import replace

from broadside.importer import (
    LANG,
    LENIENT,
    UNPRINTABLE,
    Fault,
    Typesetter,
    clean_line,
    escaped,
    in_quotes,
    link_problem,
    with_entities,
)
from broadside_import.cards import whole
from broadside_import.model import Picture
from broadside_import.readable import host_in, put_back, soup_of
from broadside_import.tidy import INDENT, Tidied, attribute, tidied, words_in, words_of

LINE_START = re.compile(
    r"(?m)^([ \t]*)(?:([#>+])|(-)(?=[\s-]|$)|(\d+)(\.)(?=\s|$)|([:=~])(?=[\s=~]|$)|(!)(?=!!))"
)
RAW = "sub u ins del s strike mark small q cite kbd samp var dfn ruby rt rp".split()
AS_RAW = {"strike": "s"}
LONG_LINE = 20_000
BEFORE_WORD = re.compile(r" (?=\w{4})")
BREAK = "\\\n"
BREAKS_BEFORE, BREAKS_AFTER = re.compile(r"\A(?:\s|\\\n)++"), re.compile(r"\A(?:\n\\|\s)++")
"""The spaces and breaks before a text, and those after a text that has been reversed."""
SIGNS_OF_UNREAD = re.compile(
    r"\$\$|\$[^$]*\\[a-zA-Z]|\\[(\[]|\\begin\{|\{[{%]|\[[a-zA-Z][\w-]*:\s?http"
)
FORMULA = re.compile(
    r"\$\$[^$]{1,1000}\$\$|\$[^$\n]{0,200}?\\[a-zA-Z][^$\n]{0,200}\$|\\\([^\n]{1,300}?\\\)|\\\[.{1,300}?\\\]|\\begin\{\w+\*?\}",
    re.S,
)
TEMPLATES = "tags of a template"
CODE = re.compile(r"\[[a-zA-Z][\w-]{1,40}:\s?https?://[^\s\[\]]{1,300}\]")
"""A short code such as [video:https://…]."""
TEMPLATE = re.compile(r"\{\{\s*+[^\s{}][^{}]{0,300}\}\}|\{%[^{}]{1,300}%\}")
PICTURE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)(?:[?#].*)?", re.I)
"""The address of a picture."""
MARK = "\ue000"
"""Delimits what is filled in once all stories are known; a character that no text has."""


class Resolve(Struct, frozen=True):
    """What converting a text needs to know of the rest of the archive.

    `photo` returns a picture with its path below the content folder as its address, or None if
    pages cannot show it; `link` returns what to write as a link's address, "" to leave only its
    words.
    """

    photo: Callable[[Picture], Picture | None]
    link: Callable[[str], str]


class ConvertedText(Struct):
    """A body in our Markdown.

    `places` has the number of the heading at or before each id of the source; 0 is the top.
    """

    markdown: str = ""
    places: dict[str, int] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    """The ids that the engine gives to the headings."""
    lead: Picture | None = None
    """The picture at the beginning of the text, if it was left out because it is the story's
    own.
    """
    left: list[tuple[str, str]] = field(default_factory=list)


class _Block(Struct):
    markdown: str
    words: str
    gallery: str = ""
    """For a picture, the number of its gallery."""


class Converter:
    """Converts one body after another; creating one takes longer than a short story."""

    def __init__(self, lang: str = "en") -> None:
        self.typesetter = Typesetter()
        self.lang = lang

    def convert(
        self, html: str, resolve: Resolve, lang: str = "", without_photo: str = ""
    ) -> ConvertedText:
        """The Markdown of a body, without the picture `without_photo` if the body begins with
        it.
        """
        tree = tidied(html)
        text = ConvertedText(left=[*tree.left, *_unread(tree)])
        dialect = _Dialect(resolve, tree.notes, text)
        blocks: list[_Block] = []
        for child in list(tree.soup.contents):
            if isinstance(child, Tag):
                dialect.note_places(child)
                blocks += dialect.blocks(child)
        began = None
        if blocks and blocks[0].markdown.startswith("!["):
            began = dialect.photos[0]
        if began is not None and began.address == without_photo:
            text.lead = began
            blocks.pop(0)
        while blocks and blocks[-1].markdown == "---":
            blocks.pop()
        blocks = list(dropwhile(lambda block: block.markdown == "---", blocks))
        blocks = _apart(_with_galleries(blocks)) + list(dialect.notes_below())
        html = self._prove(blocks, text, lang or self.lang)
        shown = words_in(html)
        for photo in dialect.photos:
            shown.update(words_in(f"{escape(photo.caption)} {escape(photo.credit)}"))
        _tell_lost(tree.said, shown, text)
        return text

    def _prove(self, blocks: list[_Block], text: ConvertedText, lang: str) -> str:
        """The HTML as the engine renders the text; each block that it refuses is written as plain
        words.
        """
        # A block turned into words can change how its neighbours are read, so look again; in the
        # last rounds every block is suspect.
        for last in range(4):
            text.markdown = "\n\n".join(block.markdown for block in blocks)
            body, faults = self.typesetter.set(_filled(text.markdown), "story", lang=lang)
            bad = [
                fault for fault in faults if fault.severity == "error" and fault.code not in LENIENT
            ]
            if not bad:
                break
            for number in _blocks_at(bad, blocks, everything=last > 1):
                words = blocks[number].words
                text.left.append(
                    (f"a block that our Markdown cannot have ({bad[0].message})", "its words")
                )
                blocks[number].markdown = "\n\n".join(
                    _start(escaped(line)) for line in words.split("\n") if line.strip()
                )
            blocks[:] = [block for block in blocks if block.markdown]
        text.headings = re.findall('<h[2-6] id="\x10([^"]*)"', body.html)
        return str(body.html)


def _unread(tree: Tidied) -> Iterator[tuple[str, str]]:
    """Formulas, templates and short codes in the words of a text, which stay as they are."""
    words = "\n".join(
        str(node)
        for node in tree.soup.find_all(string=SIGNS_OF_UNREAD)
        if node.find_parent(["pre", "code"]) is None
    )
    for what, pattern in (("formulas", FORMULA), (TEMPLATES, TEMPLATE), ("short codes", CODE)):
        if found := pattern.findall(words):
            yield (
                f"{what}, {len(found):,}, such as {' '.join(found[0].split())[:100]}",
                "their text",
            )


def _tell_lost(said: Counter[str], shown: Counter[str], text: ConvertedText) -> None:
    """Report words that are missing from the result, if they are more than a hundredth."""
    lost = said - shown
    if lost.total() * 100 > said.total():
        some = ", ".join(list(lost)[:8])
        text.left.append((f"{lost.total():,} of {said.total():,} words, such as {some}", "nothing"))


def _apart(blocks: list[_Block]) -> list[_Block]:
    """The blocks with a comment between two quotations or lists, which Markdown would merge."""
    apart: list[_Block] = []
    for block in blocks:
        if apart and (kind := _joins(block.markdown)) and kind == _joins(apart[-1].markdown):
            apart.append(_Block("<!-- -->", ""))
        apart.append(block)
    return apart


def _with_galleries(blocks: list[_Block]) -> list[_Block]:
    """The blocks with consecutive pictures of a gallery joined into one."""
    joined: list[_Block] = []
    for number, row in groupby(blocks, lambda block: block.gallery):
        pictures = list(row)
        if number and len(pictures) > 1:
            lines = ["[!gallery]", *(block.markdown for block in pictures)]
            words = "\n".join(block.words for block in pictures)
            pictures = [_Block("\n".join(f"> {line}" for line in lines), words)]
        joined += pictures
    return joined


def _joins(markdown: str) -> str:
    sign = re.match(r">|- |\d+\. ", markdown)
    if sign is None:
        return ""
    if sign[0][0].isdigit():
        return "1"
    return sign[0]


def _filled(markdown: str) -> str:
    """The text with a sample address in each place of one."""
    return put_back(markdown, MARK, lambda _: "/x/", 10**9)


def _blocks_at(faults: list[Fault], blocks: list[_Block], everything: bool) -> Collection[int]:
    """The numbers of the blocks with faults; all of them if that is unclear."""
    found: set[int] = set()
    first = 1
    spans = []
    for number, block in enumerate(blocks):
        end = first + block.markdown.count("\n") + 1
        spans.append((first, end, number))
        first = end + 1
    for fault in faults:
        place = bisect_right(spans, fault.line, key=lambda span: span[0]) - 1
        found |= {
            number
            for start, end, number in spans[max(0, place) : place + 1]
            if start <= fault.line <= end
        }
        if fault.code == "too-long":
            everything = True
    if everything or not found:
        return range(len(blocks))
    return found


BASE: Any = MarkdownConverter
"""Untyped, because its stubs lack half of it."""


class _Dialect(BASE):
    """markdownify for our dialect. The tree is tidy, so each block is one block of Markdown."""

    def __init__(self, resolve: Resolve, notes: dict[str, Tag], text: ConvertedText) -> None:
        super().__init__()
        self.resolve, self.notes, self.text = resolve, notes, text
        self.photos: list[Picture] = []
        self.numbers: dict[str, int] = {}
        self.heading = 0

    def blocks(self, child: Tag) -> Iterator[_Block]:
        """The Markdown of a top-level block, and its words."""
        if child.name == "photo":
            yield from self._photo(child)
            return
        if child.name == "card":
            made = self._card(child)
        elif child.name == "cut":
            made = "<!--more-->"
        else:
            made = self.process_tag(child, parent_tags=set()).strip("\n")
        if made.strip():
            words = child.get_text("\n" if child.find(["p", "li", "tr"]) else " ")
            yield _Block(
                UNPRINTABLE.sub("", _not_too_long(_indented_verse(made))),
                UNPRINTABLE.sub("", words.replace(INDENT, " ")),
            )

    def note_places(self, child: Tag) -> None:
        """Record which heading is at or before each id in a block."""
        for element in [child, *child.find_all(True)]:
            self.heading += bool(re.fullmatch("h[1-6]", element.name)) and bool(words_of(element))
            for name in (attribute(element, "id"), attribute(element, "name")):
                if name:
                    self.text.places.setdefault(name, self.heading)

    def notes_below(self) -> Iterator[_Block]:
        """The texts of the notes, in the order of their numbers; texts may refer to more notes."""
        done = 0
        while done < len(self.numbers):
            key = list(self.numbers)[done]
            done += 1
            note = self.notes.get(key)
            parts = []
            if note:
                parts = [
                    self.process_tag(each, set()).strip("\n")
                    for each in note.find_all(True, recursive=False)
                ]
            body = "\n\n".join(filter(None, parts)) or "…"
            words = ""
            if note:
                words = words_of(note)
            body = _indented_verse(_indented(body))
            yield _Block(
                f"[^{self.numbers[key]}]: {body}",
                f"{self.numbers[key]}. {words.replace(INDENT, ' ')}",
            )

    # Pictures and cards.

    def _photo(self, photo: Tag) -> Iterator[_Block]:
        picture = Picture(
            *(
                clean_line(attribute(photo, name))
                for name in ("src", "alt", "data-caption", "data-credit")
            )
        )
        link = attribute(photo, "data-link")
        if PICTURE.fullmatch(link):
            picture = replace(picture, larger=link)
        found = self.resolve.photo(picture)
        if found and picture.larger:
            link = found.larger
        if found:
            picture, path = found, found.address
            self.photos.append(found)
            words = {"caption": picture.caption, "credit": picture.credit}
            braces = " ".join(f"{key}={in_quotes(line)}" for key, line in words.items() if line)
            alt = with_entities(picture.alt).replace("](", "] (")
            address = path
            if re.search(r"[\s()]", path):
                address = f"<{path}>"
            yield _Block(
                f"![{alt}]({address}){f'{{{braces}}}' if braces else ''}",
                " ".join(filter(None, words.values())),
                attribute(photo, "data-gallery"),
            )
        elif picture.caption or picture.credit:
            line = " ".join(filter(None, (picture.caption, picture.credit)))
            yield _Block(_start(escaped(line)), line)
        href = self._address(link)
        if href:
            label = picture.alt or host_in(link).removeprefix("www.")
            label = label or link.strip("/").rpartition("/")[2] or link
            yield _Block(f"[{escaped(label)}]({href})", label)

    def _card(self, card: Tag) -> str:
        href = self._address(attribute(card, "href"))
        words = escaped(clean_line(words_of(card)))
        kind = attribute(card, "data-card")
        if href.startswith("http://"):
            href = f"https://{href[7:]}"
        if href.startswith("https://") and kind in ("video", "audio", "post"):
            return f"[!{kind}] [{words}]({href})"
        if href:
            return f"[{words}]({href})"
        return _start(words)

    def _address(self, href: str) -> str:
        """An address in Markdown's form; "" if it may not be linked."""
        if href.strip():
            href = self.resolve.link(whole(href))
        else:
            href = ""
        if not href or MARK in href:
            return href
        href = quote(href, safe="%/:?#@!$&'*+,;=~[]{}|")
        if "{filename}" not in href:
            href = href.replace("[", "%5B").replace("]", "%5D").replace("|", "%7C")
        if href.startswith(("/", "#", "{")) and not href.startswith("//"):
            return href
        if problem := link_problem(href):
            self.text.left.append((f"a link to {href[:120]} ({problem[1]})", "its words"))
            return ""
        return href

    # Words.

    def escape(self, text: str, parent_tags: set[str]) -> str:
        return escaped(text)

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        if parent_tags and "pre" not in parent_tags and "\n" in el:
            flat = re.sub(r"[ \t]*\n[ \t\n]*", " ", el)
            holder = NavigableString(flat)
            el.replace_with(holder)
            el = holder
        return cast("str", super().process_text(el, parent_tags=parent_tags))

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = re.sub(r"(?<=\n) +| +(?=\\\n)|(?<= ) +", "", _trimmed(text))
        if parent_tags & {"td", "th"}:
            return f"{words}<br>"
        if words:
            return f"\n\n{_start(words)}\n\n"
        return ""

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if parent_tags & {"td", "th"}:
            return "<br>"
        if "_inline" in parent_tags:
            return " "
        return BREAK

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        words = re.sub(r"\s+", " ", _trimmed(text.replace(BREAK, " ")))
        words = re.sub(r"(?<!#)#++$", lambda match: match[0].replace("#", "\\#"), words)
        if words:
            return f"\n\n{'#' * min(6, max(1, n))} {words}\n\n"
        return ""

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if parent_tags & {"strong", "b", "h1", "h2", "h3", "h4", "h5", "h6", "th"}:
            return text
        return _around(text, "**")

    convert_b = convert_strong

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if parent_tags & {"em", "i"}:
            return text
        return _around(text, "*")

    convert_i = convert_em

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "a" in parent_tags or not text.strip():
            return text
        if not {"href", "id", "name"} & el.attrs.keys():  # nh3 removes invalid addresses
            self.text.left.append(("a link whose address cannot be read", "its words"))
        href = self._address(attribute(el, "href"))
        if not href:
            return text
        notes = "".join(re.findall(r"\[\^\d+\]", text))
        before, words, after = _split(re.sub(r"\[\^\d+\]", "", text))
        words = re.sub(r"\s+", " ", words.replace(BREAK, " "))
        if words:
            return f"{before}[{words}]({href}){notes}{after}"
        return f"{notes}{after}"

    def convert_sup(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        key = attribute(el, "data-note")
        if key:
            number = self.numbers.setdefault(key, len(self.numbers) + 1)
            return f"[^{number}]"
        return self._raw(el, text)

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "pre" in parent_tags:
            return text
        code = " ".join(el.get_text().split())
        if not code:
            if text:
                return " "
            return ""
        fence = "`" * (1 + max((len(run) for run in re.findall("`+", code)), default=0))
        pad = ""
        if code[0] == "`" or code[-1] == "`":
            pad = " "
        return f"{fence}{pad}{code}{pad}{fence}"

    convert_tt = convert_code

    def _raw(self, el: Tag, text: str, attributes: str = "") -> str:
        before, words, after = _split(text)
        name = AS_RAW.get(el.name, el.name)
        if words:
            return f"{before}<{name}{attributes}>{words}</{name}>{after}"
        return f"{before}{after}"

    def convert_abbr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        title = clean_line(attribute(el, "title"))
        if not title or re.search(r"[\[\]`*_<>\"\\]", title):
            return text
        el.name = "abbr"
        return self._raw(el, text, f' title="{escape(title)}"')

    convert_acronym = convert_abbr

    def convert_span(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        lang, turn = attribute(el, "lang"), attribute(el, "dir")
        names = ""
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang) and LANG.fullmatch(lang):
            names = f' lang="{lang}"'
        if turn in ("ltr", "rtl"):
            names += f' dir="{turn}"'
        if names and "<" not in text:
            return self._raw(el, text, names)
        return text

    # Blocks.

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        code = el.find("code")
        for line_break in el.find_all("br"):
            line_break.replace_with("\n")
        lines = el.get_text().replace("\xa0", " ").strip("\n").rstrip()
        if not lines.strip():
            return ""
        if el.find("a", href=re.compile(r"^[^#]")):
            self.text.left.append(("a link in a block of code", "its words"))
        named = re.search(
            r"(?:language-|lang-|brush:\s*)([\w+#.-]{1,40})",
            f"{attribute(code, 'class') if isinstance(code, Tag) else ''} {attribute(el, 'class')}",
        )
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", lines)), default=0))
        return f"\n\n{fence}{named[1] if named else ''}\n{lines}\n{fence}\n\n"

    def convert_blockquote(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = text.strip("\n")
        if not text.strip():
            return ""
        if parent_tags & {"td", "th"}:
            return text
        if (
            attribute(el, "data-pullquote")
            and "blockquote" not in parent_tags
            and "li" not in parent_tags
        ):
            text = f"[!pullquote]\n{text}"
        lines = "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
        return f"\n\n{self._parted(el, parent_tags)}{lines}\n\n"

    def convert_aside(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._box(el, text, parent_tags, "aside")

    def convert_details(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return self._box(el, text, parent_tags, "details")

    def _box(self, el: Tag, text: str, parent_tags: set[str], kind: str) -> str:
        """A box with its title; within another block, only its title in bold, and its text."""
        title, text = escaped(clean_line(attribute(el, "data-summary"))), text.strip("\n")
        within = parent_tags & {"blockquote", "li", "dd", "td", "th", "aside", "details"}
        if within or not text.strip() or (kind == "details" and not title):
            return "\n\n".join(["", *([f"**{title}**"] if title else []), text, ""])
        lines = [f"[!{kind}] {title}".rstrip(), *text.split("\n")]
        return "\n\n" + "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"

    def convert_list(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if parent_tags & {"td", "th"}:
            return text
        return f"\n\n{self._parted(el, parent_tags)}{text.strip(chr(10))}\n\n"

    def _parted(self, el: Tag, parent_tags: set[str]) -> str:
        """What separates a list or quotation within another block from one of the same kind before
        it.
        """
        before = el.find_previous_sibling()
        is_within = parent_tags & {"blockquote", "li", "dd", "aside", "details"}
        if is_within and before is not None and before.name == el.name:
            return "<!-- -->\n\n"
        return ""

    convert_ul = convert_ol = convert_list

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if parent_tags & {"td", "th"}:
            return f"• {text.replace('<br>', ' ').strip()}<br>"
        text = text.strip("\n ")
        if not text:
            return ""
        parent = el.parent
        number = 0
        if parent is not None and parent.name == "ol":
            start = attribute(parent, "start")
            number = int(
                attribute(parent, "data-next") or (start[:6] if start.isdecimal() else "1")
            )
            parent["data-next"] = str(number + 1)
        blocks = list(el.find_all(True, recursive=False))
        tight = len(blocks) <= 1 or (
            len(blocks) == 2 and blocks[0].name == "p" and blocks[1].name in ("ul", "ol")
        )
        if tight and len(blocks) == 2:
            text = re.sub(r"\n\n+", "\n", text, count=1)
        bullet = "- "
        if number:
            bullet = f"{number}. "
        return f"{bullet}{_indented(text)}\n{'' if self._is_tight(el) else chr(10)}"

    def _is_tight(self, item: Tag) -> bool:
        """Whether no item of a list has several blocks, or goes on after a list; the result is
        stored in the list.
        """
        around = item.parent
        if around is None:
            return True
        if "data-tight" not in around.attrs:
            items = around.find_all("li", recursive=False)
            several = any(
                len(each.find_all(["p", "pre", "blockquote", "table"], recursive=False)) > 1
                for each in items
            )
            lists = (
                inner for each in items for inner in each.find_all(["ul", "ol"], recursive=False)
            )
            goes_on = any(str(after).strip() for inner in lists for after in inner.next_siblings)
            around["data-tight"] = "" if several or goes_on else "yes"
        return bool(around["data-tight"])

    def convert_dl(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip(chr(10))}\n\n"

    def convert_dt(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = re.sub(r"\s+", " ", text.replace(BREAK, " ")).strip()
        before = el.find_previous_sibling()
        if words:
            return f"{chr(10) if before is not None and before.name == 'dd' else ''}{words}\n"
        return ""

    def convert_dd(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        words = text.strip("\n ")
        if words:
            return f": {_indented(words)}\n"
        return ""

    def convert_table(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        rows = [row for row in el.find_all("tr") if row.find_parent("table") is el]
        cells = _spread(
            [list(row.find_all(["td", "th"], recursive=False)) for row in rows], self._cell
        )
        cells = [row for row in cells if any(cell.strip() for cell in row)]
        width = max((len(row) for row in cells), default=0)
        if not width:
            return ""
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in cells]
        return "\n\n" + "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]]) + "\n\n"

    def _cell(self, cell: Tag) -> str:
        text = self.process_tag(cell, parent_tags={"table", "tr", "td"})
        return re.sub(r"\s+", " ", text.replace(BREAK, "<br>")).strip()

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        text = "<br>".join(filter(None, (line.strip() for line in text.split("<br>"))))
        return text.replace("|", "\\|").replace("\\\\|", "\\|")

    convert_th = convert_td


def _convert_raw(self: _Dialect, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG001 -- as markdownify calls it
    return self._raw(el, text)


for _name in RAW:
    setattr(_Dialect, f"convert_{_name}", _convert_raw)


def _spread(rows: list[list[Tag]], text_of: Callable[[Tag], str]) -> list[list[str]]:
    """The cells' texts in a grid; a cell over several columns or rows is in the first, and the
    others are empty.
    """
    grid: list[list[str]] = []
    taken: dict[tuple[int, int], bool] = {}
    for down, row in enumerate(rows):
        line: list[str] = []
        for cell in row:
            while taken.get((down, len(line))):
                line.append("")
            across, below = (
                min(50, int(value)) if (value := attribute(cell, name)[:6]).isdecimal() else 1
                for name in ("colspan", "rowspan")
            )
            for step in range(1, below):
                taken |= {(down + step, len(line) + i): True for i in range(max(1, across))}
            line += [text_of(cell), *[""] * (across - 1)]
        grid.append(line)
    return grid


def _start(text: str) -> str:
    """A paragraph with no line that begins like another block."""

    def safe(match: re.Match[str]) -> str:
        _, sign, dash, number, dot, other, box = match.groups()
        if number:
            return f"{number}\\{dot}"
        if other:
            return f"&#{ord(other)};"
        return f"\\{sign or dash or box}"

    return LINE_START.sub(safe, text.strip())


def _trimmed(text: str) -> str:
    backwards = BREAKS_AFTER.sub("", BREAKS_BEFORE.sub("", text)[::-1])
    return backwards[::-1]


def _split(text: str) -> tuple[str, str, str]:
    """The space or break before the words, the words, and what follows."""
    words = _trimmed(text)
    if not words:
        return "", "", text
    start = text.index(words)
    return text[:start], words, text[start + len(words) :]


def _around(text: str, sign: str) -> str:
    before, words, after = _split(text)
    if words:
        return f"{before}{sign}{words}{sign}{after}"
    return text


def _indented(text: str) -> str:
    """The text with all lines but the first indented by four spaces."""
    return re.sub(r"\n(?=[^\n])", "\n    ", text)


def _indented_verse(text: str) -> str:
    return text.replace(INDENT, "&nbsp;")


def _not_too_long(text: str) -> str:
    """The text with its longest lines broken between words."""
    if len(text) <= LONG_LINE or "```" in text:
        return text
    return "\n".join("\n".join(_in_parts(line)) for line in text.split("\n"))


def _in_parts(line: str) -> Iterator[str]:
    """Parts of a line that are not too long; each but the first begins with a word, not with one of
    Markdown's signs.
    """
    start = end = 0
    for place in chain((match.start() for match in BEFORE_WORD.finditer(line)), [len(line)]):
        if place - start > LONG_LINE and end > start:
            yield line[start:end]
            start = end + 1
        end = place
    yield line[start:]


def clean_words(html: PageElement | str) -> str:
    """The words of HTML on one line, for a headline or a name."""
    text = str(html)
    return clean_line(words_of(soup_of(text)) if "<" in text or "&" in text else text)
