"""Parts of a story for readers elsewhere, in feeds, mails and on other outlets' pages: all their addresses lead to this site."""

from __future__ import annotations

import re
from html import escape

from broadside.front_matter.data import Correction
from broadside.media.photos import Photo
from broadside.urls import Urls
from broadside.words import ENGLISH, Language

TAG = re.compile(r"<[^\s>]+\s[^>]*>")
"""A tag that has attributes."""
ADDRESS = re.compile(r'(?<=\s)(href|src|srcset)="([^"]*)"')


def absolute(html: str, urls: Urls, page: str) -> str:
    """HTML of a page, given with its absolute address, in which all links and pictures are absolute too."""
    host = urls.host

    def led(address: str) -> str:
        return host + address if address.startswith("/") else page + address if address.startswith("#") else address

    def attribute(found: re.Match[str]) -> str:
        addresses = found[2].split(", ") if found[1] == "srcset" else [found[2]]
        return f'{found[1]}="{", ".join(map(led, addresses))}"'

    return TAG.sub(lambda tag: ADDRESS.sub(attribute, tag[0]), html)


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
