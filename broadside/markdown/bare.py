"""A text for readers who have neither our style sheet nor our scripts: as HTML with bare tags, and as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import count

KEPT = frozenset(
    "alt colspan datetime dir height href id lang reversed rowspan scope src start title type value width".split()
)
"""Attributes that mean something on another site's pages; classes do not."""
ATTRIBUTED = re.compile(r"<([a-z][a-z0-9]*) ([^>]*)>")
ATTRIBUTE = re.compile(r'([a-z-]+)(?:="[^"]*")?')
UNSEEN = re.compile(r'<span class="visually-hidden">(.*?)</span>', re.S)
PULL_QUOTE = re.compile(r'<blockquote class="pullquote">.*?</blockquote>\s*', re.S)
"""A pull quote, which repeats a sentence of the text: another outlet chooses its own."""
PRE = re.compile(r"(<pre.*?</pre>)", re.S)
BACK = r'<a href="#[^"]*fnref[^>]*>.*?</a>'
MARKS = (
    *[("a", re.compile(space + BACK), "") for space in ("&#160;", "\u00a0", "")],  # faster than one pattern for all
    ("sup", re.compile(r'<sup id="[^"]*"><a href="#[^"]*">(.*?)</a></sup>'), r"[\1]"),
    ("li", re.compile(r'<li id="[^"]*fn-(\d+)">\s*'), r"\n\n[\1] "),
    ("li", re.compile(r'<li value="(\d+)">\s*'), r"\n\1. "),
    ("li", re.compile(r"<li[^>]*>\s*"), "\n- "),
    ("tr", re.compile(r"</t[dh]>\s*<t[dh][^>]*>"), " | "),
    ("br", re.compile(r"<br[^>]*>"), "\n"),
    *[(name, re.compile(f"</{name}>"), "\n") for name in ("tr", "dt", "dd")],
    *[
        (name, re.compile(rf"</?{name}(?: [^>]*)?>"), "\n\n")
        for name in "aside blockquote details div dl figure figcaption h1 h2 h3 h4 h5 h6 hr ol p pre section summary table ul".split()
    ],
)
"""A tag, the pattern to look for if a text has the tag, and its form in plain text: notes, lists, tables, blocks."""
NAME = re.compile(r"<([a-z][a-z0-9]*)")
FIRST_IN_ITEM = re.compile(r"(<li[^>]*>)\s*<p>")
LISTED = re.compile(r'<(/?[ou]l|li)(?![^>]* id=)(?:[^>]* (?:start|value)="(\d+)")?[^>]*>')
"""The beginning or end of a list, or an item, with the number that it gives; notes are numbered elsewhere."""
TAG = re.compile(r"<[^>]*>")


def clean(html: str) -> str:
    """The HTML without anything that only this site's style sheet and scripts understand."""
    if "pullquote" in html:
        html = PULL_QUOTE.sub("", html)
    return ATTRIBUTED.sub(_cleaned, UNSEEN.sub(r"\1", html) if "visually-hidden" in html else html)


def _cleaned(tag: re.Match[str]) -> str:
    kept = [match[0] for match in ATTRIBUTE.finditer(tag[2]) if match[1] in KEPT]
    return f"<{' '.join([tag[1], *kept])}>"


def plain(html: str) -> str:
    """HTML as plain text, with an empty line between blocks; notes and lists keep their marks."""
    html = _numbered(html) if "<ol" in html else html
    parts = PRE.split(html) if "<pre" in html else [html]
    text = "".join([_of_code(part) if part.startswith("<pre") else _of_prose(part) for part in parts])
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n") + "\n"


def _numbered(html: str) -> str:
    """The HTML with a number in each item of ordered lists, except lists that count down."""
    numbers: list[Iterator[int] | None] = []  # one for each open list, the innermost last

    def mark(tag: re.Match[str]) -> str:
        if tag[1] == "li":
            if tag[2] and numbers[-1]:
                numbers[-1] = count(int(tag[2]))
            counted = numbers[-1]
            return f'<li value="{next(counted)}">' if counted else tag[0]
        if tag[1][0] == "/":
            numbers.pop()
        else:
            counts_up = tag[1] == "ol" and " reversed" not in tag[0]
            numbers.append(count(int(tag[2] or 1)) if counts_up else None)
        return tag[0]

    return LISTED.sub(mark, html)


def _of_prose(html: str) -> str:
    # Most of a text is plain paragraphs, for which no pattern is needed.
    text = FIRST_IN_ITEM.sub(r"\1", html) if "<li" in html else html
    text = text.replace("\n", " ").replace("</p>", "").replace("<p>", "\n\n")
    names = set(NAME.findall(text))
    for name, pattern, mark in MARKS:
        if name in names:
            text = pattern.sub(mark, text)
    # Line by line, which is faster than searching for each space beside a line's end.
    return "\n".join([line.strip(" ") for line in unescape(TAG.sub("", text)).split("\n")])


def _of_code(html: str) -> str:
    return f"\n\n{unescape(TAG.sub('', html)).rstrip()}\n\n"
