"""Raw HTML in a story: a short list of tags is allowed; anything else is refused and named, and nothing is rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser
from urllib.parse import SplitResult, urlsplit

INLINE = frozenset(
    "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup time u var wbr".split()
)
BLOCK = frozenset(
    "blockquote caption col colgroup dd div dl dt h2 h3 h4 h5 h6 hr li ol p pre table tbody td tfoot th thead tr ul".split()
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
EMBED = "write [!video] [what it shows](https://…), or [!audio] or [!post], in a paragraph of its own"
HINTS = {
    "img": 'write a picture as ![what one sees](photos/x.jpg){credit="Photo by …"}',
    "script": "scripts cannot be part of a story",
    "h1": "the headline is the only first-level heading",
    **dict.fromkeys(
        ("figure", "figcaption"), 'write a picture as ![what one sees](photos/x.jpg){caption="…" credit="Photo by …"}'
    ),
    **dict.fromkeys(("iframe", "video", "audio", "object", "embed"), EMBED),
    "strike": "write <s>",
    "tt": "write <code>",
    **dict.fromkeys(("big", "font", "center"), "looks belong to the theme"),
}
ATTRIBUTE = r"""\s+([A-Za-z-]+)(?:\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s"'<>`]+))?"""
START = re.compile(rf"<[A-Za-z][A-Za-z0-9]*(?:{ATTRIBUTE})*\s*/?>")
"""The one way to write a tag that every program reads alike; attacks hide in ways that programs read differently."""
END = re.compile(r"</[A-Za-z][A-Za-z0-9]*\s*>")
LINK = re.compile(r"<a\s[^<>]*>", re.I)
ANY_TAG = "use Markdown, or plain tags such as <em>, <sup>, <br>; for the sign itself write &lt;"
BARE = re.compile(r"&(?=[A-Za-z][A-Za-z0-9]*(?![A-Za-z0-9;]))")
"""An "&" before a name without a semicolon: in an address, a browser takes it as a plain "&"."""
COMMENT = re.compile(r"<!--.*?-->", re.S)

NO_HOST = re.compile(r'[<>"\\^`{|}]')
NO_SITE = re.compile(r"^\.|\.\.|,")
"""Slips in the name of a site: a dot too many, or the comma of the sentence around it."""
BRACKETED = re.compile(r"\[[^][]*\](:[^][]*)?")
"""A host in brackets with its port; versions of urlsplit differ in whether anything else may be around the brackets."""
PREVIEW = re.compile(r"http://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d*)?(?=[/?#]|$)", re.I)
"""The beginning of a preview's addresses, which ./inv serve shows on one machine only; the port varies."""

Slip = tuple[str, str, str]
"""A code, a message and a hint."""
Problem = tuple[str, str, str, str]
"""The words to look for in the source, and a slip."""


def written_address(attribute: str) -> str:
    """The address in an attribute or a link of Markdown, with entities as characters; "?a=b&copy=c" is left as it is."""
    return unescape(BARE.sub("&amp;", attribute))


def link_problem(address: str) -> Slip | None:
    """Why an outer address may not be linked, or None."""
    return address_problem(address) or _preview_problem(unescape(address).strip())


def _preview_problem(address: str) -> Slip | None:
    found = PREVIEW.match(address)
    if not found:
        return None
    message = f'the link "{address[:60]}" leads to the computer of whoever follows it, as those of a preview do'
    hint = f"write the address of a page here from the first slash on, as {address[found.end() :][:60] or '/'}"
    return "preview-link", message, f"{hint}, and one for readers to type between backticks"


def address_problem(address: str) -> Slip | None:
    """Why something cannot be linked as an address, wherever it leads, or None."""
    address = unescape(address)
    bare = re.sub(r"[\x00-\x20\u00a0\u200b-\u200f\u2028\u2029\ufeff]", "", address)
    if not bare:
        return "empty-link", "a link leads nowhere", "write its address between the parentheses"
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    if not scheme:
        if bare.startswith(("//", "\\")):
            return "link", f'the link "{address[:60]}" names no protocol', "start it with https://"
        message = f'the link "{address[:60]}" is neither a web address nor an address of this site'
        return "link", message, _whole_link(bare)
    if scheme[1].lower() not in SCHEMES:
        return "link-scheme", f'links may not start with "{scheme[1][:20]}:"', "allowed: https, http, mailto, tel"
    if re.search(r"\s", address.strip()):
        return "link", f'the link "{address.strip()[:60]}" holds a space', "write each space as %20"
    if scheme[0] == bare:
        return "link", f'the link "{address[:60]}" is not complete', "write the rest of it after the colon"
    try:
        return _host_problem(urlsplit(bare), address) if scheme[1].lower() in WEB else None
    except ValueError:
        return "link", f'the link "{address[:60]}" is not a web address', "check its brackets and port"


LONG = 60
"""The length from which a link is cut when it is quoted, so that it cannot be copied."""


def _whole_link(bare: str) -> str:
    """What to write instead of a link that is not a whole address: another story's file, or a host."""
    if re.search(r"[^/]\.md(?:#|$)", bare):
        return f"write {{filename}}{bare}" if len(bare) < LONG else "put {filename} before it"
    if bare.startswith("www."):
        return f"write https://{bare}" if len(bare) < LONG else "put https:// before it"
    return "start it with https:// or /, or use {filename}"


def _host_problem(parts: SplitResult, address: str) -> Slip | None:
    """Why there can be no site at a web address, or None; raises ValueError if it is not a web address."""
    host, site = parts.hostname or "", parts.netloc.rpartition("@")[2]
    if "[" in site and not BRACKETED.fullmatch(site):
        raise ValueError
    if host in WEB:
        return "link", f'the link "{address[:60]}" begins twice', "write https:// once"
    if not host or NO_HOST.search(host):
        return "link", f'the link "{address[:60]}" has no host', "write it as https://example.org/"
    if NO_SITE.search(host):
        return (
            "link",
            f'"{host[:60]}" in a link is not the name of a site',
            "write it as example.org, without other signs",
        )
    return None


def host_of(address: str) -> str:
    """The host of a web address that may be linked, as a reader knows it; "" if it is no such address."""
    host = "" if link_problem(address) else urlsplit(address).hostname or ""
    return host.removeprefix("www.") if "." in host.strip(".") else ""


class _Inspector(HTMLParser):
    """Collects everything in one piece of raw HTML that is not allowed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.problems: list[Problem] = []
        self.end_at = 0

    def parse_endtag(self, i: int) -> int:
        """Note where a closing tag begins, because handle_endtag gets only its name in lower case."""
        self.end_at = i
        return super().parse_endtag(i)

    def refuse(self, what: str, hint: str, code: str = "html-tag", words: str = "") -> None:
        self.problems.append((words or (self.get_starttag_text() or "<").split("\n")[0][:80], code, what, hint))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.refuse(f"the tag <{tag[:30]}> is not allowed in a story", HINTS.get(tag, ANY_TAG))
            return
        before = len(self.problems)
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        if len(self.problems) == before and not START.fullmatch(self.get_starttag_text() or ""):
            self.refuse(
                f"the tag <{tag}> cannot be read", 'write what is in it as name="value", with &lt; and &gt; for < and >'
            )

    def handle_endtag(self, tag: str) -> None:
        if tag not in ALLOWED:
            hint = HINTS.get(tag, ANY_TAG)
            words = self.rawdata[self.end_at : self.end_at + 2 + len(tag)]
            self.refuse(f"the tag <{tag[:30]}> is not allowed in a story", hint, words=words)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES["*"] and name not in ATTRIBUTES.get(tag, ()):
            self.refuse(f'the attribute "{name[:30]}" is not allowed on <{tag}>', "remove it", "html-attribute")
        elif name in VALUES and not VALUES[name].fullmatch(value):
            self.refuse(f'{name}="{value[:30]}" is not a value that <{tag}> can have', "remove it", "html-attribute")

    def handle_decl(self, decl: str) -> None:
        self._declared("<!", decl)

    def handle_comment(self, data: str) -> None:
        self._declared("<!", data)

    def handle_pi(self, data: str) -> None:
        self._declared("<?", data)

    def unknown_decl(self, data: str) -> None:
        self._declared("<![", data)

    def _declared(self, sign: str, rest: str) -> None:
        self.refuse(f'"{sign}{rest[:20]}" is not allowed in a story', "remove it", words=sign)


def problems(html: str) -> list[Problem]:
    """Everything in a piece of raw HTML, without its comments, that is not allowed; `relinked` sees to its links."""
    inspector = _Inspector()
    try:
        inspector.feed(html)
        rest = inspector.rawdata
        inspector.close()
    except AssertionError:  # html.parser's answer to "<![" and the like
        inspector.refuse('"<!" is not allowed in a story', "write &lt;! for the signs themselves", words="<!")
        return inspector.problems
    if "<" in rest and not inspector.problems:
        inspector.refuse(
            f'"{rest[:20]}" is a tag that is not closed with >', "close it, or write &lt;", words=rest[:20]
        )
    for end in re.finditer(r"</[^>]*>?", html) if not inspector.problems else ():
        if not END.fullmatch(end[0]):
            inspector.refuse(f'"{end[0][:20]}" cannot be read as a closing tag', "write it as </em>", words=end[0][:20])
    return inspector.problems


def relinked(html: str, address: Callable[[str], str]) -> str:
    """Raw HTML in which nothing is refused, with each link's address replaced by the result of `address`."""

    def attribute(match: re.Match[str]) -> str:
        if match[1].lower() != "href":
            return match[0]
        written = written_address((match[2] or "").strip("\"'"))
        made = address(written)
        return match[0] if made == written else f' href="{escape(made)}"'

    return LINK.sub(lambda tag: re.sub(ATTRIBUTE, attribute, tag[0]), html)
