"""Parts of a story for readers elsewhere, in feeds, mails and other outlets' pages, with all links
leading to this site.
"""

from __future__ import annotations

import xml.etree.ElementTree as etree
from html import escape

from broadside.front_matter.data import Correction
from broadside.markdown.tags import with_attributes, with_tags
from broadside.media.photos import Photo
from broadside.urls import Urls
from broadside.words import ENGLISH, Language


def absolute(html: str, urls: Urls, page: str) -> str:
    """HTML from the page at an absolute address, with all its links and pictures made absolute
    too.
    """
    host = urls.host

    def led(address: str) -> str:
        if address.startswith("/"):
            return host + address
        if address.startswith("#"):
            return page + address
        return address

    def value_of(name: str, value: str) -> str:
        if name == "srcset":
            return ", ".join(map(led, value.split(", ")))
        if name in ("href", "src"):
            return led(value)
        return value

    def made(tag: str) -> str:
        if "href=" in tag or "src" in tag:
            return with_attributes(tag, value_of)
        return tag

    return with_tags(html, made)


def figure(photo: Photo, line: str, urls: Urls) -> str:
    """A photo as HTML with the line below it, if any; the line is plain text."""
    size = f'width="{photo.width}" height="{photo.height}"'
    picture = f'<img src="{urls.absolute(photo.src)}" alt="{escape(photo.alt)}" {size}>'
    below = ""
    if line:
        below = f"<figcaption>{escape(line, quote=False)}</figcaption>"
    return f"<figure>{picture}{below}</figure>"


def correction(noted: Correction, words: Language = ENGLISH) -> str:
    """A correction as an HTML paragraph."""
    label = words.label(words.note(noted.type) + words.comma() + words.long_date(noted.date))
    return f"<p><strong>{escape(label, quote=False)}</strong> {escape(noted.text, quote=False)}</p>"


def xml_file(root: etree.Element) -> bytes:
    """A file of XML for programs: sitemaps, a licence, a list of feeds."""
    etree.indent(root, "")
    text: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
