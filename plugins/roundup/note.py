"""The editor's note for a mail: the HTML of its text in the few elements that all mail programs show alike."""

from __future__ import annotations

import re
from collections.abc import Mapping

import nh3

from broadside.markdown.bare import clean, plain
from broadside.site.syndication import absolute
from broadside.urls import Urls

STYLES: Mapping[str, str] = {
    "p": "margin:0 0 16px",
    "h2": "margin:24px 0 8px;font-size:20px;line-height:26px",
    "h3": "margin:20px 0 8px;font-size:18px;line-height:24px",
    "ul": "margin:0 0 16px;padding:0 0 0 22px",
    "ol": "margin:0 0 16px;padding:0 0 0 22px",
    "li": "margin:0 0 6px",
    "aside": "margin:0 0 16px;padding:12px 16px;border:1px solid {rule}",
    "blockquote": "margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid {rule}",
    "hr": "margin:24px 0;border:0;border-top:1px solid {rule}",
    "pre": "margin:0 0 16px;white-space:pre-wrap;font-size:15px",
    "table": "margin:0 0 16px;border-collapse:collapse;font-size:15px",
    "td": "padding:4px 12px 4px 0;vertical-align:top",
    "th": "padding:4px 12px 4px 0;vertical-align:top;text-align:left",
}
"""Each element's style attribute, because not every program reads a style sheet. Links get theirs from the template, and lines their
colour from the look.
"""
OTHERS = "a b br code dd div dl dt em h4 h5 i s small strong sub sup tbody thead tr".split()
VOID = re.compile(r"<((?:br|hr)(?: [^<>]*)?)>")
LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.S)
MOST = 30_000
"""The most bytes of a note's HTML; a longer note is cut after the last block that fits, and continues on its page."""


def blocks_that_fit(html: str, ends: list[int]) -> tuple[str, bool]:
    """As many blocks as fit, which end at `ends`, and whether these are all."""
    if len(html.encode("utf-8", "replace")) <= MOST:
        return html, True
    fit = [end for end in ends if len(html[:end].encode("utf-8", "replace")) <= MOST]
    return html[: max(fit, default=0)], False


def for_mail(html: str, urls: Urls, page: str, rule: str) -> str:
    """A note's HTML for MJML, which is XML: plain elements with style attributes, absolute links, and lines in the colour `rule`."""
    # A mail has nothing that opens.
    opened = html.replace("<summary>", "<p><strong>").replace("</summary>", "</strong></p>")
    opened = re.sub(r"(</?)details\b", r"\1aside", opened)
    done = nh3.clean(
        clean(absolute(opened, urls, page)),
        tags={*STYLES, *OTHERS},
        attributes={"a": {"href"}, "*": {"dir", "lang"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        set_tag_attribute_values={tag: {"style": style.format(rule=rule)} for tag, style in STYLES.items()},
    )
    return VOID.sub(r"<\1/>", done.replace("&nbsp;", "&#160;")).replace('<a href="', '<a class="accent" href="')


def for_text(html: str, urls: Urls, page: str) -> str:
    """A note as plain text, with each link's address after it."""

    def with_address(link: re.Match[str]) -> str:
        return f"{link[2]} &lt;{link[1]}&gt;"

    return plain(LINK.sub(with_address, clean(absolute(html, urls, page)))).strip()
