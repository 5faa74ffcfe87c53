"""Finds markup that Markdown did not read, so that readers would see the bare signs, and slips in the text itself.

Such slips are cells separated by tabs, a skipped level of headings, words still to be written. They are reported, never corrected.
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
"""A line like a list item; a single one may be prose that begins with a dash, except right below an item."""
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
BOX = re.compile(r"\A\[[ xX]\](?=[ ]\S)")
"""The box of a task, as other programs write it, at the beginning of an item."""
LINED = r"(?<![\w~=]){0}((?![\s~=>])[^~=\n\x02]{{0,200}}[^\s~=<\x02]){0}(?![\w~=\x02])"
"""Words that other programs strike through or highlight; with a < or > the signs are arrows."""
EMBED = re.compile(rf"\[!({'|'.join(EMBEDS)})\]", re.I)
ADDRESS = re.compile(r"\s*(https?://[^\s\x02]{4,500})\s*")
"""An address without any other words; in a sentence, an address may be meant to be read."""
BRACED = r"\{(?::[ ]*[.#]?|[.#])[A-Za-z][^{}\n\x02]{0,60}\}"
"""What Python-Markdown takes for a class or an id, right after emphasis or at the end of a block; elsewhere it is a word."""
NOT_WORDS = re.compile(r"<(code|kbd|pre|samp)\b.*?(?=</\1|\Z)|<[^>]*>", re.I | re.S)
"""The parts of raw HTML that are not text: code, and tags."""
MARKDOWN = re.compile(
    r"!?\[[^\[\]\n]{1,200}\]\((?:https?://|mailto:|photos/|\{filename\}|/)[^\s()]{0,200}\)?"
    r"|(?<![\w*])\*\*\w(?:[^*\n]{0,200}[^\s*])?\*\*(?![\w*])"
)
"""Signs that are certainly Markdown, and not part of a table or a formula."""
UNDERLINED = re.compile(r"(?:\A|\n[ \t]*\n)(?P<words>[^\s#>|`-][^\n]*)\n---[ ]*(?=\n|\Z)")
"""A paragraph of one line with three hyphens right below it, which Markdown turns into a heading."""
SENTENCE = 60
"""The length from which such a line is taken for a sentence; a shorter one is if it ends in a full stop."""
BEHIND = "\"'”’)»*_"
"""Characters that may follow a full stop."""
SIGNS = ("\t", "#", "**", "__")
"""A text without any of these has no such slip."""
NO_ROW = re.compile(r"\s*(?:[|<>#:\[]|\*\[|[-*+•·▪◦‣–—]\s|\(?(?:[0-9]{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s)")
"""The beginning of an item, a note, a quotation or raw HTML, where tabs do not separate cells."""
HEADING = re.compile(r"(?:>[ ]?)*(#{2,6}|#(?=[ \t]))(?!#)(.*)")
BOLD = re.compile(r"(\*\*|__)([^\s*_][^*_]{0,98}[^\s*_])\1[ \t]*")
ENDS = tuple(".,:;?!…。、，：；？！،؛؟।")
"""Ends of sentences: a line in bold that ends so, such as an interviewer's question, is no heading."""
AFTER_END = "\"'”’»)]"
"""What may follow the end of a sentence."""
UNFINISHED = re.compile(r"(?<![\w/.=?&#%@-])(?:(?:TK)+(?!-[A-Z0-9])|X{3,}(?!-))(?![\w/]|\.\w)")
"""TK and XXX as words of their own, not in an address or a model number."""
OF_EDITING = frozenset({"heading-level", "heading-bold"})
"""Codes of slips for editors, which a reader hardly notices."""


class _Markup(NamedTuple):
    """Markup that Markdown may leave as it was typed, with a sign that always occurs in it; {} in the hint is the markup."""

    sign: str
    pattern: re.Pattern[str]
    code: str
    hint: str
    severity: Severity = "warning"


def _short_code(sign: str, pattern: str) -> _Markup:
    return _Markup(
        sign,
        re.compile(pattern),
        "shortcode",
        "this is a short code of another system: write in Markdown what it stood for",
    )


def _lined(signs: str, tag: str) -> _Markup:
    hint = f"write <{tag}>words</{tag}>, or the characters themselves between backticks"
    return _Markup(signs, re.compile(LINED.format(signs)), "emphasis", hint)


