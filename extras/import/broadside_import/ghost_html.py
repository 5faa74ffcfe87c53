"""Converts Lexical and Mobiledoc, the formats of Ghost's newer and older editors, to HTML."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from broadside_import.readable import json_in

Node = dict[str, Any]
Told = list[tuple[str, str]]
FORMATS = (
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (8, "u"),
    (16, "code"),
    (32, "sub"),
    (64, "sup"),
    (128, "mark"),
)
DEEPEST = 100
MARKUPS = frozenset("a b strong i em code s del sub sup u mark".split())
SECTIONS = frozenset("p h1 h2 h3 h4 h5 h6 blockquote aside".split())
MARKUP, IMAGE, LIST, CARD = 1, 2, 3, 10
"""Kinds of Mobiledoc's sections."""
SAME_CARDS = {"hr": "horizontalrule", "card-markdown": "markdown"}


def of_lexical(text: str, told: Told) -> str:
    """A text in Lexical as HTML; unknown cards are reported, and their words kept."""
    try:
        root = json_in(text)["root"]
        if not isinstance(root, dict):
            raise TypeError
    except (ValueError, KeyError, TypeError):
        told.append(("a text that cannot be read", "nothing"))
        return ""
    return _children(root, told, 0)


def _children(node: Node, told: Told, depth: int) -> str:
    children = node.get("children")
    if not isinstance(children, list) or depth > DEEPEST:
        return ""
    return "".join(_node(child, told, depth + 1) for child in children if isinstance(child, dict))


def _node(node: Node, told: Told, depth: int) -> str:  # noqa: PLR0911 -- one return for each kind
    kind = str(node.get("type", ""))
    if kind in ("text", "extended-text", "code-highlight"):
        return _words(node)
    if kind in ("linebreak", "tab"):
        return "<br>" if kind == "linebreak" else " "
    inner = _children(node, told, depth)
    plain = {
        "paragraph": "p",
        "quote": "blockquote",
        "extended-quote": "blockquote",
        "listitem": "li",
        "tablerow": "tr",
        "tablecell": "td",
        "table": "table",
    }
    if kind in plain:
        return f"<{plain[kind]}>{inner}</{plain[kind]}>"
    if kind == "aside":
        return f"<blockquote data-pullquote>{inner}</blockquote>"
    if kind in ("heading", "extended-heading"):
        tag = node.get("tag") if node.get("tag") in ("h1", "h2", "h3", "h4", "h5", "h6") else "h2"
        return f"<{tag}>{inner}</{tag}>"
    if kind == "list":
        tag = "ol" if node.get("listType") == "number" else "ul"
        start = node["start"] if isinstance(node.get("start"), int) else 1
        return f'<{tag} start="{start:d}">{inner}</{tag}>'
    if kind in ("link", "autolink", "at-link"):
        return f'<a href="{escape(_said(node, "url"))}">{inner}</a>'
    if kind in CARDS:
        return CARDS[kind](node)
    return inner or _unknown(kind, node, told)


def _unknown(kind: str, card: Node, told: Told) -> str:
    """The words of an unknown card."""
    said = (
        str(value)
        for key, value in card.items()
        if isinstance(value, str) and key not in ("type", "version")
    )
    words = " ".join(value for value in said if " " in value)
    told.append((f"a card of the kind {kind[:40]}", "its words" if words else "nothing"))
    if words:
        return f"<p>{escape(words)}</p>"
    return ""


def _said(node: Node, *keys: str) -> str:
    return next(
        (str(node[key]) for key in keys if isinstance(node.get(key), str) and node[key]), ""
    )


def _words(node: Node) -> str:
    words = escape(_said(node, "text"), quote=False)
    formats = node.get("format")
    for bit, tag in FORMATS:
        if isinstance(formats, int) and formats & bit:
            words = f"<{tag}>{words}</{tag}>"
    return words


