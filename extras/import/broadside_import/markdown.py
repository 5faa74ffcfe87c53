"""Renders Markdown of Hugo, Jekyll, Eleventy and Pelican, and the notebooks in a text, to HTML in
the forms of `model`.

CommonMark with tables, notes, definition lists and the attributes of kramdown, Goldmark and
markdown-it; and Python-Markdown, with those of its own extensions that a Pelican site names:
nothing of the archive is ever run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from html import escape
from typing import Any, Literal

from bs4 import Tag
from markdown.core import Markdown
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from broadside.importer import limit_problem
from broadside_import.readable import element, json_in, replaced, soup_of

Dialect = Literal["commonmark", "kramdown", "python"]

MARKED = (
    r"\{(?::[^{}\n]*|[ ]*[.#][A-Za-z][^{}\n]*"
    r"""|[ ]*[\w-]+=(?:"[^"{}]*"|'[^'{}]*'|[^\s"'{}])[^{}\n]*)\}"""
)
"""The attributes of an element: kramdown's have a colon, others begin with a class, an id or an
assignment.
"""
AT_END = re.compile(rf"(?<![ \t])[ \t]*+{MARKED}[ \t]*$")
AT_START = re.compile(rf"^{MARKED}")
ID = re.compile(r"(?:#|\bid=[\"']?)([\w:.-]+)")
ALONE = re.compile(r"[ ]{0,3}\{:[^{}\n]*\}[ \t]*")
CONTENTS = re.compile(
    r"^[ ]{0,3}(?:[*+-]|1\.)[ \t].*\n[ ]{0,3}\{: *:?toc.*\}[ \t]*$|^[ ]{0,3}\[\[?_?TOC_?\]\]?["
    r" \t]*$",
    re.M | re.I,
)
KRAMDOWN_COMMENT, COMMENT_END = re.compile(r"\{::comment(\})"), re.compile(r"\{:/(?:comment)?(\})")
KRAMDOWN_OPTION = re.compile(
    r"\{::options[^{}]*/\}|\{:/?(?:nomarkdown|/)?\}|\{::nomarkdown[^{}]*\}"
)
IN_HTML = re.compile(r"<\w[^<>]*>")
IS_MARKDOWN = re.compile(r"""[ ]markdown=["']?(?:1|span|block|true)["']?""")
FENCE = re.compile(r"[ >]*(`{3,}|~{3,})")
HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]")
ABBREVIATION = re.compile(r"^[ ]{0,3}\*\[([^\[\]\n]+)\]:[ \t]*(.*)$", re.M)
LANGUAGE = re.compile(r"[\s{.]*([A-Za-z][\w+#-]{0,39})")
BOX = re.compile(r"\[([ xX])\][ \t]")
MOST_ABBREVIATIONS = 100
"""In one text; each word is compared with all of them."""
MOST_OPEN = 200
"""Unclosed links; Python-Markdown searches the rest of the text for the end of each."""
PYTHON_EXTENSIONS = frozenset(
    "abbr admonition attr_list codehilite def_list extra fenced_code footnotes md_in_html nl2br"
    " sane_lists smarty tables toc".split()
)
SIGN = re.compile("[\ue000-\uf8ff]")
"""The beginning and end of what stands for a tag while a text is read."""
CELLS = re.compile(r"cells\[(-?\d*):(-?\d*)\]")
"""The cells of a notebook to show."""


def to_html(text: str, dialect: Dialect, extensions: Sequence[str] = ()) -> tuple[str, str]:
    """The HTML of a text; if it could not be read as Markdown, the text as typed, and the
    reason.
    """
    if dialect == "python" and (
        limit_problem(text) or text.count("](") - text.count(")") > MOST_OPEN
    ):
        dialect = "commonmark"  # its reader is fast on any text
    try:
        return _python(text, extensions) if dialect == "python" else _commonmark(text, dialect), ""
    except RecursionError:
        return as_typed(text), "it is nested too deeply"


def inline(text: str) -> str:
    """The HTML of a caption or another line of Markdown."""
    if len(text) < 10_000:
        return str(_parser().renderInline(text, {}))
    return escape(text, quote=False)


def as_typed(text: str) -> str:
    """Each paragraph of a text, with no markup read."""
    return "\n".join(
        f"<p>{escape(part.strip(), quote=False)}</p>"
        for part in re.split(r"\n[ \t]*\n", text)
        if part.strip()
    )


