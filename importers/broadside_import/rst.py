"""reStructuredText as HTML in the forms of `model`, through docutils, which may open no file and pass nothing through."""

from __future__ import annotations

import io
from collections import defaultdict
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.core import publish_doctree, publish_from_doctree
from docutils.parsers.rst import Directive, directives, roles
from docutils.utils import SystemMessage
from msgspec import Struct, field

from broadside_import.markdown import as_typed, in_our_forms
from broadside_import.readable import soup_of

SETTINGS = {
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "_disable_config": True,
    "report_level": 2,
    "halt_level": 5,
    "traceback": True,
    "input_encoding": "unicode",
    "output_encoding": "unicode",
    "syntax_highlight": "none",
    "smart_quotes": False,
    "math_output": "LaTeX",
    "embed_stylesheet": False,
    "stylesheet_path": "",
    "initial_header_level": 2,
    "sectsubtitle_xform": False,
    "line_length_limit": 1_000_000,
    "cloak_email_addresses": False,
    "record_dependencies": None,
}
ANY_OPTION: Any = defaultdict(lambda: directives.unchanged)
PLAYERS = {"youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}"}
GENERIC_ROLES = (
    "abbr",
    "doc",
    "ref",
    "term",
    "func",
    "class",
    "meth",
    "mod",
    "attr",
    "data",
    "exc",
    "obj",
    "file",
    "command",
    "option",
    "envvar",
    "program",
    "guilabel",
    "menuselection",
    "kbd",
    "samp",
    "issue",
    "pr",
    "pep8",
    "gh",
)


class Document(Struct):
    """What is in a text."""

    values: dict[str, Any]
    html: str
    left: list[tuple[int, str, str]] = field(default_factory=list)
    """A line, what was there, and what it is kept as."""


class _Code(Directive):
    """A block of code, whatever options its own highlighter had."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = ANY_OPTION

    def run(self) -> list[nodes.Node]:
        text = "\n".join(self.content)
        classes = ["code", *(self.arguments[0].split()[:1] if self.arguments else [])]
        return [nodes.literal_block(text, text, classes=classes)]


class _Html(Directive):
    """HTML that stands in the text itself; it is cleaned with the rest later, and a file is never read for it."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = ANY_OPTION

    def run(self) -> list[nodes.Node]:
        if "html" not in self.arguments[0].lower() or not self.content:
            return [
                self.state.document.reporter.error(
                    "raw is only read as HTML", nodes.literal_block(self.block_text, self.block_text), line=self.lineno
                )
            ]
        text = "\n".join(self.content)
        return [nodes.raw("", text, format="html")]


class _Player(Directive):
    """A video, by its id."""

    has_content = True
    required_arguments = 1
    optional_arguments = 5
    option_spec: ClassVar[Any] = ANY_OPTION

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        address = name if "//" in name else PLAYERS[self.name].format(name)
        html = soup_of("").new_tag("a", attrs={"data-card": "video", "href": address})
        return [nodes.raw("", str(html), format="html")]


class _Nothing(Directive):
    """A table of contents, which a story of ours does not have."""

    has_content = True
    optional_arguments = 10
    option_spec: ClassVar[Any] = ANY_OPTION

    def run(self) -> list[nodes.Node]:
        return []


def _words(
    name: str, rawtext: str, text: str, *_: Any, **__: Any
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """The words of a role that only another program knows: `Title <target>` is its title."""
    shown = text.rpartition("<")[0].strip() if text.endswith(">") and "<" in text else text
    return [nodes.literal(rawtext, shown) if name not in ("abbr", "doc", "ref", "term") else nodes.Text(shown)], []


def to_html(text: str) -> Document:
    """What is in a text: the fields of its header with `title`, and its HTML; if docutils cannot read it, the text as it was typed."""
    for name in ("code", "code-block", "sourcecode", "highlight-block"):
        directives.register_directive(name, _Code)
    directives.register_directive("raw", _Html)
    directives.register_directive("contents", _Nothing)
    for name in PLAYERS:
        directives.register_directive(name, _Player)
    for name in GENERIC_ROLES:
        roles.register_local_role(name, cast("Any", _words))
    try:
        tree = publish_doctree(text, settings_overrides=SETTINGS | {"warning_stream": io.StringIO()})
        left = list(_messages(tree))
        values = _header(tree)
        parts = publish_from_doctree(
            tree, writer="html5", settings_overrides=SETTINGS | {"warning_stream": io.StringIO()}
        )
    except (
        SystemMessage,
        RecursionError,
        ValueError,
        AttributeError,
        KeyError,
        IndexError,
        AssertionError,
        NotImplementedError,
    ) as problem:
        return Document(
            {},
            as_typed(text),
            [(1, f"docutils cannot read this ({type(problem).__name__})", "its text as it was typed")],
        )
    soup = soup_of(str(parts))
    body = soup.main or soup.body or soup
    for unwanted in body.select("h1.title, dl.docinfo, div.system-messages, section.system-messages"):
        unwanted.decompose()
    for subtitle in body.select("p.subtitle"):
        subtitle.name = "h2"
    for words in body.select("span.docutils.literal, tt.docutils.literal"):
        words.name, words.attrs = "code", {}
    for section in body.select("section[id]"):
        heading = section.find(["h1", "h2", "h3", "h4", "h5", "h6"])
        if heading is not None and not heading.get("id"):
            heading["id"] = section["id"]
    html = in_our_forms(body.decode_contents())
    return Document(values, html, left)


def _header(tree: nodes.document) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if (title := tree.next_node(nodes.title)) and title.parent is tree:
        values["title"] = title.astext()
    for info in tree.findall(nodes.docinfo):
        for child in info.children:
            if isinstance(child, nodes.field):
                values[child.children[0].astext().strip().lower()] = child.children[1].astext().strip()
            elif isinstance(child, nodes.authors):
                values["authors"] = [author.astext() for author in child.children]
            else:
                values[str(getattr(child, "tagname", ""))] = child.astext().strip()
    return values


def _messages(tree: nodes.document) -> Any:
    """Takes docutils' messages out of a tree: what could not be read stays as text, and is told."""
    for mark in list(tree.findall(nodes.problematic)):
        mark.parent.replace(mark, nodes.Text(mark.astext()))
    for message in list(tree.findall(nodes.system_message)):
        source = "\n".join(child.astext() for child in message.children if isinstance(child, nodes.literal_block))
        disabled = "disabled" in message.astext()
        if message.parent is None:
            continue
        if message["level"] < 3 and not disabled:
            message.parent.remove(message)
            continue
        yield (
            int(message.get("line", 1)),
            " ".join(message.children[0].astext().split())[:200],
            "text" if source else "nothing",
        )
        message.parent.replace(message, nodes.paragraph(source, source) if source else nodes.comment())
