"""What the HTML of a text may hold, said a second time and read by a browser's rules, so that two
hands must slip.
"""

from __future__ import annotations

import re
from html.entities import html5
from html.parser import HTMLParser

import nh3

from broadside.markdown.body import Body, fill

TAGS = set(
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl"
    " dt em figcaption figure h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp"
    " small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir", "role", "aria-label", "tabindex"},
    "a": {"href", "rel"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "time": {"datetime"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "scope", "align"},
    "col": {"span"},
    "del": {"datetime"},
    "ins": {"datetime"},
}
TAG = re.compile(r"<[^<>]*>")
NAME = re.compile(r"&([A-Za-z][A-Za-z0-9]*;?)(=?)")
IMPLIED = {"tbody", "colgroup"}
"""What a browser adds to a table by itself."""

Event = tuple[str, str]


class _Events(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in IMPLIED:
            self.events.append(
                (f"<{tag}>", repr(sorted((name, value or "") for name, value in attrs)))
            )

    def handle_endtag(self, tag: str) -> None:
        if tag not in IMPLIED and tag not in ("br", "hr", "wbr", "col"):
            self.events.append((f"</{tag}>", ""))

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words and self.events and self.events[-1][0] == "words":
            self.events[-1] = ("words", f"{self.events[-1][1]} {words}".replace(" ", ""))
        elif words:
            self.events.append(("words", words.replace(" ", "")))

    def handle_comment(self, data: str) -> None:
        self.events.append(("comment", data))


def events(html: str) -> list[Event]:
    """The tags, attributes and words of some HTML, in order; spaces do not count."""
    parser = _Events()
    parser.feed(TAG.sub(lambda tag: NAME.sub(_reference, tag[0]), html))
    parser.close()
    return parser.events


def _reference(match: re.Match[str]) -> str:
    """A reference as browsers read it in an attribute, where few names are one without a
    semicolon.
    """
    whole = match[1].endswith(";") or not match[2]
    return match[0] if match[1] in html5 and whole else f"&amp;{match[1]}{match[2]}"


def problem_in(body: Body) -> str:
    """What of a body's HTML a browser reads otherwise than it was written, or should not read; ""
    where nothing is.

    nh3 builds the tree as a browser does and drops what is not on its list. Nothing may change by
    that.
    """
    html = fill(body.html, "", lambda _: "/a/", lambda _: "")
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        clean_content_tags=set(),
    )
    ours, theirs = events(html), events(clean)
    if ours == theirs:
        return ""
    different = next((pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]), None)
    return f"{different or 'its end'} in {html[:300]!r}"
