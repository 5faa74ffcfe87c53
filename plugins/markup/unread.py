"""Finds markup that Markdown did not read, so that readers would see the bare signs; it is reported, never mended."""

from __future__ import annotations

import re

from broadside.plugins.faults import quoted
from broadside.plugins.letters import HARD_SPACES, garbled
from broadside.plugins.markup.embeds import KINDS
from broadside.plugins.markup.places import Refuse
from broadside.plugins.markup.quotations import PULLQUOTE

RULE = re.compile(r"(?m)^[ ]*\|?[ ]*:?-{3,}:?[ ]*\|[-|: ]*$")
ITEMS = re.compile(r"\n[ ]*([-*+]|[0-9]+\.)[ ]+\S.*\n[ ]*(?:[-*+]|[0-9]+\.)[ ]+\S")
ITEM = re.compile(r"\n[ ]*(?:[-*+]|[0-9]{1,2}\.)[ ]+\S.*")
"""A line like a list's item; a single one may be prose that begins with a dash, except right below the words of an item."""
OTHER_ITEM = (
    r"[ ]*(?:[•·▪◦‣●○■□\uf0a7\uf0b7][^\S\n]*|[0-9]{1,3}\)[^\S\n]+"
    rf"|[0-9]{{1,3}}\.(?=[^\W\d_])|(?:[-*+]|[0-9]{{1,3}}\.)[ ]*[{HARD_SPACES}])(?=\S)"
)
NUMBER = re.compile(rf"[ ]*([0-9]{{1,3}})\.[ {HARD_SPACES}]*([^\W\d_]+)")
"""A number that begins an item or, as in "3.Mai", a day."""
OTHER_ITEMS = re.compile(rf"\n{OTHER_ITEM}")
FIRST_ITEM = re.compile(rf"(?m)^{OTHER_ITEM}.*")
"""A line that another program takes for an item; a dash may begin a speech."""
ROW = r"[ ]*\|(?:[ ][^|\n]*[ ]\||(?:[^|\n]*\|){2,}[ ]*(?=\n|$)).*"
ROWS = re.compile(rf"(?m)^{ROW}\n{ROW}")
STRONG = re.compile(r"(?<![\w*])\*\*(?:[\"'“‘(]?\w[^*\n\x02]{0,200}[ ]|[ ][^*\n\x02]{1,200})\*\*(?!\*)")
"""Words between double asterisks with a space inside; single ones may be meant literally, as in a word or after a figure."""
LINED = re.compile(r"(?<![\w~=])(~~|==)((?![\s~=>])[^~=\n\x02]{0,200}[^\s~=<\x02])\1(?![\w~=\x02])")
"""Words that other programs strike through or mark; with a < or > the signs are arrows."""
LINES = {"~~": "s", "==": "mark"}
"""Their tags."""
BOX = re.compile(r"\A\[[ xX]\](?=[ ]\S)")
"""A task's box as other programs write it, at the beginning of an item."""
NOTE = re.compile(r"\[\^[^\]]+\]")
WITHIN = r"[^\[\]\x02]{0,200}"
POWER = r"[^\W\d_A-ZÀ-ÖØ-Þ][^\W\d_]*"
"""A word that does not begin with a Latin capital."""
NOTE_HERE = re.compile(
    rf"(?:(?<!\d)(?<!\b\w)\^\[(?={WITHIN}[^\W\d_]{{2}})|\^\[(?!{POWER}\])(?={WITHIN}[^\W\d_]{{4}}))[^\[\]\x02]{{1,200}}"
)
"""A note with its text where it is called, as in Pandoc. After a figure or a letter it is a power, as in 1.05^[years],
unless it has several words, or one that begins with a Latin capital.
"""
PHOTO = re.compile(r"!\[[^\n\x02]{0,200}?\]\(")
EMBED = re.compile(rf"\[!({'|'.join(KINDS)})\]", re.I)
PULL_QUOTE = re.compile(rf"(({PULLQUOTE.pattern})[^\n\x02]{{0,40}})", re.I)
FENCE = "```"
LINK = re.compile(r"[^\[\]\n\x02]{0,40}\]\((?:https?://|mailto:|\{filename\})[^\s\x02]{0,60}")
REFERENCE = re.compile(r"(?<!\w)\[[^\[\]]+\]\[[^\[\]]*\]")
SPACED = re.compile(r"\[(?!!)[^\[\]\n\x02]{1,200}\][ ]{1,3}\(https?://")
ADDRESS = re.compile(r"\s*(https?://[^\s\x02]{4,500})\s*")
"""An address without any other words; in a sentence, an address may be meant to be read."""
SWAPPED = re.compile(r"\([^()\n\x02]{1,200}\)\[https?://")
WIKI = re.compile(r"(?<!\w)!?\[\[[^\[\]\n\x02]*\w[^\[\]\n\x02]*\]\](?!\()")
WORDPRESS = re.compile(r"(?m)^\[(?:caption|gallery|embed|audio|video|playlist)(?:[ ][^\]\n]{0,500})?\]")
HUGO = re.compile(r"\{\{[<%][ ]?[\w/][^\n\x02]{0,40}")
LIQUID = re.compile(r"(?m)^\{%-?[ ]*\w[^\n\x02]{0,40}")
CONTENTS = re.compile(r"\A\[TOC\](?=[ ]*\Z)")
COLONS = re.compile(r"(?sm)\A:::\w+(?!.*^:::)")
"""The name of a language; if other colons close it, the code is about how boxes are written."""
BRACED = r"\{(?::[ ]*[.#]?|[.#])[A-Za-z][^{}\n\x02]{0,60}\}"
ATTRIBUTES = re.compile(rf"\A{BRACED}|(?<![^ \n]){BRACED}(?=[ ]*\Z)")
"""What Python-Markdown takes for a class or an id, right after emphasis or at the end of a block; elsewhere it is a word."""
BOXES = re.compile(r"(?m)^:{3,}[ ]?\w[^\n\x02]{0,40}")
ADMONITION = re.compile(r'\A!!![ ]?[a-z][a-z-]*(?:[ ][a-z-]+)*(?:[ ]"[^"\n\x02]{0,60}")?(?=[ ]*(?:\n|\Z))')
SHORTCODES = {"[": (WORDPRESS, CONTENTS), "{": (HUGO, LIQUID, ATTRIBUTES)}
"""Short codes of other systems, by a sign that each contains."""
NOT_WORDS = re.compile(r"<(code|kbd|pre|samp)\b.*?(?=</\1|\Z)|<[^>]*>", re.I | re.S)
"""The parts of raw HTML that are not text: code, and tags."""
MARKDOWN = re.compile(
    r"!?\[[^\[\]\n]{1,200}\]\((?:https?://|mailto:|photos/|\{filename\}|/)[^\s()]{0,200}\)?"
    r"|(?<![\w*])\*\*\w(?:[^*\n]{0,200}[^\s*])?\*\*(?![\w*])"
)
"""Signs that are certainly Markdown, and not part of a table or a formula."""
TAG = re.compile(r"<[A-Za-z][A-Za-z0-9]*[\s/]+[A-Za-z-]+\s*=[^<\x02]{0,20}")


