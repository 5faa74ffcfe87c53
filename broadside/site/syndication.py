"""Parts of a story for readers elsewhere, in feeds, mails and on other outlets' pages: all their addresses lead to this site."""

from __future__ import annotations

from html import escape

from broadside.front_matter.data import Correction
from broadside.markdown.tags import with_attributes, with_tags
from broadside.media.photos import Photo
from broadside.urls import Urls
from broadside.words import ENGLISH, Language


def absolute(html: str, urls: Urls, page: str) -> str:
    """HTML of a page, given with its absolute address, in which all links and pictures are absolute too."""
    host = urls.host

    def led(address: str) -> str:
        return host + address if address.startswith("/") else page + address if address.startswith("#") else address

    def value_of(name: str, value: str) -> str:
        if name == "srcset":
            return ", ".join(map(led, value.split(", ")))
        return led(value) if name in ("href", "src") else value

    return with_tags(html, lambda tag: with_attributes(tag, value_of))


def figure(photo: Photo, line: str, urls: Urls) -> str:
    """A photo with the line below it, which is plain text, if it has one."""
    size = f'width="{photo.width}" height="{photo.height}"'
    picture = f'<img src="{urls.absolute(photo.src)}" alt="{escape(photo.alt)}" {size}>'
    below = f"<figcaption>{escape(line, quote=False)}</figcaption>" if line else ""
    return f"<figure>{picture}{below}</figure>"


def correction(noted: Correction, words: Language = ENGLISH) -> str:
    """A correction as a paragraph."""
    label = words.label(words.note(noted.type) + words.comma() + words.long_date(noted.date))
    return f"<p><strong>{escape(label, quote=False)}</strong> {escape(noted.text, quote=False)}</p>"
