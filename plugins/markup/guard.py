"""Raw HTML in a story: a short list is allowed, anything else is refused and named, nothing is rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

INLINE = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var wbr".split()
)
BLOCK = frozenset(
    "blockquote caption center col colgroup dd div dl dt h2 h3 h4 h5 h6 hr li ol p pre table tbody td tfoot th thead tr ul".split()
)
ALLOWED = (INLINE | BLOCK) - {"center"}
VOID = frozenset("br col hr wbr".split())
ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "bdo": {"dir"},
    "ol": {"start", "reversed"},
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
    "colspan": re.compile(r"\d{1,3}"),
    "rowspan": re.compile(r"\d{1,3}"),
    "span": re.compile(r"\d{1,3}"),
    "start": re.compile(r"\d{1,6}"),
    "scope": re.compile(r"(col|row)(group)?"),
    "align": re.compile(r"left|right|center"),
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
HINTS = {
    "img": 'write a picture as ![what one sees](photos/x.jpg){credit="Photo by …"}',
    "script": "scripts cannot be part of a story",
    "iframe": "link to the video or post instead",
    "h1": "the headline is the only first-level heading",
    "font": "looks belong to the theme",
    "center": "looks belong to the theme",
}
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(/?)>")

Problem = tuple[str, str, str]
"""Code, message, hint."""


def link_problem(address: str) -> Problem | None:
    """Why an outer address may not be linked, or None."""
    address = unescape(address)
    bare = re.sub(r"[\x00-\x20\u00a0\u200b-\u200f\u2028\u2029\ufeff]", "", address)
    if not bare:
        return "empty-link", "a link leads nowhere", "write its address between the parentheses"
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    if not scheme:
        if bare.startswith(("//", "\\")):
            return "link", f'the link "{address[:60]}" names no protocol', "start it with https://"
        return (
            "link",
            f'the link "{address[:60]}" is neither a web address nor an address of this site',
            "start it with https:// or /, or use {filename}",
        )
    if scheme[1].lower() not in SCHEMES:
        return "link-scheme", f'links may not start with "{scheme[1][:20]}:"', "allowed: https, http, mailto, tel"
    try:
        parts = urlsplit(bare)
        if parts.scheme in ("http", "https") and not parts.hostname:
            return "link", f'the link "{address[:60]}" has no host', "write it as https://example.org/"
    except ValueError:
        return "link", f'the link "{address[:60]}" is not a web address', "check its brackets and port"
    return None


class _Inspector(HTMLParser):
    """Collects what is not allowed in one piece of raw HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.problems: list[Problem] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.problems.append(
                (
                    "html-tag",
                    f"the tag <{tag[:30]}> is not allowed in a story",
                    HINTS.get(tag, "use Markdown, or plain tags such as <em>, <sup>, <br>"),
                )
            )
            return
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in ALLOWED and not self.problems:
            self.problems.append(("html-tag", f"the tag </{tag[:30]}> is not allowed in a story", HINTS.get(tag, "")))

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES["*"] and name not in ATTRIBUTES.get(tag, ()):
            self.problems.append(
                ("html-attribute", f'the attribute "{name[:30]}" is not allowed on <{tag}>', "remove it")
            )
        elif name == "href":
            problem = None if value.startswith("#") and len(value) > 1 else link_problem(value)
            self.problems += [problem] if problem else []
        elif name in VALUES and not VALUES[name].fullmatch(value):
            self.problems.append(("html-attribute", f'{name}="{value[:30]}" is not a value that <{tag}> can have', ""))

    def handle_decl(self, decl: str) -> None:
        self.problems.append(("html-tag", f'"<!{decl[:20]}" is not allowed in a story', "remove it"))

    def handle_pi(self, data: str) -> None:
        self.problems.append(("html-tag", f'"<?{data[:20]}" is not allowed in a story', "remove it"))

    def unknown_decl(self, data: str) -> None:
        self.problems.append(("html-tag", f'"<![{data[:20]}" is not allowed in a story', "remove it"))


def problems(html: str) -> list[Problem]:
    """What a piece of raw HTML has that is not allowed."""
    inspector = _Inspector()
    inspector.feed(html)
    rest = inspector.rawdata
    inspector.close()
    if "<" in rest and not inspector.problems:
        inspector.problems.append(
            ("html-tag", f'"{rest[:20]}" is a tag that is not closed with >', "close it, or write &lt;")
        )
    return inspector.problems


def unbalanced(html: str) -> Iterator[Problem]:
    """The first tag that is opened and not closed, or closed and not opened, in a body's whole HTML."""
    open_tags: list[str] = []
    for match in TAG.finditer(html):
        closing, tag = match[1], match[2].lower()
        if tag in VOID or tag == "img":
            continue
        if not closing:
            open_tags.append(tag)
        elif open_tags and open_tags[-1] == tag:
            open_tags.pop()
        else:
            inside = f" inside <{open_tags[-1]}>" if open_tags else ""
            yield (
                "html-nesting",
                f"</{tag}> closes nothing that is open{inside}",
                "close tags in the order in which they were opened, within one paragraph",
            )
            return
    if open_tags:
        yield "html-nesting", f"<{open_tags[-1]}> is not closed", f"add </{open_tags[-1]}>"
