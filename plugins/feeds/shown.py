"""Makes a feed readable in a browser, with a small XHTML page among the feed's own elements.

The feed's style sheet shows this page and hides the rest. Browsers no longer run the XSLT that used to turn feeds into
pages, and without it they follow only XHTML's links. Feed readers ignore elements of namespaces that they do not know.
"""

from __future__ import annotations

from html import escape
from xml.sax.saxutils import quoteattr

from broadside.plugins.dates import long_date
from broadside.plugins.feeds.entries import Channel, Entry

NAMESPACE = {"xmlns:h": "http://www.w3.org/1999/xhtml"}
"""The namespace that the root element of a feed declares."""
SCALE = '<h:meta name="viewport" content="width=device-width, initial-scale=1"/>'


def top(channel: Channel) -> str:
    """The top of the page: whose feed it is, what a feed is, and where to read instead."""
    name, site = channel.outlet
    title = channel.title.removeprefix(f"{name}: ") if channel.title != name else "Every story"
    return (
        f"{SCALE}<h:header><h:p><h:a href={quoteattr(site)}>{escape(name)}</h:a></h:p>"
        f"<h:h1>{escape(title)}</h:h1>"
        "<h:p>This is an RSS feed: a list for apps. Give its address to a feed reader, and whatever is new comes to you there, "
        f"in full and without an account: <h:code>{escape(channel.feed_url)}</h:code></h:p>"
        f"<h:p><h:a href={quoteattr(channel.page_url)}>To read here instead, open the page that it follows</h:a></h:p>"
        "</h:header>"
    )


def teaser(entry: Entry) -> str:
    """An entry on the page: its headline as a link, its dek, who wrote it and when."""
    names = ", ".join([name for name, _ in entry.authors])
    return (
        f'<h:article dir="auto"><h:h2><h:a href={quoteattr(entry.url)}>{escape(entry.title)}</h:a></h:h2>'
        f"<h:p>{escape(entry.dek)}</h:p><h:p>{escape(names)} · {long_date(entry.published)}</h:p></h:article>"
    )


def instruction(channel: Channel) -> str:
    """The part after xml-stylesheet in the instruction that names the style sheet."""
    return f'href={quoteattr(channel.stylesheet)} type="text/css"'
