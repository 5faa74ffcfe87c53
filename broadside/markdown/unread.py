"""Finds markup that Markdown did not read, where words would vanish or run together, and words
still to be written.

It is reported, never corrected. Signs of other programs that only look odd are seen in the preview.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from broadside.faults import Severity, quoted
from broadside.letters import HARD_SPACES, garbled
from broadside.markdown.blocks import MARKED
from broadside.markdown.body import letters
from broadside.markdown.figures import EMBEDS
from broadside.markdown.places import Refuse, without_hidden

ITEMS = re.compile(r"\n[ ]*([-*+]|[0-9]+\.)[ ]+\S.*\n[ ]*(?:[-*+]|[0-9]+\.)[ ]+\S")
ITEM = re.compile(r"\n[ ]*(?:[-*+]|[0-9]{1,2}\.)[ ]+\S.*")
"""A line like a list item; a single one may be prose that begins with a dash, except right below an
item.
"""
OTHER_ITEM = (
    r"[ ]*(?:[•·▪◦‣●○■□\uf0a7\uf0b7][^\S\n]*|[0-9]{1,3}\)[^\S\n]+"
    rf"|[0-9]{{1,3}}\.(?=[^\W\d_])|(?:[-*+]|[0-9]{{1,3}}\.)[ ]*[{HARD_SPACES}])(?=\S)"
)
OTHER_ITEMS = re.compile(rf"\n{OTHER_ITEM}")
FIRST_ITEM = re.compile(rf"(?m)^{OTHER_ITEM}.*")
"""A line that other programs read as an item; a dash may also begin a speech."""
TABLE = re.compile(r"(?m)^[ ]*\|?[ ]*:?-{3,}:?[ ]*\|[-|: ]*$")
ROW = r"[ ]*\|(?:[ ][^|\n]*[ ]\||(?:[^|\n]*\|){2,}[ ]*(?=\n|$)).*"
ROWS = re.compile(rf"(?m)^{ROW}\n{ROW}")
EMBED = re.compile(rf"\[!({'|'.join(EMBEDS)})\]", re.I)
SIGNS = ("\t", "#")
"""A text without any of these has no such slip."""
NO_ROW = re.compile(
    r"\s*(?:[|<>#:\[]|\*\[|[-*+•·▪◦‣–—]\s|\(?(?:[0-9]{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s)"
)
"""The beginning of an item, a note, a quotation or raw HTML, where tabs do not separate cells."""
HEADING = re.compile(r"(?:#{2,6}|#(?=[ \t]))(?!#)(.*)")
UNFINISHED = re.compile(r"(?<![\w/.=?&#%@-])(?:(?:TK)+(?!-[A-Z0-9])|X{3,}(?!-))(?![\w/]|\.\w)")
"""TK and XXX as words of their own, not in an address or a model number."""


class _Markup(NamedTuple):
    """Markup that Markdown may leave as it was typed, with a sign that always occurs in it; {} in
    the hint is the markup.
    """

    sign: str
    pattern: re.Pattern[str]
    code: str
    hint: str
    severity: Severity = "warning"


def _short_code(sign: str, pattern: str) -> _Markup:
    return _Markup(
        sign,
        re.compile(pattern),
        "unread",
        "this is a short code of another system: write in Markdown what it stood for",
    )


OUTER = r"[^\[\]\n\x02]{0,40}\]\((?:https?://|mailto:|\{filename\})"
"""The end of a link's words, and the beginning of its address."""
OPEN = r"(?<![\w!])\[(?![!^])[^\[\]()\n\x02]{1,200}"
"""The beginning of a link's words, up to the next bracket."""
NOTE = "this note has no text: give it on a line of its own, as {}: …"
NOTE_FORM = "a note has a line of its own: write [^1] here, and its text below as [^1]: …"
QUOTE = "this is not at the beginning of a quotation: leave an empty line, and write > {}"
PHOTO = 'this photo cannot be read: write ![what can be seen](photos/x.jpg){credit="…"}'
UNCLOSED = "the address is not closed: put ) after it"
LINK = (
    "this link cannot be read: write [words](https://…), without other [ before it, and each ( in"
    " the address as %28, ) as %29"
)
BRACKETS = (
    "this is not read as a link: write [words](https://…), with all four brackets and no space"
)
REFERENCE = "no line gives the address of this name: write one, such as [name]: https://…"
FENCE = (
    "write three backticks on the line before the code, with at most one word after them, and three"
    " alone on the line after it"
)
COMMENT = "this comment is not closed, so that readers would see it: end it with -->"
TAG = 'this tag cannot be read: write <tag name="value">, or &lt; for the character itself'
IN_BRACKETS = (
    _Markup("[^", re.compile(r"\[\^[^\]]+\]"), "note", NOTE, "error"),
    _Markup("^[", re.compile(r"\^\[[A-ZÀ-ÖØ-Þ][^\[\]\x02]{1,200}"), "note", NOTE_FORM),
    _Markup("[", re.compile(rf"{MARKED.pattern}[^\n\x02]{{0,40}}", re.I), "box", QUOTE, "error"),
    _Markup("![", re.compile(r"!\[[^\n\x02]{0,200}?\]\("), "photo-words", PHOTO, "error"),
    _Markup("](", re.compile(rf"{OUTER}[^\s()\x02]*(?=\s|\Z)"), "link", UNCLOSED, "error"),
    _Markup(
        "](",
        re.compile(rf"{OUTER}(?![^\s()\x02]*(?:\s|\Z))[^\s\x02]{{0,60}}"),
        "link",
        LINK,
        "error",
    ),
    _Markup(
        "](",
        re.compile(rf"{OPEN}\]\((?!https?://|mailto:|\{{filename\}})(?![^()]{{0,300}}\))\S*"),
        "link",
        BRACKETS,
        "error",
    ),
    _Markup(
        "]http",
        re.compile(rf"{OPEN}\]https?://[^\s\[\]\x02]{{1,500}}(?![^\s\x02])"),
        "link",
        BRACKETS,
    ),
    _Markup(
        "(http",
        re.compile(rf"{OPEN}(?<=\S)\(https?://[^\s()\[\]\x02]{{1,500}}\)(?![^\[\]\n]{{0,200}}\])"),
        "link",
        BRACKETS,
    ),
    _Markup(
        "[[", re.compile(r"(?<!\w)!?\[\[[^\[\]\n\x02]*\w[^\[\]\n\x02]*\]\](?!\()"), "link", BRACKETS
    ),
    _Markup(
        "://", re.compile(r"\[(?!!)[^\[\]\n\x02]{1,200}\][ ]{1,3}\(https?://"), "link", BRACKETS
    ),
    _Markup("://", re.compile(r"\([^()\n\x02]{1,200}\)\[https?://"), "link", BRACKETS),
    _Markup("][", re.compile(r"(?<!\w)\[[^\[\]]+\]\[[^\[\]]*\]"), "reference", REFERENCE),
    # WordPress
    _short_code(
        "[", r"(?m)^\[(?:caption|gallery|embed|audio|video|playlist)(?:[ ][^\]\n]{0,500})?\]"
    ),
)
"""Markup with a bracket."""
IN_TEXT = (
    _short_code("{{", r"\{\{[<%][ ]?[\w/][^\n\x02]{0,40}"),  # Hugo
    _short_code("{%", r"(?m)^\{%-?[ ]*\w[^\n\x02]{0,40}"),  # Liquid
    _Markup("```", re.compile("```.*", re.S), "unread", FENCE),
    _Markup("<!--", re.compile("<!--.*", re.S), "html", COMMENT, "error"),
    _Markup(
        "<",
        re.compile(r"<[A-Za-z][A-Za-z0-9]*[\s/]+[A-Za-z-]+\s*=[^<\x02]{0,20}"),
        "html",
        TAG,
        "error",
    ),
)
"""Markup with other signs."""


