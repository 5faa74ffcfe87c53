"""Checks that a block's tags are closed in order and are where a browser leaves them; else it would build a different page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broadside.plugins.markup.guard import INLINE, VOID, Problem

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
PHRASES = (INLINE | {"p", "pre", "h2", "h3", "h4", "h5", "h6"}) - {"rt", "rp"}
"""Tags that may hold only words and inline tags: a browser closes one before a block inside it."""
ROWS = {"table", "thead", "tbody", "tfoot"}
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "caption": {"table"},
    "colgroup": {"table"},
    "col": {"colgroup"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "tr": ROWS,
    "td": {"tr"},
    "th": {"tr"},
    "rt": {"ruby"},
    "rp": {"ruby"},
}
"""Tag -> the tags that it may be in."""
FRAMES = ROWS | {"tr", "colgroup", "ul", "ol", "dl"}
"""Tags that hold only their own parts, and no words."""

CODE = "html-nesting"
MOVED = "a browser would move it elsewhere: write the tags that belong around it"


def problem_in(block: str) -> Problem | None:
    """The first tag of one top-level block that is out of order, or None."""
    return next(_problems(block), None)


def _problems(block: str) -> Iterator[Problem]:
    opened: list[re.Match[str]] = []
    tags: list[str] = []
    last = 0
    for match in TAG.finditer(block):
        closing, tag = match[1], match[2].lower()
        inside = tags[-1] if tags else ""
        if inside in FRAMES and block[last : match.start()].strip():
            yield block[last : match.start()].strip(), CODE, f"words stand directly in <{inside}>", MOVED
        last = match.end()
        if closing:
            if inside != tag:
                yield _left_open(opened[-1], tag) if tag in tags else _unopened(tag, _words(match), tags)
            opened.pop()
            tags.pop()
            if not tags and block[last:].strip():
                yield (
                    _words(match),
                    CODE,
                    f"</{tag}> closes what holds the tags after it",
                    "close it in its own paragraph",
                )
        else:
            if not _may_stand(tag, tags):
                yield _misplaced(tag, _words(match), inside)
            if tag not in VOID:
                opened.append(match)
                tags.append(tag)
    if opened:
        yield _words(opened[-1]), CODE, f"<{tags[-1]}> is not closed in its paragraph", f"add </{tags[-1]}>"


def _may_stand(tag: str, opened: list[str]) -> bool:
    inside = opened[-1] if opened else ""
    if tag in PARENTS:
        return inside in PARENTS[tag]
    if inside in FRAMES:
        return inside == "dl" and tag == "div"
    return not (tag == "a" and "a" in opened) and (tag in INLINE or inside not in PHRASES)


def _misplaced(tag: str, words: str, inside: str) -> Problem:
    if PARENTS.get(tag, set()) & PARENTS.get(inside, set()):
        return words, CODE, f"<{inside}> is not closed before <{tag}>", f"add </{inside}>"
    if tag == "a":
        return words, CODE, "a link stands inside a link", "put it after the link"
    if tag in PARENTS:
        return words, CODE, f"<{tag}> stands outside of <{'>, <'.join(sorted(PARENTS[tag]))}>", MOVED
    return (
        words,
        CODE,
        f"<{tag}> stands inside <{inside}>",
        "give it a paragraph of its own, with an empty line before and after",
    )


def _left_open(opened: re.Match[str], around: str) -> Problem:
    """A tag that is still open when the element around it ends, which may be a paragraph without a written tag."""
    tag = opened[2].lower()
    end = "in its paragraph" if around == "p" else f"before </{around}>"
    return _words(opened), CODE, f"<{tag}> is not closed {end}", f"add </{tag}>"


def _unopened(tag: str, words: str, tags: list[str]) -> Problem:
    if tag in VOID:
        return words, CODE, f"</{tag}> closes nothing: what it names has no end", f"write <{tag}>"
    inside = f" inside <{tags[-1]}>" if tags else ""
    return (
        words,
        CODE,
        f"</{tag}> closes nothing that is open{inside}",
        "tags are opened and closed within one paragraph",
    )


def _words(match: re.Match[str]) -> str:
    """A tag and the text after it, to find its place in the source."""
    return match[0] + re.split("[<\n]", match.string[match.end() : match.end() + 30])[0]
