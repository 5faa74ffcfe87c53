"""A text without our style sheet and scripts: as HTML with bare tags, and as plain text."""

from __future__ import annotations

from html import unescape

from broadside.markdown.tags import attribute, name_of, pieces, with_attributes, without_ways_back

KEPT = frozenset(
    "alt colspan datetime dir height href id lang reversed rowspan scope src start title type value"
    " width".split()
)
"""Attributes that mean something on other sites' pages; classes do not."""
BLOCKS = (
    "aside blockquote details div dl figure figcaption h1 h2 h3 h4 h5 h6 hr ol pre section summary"
    " table ul".split()
)
MARKS = {
    **dict.fromkeys([f"{slash}{name}" for name in BLOCKS for slash in ("", "/")], "\n\n"),
    "p": "\n\n",
    **dict.fromkeys(("br", "/tr", "/dt", "/dd"), "\n"),
}
"""What plain text has in place of a tag."""
SPACE_OF_CODE = "\0"
"""A space in code, which is kept while other lines lose those at their ends."""


def clean(html: str) -> str:
    """The HTML without anything that needs this site's style sheet and scripts.

    Pull quotes are removed too, because they repeat sentences of the text: another outlet chooses
    its own.
    """
    first, *parts = pieces(html)
    out, quotes, unseen = [first], 0, False
    for tag, words in zip(parts[::2], parts[1::2], strict=True):
        name = name_of(tag)
        if name == "blockquote" and (quotes or attribute(tag, "class") == "pullquote"):
            quotes += 1
        elif quotes:
            quotes -= name == "/blockquote"
            out.append("" if quotes else words.lstrip())
        elif name in ("span", "/span") and (unseen or attribute(tag, "class") == "visually-hidden"):
            unseen = name == "span"
            out.append(words)
        else:
            out += with_attributes(tag, lambda key, value: value if key in KEPT else None), words
    return "".join(out)


def plain(html: str) -> str:
    """HTML as plain text, with an empty line between blocks; notes and lists keep their marks."""
    first, *parts = without_ways_back(pieces(html))
    out, last = [first.replace("\n", " ")], ""
    lists: list[int | None] = []  # the next number of each open list, innermost last
    in_code = called = False
    for tag, words in zip(parts[::2], parts[1::2], strict=True):
        name = name_of(tag)
        mark = MARKS.get(name, "")
        in_code = name == "pre" or (in_code and name != "/pre")
        if name in ("ol", "ul"):
            counts_up = name == "ol" and " reversed" not in tag
            lists.append(int(attribute(tag, "start") or 1) if counts_up else None)
        elif name in ("/ol", "/ul"):
            lists.pop()
        elif name == "li":
            mark = _mark(tag, lists)
        elif name in ("sup", "/sup"):
            mark = "[" if attribute(tag, "id") else "]" if called else ""
            called = mark == "["
        elif name in ("td", "th") and last in ("/td", "/th"):
            out[-1] = " | "
        elif name == "p" and last == "li" and not out[-1].strip():
            out[-1] = mark = ""
        out += mark, words.replace(" ", SPACE_OF_CODE) if in_code else words.replace("\n", " ")
        last = name
    # Line by line is faster than searching for each space beside a line's end.
    text = "\n".join([line.strip(" ") for line in unescape("".join(out)).split("\n")]).replace(
        SPACE_OF_CODE, " "
    )
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n") + "\n"


def _mark(item: str, lists: list[int | None]) -> str:
    """The mark of a note or a list item; also advances the list's number."""
    note, value = attribute(item, "id"), attribute(item, "value")
    if note:
        return f"\n\n[{note.rpartition('-')[2]}] "
    number = int(value) if value else lists[-1]
    if lists[-1] is not None and number is not None:
        lists[-1] = number + 1
    return "\n- " if number is None else f"\n{number}. "