def in_html(html: str, refuse: Refuse) -> None:
    """Report Markdown in a block of raw HTML, where it is not read."""
    if found := MARKDOWN.search(NOT_WORDS.sub("\n", html)) if "**" in html or "](" in html else None:
        hint = "write it with tags, such as <strong> or <a>, or take the tags around it out"
        message = f"{quoted(found[0])} stands inside HTML, where Markdown is shown as it was typed"
        at = html.index(found[0])  # the same words may be elsewhere too, but not after the same ones
        sought = re.compile(f"(?<={re.escape(html[max(0, at - 40) : at])}){re.escape(found[0])}")
        refuse((sought, found[0]), "html-markdown", message, hint, "warning")


def in_text(text: str, refuse: Refuse) -> None:
    """Report markup in a piece of text that was not read."""
    if "[" in text:
        _notes(text, refuse)
        _brackets(text, refuse)
    _shortcodes(text, refuse)
    if letters := garbled(text):
        message = f'"{letters}" is what was left of other letters when the text was copied'
        refuse(letters, "garbled", message, "type them again", "warning")
    row = RULE.search(text) if "\n" in text else None
    if row:
        hint = "leave an empty line before it, and give each row as many cells"
        refuse(row[0].strip(), "table", "this table is not read as one", hint)
    if FENCE in text:
        hint = "leave nothing but a word behind those before the code, and nothing but them on the line after it"
        refuse(FENCE, "fence", "three backticks are shown as they stand", hint, "warning")
    if "**" in text and (strong := STRONG.search(text)):
        hint = "write **words**, with no space inside the asterisks; \\* is the sign itself"
        refuse(strong[0], "emphasis", "these asterisks are shown as they stand", hint, "warning")
    for signs, words in LINED.findall(text) if "~~" in text or "==" in text else ():
        shown, tag = f"{signs}{words}{signs}", LINES[signs]
        hint = f"write <{tag}>words</{tag}>, or the sign itself between backticks"
        refuse(shown, "emphasis", f"{quoted(shown)} is shown as it stands", hint, "warning")
    if "<" in text:
        if "<!--" in text:
            refuse("<!--", "comment", "a comment is not closed, so that readers would see it", "end it with -->")
        for tag in TAG.findall(text):
            hint = 'write it as <tag name="value">, or the sign itself as &lt;'
            refuse(tag, "html-tag", f'"{tag}…" is a tag that cannot be read', hint)