OUTER = r"[^\[\]\n\x02]{0,40}\]\((?:https?://|mailto:|\{filename\})"
"""The end of a link's words, and the beginning of its address."""
OPEN = r"(?<![\w!])\[(?![!^])[^\[\]()\n\x02]{1,200}"
"""The beginning of a link's words, up to the next bracket."""
NOTE = "this note has no text: give it on a line of its own, as {}: …"
NOTE_FORM = "a note has a line of its own: write [^1] here, and its text below as [^1]: …"
QUOTE = "this is not at the beginning of a quotation: leave an empty line, and write > {}"
PHOTO = 'this photo cannot be read: write ![what can be seen](photos/x.jpg){credit="…"}'
UNCLOSED = "the address is not closed: put ) after it"
LINK = "this link cannot be read: write [words](https://…), without other [ before it, and each ( in the address as %28, ) as %29"
WIKI = "this is not read as a link: write [words](/its/address/)"
BRACKETS = "this is not read as a link: write [words](https://…), with all four brackets"
SPACED = "this is not read as a link: write [words](https://…), without a space"
REFERENCE = "no line gives the address of this name: write one, such as [name]: https://…"
FENCE = "write three backticks on the line before the code, with at most one word after them, and three alone on the line after it"
STRONG = "write **words**, with no space inside the asterisks; \\* is an asterisk"
COMMENT = "this comment is not closed, so that readers would see it: end it with -->"
TAG = 'this tag cannot be read: write <tag name="value">, or &lt; for the character itself'
IN_BRACKETS = (
    _Markup("[^", re.compile(r"\[\^[^\]]+\]"), "note-missing", NOTE, "error"),
    _Markup("^[", re.compile(r"\^\[[A-ZÀ-ÖØ-Þ][^\[\]\x02]{1,200}"), "note-form", NOTE_FORM),
    _Markup("[", re.compile(rf"{MARKED.pattern}[^\n\x02]{{0,40}}", re.I), "pullquote", QUOTE, "error"),
    _Markup("![", re.compile(r"!\[[^\n\x02]{0,200}?\]\("), "photo-words", PHOTO, "error"),
    _Markup("](", re.compile(rf"{OUTER}[^\s()\x02]*(?=\s|\Z)"), "link", UNCLOSED, "error"),
    _Markup("](", re.compile(rf"{OUTER}(?![^\s()\x02]*(?:\s|\Z))[^\s\x02]{{0,60}}"), "link", LINK, "error"),
    _Markup(
        "](",
        re.compile(rf"{OPEN}\]\((?!https?://|mailto:|\{{filename\}})(?![^()]{{0,300}}\))\S*"),
        "link",
        BRACKETS,
        "error",
    ),
    _Markup("]http", re.compile(rf"{OPEN}\]https?://[^\s\[\]\x02]{{1,500}}(?![^\s\x02])"), "link-form", BRACKETS),
    _Markup(
        "(http",
        re.compile(rf"{OPEN}(?<=\S)\(https?://[^\s()\[\]\x02]{{1,500}}\)(?![^\[\]\n]{{0,200}}\])"),
        "link-form",
        BRACKETS,
    ),
    _Markup("[[", re.compile(r"(?<!\w)!?\[\[[^\[\]\n\x02]*\w[^\[\]\n\x02]*\]\](?!\()"), "link-form", WIKI),
    _Markup("://", re.compile(r"\[(?!!)[^\[\]\n\x02]{1,200}\][ ]{1,3}\(https?://"), "link-form", SPACED),
    _Markup("://", re.compile(r"\([^()\n\x02]{1,200}\)\[https?://"), "link-form", SPACED),
    _Markup("][", re.compile(r"(?<!\w)\[[^\[\]]+\]\[[^\[\]]*\]"), "reference-missing", REFERENCE),
    _short_code("[", r"(?m)^\[(?:caption|gallery|embed|audio|video|playlist)(?:[ ][^\]\n]{0,500})?\]"),  # WordPress
    _short_code("[TOC]", r"\A\[TOC\](?=[ ]*\Z)"),
)
"""Markup with a bracket."""
IN_TEXT = (
    _short_code("{{", r"\{\{[<%][ ]?[\w/][^\n\x02]{0,40}"),  # Hugo
    _short_code("{%", r"(?m)^\{%-?[ ]*\w[^\n\x02]{0,40}"),  # Liquid
    _short_code("{", rf"\A{BRACED}|(?<![^ \n]){BRACED}(?=[ ]*\Z)"),
    _Markup("```", re.compile("```.*", re.S), "fence", FENCE),
    _Markup(
        "**",
        re.compile(r"(?<![\w*])\*\*(?:[\"'“‘(]?\w[^*\n\x02]{0,200}[ ]|[ ][^*\n\x02]{1,200})\*\*(?!\*)"),
        "emphasis",
        STRONG,
    ),
    _lined("~~", "s"),
    _lined("==", "mark"),
    _Markup("<!--", re.compile("<!--.*", re.S), "comment", COMMENT, "error"),
    _Markup("<", re.compile(r"<[A-Za-z][A-Za-z0-9]*[\s/]+[A-Za-z-]+\s*=[^<\x02]{0,20}"), "html-tag", TAG, "error"),
)
"""Markup with other signs."""
LANGUAGE = _short_code(":::", r"(?sm)\A:::\w+(?!.*^:::)")
"""The name of a language above code; if more colons close it, the code shows how boxes are written."""
BOXES = (
    _short_code(":::", r"(?m)^:{3,}[ ]?\w[^\n\x02]{0,40}"),
    _short_code("!!!", r'\A!!![ ]?[a-z][a-z-]*(?:[ ][a-z-]+)*(?:[ ]"[^"\n\x02]{0,60}")?(?=[ ]*(?:\n|\Z))'),
)