def _below(node: Node) -> str:
    """The caption of a card, as a paragraph."""
    if caption := _said(node, "caption"):
        return f"<p>{caption}</p>"
    return ""


def _link(address: str, words: str) -> str:
    if address:
        return f'<a href="{escape(address)}">{words}</a>'
    return words


def _image(node: Node) -> str:
    caption = _said(node, "caption")
    below = ""
    if caption:
        below = f"<figcaption>{caption}</figcaption>"
    image = (
        f'<img src="{escape(_said(node, "src", "url"))}"'
        f' alt="{escape(_said(node, "alt", "altText"))}">'
    )
    return f"<figure>{_link(_said(node, 'href'), image)}{below}</figure>"


def _gallery(node: Node) -> str:
    images = node.get("images")
    pictures = []
    if isinstance(images, list):
        pictures = [each for each in images if isinstance(each, dict)]
    keys = ("src", "alt", "caption")
    made = "".join(_image({key: picture.get(key) for key in keys}) for picture in pictures)
    return f"<div data-gallery>{made}</div>{_below(node)}"


def _bookmark(node: Node) -> str:
    metadata = node.get("metadata")
    said = {}
    if isinstance(metadata, dict):
        said = metadata
    address = _said(node, "url")
    title = _link(address, escape(_said(said, "title") or address))
    by = " ".join(filter(None, (_said(said, "author"), _said(said, "publisher"))))
    others = "".join(f"<p>{escape(each)}</p>" for each in (_said(said, "description"), by) if each)
    return f"<p>{title}</p>{others}{_below(node)}"


def _embed(node: Node) -> str:
    address, html = _said(node, "url"), _said(node, "html")
    return (
        f"<p>{escape(address)}</p>" if address and "<blockquote" not in html else html
    ) + _below(node)


def _callout(node: Node) -> str:
    emoji = _said(node, "calloutEmoji")
    mark = ""
    if emoji:
        mark = f"<p>{escape(emoji)}</p>"
    return f"<aside>{mark}<p>{_said(node, 'calloutText')}</p></aside>"


def _media(kind: str) -> Callable[[Node], str]:
    def made(node: Node) -> str:
        words = _said(node, "title", "caption")
        return f'<a data-card="{kind}" href="{escape(_said(node, "src"))}">{escape(words)}</a>'

    return made


def _file(node: Node) -> str:
    named = _link(_said(node, "src"), escape(_said(node, "fileTitle", "fileName", "src")))
    return f"<p>{named} {escape(_said(node, 'fileCaption'))}</p>"


def _button(node: Node, address: str = "buttonUrl", words: str = "buttonText") -> str:
    if _said(node, address):
        return f"<p>{_link(_said(node, address), escape(_said(node, words)))}</p>"
    return ""


def _product(node: Node) -> str:
    image = ""
    if _said(node, "productImageSrc"):
        image = _image({"src": node.get("productImageSrc")})
    words = f"<h4>{_said(node, 'productTitle')}</h4>{_said(node, 'productDescription')}"
    return image + words + _button(node, "productUrl", "productButton")


def _call_to_action(node: Node) -> str:
    label = ""
    if node.get("hasSponsorLabel"):
        label = _said(node, "sponsorLabel")
    return f"<aside>{label}{_said(node, 'textValue')}</aside>{_button(node)}"


def _header(node: Node) -> str:
    image = ""
    if _said(node, "backgroundImageSrc"):
        image = _image({"src": node.get("backgroundImageSrc")})
    heading, below = _said(node, "header", "heading"), _said(node, "subheader", "subheading")
    words = f"<h2>{heading}</h2><p>{below}</p>"
    return image + words + (_button(node) if node.get("buttonEnabled") else "")


def _code(node: Node) -> str:
    language, code = (escape(_said(node, key)) for key in ("language", "code"))
    return f'<pre><code class="language-{language}">{code}</code></pre>{_below(node)}'


