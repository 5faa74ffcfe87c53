"""What a feed says of a story: the same for Atom and JSON Feed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

from plugins.photos.credit import line_of
from plugins.photos.values import Photo
from plugins.urls import Urls

TAG = re.compile(r"<[^>]+>")
ADDRESS = re.compile(r'(?<=\s)(href|src|srcset)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself; its addresses are absolute."""

    title: str
    subtitle: str
    page_url: str
    feed_url: str
    lang: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One story in a feed; every address in it is absolute."""

    url: str
    title: str
    dek: str
    html: str
    published: datetime
    updated: datetime
    authors: list[tuple[str, str]]
    categories: list[str]
    lang: str
    image: str


def entry_of(story: Any, urls: Urls, text: Callable[[Any], str]) -> Entry:
    """The entry of a story, its whole text with the lead photo, its credit, and its corrections."""
    parts = [
        _figure(story.photo, urls) if story.photo else "",
        absolute(text(story), urls, urls.absolute(story.url)),
        *map(_correction, story.corrections),
    ]
    return Entry(
        url=urls.absolute(story.url),
        title=story.title,
        dek=story.dek,
        html="\n".join(part for part in parts if part),
        published=story.date,
        updated=changed(story),
        authors=[(each.author.name, urls.absolute(each.author.url)) for each in story.byline],
        categories=[term.name for term in (*story.sections, story.story_type, *story.topics) if term],
        lang=story.lang,
        image=urls.absolute(story.photo.src) if story.photo else "",
    )


def changed(story: Any) -> datetime:
    """When a story last changed in substance: its publication, update, or last correction."""
    moments: list[datetime] = [story.date, *(datetime.fromisoformat(each.date) for each in story.corrections)]
    return max([*moments, story.updated] if story.updated else moments)


def absolute(html: str, urls: Urls, page: str) -> str:
    """HTML of the page at an absolute address, whose links and pictures lead there from anywhere."""
    host = urls.site.removesuffix(urls.root)

    def led(address: str) -> str:
        return host + address if address.startswith("/") else page + address if address.startswith("#") else address

    def attribute(found: re.Match[str]) -> str:
        addresses = found[2].split(", ") if found[1] == "srcset" else [found[2]]
        return f'{found[1]}="{", ".join(map(led, addresses))}"'

    return TAG.sub(lambda tag: ADDRESS.sub(attribute, tag[0]), html)


def _figure(photo: Photo, urls: Urls) -> str:
    size = f'width="{photo.width}" height="{photo.height}"'
    picture = f'<img src="{urls.absolute(photo.src)}" alt="{escape(photo.alt)}" {size}>'
    return f"<figure>{picture}<figcaption>{escape(str(line_of(photo, lead=True)))}</figcaption></figure>"


def _correction(correction: Any) -> str:
    kind = escape(correction.type.capitalize())
    return f"<p><strong>{kind}, {correction.date[:10]}.</strong> {escape(correction.text)}</p>"
