"""Headings, tables, lists, quotations and code fences, corrected where Python-Markdown loses or
changes what was written.

Also our additions to quotations: pull quotes, boxes and galleries.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Sequence
from html import escape

from markdown.blockprocessors import BlockQuoteProcessor
from markdown.core import Markdown
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import Preprocessor

from broadside.faults import did_you_mean
from broadside.markdown.body import CLOSE, OPEN
from broadside.markdown.places import Refuse

MOST_MORE = 10
"""How many extra cells a row may have."""
HEADING = re.compile(
    r"(?:^|\n)(?P<level>#{2,6}|#(?=[ \t]))(?P<header>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)"
)
"""Python-Markdown's own pattern, except that a word such as #MeToo is not a heading."""
BOXES = ("aside", "details", "gallery")
"""Marks of boxes: one that is always open, one that opens on a click, and a gallery of pictures
with a common caption.
"""
MARKED = re.compile(rf"\[!(?:pull-?quote|(?P<box>{'|'.join(BOXES)}))\]", re.I)
"""The mark of a pull quote, a box or a gallery."""
MARK = re.compile(r"\[\s{0,9}(?:!\s{0,9}([^\W\d_][\w -]{0,30})|(pull[ -]?quote))\](?![(\[])", re.I)
"""What may be meant as such a mark; [!x](…) and [!x][…] are links."""
GALLERY = re.compile(r"^ {0,3}>[ \t]*\[!gallery\]", re.I | re.M)
BEGINNING = re.compile(r"^ {0,3}>[ \t]*" + MARKED.pattern, re.I | re.M)
TITLE_LINE = re.compile(
    rf"^( {{0,3}}>[ \t]*\[!(?:{'|'.join(BOXES)})\].*)(?=\n {{0,3}}>)", re.I | re.M
)
"""The line of a box's mark, with another block below it."""
PICTURE_LINE = re.compile(r"(?<=\})[ \t]*\n(?= {0,3}>[ \t]*\S)|\n(?= {0,3}>[ \t]*!\[)")
"""The line break after a picture with its braces, or before a picture."""
PHOTO = re.compile(f"{OPEN}P[0-9]+{CLOSE}")
UNMARKED = re.compile(r"\n( {0,3}!\[.*)")
"""A line with a picture that does not begin with >, below a gallery's mark."""
OUTSIDE = re.compile(r"\n(?! {0,3}>)")
"""A line break before a line that does not begin with >."""
NO_WORDS = re.compile(r"\[!pull-?quote\](?:[ \t]*\n[ \t]*>)*[ \t]*(?:\n(?![ \t]*>)|\Z)", re.I)
OPENING = re.compile(
    r"(?P<indent>[ ]*)(?P<fence>`{3,}|~{3,})[ ]*(?:\.?(?P<lang>[\w#.+-]*)|(?P<more>[^`]*))[ ]*"
)
CLOSING = re.compile(r"(?P<indent>[ ]*)(?P<fence>`{3,}|~{3,})[ ]*")
ITEM = re.compile(r"[ ]*(?:[-*+:]|[0-9]{1,9}\.)[ ]+\S|\[\^[^\]]+\]:")
"""The first line of something that can contain indented blocks: a list item, a definition or a
note.
"""
QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
"""The sign of a quotation at the beginning of a line."""
MOST_BACK = 200
"""How many lines back the item of a fence is searched for."""
TAB = 4