def in_text(text: str, refuse: Refuse) -> None:
    """Report markup in a piece of text that was not read."""
    if "[" in text:
        for kind in EMBED.findall(text):
            astray(kind, refuse)
        _look_for(IN_BRACKETS, text, refuse)
    _look_for(IN_TEXT, text, refuse)
    if letters := garbled(text):
        message = f'"{letters}" is what is left of other letters after copying'
        refuse(letters, "garbled", message, "type them again", "warning")
    if row := TABLE.search(text) if "\n" in text else None:
        hint = "leave an empty line before it, and give each row as many cells"
        refuse(row[0].strip(), "unread", "this table is not read as one", hint)


def _look_for(kinds: Iterable[_Markup], text: str, refuse: Refuse) -> None:
    for kind in kinds:
        for match in kind.pattern.finditer(text) if kind.sign in text else ():
            words = _first_line(match[0])
            message = f"{quoted(words)} is shown as it stands"
            refuse(
                (match[0], words[:40]),
                kind.code,
                message,
                kind.hint.replace("{}", words),
                kind.severity,
            )


def astray(kind: str, refuse: Refuse) -> None:
    """Report the mark of a card where there can be no card."""
    hint = f"leave an empty line before [!{kind}] and after its link"
    refuse(f"[!{kind}]", "embed", f"the {kind.lower()} is not in a paragraph of its own", hint)


