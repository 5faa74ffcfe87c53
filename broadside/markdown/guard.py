"""Raw HTML in a story: a few tags are allowed; anything else is refused by name, and nothing is
rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from itertools import zip_longest
from typing import NamedTuple
from urllib.parse import urlsplit

import nh3

from broadside.letters import UNPRINTABLE, instead
from broadside.markdown.tags import ATTRIBUTE, name_of, pieces, with_attributes, with_tags

INLINE = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong"
    " sub sup time u var wbr".split()
)
BLOCK = frozenset(
    "blockquote caption col colgroup dd div dl dt h2 h3 h4 h5 h6 hr li ol p pre table tbody td"
    " tfoot th thead tr ul".split()
)
ALLOWED = INLINE | BLOCK
VOID = frozenset("br col hr wbr".split())
ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "bdo": {"dir"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "time": {"datetime"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "scope", "align"},
    "col": {"span"},
    "code": {"class"},
    "del": {"datetime"},
    "ins": {"datetime"},
}
VALUES = {
    "dir": re.compile(r"ltr|rtl|auto"),
    "lang": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"),
    "class": re.compile(r"language-[\w+#.-]{1,40}"),
    **dict.fromkeys(("colspan", "rowspan", "span"), re.compile(r"\d{1,3}")),
    **dict.fromkeys(("start", "value"), re.compile(r"\d{1,6}")),
    "type": re.compile(r"[1aAiI]"),
    "scope": re.compile(r"(col|row)(group)?"),
    "align": re.compile(r"left|right|center"),
}
WEB = frozenset({"http", "https"})
SCHEMES = WEB | {"mailto", "tel"}
EMBED = (
    "write [!video] [what it shows](https://…), or [!audio] or [!post], in a paragraph of its own"
)
HINTS = {
    "img": 'write a picture as ![what can be seen](photos/x.jpg){credit="Photo by …"}',
    "script": "a story cannot contain scripts",
    "h1": "the headline is the only first-level heading",
    **dict.fromkeys(
        ("figure", "figcaption"),
        'write a picture as ![what can be seen](photos/x.jpg){caption="…" credit="Photo by …"}',
    ),
    **dict.fromkeys(("iframe", "video", "audio", "object", "embed"), EMBED),
    "aside": "write > [!aside] Its title, and the text on the next lines, each after a >",
    **dict.fromkeys(
        ("details", "summary"),
        "write > [!details] Its title, and the text on the next lines, each after a >",
    ),
    "strike": "write <s>",
    "tt": "write <code>",
    **dict.fromkeys(("big", "font", "center"), "the theme decides how things look"),
}
WRITTEN = r"""\s+([A-Za-z-]+)(?:\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s"'<>`]+))?"""
"""An attribute as a writer may type it."""
START = re.compile(rf"<[A-Za-z][A-Za-z0-9]*(?:{WRITTEN})*\s*/?>")
"""The one way to write a tag that all programs read alike; attacks rely on what programs read
differently.
"""
END = re.compile(r"</[A-Za-z][A-Za-z0-9]*\s*>")
TAG = re.compile(
    r"""<(?:(?P<whole>script|style)\b.*?(?:</(?P=whole)\s*>|\Z)|/?(?P<tag>[a-z][a-z0-9-]*)?(?:(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<>]*>?))""",
    re.I | re.S,
)
"""Anything that may be meant as a tag, however it is written; a script or style tag includes its
content.
"""
BEGINNING = re.compile(r"(?s)(?<=>).*|\n.*")
"""The part of a tag not to quote: anything after its end or its first line."""
OWN_ATTRIBUTES = {"class", "id", "role", "aria-label", "tabindex", "rel"}
"""Attributes that only Markdown and the dialect set, never a writer."""
KEPT = {*ALLOWED, "figure", "figcaption", "aside", "details", "summary"}
KEPT_ATTRIBUTES = {
    tag: {*ATTRIBUTES["*"], *ATTRIBUTES.get(tag, ()), *OWN_ATTRIBUTES} for tag in KEPT
}
LISTS = ("ul", "ol")
NUMBER_START = "&#"
NUMBER = re.compile(r"&#(?:[0-9]+|[xX][0-9a-fA-F]+);?")
NO_CHARACTER = ("", "\ufffd")
"""What a number stands for that is no character, such as 0: nothing, or the replacement
character.
"""
ANY_TAG = (
    "use Markdown, or plain tags such as <em>, <sup>, <br>; for the character itself, write &lt;"
)
BARE = re.compile(r"&(?=[A-Za-z][A-Za-z0-9]*(?![A-Za-z0-9;]))")
"""An "&" before a name without a semicolon, which in an address a browser takes as a plain "&"."""
COMMENT = re.compile(r"<!--.*?-->", re.S)

WEB_HOST = re.compile(r"https?://[^\s/?#]+[/?#]", re.I)
NO_HOST = re.compile(r'[<>"\\^`{|}]')
NO_SITE = re.compile(r"^\.|\.\.|,")
"""Slips in the name of a site: a superfluous dot, or the comma of the sentence around it."""
BRACKETED = re.compile(r"\[[^][]*\](:[^][]*)?")
"""A host in brackets with its port; versions of urlsplit disagree on what else may be around the
brackets.
"""
A_WHOLE_ONE = (
    "write https://example.org/ (a space as %20), mailto:a@example.org, /about/ on this site, or"
    " {filename}story.md"
)
PREVIEW = re.compile(r"http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d*)?(?=[/?#]|$)", re.I)
"""The start of a preview's addresses, which ./inv serve shows on one machine only; the port
varies.
"""

SIGNS_OF_WORD = ("Mso", "mso-", "<o:p")
FROM_WORD = re.compile(r"<[^<>]*\b(?:Mso[A-Z]|mso-)|<o:p\b")
"""A tag that only Word writes."""
PASTED = (
    "html",
    "this was pasted from Word, with Word's HTML in it",
    "delete it, and paste it as plain text (Ctrl+Shift+V)",
)
NOT_OF_WORD = re.compile(
    r"</?(?:audio|base|embed|form|iframe|img|object|script|video)\b|\son\w+\s*=", re.I
)
"""What is wrong in any text, wherever it was pasted from."""

Slip = tuple[str, str, str]
"""A code, a message and a hint."""
Problem = tuple[str, str, str, str]
"""The words to look for in the source, and a slip."""


def written_address(attribute: str) -> str:
    """The address in an attribute or a Markdown link, with entities decoded; "?a=b&copy=c" is left
    as it is.
    """
    return unescape(BARE.sub("&amp;", attribute))


def link_problem(address: str) -> Slip | None:
    """Why a link to another site is not allowed, or None."""
    return address_problem(address) or _preview_problem(unescape(address).strip())


def _preview_problem(address: str) -> Slip | None:
    match = PREVIEW.match(address)
    if not match:
        return None
    message = (
        f'the link "{address[:60]}" leads to the computer of each reader, like the addresses of a'
        " preview"
    )
    hint = (
        "for a page of this site, write only what comes after the host, such as"
        f" {address[match.end() :][:60] or '/'}"
    )
    return (
        "preview-link",
        message,
        f"{hint}; put an address that readers are to type between backticks",
    )


def spaced(address: str) -> str:
    """A web address with %20 for each space, as browsers read it; "" if there is none, or one is in
    the host.
    """
    address = address.strip()
    if " " in address and WEB_HOST.match(address):
        return address.replace(" ", "%20")
    return ""


def address_problem(address: str) -> Slip | None:
    """Why something cannot be an address, wherever it leads, or None."""
    address = unescape(address)
    bare = re.sub(r"[\x00-\x20\u00a0\u200b-\u200f\u2028\u2029\ufeff]", "", address)
    if not bare:
        return "link", "a link leads nowhere", "write its address between the parentheses"
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    if scheme and scheme[1].lower() not in SCHEMES:
        return (
            "link",
            f'links may not start with "{scheme[1][:20]}:"',
            "allowed: https, http, mailto, tel",
        )
    is_whole = scheme and scheme[0] != bare and not re.search(r"\s", address.strip())
    if is_whole and (not bare.lower().startswith("http") or _has_host(bare)):
        return None
    return "link", f'the link "{address.strip()[:60]}" is not a whole address', A_WHOLE_ONE


def _has_host(address: str) -> bool:
    """Whether a web address names something that can be a site."""
    try:
        parts = urlsplit(address)
        host, site = parts.hostname or "", parts.netloc.rpartition("@")[2]
    except ValueError:
        return False
    if "[" in site and not BRACKETED.fullmatch(site):
        return False
    return bool(host) and host not in WEB and not NO_HOST.search(host) and not NO_SITE.search(host)


def host_of(address: str) -> str:
    """The host of a web address that may be linked, as a reader knows it; "" for any other
    address.
    """
    if link_problem(address):
        host = ""
    else:
        host = urlsplit(address).hostname or ""
    if "." in host.strip("."):
        return host.removeprefix("www.")
    return ""


def problems(html: str) -> Iterator[Problem]:
    """Everything that is not allowed in a piece of raw HTML without comments, except its links,
    which `relinked` handles.
    """
    for match in TAG.finditer(html):
        tag = (match["whole"] or match["tag"] or "").lower()
        words = BEGINNING.sub("", match[0])[:80]
        if not tag:
            yield words, "html", f'"{words[:20]}" is not allowed in a story', ANY_TAG
        elif tag not in ALLOWED:
            yield (
                words,
                "html",
                f"the tag <{tag[:30]}> is not allowed in a story",
                HINTS.get(tag, ANY_TAG),
            )
        elif START.fullmatch(match[0]):
            for name, value in re.findall(WRITTEN, match[0]):
                if problem := _attribute_problem(tag, name.lower(), unescape(value.strip("\"'"))):
                    yield words, "html", problem, "remove it"
        elif not END.fullmatch(match[0]):
            hint = (
                'close it with >, and write what is in it as name="value", with &lt; and &gt; for <'
                " and >"
            )
            yield words, "html", f"the tag <{tag}> cannot be read", hint


def _attribute_problem(tag: str, name: str, value: str) -> str:
    if name not in ATTRIBUTES["*"] and name not in ATTRIBUTES.get(tag, ()):
        return f'the attribute "{name[:30]}" is not allowed on <{tag}>'
    if name in VALUES and not VALUES[name].fullmatch(value):
        return f'{name}="{value[:30]}" is not a value that <{tag}> may have'
    return ""


class _Token(NamedTuple):
    """A tag of a finished block, with a slash before the name if it closes, and the text after
    it.
    """

    name: str
    attributes: tuple[str, ...]
    text: str
    words: str


def structure_problem(block: str) -> Problem | None:
    """The first tag of a top-level block that is not closed, or that a browser would drop or move;
    None if all is well.

    nh3 parses the block as browsers do, and its output is compared with what was written.
    """
    clean = nh3.clean(
        block, tags=KEPT, attributes=KEPT_ATTRIBUTES, url_schemes=set(SCHEMES), link_rel=None
    )
    # Browsers put a <tbody> into every table, so it is no difference if the writer left it out.
    bodies = "<tbody" in block.lower()
    tokens, kept = (
        _tokens(block),
        [token for token in _tokens(clean) if bodies or token.name.strip("/") != "tbody"],
    )
    opened: list[_Token] = []
    for number, (token, result) in enumerate(
        zip_longest(tokens, kept, fillvalue=_Token("", (), "", ""))
    ):
        inside, tag = opened[-1].name if opened else "", token.name.removeprefix("/")
        is_end = token.name != tag
        if token[:2] != result[:2] or (token.name == "li" and inside not in LISTS):
            if inside and (not tag or (is_end and any(other.name == tag for other in opened))):
                return (
                    opened[-1].words,
                    "html",
                    f"<{inside}> is not closed where it should be",
                    f"add </{inside}>",
                )
            return token.words, "html", *_moved(f"<{token.name}>")
        if is_end:
            opened.pop()
            if not opened and (token.text or number + 1 < len(tokens)):
                return token.words, "html", *_moved(f"<{token.name}>")
        elif tag and tag not in VOID:
            opened.append(token)
    # The same tags, but words may have moved, such as out of a table.
    for token, result in zip(tokens, kept, strict=True):
        if token.text != result.text:
            return (token.text or result.text)[:30], "html", *_moved("these words")
    return None


def _moved(what: str) -> tuple[str, str]:
    hint = (
        "close each tag in its own paragraph, the last one first, and write the tags that belong"
        " around it"
    )
    return f"a browser would move or drop {what}", hint


def _tokens(block: str) -> list[_Token]:
    first, *parts = pieces(block)
    tokens = [_Token("", (), _plain(first), first)]
    for tag, text in zip(parts[::2], parts[1::2], strict=True):
        names = tuple(sorted(name.lower() for _, name, _ in ATTRIBUTE.findall(tag)))
        tokens.append(_Token(name_of(tag), names, _plain(text), tag + text[:30].split("\n")[0]))
    return tokens


def _plain(text: str) -> str:
    return " ".join(unescape(text).split())


def character_problem(text: str) -> Problem | None:
    """The first forbidden character in HTML or Markdown that is written as a number, such as
    &#8238;, or None.
    """
    if NUMBER_START not in text:
        return None
    for match in NUMBER.finditer(text):
        char = unescape(match[0])
        if char in NO_CHARACTER or UNPRINTABLE.search(char):
            return match[0], "character", f"{match[0][:20]} cannot be printed", instead(char)
    return None


def relinked(html: str, address: Callable[[str], str]) -> str:
    """Checked raw HTML, with each link's address replaced by the result of `address`; "" removes
    it.
    """

    def linked(name: str, value: str) -> str | None:
        if name != "href":
            return value
        written = written_address(value)
        made = address(written)
        if made == written:
            return value
        return escape(made) or None

    return with_tags(html, lambda tag: with_attributes(tag, linked) if name_of(tag) == "a" else tag)
