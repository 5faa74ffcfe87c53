"""Whether a block's tags are closed in order, and stand where a browser leaves them: else it builds another page than was written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plugins.markup.guard import INLINE, VOID

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
PHRASES = (INLINE | {"p", "pre", "h2", "h3", "h4", "h5", "h6"}) - {"rt", "rp"}
"""What holds words and inline tags only: a block inside makes a browser close it first."""
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
"""Tag -> the tags that it may stand in."""
FRAMES = ROWS | {"tr", "colgroup", "ul", "ol", "dl"}
"""What holds its own parts only, and no words."""

Problem = tuple[str, str, str, str]
"""The words to look for, code, message, hint."""


def problem_in(block: str) -> Problem | None:
    """The first tag of one top-level block that is out of order, or None."""
    return next(_problems(block), None)


def _problems(block: str) -> Iterator[Problem]:
    opened: list[tuple[str, str]] = []
    last = 0
    for match in TAG.finditer(block):
        closing, tag = match[1], match[2].lower()
        inside = opened[-1][0] if opened else ""
        words = match[0] + re.split("[<\n]", block[match.end() : match.end() + 30])[0]
        if inside in FRAMES and block[last : match.start()].strip():
            yield _misplaced(block[last : match.start()].strip(), "words stand", inside)
        last = match.end()
        if closing:
            if not opened or inside != tag:
                yield _unopened(tag, words, opened)
            opened.pop()
            continue
        if not _may_stand(tag, [each for each, _ in opened]):
            yield _misplaced(words, f"<{tag}> stands", inside)
        if tag not in VOID:
            opened.append((tag, words))
    if opened:
        yield opened[-1][1], "html-nesting", f"<{opened[-1][0]}> is not closed in its paragraph", f"add </{opened[-1][0]}>"


def _may_stand(tag: str, opened: list[str]) -> bool:
    inside = opened[-1] if opened else ""
    if tag in PARENTS:
        return inside in PARENTS[tag]
    if inside in FRAMES:
        return inside == "dl" and tag == "div"
    return not (tag == "a" and "a" in opened) and (tag in INLINE or inside not in PHRASES)


def _misplaced(words: str, what: str, inside: str) -> Problem:
    where = f"directly in <{inside}>" if inside else "on its own"
    hint = "give it a paragraph of its own" if inside in PHRASES else "write the tags around it that belong there"
    return words, "html-nesting", f"{what} {where}, where a browser moves it elsewhere", hint


def _unopened(tag: str, words: str, opened: list[tuple[str, str]]) -> Problem:
    if any(tag == each for each, _ in opened):
        return words, "html-nesting", f"</{tag}> comes before </{opened[-1][0]}>", f"close <{opened[-1][0]}> first"
    inside = f" inside <{opened[-1][0]}>" if opened else ""
    return words, "html-nesting", f"</{tag}> closes nothing that is open{inside}", "tags are opened and closed within one paragraph"
