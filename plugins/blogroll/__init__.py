"""The blogroll: a page of the sites that editors recommend, and their list for feed readers, once
there is content/blogroll.opml.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.blogroll.content import BLOGROLL, Group, Recommended, own_pages
from broadside.urls import below, save_as


def pages(site: Site) -> Iterator[Page]:
    """The page, and the list below it, under a name by which every server knows that it is XML."""
    url, groups = site.urls.own["blogroll"], BLOGROLL.among(site.content.given)
    address = below(url, "opml.xml")
    if groups:
        yield Page(save_as(url), "blogroll/blogroll", {"blogroll": groups, "opml_url": address})
        yield Page(address, opml, {"title": site.settings.SITENAME, "groups": groups})


def opml(title: str, groups: Sequence[Group]) -> bytes:
    """The list as OPML 2.0, with nothing of the editors' file but what was read: script in XML
    would run in a browser.
    """
    top = Element("opml", version="2.0")
    SubElement(SubElement(top, "head"), "title").text = title
    body = SubElement(top, "body")
    for group in groups:
        parent = body
        if group.title:
            parent = SubElement(body, "outline", text=group.title)
        for site in group.sites:
            SubElement(parent, "outline", _outline(site))
    indent(top)
    written: bytes = tostring(top, "utf-8", xml_declaration=True)
    return written


def _outline(site: Recommended) -> dict[str, str]:
    named = {
        "type": "rss",
        "text": site.title,
        "description": site.description,
        "htmlUrl": site.url,
        "xmlUrl": site.feed,
    }
    return {name: value for name, value in named.items() if value}


def register() -> None:
    """Give the file, the page and the list."""
    give(__name__, Plugin(files=[BLOGROLL], own_pages=[own_pages], pages=[pages]))