def _notes(text: str, refuse: Refuse) -> None:
    """Report notes that Markdown did not read."""
    for note in NOTE.findall(text):
        hint = f"give its text on a line of its own: {note}: …"
        refuse(note, "note-missing", f"the note {note} has no text", hint)
    for note in NOTE_HERE.findall(text) if "^[" in text else ():
        message = f'"{_first_line(note)[:60]}…" is shown as it stands, and is not a note'
        refuse((note, "^["), "note-form", message, "write [^1], and on a line of its own: [^1]: …", "warning")


def _brackets(text: str, refuse: Refuse) -> None:
    """Report photos and links that Markdown did not read."""
    for kind in EMBED.findall(text):
        astray(kind, refuse)
    for words, mark in PULL_QUOTE.findall(text):
        hint = f"leave an empty line, and write > {mark}"
        message = f"{mark} does not stand at the beginning of a quotation"
        refuse((words, mark), "pullquote", message, hint)
    for photo in PHOTO.findall(text):
        hint = 'write ![what one sees](photos/x.jpg){credit="…"}'
        refuse(photo, "photo-words", "this photo cannot be read", hint)
    for link in LINK.findall(text):
        hint = "write [words](https://…), without other [ before it, and each ( in the address as %28, ) as %29"
        refuse(link, "link", f'the link "[{link[:60]}…" cannot be read', hint)
    for link in WIKI.findall(text):
        message = f'"{link[:60]}" is not read as a link'
        refuse(link, "link-form", message, "write [words](/its/address/)", "warning")
    for pattern in (SPACED, SWAPPED) if "://" in text else ():
        for link in pattern.findall(text):
            message = f'"{link[:60]}…" is not read as a link'
            refuse(link, "link-form", message, "write [words](https://…), without a space", "warning")
    for link in REFERENCE.findall(text):
        hint = "give it on a line of its own: [name]: https://…"
        refuse(link, "reference-missing", f"{link[:60]} names no address that is given", hint, "warning")


def astray(kind: str, refuse: Refuse) -> None:
    """Report the mark of a card in a place that can have no card."""
    hint = f"leave an empty line before [!{kind}] and after its link"
    refuse(f"[!{kind}]", "embed", f"the {kind.lower()} does not stand by itself", hint)