CARDS: dict[str, Callable[[Node], str]] = {
    "image": _image,
    "gallery": _gallery,
    "bookmark": _bookmark,
    "embed": _embed,
    "callout": _callout,
    "video": _media("video"),
    "audio": _media("audio"),
    "file": _file,
    "button": lambda node: _button(node) or f"<p>{escape(_said(node, 'buttonText'))}</p>",
    "product": _product,
    "header": _header,
    "codeblock": _code,
    "code": lambda node: _code({**node, "code": node.get("code") or node.get("text", "")}),
    "html": lambda node: _said(node, "html"),
    "markdown": lambda node: mobile_markdown(_said(node, "markdown")),
    "toggle": lambda node: (
        f"<details><summary>{_said(node, 'heading')}</summary>{_said(node, 'content')}</details>"
    ),
    "horizontalrule": lambda _: "<hr>",
    "email": lambda _: "",
    "email-cta": lambda _: "",
    "paywall": lambda _: "",
    "signup": lambda _: "",
    "call-to-action": _call_to_action,
}


def mobile_markdown(text: str) -> str:
    """A card of Markdown as HTML."""
    from markdown_it import MarkdownIt

    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


def of_mobiledoc(text: str, told: Told) -> str:
    """A text in Mobiledoc as HTML."""
    try:
        whole = json_in(text)
        sections = list(whole["sections"])
    except (ValueError, KeyError, TypeError):
        told.append(("a text that cannot be read", "nothing"))
        return ""
    made = []
    for section in sections:
        try:
            made.append(_section(section, whole, told))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):
            told.append(("a part of a text that cannot be read", "nothing"))
    return "".join(made)


def _section(section: list[Any], whole: dict[str, Any], told: Told) -> str:
    kind = section[0]
    if kind == MARKUP:
        tag = "p"
        if section[1] in SECTIONS:
            tag = section[1]
        if tag == "aside":
            tag = "blockquote"
        return f"<{tag}>{_markers(section[2], whole)}</{tag}>"
    if kind == IMAGE:
        return f'<figure><img src="{escape(str(section[1]))}"></figure>'
    if kind == LIST:
        tag = "ul"
        if section[1] == "ol":
            tag = "ol"
        items = "".join(f"<li>{_markers(markers, whole)}</li>" for markers in section[2])
        return f"<{tag}>{items}</{tag}>"
    if kind == CARD:
        return _mobile_card(whole["cards"][section[1]], told)
    told.append((f"a section of the kind {kind}", "nothing"))
    return ""


def _markers(markers: list[Any], whole: dict[str, Any]) -> str:
    """Words with their marks: each marker opens some, and closes a number of them."""
    out, opened = [], []
    for kind, opens, closes, value in markers:
        for number in opens:
            name, *attributes = whole["markups"][number]
            tag = "span"
            if name in MARKUPS:
                tag = name
            said = []
            if attributes:
                said = attributes[0]
            href = dict(zip(said[::2], said[1::2], strict=False)).get("href", "")
            out.append(f'<{tag} href="{escape(str(href))}">' if href else f"<{tag}>")
            opened.append(tag)
        out.append(escape(str(value), quote=False) if kind == 0 else _atom(whole["atoms"][value]))
        out += [f"</{opened.pop()}>" for _ in range(min(closes, len(opened)))]
    return "".join(out) + "".join(f"</{tag}>" for tag in reversed(opened))


def _atom(atom: list[Any]) -> str:
    if atom[0] == "soft-return":
        return "<br>"
    return escape(str(atom[1] if len(atom) > 1 else ""), quote=False)


def _mobile_card(card: list[Any], told: Told) -> str:
    name, said = (
        SAME_CARDS.get(card[0], card[0]),
        card[1] if len(card) > 1 and isinstance(card[1], dict) else {},
    )
    if name in CARDS:
        return CARDS[name](said)
    return _unknown(str(name), said, told)