class Tables(TableProcessor):
    """Tables; if a row has more cells than the head, columns without a heading are added, up to
    MOST_MORE.
    """

    def __init__(self, md: Markdown, refuse: Refuse) -> None:
        super().__init__(md.parser, {"use_align_attribute": False})
        self.refuse = refuse

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Make the table."""
        columns = len(self.separator)
        most = columns
        for row in blocks[0].split("\n")[2:]:
            cells = self._split_row(row.strip(" "))  # type: ignore[attr-defined]
            filled = max(
                (number for number, cell in enumerate(cells, 1) if cell.strip()), default=0
            )
            if filled > columns:
                message = f"a row has {len(cells)} cells, and its table {columns} columns"
                too_many = filled > columns + MOST_MORE
                hint = "add a column, or write \\| for the character itself"
                self.refuse(row, "unread", message, hint, "error" if too_many else "warning")
                if not too_many:
                    most = max(most, filled)
        # Python-Markdown would drop cells beyond the head, and with them the writer's words.
        self.separator = [*self.separator, *["-"] * (most - columns)]  # type: ignore[assignment]
        super().run(parent, blocks)
        for cell in parent[-1].findall("thead/tr/th")[columns:]:
            cell.tag = "td"  # a heading without words would be none


class Quotations(BlockQuoteProcessor):
    """Python-Markdown's quotations, which continue after an empty line and in lines without a >;
    and ours, which do not.

    In a quotation, a paragraph that begins with `[!pullquote]` starts a pull quote, `[!aside]` or
    `[!details]` a box, with its title in the rest of the line, and `[!gallery]` several pictures as
    one figure, with its caption there.
    """

    def __init__(self, md: Markdown, refuse: Refuse) -> None:
        super().__init__(md.parser)
        self.refuse = refuse

    def lastChild(self, parent: etree.Element) -> etree.Element | None:  # noqa: N802 -- Python-Markdown's own name
        """The element that a block may continue, which is never a pull quote."""
        last = super().lastChild(parent)
        if last is not None and last.get("class") == "pullquote":
            return None
        return last

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        """Make the quotation or continue the one before, and give each pull quote, box and gallery
        in it an element of its own.
        """
        blocks[0] = self._with_all_pictures(blocks[0])
        blocks[:1] = _apart(TITLE_LINE.sub(r"\1\n>", blocks[0]))
        if gallery := GALLERY.search(blocks[0]):
            above, pictures = blocks[0][: gallery.end()], blocks[0][gallery.end() :]
            blocks[0] = above + PICTURE_LINE.sub("\n>\n", pictures)
        before = self.lastChild(parent)
        known = 0
        if before is not None:
            known = len(before)
        super().run(parent, blocks)
        quote = parent[-1]
        new = quote[known if quote is before else 0 :]
        # Take the new parts out again, to put each below the element that the last mark began.
        del quote[len(quote) - len(new) :]
        line = ""
        for part in new:
            mark = None
            if part.tag == "p":
                mark = MARKED.match(part.text or "")
            if mark:
                self._finish(quote, line)
                line = mark.string.partition("\n")[0].rstrip()
                if len(quote) or quote.get("class"):
                    quote = etree.SubElement(parent, "blockquote")
                part.text = self._begun(quote, mark)
            elif part.tag == "p":
                self._check_mark(part.text or "")
            if not mark or part.text:
                quote.append(part)
        self._finish(quote, line)

    def _with_all_pictures(self, block: str) -> str:
        """The block; if lines of a gallery lack their >, the first is refused, and the others are
        read as if they had it.
        """
        mark = GALLERY.search(block)
        unmarked = None
        if mark:
            unmarked = UNMARKED.search(block, mark.end())
        if not unmarked:
            return block
        message = "this line of a gallery does not begin with >"
        self.refuse(unmarked[1], "box", message, 'write "> " before it, or an empty line above it')
        start = unmarked.start()
        return block[:start] + UNMARKED.sub(r"\n> \1", block[start:])

    def _begun(self, quote: etree.Element, mark: re.Match[str]) -> str:
        """Turn an empty quotation into what its mark says, with its title; returns the text that
        follows.
        """
        text = mark.string[mark.end() :]
        if not mark["box"]:
            quote.set("class", "pullquote")
            return text.lstrip()
        kind = mark["box"].lower()
        if kind == "gallery":
            quote.tag = "figure"
        else:
            quote.tag = kind
        quote.set("class", kind)
        title, _, text = text.partition("\n")
        if kind == "gallery":
            if title.strip():
                etree.SubElement(quote, "figcaption").text = title.strip()
        elif kind == "details":
            etree.SubElement(quote, "summary").text = title.strip()
        elif title.strip():
            etree.SubElement(
                etree.SubElement(quote, "p", {"class": "aside-title"}), "strong"
            ).text = title.strip()
        return text.strip()

    def _check_mark(self, text: str) -> None:
        mark = MARK.match(text)
        if mark:
            hint = did_you_mean(mark[1] or mark[2], ("pullquote", *BOXES))
            self.refuse(mark[0], "box", f'"{mark[0]}" does not begin a pull quote or a box', hint)

    def _finish(self, quote: etree.Element, line: str) -> None:
        """Check a finished quotation; `line` is the line of its mark."""
        if quote.get("class") == "gallery":
            self._collect(quote, line)
        else:
            self._check_words(quote, line)

    def _collect(self, gallery: etree.Element, line: str) -> None:
        """Move the placeholders of a gallery's pictures to its top, above the caption, and refuse
        anything else in it.
        """
        pictures = [
            part for part in gallery if part.tag == "figure" and PHOTO.fullmatch(part.text or "")
        ]
        for picture in pictures:
            gallery.remove(picture)
        gallery.text = "".join(picture.text or "" for picture in pictures)
        others = [part for part in gallery if part.tag != "figcaption"]
        for part in others:
            words = next(filter(str.strip, part.itertext()), "")
            if not words.startswith("!["):  # a faulty picture is reported elsewhere
                message = "a gallery holds something other than pictures"
                hint = (
                    "put it above or below; the words after [!gallery] are the caption of the whole"
                    " gallery"
                )
                self.refuse(words if words and OPEN not in words else line, "box", message, hint)
        if len(pictures) < 2 and not others:
            said = "no pictures"
            if pictures:
                said = "one picture"
            hint = "write them on the lines below, each after a >"
            if pictures:
                hint = "write a single photo without it"
            self.refuse(
                line,
                "box",
                f"a gallery has {said}",
                f"{hint}; every line of a gallery begins with >",
            )

    def _check_words(self, quote: etree.Element, line: str) -> None:
        """Refuse a pull quote or a box without words; `line` is the line of its mark."""
        sought = re.compile(rf"{re.escape(line)}[ \t]*$", re.M)
        if quote.tag == "details":
            title = quote.find("./summary")
        else:
            title = quote.find("./p[@class='aside-title']")
        if quote.tag == "details" and title is not None and not title.text:
            hint = "write one in the same line: > [!details] What it is about"
            self.refuse(sought, "box", "a box that opens has no title", hint)
        if quote.tag in BOXES and len(quote) == (title is not None):
            hint = (
                f"write it on the lines below, each after a >; the words after [!{quote.tag}] are"
                " the title"
            )
            self.refuse(sought, "box", "a box has no text", hint)
        if quote.get("class") == "pullquote" and not len(quote):
            hint = "write them after [!pullquote], or on the next line, after a >"
            self.refuse((NO_WORDS, sought), "box", "a pull quote has no words", hint)


def _apart(block: str) -> list[str]:
    """A block, cut after the last line of its first pull quote or box: Markdown would take what
    follows as part of the quote.
    """
    mark = BEGINNING.search(block)
    end = None
    if mark:
        end = OUTSIDE.search(block, mark.end())
    if end:
        return [block[: end.start()], block[end.end() :]]
    return [block]


class IndentedFences(Preprocessor):
    """Replaces code fences in quotations and list items by stash keys, and leaves all others alone.

    Python-Markdown knows only fences at the start of a line.
    """

    def __init__(self, md: Markdown, spend: Callable[[int], None]) -> None:
        super().__init__(md)
        self.spend = spend

    def run(self, lines: list[str]) -> list[str]:
        """The lines, with a stash key for each fence in a quotation or an item."""
        if not _has_fence(lines):
            return lines
        closings = [
            (i, match) for i, line in enumerate(lines) if (match := CLOSING.fullmatch(line))
        ]
        out: list[str] = []
        at = later = 0
        while at < len(lines):
            while later < len(closings) and closings[later][0] <= at:
                later += 1
            opening = None
            if later < len(closings):
                opening = OPENING.fullmatch(lines[at])
            level = None
            if opening:
                level = _level(out, opening)
            end = 0
            if opening and level is not None:
                end = self._end(opening, level, closings, later)
            if not opening or level is None or not end:
                end = at
                while (
                    end + 1 < len(lines) and QUOTE.match(lines[at]) and QUOTE.match(lines[end + 1])
                ):
                    end += 1
                out += self._in_quotation(lines[at : end + 1])
            elif not opening["indent"]:
                out += lines[at : end + 1]
            else:
                html = _as_code(_dedented(lines[at + 1 : end], opening["indent"]), opening["lang"])
                # One empty line on each side, never two: Python-Markdown ends a note at two.
                out += [""] * bool(out and out[-1])
                out.append(" " * (TAB * level) + self.md.htmlStash.store(html))
                out += [""] * bool("".join(lines[end + 1 : end + 2]))
            at = end + 1
        return out

    def _in_quotation(self, lines: list[str]) -> list[str]:
        """The lines; if they are a quotation, its fences are rendered as if outside, and replaced
        by stash keys.
        """
        if not _has_fence(lines) or not QUOTE.match(lines[0]):
            return lines
        self.spend(sum(map(len, lines)))
        inner = [QUOTE.sub("", line, count=1) for line in lines]
        outer = self.md.preprocessors["fenced_code_block"].run(self.run(inner))
        if outer == inner:
            return lines
        # Python-Markdown would make a paragraph of a key above the quotation's last empty line, or
        # above words.
        return [*(f"> {line}" for line in "\n".join(outer).strip("\n").split("\n")), ""]

    def _end(
        self,
        opening: re.Match[str],
        level: int,
        closings: Sequence[tuple[int, re.Match[str]]],
        start: int,
    ) -> int:
        """The line of the first closing fence that fits, searching from number `start`; 0 if none
        does.
        """
        for i in range(start, len(closings)):
            line, closing = closings[i]
            self.spend(10)
            if not opening["indent"]:
                # as in Python-Markdown
                fits = closing["fence"] == opening["fence"] and not closing["indent"]
            else:
                fits = closing["fence"].startswith(opening["fence"]) and bool(
                    closing["indent"] or not level
                )
            if fits:
                return line
        return 0


def _has_fence(lines: Sequence[str]) -> bool:
    return any("```" in line or "~~~" in line for line in lines)


def _level(before: Sequence[str], opening: re.Match[str]) -> int | None:
    """How deep in lists a fence is, judging by the lines before it; None if unclear, or if it is
    itself indented code.
    """
    indent = inner = len(opening["indent"])
    if not indent:
        return 0
    if opening["more"]:
        return None
    # Go up through lines with ever less indentation, until one begins an item that the fence fits
    # into.
    for line in reversed(before[-MOST_BACK:]):
        depth = len(line) - len(line.lstrip(" "))
        if not line or depth >= inner:
            continue
        if ITEM.match(line) and depth + 2 <= indent:
            return depth // TAB + 1
        inner = depth
    if indent < TAB:
        return 0
    return None


def _dedented(lines: Sequence[str], spaces: str) -> str:
    return "".join(
        f"{line.removeprefix(spaces) if line.startswith(spaces) else line.lstrip(' ')}\n"
        for line in lines
    )


def _as_code(code: str, lang: str | None) -> str:
    language = ""
    if lang:
        language = f' class="language-{lang}"'
    return f"<pre><code{language}>{escape(code)}</code></pre>"