def in_code(text: str, refuse: Refuse) -> None:
    """Report a line above code that other programs take for the name of its language."""
    for code in COLONS.findall(text):
        _shortcode(code, refuse)


def _shortcodes(text: str, refuse: Refuse) -> None:
    for sign, patterns in SHORTCODES.items():
        for pattern in patterns if sign in text else ():
            for code in pattern.findall(text):
                _shortcode(code, refuse)


def _shortcode(code: str, refuse: Refuse) -> None:
    message = f'"{code[:60]}" is a short code of another system, which is shown as it stands'
    refuse(code, "shortcode", message, "write in Markdown what it stood for", "warning")


def in_paragraph(text: str, in_list: bool, refuse: Refuse) -> None:
    """Warn of a list or a table that Markdown did not read, because an empty line or the right signs are missing."""
    found = (_list_in(text, in_list) or _table_in(text)) if "\n" in text else None
    if found:
        what, first, hint = found
        sign, words = re.match(r"[^\w\s]*", first), re.findall(r"\w+", first)[:4]
        pattern = (re.escape(sign[0]) if sign else "") + r"[^\w\n]{0,20}"  # because marks may be between them
        sought = re.compile(pattern + r"[^\w\n]{1,20}".join(words) if words else "$")
        refuse((first, sought), what, f"these lines are not read as a {what}", hint, "warning")


def alone(text: str, refuse: Refuse) -> None:
    """Report an address that is all the text of a paragraph, an item or a note, and that other programs would link."""
    if found := ADDRESS.fullmatch(text):
        hint = "write [words](https://…), or <https://…>; for a video or a post, [!video] [what it shows](https://…)"
        sought = re.compile(rf"(?m)(?<!\S){re.escape(found[1])}(?=[^\S\n]*$)")  # a link may lead there, too
        message = f"{quoted(found[1])} is shown as it stands, and is not a link"
        refuse((sought, found[1]), "link-form", message, hint, "warning")


def at_first(text: str, in_list: bool, refuse: Refuse) -> None:
    """Warn of the signs with which other programs begin a box around words, or a task with a box to tick."""
    for code in BOXES.findall(text) + ADMONITION.findall(text) if ":::" in text or "!!!" in text else ():
        _shortcode(code, refuse)
    if in_list and (box := BOX.match(text)):
        hint = "write ☐ or ☑ in its place, or say it in words"
        refuse(_first_line(text), "list", f"the box {box[0]} is shown as it stands", hint, "warning")


def _list_in(text: str, in_list: bool) -> tuple[str, str, str] | None:
    """An unread list in a text: what it is, its first line, and a hint."""
    items = (ITEM if in_list else ITEMS).search(text)
    if items:
        return "list", _first_line(items[0]), "leave an empty line before the first"
    others = FIRST_ITEM.findall(text) if OTHER_ITEMS.search(text) else []
    if len(others) > 1 and not _are_days(others, text):
        hint = "begin each with a hyphen or 1. and a space, and leave an empty line before the first"
        return "list", _first_line(others[0]), hint
    return None


def _are_days(lines: list[str], text: str) -> bool:
    """Whether the lines' numbers are not those of a list, which count up, and from 1 if there are words before them.

    If the same word follows both, it is a month.
    """
    found = (NUMBER.match(line) for line in lines[:2])
    (first, month), (second, other) = ((int(each[1]), each[2]) if each else (0, "") for each in found)
    counted = not second or second - first == 1 or first == second == 1
    return bool(first) and (month == other or not (counted and (first == 1 or text.startswith(lines[0]))))


def _table_in(text: str) -> tuple[str, str, str] | None:
    """The same for a table, except one whose rule is reported elsewhere."""
    rows = ROWS.search(text) if text.count("|") > 3 and not RULE.search(text) else None
    hint = "write | --- | below the first, with as many cells, and leave an empty line before it"
    return ("table", _first_line(rows[0]), hint) if rows else None


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0]