def slugged(words: str) -> str:
    """The id that GitHub, Goldmark and kramdown give to a heading with these words."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", words.strip().lower()))


def _commonmark(text: str, dialect: Dialect) -> str:
    text = CONTENTS.sub("", text)
    if "markdown=" in text:
        text = IN_HTML.sub(_opened, text)
    if dialect == "kramdown":
        text = KRAMDOWN_OPTION.sub("", replaced(text, KRAMDOWN_COMMENT, COMMENT_END, lambda *_: ""))
    if "{:" in text:
        text = _without_attributes(text)
    abbreviations = dict(ABBREVIATION.findall(text)[:MOST_ABBREVIATIONS])
    if abbreviations:
        text = ABBREVIATION.sub("", text)
    html = _parser().render(text, {"abbreviations": abbreviations})
    return str(html)


def _opened(tag: re.Match[str]) -> str:
    """A tag without its attribute that marks Markdown inside, separated from that Markdown."""
    made, times = IS_MARKDOWN.subn("", tag[0], count=1)
    if times:
        return f"{made}\n\n"
    return made


def _without_attributes(text: str) -> str:
    """A text without kramdown's attribute lines; a heading's id is moved to where other dialects
    have it.
    """
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        if match := FENCE.match(line):
            if fence and match[1].startswith(fence):
                fence = ""
            else:
                fence = fence or match[1]
        if not fence and line.lstrip().startswith("{:") and ALONE.fullmatch(line):
            name = ID.search(line)
            if name and lines and HEADING.match(lines[-1]):
                lines[-1] += f" {{#{name[1]}}}"
            elif not lines or not lines[-1].strip():
                lines.append("")
            continue
        lines.append(line)
    return "\n".join(lines)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    usual = parser.normalizeLink
    # An encoded sign could not be replaced by its tag.
    parser.normalizeLink = lambda url: url if SIGN.search(url) else usual(url)  # type: ignore[method-assign]
    parser.use(footnote_plugin).use(deflist_plugin)
    parser.core.ruler.before("inline", "heading_ids", _heading_ids)
    parser.core.ruler.after("inline", "attributes", _attributes)
    for rule, render in (
        ("footnote_ref", _note_place),
        ("footnote_open", _note_text),
        ("footnote_block_open", _nothing),
        ("footnote_block_close", _nothing),
        ("footnote_anchor", _nothing),
        ("footnote_close", _note_end),
        ("fence", _fence),
    ):
        parser.add_render_rule(rule, render)
    return parser


def _heading_ids(state: StateCore) -> None:
    used = Counter[str]()
    for token, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if token.type != "heading_open":
            continue
        if match := AT_END.search(inline.content):
            inline.content = inline.content[: match.start()]
            if name := ID.search(match[0]):
                token.attrSet("id", name[1])
                continue
        words = slugged(re.sub(r"<[^<>]*>|[*`\[]|\]\([^()]*\)", "", inline.content))
        used[words] += 1
        token.attrSet("id", words if used[words] == 1 else f"{words}-{used[words] - 1}")


def _attributes(state: StateCore) -> None:
    """Remove attributes from the text, and insert abbreviations and boxes."""
    abbreviations: dict[str, str] = state.env.get("abbreviations", {})
    pattern = None
    if abbreviations:
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, abbreviations))})(?!\w)")
    for number, token in enumerate(state.tokens):
        if token.type != "inline" or not token.children:
            continue
        children = token.children
        if (
            number > 1
            and state.tokens[number - 2].type == "list_item_open"
            and (box := BOX.match(children[0].content))
        ):
            children[0].content = ("☐ " if box[1] == " " else "☑ ") + children[0].content[
                box.end() :
            ]
        for before, child in zip([None, *children], children, strict=False):
            if child.type == "text" and "{" in child.content and before and before.type in ENDS:
                child.content = AT_START.sub("", child.content)
        last = children[-1]
        if (
            last.type == "text"
            and (match := AT_END.search(last.content))
            and (match[0].strip()[1] in ".#:" or match.start())
        ):
            last.content = last.content[: match.start()]
        if pattern:
            token.children = [
                part for child in children for part in _explained(child, pattern, abbreviations)
            ]


ENDS = frozenset(
    ("link_close", "image", "em_close", "strong_close", "s_close", "code_inline", "html_inline")
)


def _explained(
    token: Token, pattern: re.Pattern[str], abbreviations: dict[str, str]
) -> list[Token]:
    if token.type != "text" or not pattern.search(token.content):
        return [token]
    html = pattern.sub(
        lambda match: f'<abbr title="{escape(abbreviations[match[0]])}">{match[0]}</abbr>',
        escape(token.content, quote=False),
    )
    return [Token("html_inline", "", 0, content=html)]


def _note_key(meta: dict[str, Any]) -> str:
    return escape(str(meta.get("label") or f"inline-{meta['id']}"))


def _note_place(_: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    return f'<sup data-note="{_note_key(tokens[at].meta)}"></sup>'


def _note_text(_: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    return f'<div data-note-text="{_note_key(tokens[at].meta)}">'


def _note_end(*_: Any) -> str:
    return "</div>\n"


def _nothing(*_: Any) -> str:
    return ""


def _fence(_: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    return code(tokens[at].content, tokens[at].info)


def code(text: str, language: str = "") -> str:
    """A block of code; its language may be among other words."""
    match = LANGUAGE.match(language)
    name = ""
    if match:
        name = f' class="language-{match[1].lower()}"'
    return f"<pre><code{name}>{escape(text, quote=False)}</code></pre>\n"


@cache
def _python_parser(extensions: tuple[str, ...]) -> Markdown:
    return Markdown(
        extensions=[*extensions],
        extension_configs={
            "codehilite": {"use_pygments": False, "guess_lang": False},
            "toc": {"marker": ""},
        },
        output_format="html",
    )


def _python(text: str, extensions: Sequence[str]) -> str:
    named = (re.sub(r"^markdown\.extensions\.|\(.*", "", name) for name in extensions)
    known = dict.fromkeys(
        name
        for name in (*("extra", "codehilite", "toc", "admonition"), *named)
        if name in PYTHON_EXTENSIONS
    )
    parser = _python_parser(tuple(known))
    parser.reset()
    html = parser.convert(CONTENTS.sub("", text))
    if 'class="footnote' in html or "admonition" in html or "codehilite" in html:
        return in_our_forms(html)
    return html


def in_our_forms(html: str) -> str:
    """HTML of Python-Markdown or docutils with its notes, text boxes and code in our forms."""
    soup = soup_of(html)
    for link in soup.select(
        "a.footnote-ref[href^='#'], a[role='doc-noteref'][href^='#'],"
        " a.citation-reference[href^='#']"
    ):
        place = element("sup", data_note=str(link["href"])[1:])
        parent = link.parent
        (parent if parent is not None and parent.name == "sup" else link).replace_with(place)
    for block in soup.select("div.footnote, aside.footnote-list, div.citation-list"):
        for note in block.select("li[id], aside[id], div.citation[id]"):
            for back in note.select("a.footnote-backref, span.label, span.backrefs"):
                back.decompose()
            block.insert_before(
                element("div", *list(note.contents), data_note_text=str(note["id"]))
            )
        block.decompose()
    for box in soup.select("div.admonition"):
        box.name = "aside"
    for pre in soup.select("pre.codehilite, pre.code"):
        _plain_code(pre)
    return str(soup)


def _plain_code(pre: Tag) -> None:
    inner = pre.code
    names = [
        str(name).removeprefix("language-")
        for name in (inner.get("class") if inner else None) or pre.get("class") or []
    ]
    names = [name for name in names if name not in ("code", "codehilite", "literal-block")]
    new = soup_of(code(pre.get_text(), names[0] if names else "")).pre
    if new is not None:
        pre.replace_with(new)


def notebook(text: str, cells: str = "") -> tuple[str, int]:
    """The HTML of a notebook, or of some of its cells (`cells[2:]`), and how many pictures in it
    were left out; "" if it is not one.
    """
    try:
        values = json_in(text)
        if "cells" in values:
            written = values["cells"]
        else:
            written = values["worksheets"][0]["cells"]
        language = values.get("metadata", {}).get("language_info", {}).get("name", "python")
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return "", 0
    parts: list[str] = []
    pictures = 0
    match = CELLS.search(cells)
    if match:
        shown = slice(*(int(part) if part else None for part in match.groups()))
    else:
        shown = slice(None)
    for cell in written[shown] if isinstance(written, list) else ():
        if not isinstance(cell, dict):
            continue
        kind, source = cell.get("cell_type"), _joined(cell.get("source") or cell.get("input"))
        if kind == "code":
            parts.append(code(source, str(language)) if source.strip() else "")
            for output in cell.get("outputs") or ():
                html, left_out = _printed(output)
                parts.append(html)
                pictures += left_out
        elif kind == "heading":
            parts.append(to_html(f"{'#' * int(cell.get('level', 2))} {source}", "commonmark")[0])
        elif kind in ("markdown", "raw"):
            parts.append(to_html(source, "commonmark")[0])
    return "\n".join(parts), pictures


def _printed(output: Any) -> tuple[str, int]:
    """The HTML of a cell's output, and how many pictures it contains."""
    if not isinstance(output, dict) or output.get("output_type") == "pyerr":
        return "", 0
    inside = output.get("data")
    data: dict[str, Any] = inside if isinstance(inside, dict) else output
    if any(
        key in data for key in ("image/png", "image/jpeg", "image/svg+xml", "png", "jpeg", "svg")
    ):
        return "", 1
    html = _joined(data.get("text/html") or data.get("html"))
    if html and "<script" not in html.lower():
        return html, 0
    words = _joined(data.get("text/plain") or data.get("text"))
    return (code(words) if words.strip() else ""), 0


def _joined(value: Any) -> str:
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    if isinstance(value, str):
        return value
    return ""