def in_paragraph(text: str, in_list: bool, refuse: Refuse) -> None:
    """Warn of a list or a table that Markdown did not read, because an empty line or the right
    signs are missing.
    """
    problem = None
    if "\n" in text:
        problem = _list_in(text, in_list) or _table_in(text)
    if problem:
        what, first, hint = problem
        sign, words = re.match(r"[^\w\s]*", first), re.findall(r"\w+", first)[:4]
        # marks may be between them
        pattern = (re.escape(sign[0]) if sign else "") + r"[^\w\n]{0,20}"
        sought = re.compile(pattern + r"[^\w\n]{1,20}".join(words) if words else "$")
        refuse((first, sought), "unread", f"these lines are not read as a {what}", hint, "warning")


def _list_in(text: str, in_list: bool) -> tuple[str, str, str] | None:
    """An unread list in a text: what it is, its first line, and a hint."""
    items = (ITEM if in_list else ITEMS).search(text)
    if items:
        return "list", _first_line(items[0]), "leave an empty line before the first"
    others = []
    if OTHER_ITEMS.search(text):
        others = FIRST_ITEM.findall(text)
    if len(others) > 1:
        hint = (
            "begin each with a hyphen or 1. and a space, and leave an empty line before the first"
        )
        return "list", _first_line(others[0]), hint
    return None


def _table_in(text: str) -> tuple[str, str, str] | None:
    """The same for a table, unless its separator line is reported elsewhere."""
    rows = None
    if text.count("|") > 3 and not TABLE.search(text):
        rows = ROWS.search(text)
    hint = "write | --- | below the first, with as many cells, and leave an empty line before it"
    if rows:
        return ("table", _first_line(rows[0]), hint)
    return None


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0]


class LineSlip(NamedTuple):
    """One slip, with its line counted from 1."""

    line: int
    code: str
    message: str
    hint: str


def slips(text: str, title: str) -> Iterator[LineSlip]:
    """Pasted tables in a text, and headings that repeat its title; code and comments have none."""
    if any(sign in text for sign in SIGNS):
        lines = without_hidden(text).split("\n")
        yield from _pasted(lines)
        yield from _repeated(lines, letters(title))


def unfinished(text: str, lang: str) -> Iterator[tuple[int, str]]:
    """Each line in which a word such as TK or XXX marks what is still to be written, with that
    word.

    TK alone means that only to journalists who write in English; elsewhere it may be someone's
    initials.
    """
    if "TK" in text or "XXX" in text:
        for number, line in enumerate(without_hidden(text).split("\n"), 1):
            words = UNFINISHED.findall(line)
            if word := next(
                (each for each in words if each != "TK" or lang.partition("-")[0] == "en"), ""
            ):
                yield number, word


def _pasted(lines: Sequence[str]) -> Iterator[LineSlip]:
    """The first of at least two lines with the same number of cells, separated by tabs as in a
    spreadsheet.
    """
    tabs = [0, *(0 if "|" in line or NO_ROW.match(line) else line.count("\t") for line in lines), 0]
    for number, here in enumerate(tabs[1:-1], 1):
        if here and tabs[number - 1] != here == tabs[number + 1]:
            message = (
                "these lines are not read as a table; tabs separate their cells, as in a"
                " spreadsheet"
            )
            hint = (
                "put | between the cells, and write | --- | below the first line, with as many"
                " cells"
            )
            yield LineSlip(number, "unread", message, hint)


def _repeated(lines: Sequence[str], title: str) -> Iterator[LineSlip]:
    """Each heading that repeats the title at the beginning of the text, or as a heading of the
    first level.
    """
    beginning = next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    for number, line in enumerate(lines, 1):
        match = HEADING.match(line)
        if (
            match
            and title
            and letters(match[1]) == title
            and (number == beginning or line[1] != "#")
        ):
            hint = "delete this line: the page shows the headline above the text"
            yield LineSlip(number, "heading-repeats", "this heading repeats the headline", hint)