def in_html(html: str, refuse: Refuse) -> None:
    """Report Markdown in a block of raw HTML, where it is not read."""
    if match := MARKDOWN.search(NOT_WORDS.sub("\n", html)) if "**" in html or "](" in html else None:
        hint = "write it with tags, such as <strong> or <a>, or take the tags around it out"
        message = f"{quoted(match[0])} is inside HTML, where readers see Markdown as it was typed"
        at = html.index(match[0])  # the same words may occur elsewhere, but not after the same ones
        sought = re.compile(f"(?<={re.escape(html[max(0, at - 40) : at])}){re.escape(match[0])}")
        refuse((sought, match[0]), "html-markdown", message, hint, "warning")


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
        refuse(row[0].strip(), "table", "this table is not read as one", hint)


def _look_for(kinds: Iterable[_Markup], text: str, refuse: Refuse) -> None:
    for kind in kinds:
        for match in kind.pattern.finditer(text) if kind.sign in text else ():
            words = _first_line(match[0])
            message = f"{quoted(words)} is shown as it stands"
            refuse((match[0], words[:40]), kind.code, message, kind.hint.replace("{}", words), kind.severity)


def astray(kind: str, refuse: Refuse) -> None:
    """Report the mark of a card where there can be no card."""
    hint = f"leave an empty line before [!{kind}] and after its link"
    refuse(f"[!{kind}]", "embed", f"the {kind.lower()} is not in a paragraph of its own", hint)


def in_code(text: str, refuse: Refuse) -> None:
    """Report a line above code that other programs take for the name of its language."""
    _look_for((LANGUAGE,), text, refuse)


def in_paragraph(text: str, in_list: bool, refuse: Refuse) -> None:
    """Warn of a list or a table that Markdown did not read, because an empty line or the right signs are missing."""
    problem = (_list_in(text, in_list) or _table_in(text)) if "\n" in text else None
    if problem:
        what, first, hint = problem
        sign, words = re.match(r"[^\w\s]*", first), re.findall(r"\w+", first)[:4]
        pattern = (re.escape(sign[0]) if sign else "") + r"[^\w\n]{0,20}"  # marks may be between them
        sought = re.compile(pattern + r"[^\w\n]{1,20}".join(words) if words else "$")
        refuse((first, sought), what, f"these lines are not read as a {what}", hint, "warning")


def alone(text: str, refuse: Refuse) -> None:
    """Report an address that is all the text of a paragraph, an item or a note; other programs would link it."""
    if match := ADDRESS.fullmatch(text):
        hint = "write [words](https://…), or <https://…>; for a video or a post, [!video] [what it shows](https://…)"
        sought = re.compile(rf"(?m)(?<!\S){re.escape(match[1])}(?=[^\S\n]*$)")  # a link may lead there, too
        message = f"{quoted(match[1])} is shown as it stands, and is not a link"
        refuse((sought, match[1]), "link-form", message, hint, "warning")


def at_first(text: str, in_list: bool, refuse: Refuse) -> None:
    """Warn of signs that in other programs begin a box around words, or a task with a box to tick."""
    _look_for(BOXES, text, refuse)
    if in_list and (box := BOX.match(text)):
        hint = "write ☐ or ☑ in its place, or say it in words"
        refuse(_first_line(text), "list", f"the box {box[0]} is shown as it stands", hint, "warning")


def _list_in(text: str, in_list: bool) -> tuple[str, str, str] | None:
    """An unread list in a text: what it is, its first line, and a hint."""
    items = (ITEM if in_list else ITEMS).search(text)
    if items:
        return "list", _first_line(items[0]), "leave an empty line before the first"
    others = FIRST_ITEM.findall(text) if OTHER_ITEMS.search(text) else []
    if len(others) > 1:
        hint = "begin each with a hyphen or 1. and a space, and leave an empty line before the first"
        return "list", _first_line(others[0]), hint
    return None


def _table_in(text: str) -> tuple[str, str, str] | None:
    """The same for a table, unless its separator line is reported elsewhere."""
    rows = ROWS.search(text) if text.count("|") > 3 and not TABLE.search(text) else None
    hint = "write | --- | below the first, with as many cells, and leave an empty line before it"
    return ("table", _first_line(rows[0]), hint) if rows else None


def underlined_sentences(text: str) -> Iterator[str]:
    """The underlined lines of a text that are sentences; some may be in code, where they are not headings."""
    for match in UNDERLINED.finditer(text) if "\n---" in text else ():
        words = match["words"].rstrip()
        if len(words) > SENTENCE or words.rstrip(BEHIND)[-1:] in (".", "…"):
            yield words


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0]


class LineSlip(NamedTuple):
    """One slip, with its line counted from 1."""

    line: int
    code: str
    message: str
    hint: str


def slips(text: str, title: str) -> Iterator[LineSlip]:
    """The slips in a text that is shown below a title; code and comments have none."""
    if any(sign in text for sign in SIGNS):
        lines = without_hidden(text).split("\n")
        yield from _pasted(lines)
        yield from _headings(lines, letters(title))
        yield from _bold(lines)


def unfinished(text: str, lang: str) -> Iterator[tuple[int, str]]:
    """Each line in which a word such as TK or XXX marks what is still to be written, with that word.

    TK alone means that only to journalists who write in English; elsewhere it may be someone's initials.
    """
    if "TK" in text or "XXX" in text:
        for number, line in enumerate(without_hidden(text).split("\n"), 1):
            words = UNFINISHED.findall(line)
            if word := next((each for each in words if each != "TK" or lang.partition("-")[0] == "en"), ""):
                yield number, word


def _pasted(lines: Sequence[str]) -> Iterator[LineSlip]:
    """The first of at least two lines with the same number of cells, separated by tabs as in a spreadsheet."""
    tabs = [0, *(0 if "|" in line or NO_ROW.match(line) else line.count("\t") for line in lines), 0]
    for number, here in enumerate(tabs[1:-1], 1):
        if here and tabs[number - 1] != here == tabs[number + 1]:
            cells = [cell.strip() for cell in lines[number - 1].split("\t")]
            head, rule = f"| {' | '.join(cells)} |", f"|{' --- |' * len(cells)}"
            message = "these lines are not read as a table; tabs separate their cells, as in a spreadsheet"
            hint = f"write this line as {head} and below it {rule}, and the others like the first"
            yield LineSlip(number, "table", message, hint)


def _headings(lines: Sequence[str], title: str) -> Iterator[LineSlip]:
    """A heading that repeats the title, and each that skips a level."""
    last, beginning = 0, next((number for number, line in enumerate(lines, 1) if line.strip()), 0)
    for number, line in enumerate(lines, 1):
        match = HEADING.match(line)
        words = match[2].strip(" \t#") if match else ""
        if not match or not words:
            continue
        level = len(match[1])
        if title and (level == 1 or number == beginning) and letters(words) == title:
            hint = "delete this line: the page shows the headline above the text"
            yield LineSlip(number, "heading-repeats", "this heading repeats the headline", hint)
            continue
        if last and level > last + 1:
            message = f"this heading is {level - last} levels below the one before"
            yield LineSlip(number, "heading-level", message, f"write {'#' * (last + 1)} {words}")
        last = level


def _bold(lines: Sequence[str]) -> Iterator[LineSlip]:
    """Each paragraph that is one short line in bold, does not end like a sentence, and has text below it."""
    end = max((number for number, line in enumerate(lines) if line.strip()), default=0)
    for number, line in enumerate(lines[:end]):
        match = BOLD.fullmatch(line)
        if not match or match[2].rstrip(AFTER_END).endswith(ENDS) or "](" in line:
            continue
        if not (lines[number + 1].strip() or (number and lines[number - 1].strip())):
            hint = f"if it is a heading, write ## {match[2]}"
            yield LineSlip(
                number + 1, "heading-bold", "a line in bold is a paragraph of its own, and not a heading", hint
            )
