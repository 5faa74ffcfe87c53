"""Checks addresses of the live site that texts give in full, such as https://example.org/2026/11/the-ice-road/.

For a preview these are links to another site, so without this check only the build for readers would stop at one that leads
nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from html import escape, unescape
from itertools import chain
from urllib.parse import unquote

from msgspec import Struct

from broadside.config.files import LIVE
from broadside.config.options import settings_in
from broadside.content.addresses import published
from broadside.content.content import Content
from broadside.content.imported import sifted
from broadside.content.links import texts_in
from broadside.content.lists import ListEntry
from broadside.content.lost_links import NOT_OURS, Fragments
from broadside.content.records import Record
from broadside.faults import Fault
from broadside.front_matter.data import AuthorData, Data, TermData
from broadside.markdown.body import plain_text
from broadside.urls import elsewhere, is_below


class Site(Struct, frozen=True):
    """The live site: its address without a slash at the end, the paths below which others answer, and if it offers stories."""

    address: str
    elsewhere: tuple[str, ...] = ()
    offers: bool = False

    @classmethod
    def of(cls) -> Site:
        """The live site that publishconf.py describes."""
        found = settings_in(LIVE)
        return cls(found["SITEURL"].rstrip("/"), elsewhere(found), bool(found.get("REPUBLISH")))


def astray(content: Content, site: Site) -> Iterator[Fault]:
    """The faults of links to what the site does not have, or to files whose names only a build knows, such as a picture's.

    In what was imported they are warnings, as they are where an address is not given in full.
    """
    links: list[tuple[str, Callable[[str], int], str]] = [
        (record.path, partial(_line, content, record), link)
        for record in content.records
        if content.is_out(record)
        for link in inner(record, site)
    ]
    for entry in (*content.lists.sections, *content.lists.story_types):
        links += [(entry.path, partial(_of_entry, entry), link) for link in _alone(entry.data, site)]
    return chain.from_iterable(sifted(_astray(content, site, links), content.lenient))


def _astray(content: Content, site: Site, links: Iterable[tuple[str, Callable[[str], int], str]]) -> Iterator[Fault]:
    fragments = Fragments(content)
    offered = cache(lambda: _offered(content) if site.offers else set[str]())
    for path, line, link in links:
        written = f"{site.address}{link}"
        found, problem = content.target(link, path)
        way, mark, place = link.partition("#")
        if problem and (page := f"{unquote(way.partition('?')[0]).strip('/')}/") in offered():
            found, problem = page + mark + place, ""
        if problem:
            problem = f'the link "{written}" points to no page that readers can see on this site'
            hint = f"correct it, or take the link out; {NOT_OURS}"
            yield Fault(path, line(written), 0, "error", "broken-link", problem, hint)
        else:
            yield from fragments.check(path, line(written), written, found)


def inner(record: Record[Data], site: Site) -> Iterator[str]:
    """The links of a source that begin with the site's address, without that address; those that others answer are left out."""
    start = f"{site.address}/"
    html, begins = record.body.html, f' href="{escape(start)}'
    links = re.findall(f'<a\\b[^<>]*{re.escape(begins)}([^"]*)"', html) if begins in html else []
    # Search engines are told of an author in the words of the bio.
    told = [record.data, " ".join(plain_text(html).split()) if isinstance(record.data, AuthorData) else ""]
    found = [*(f"/{unescape(link)}" for link in links), *_alone(told, site)]
    yield from dict.fromkeys(link for link in found if not _is_others(link, site))


def _alone(data: object, site: Site) -> Iterator[str]:
    """The texts in some data that are only an address of the site, without the site's address."""
    for text in texts_in(data):
        if text.startswith(f"{site.address}/") and not re.search(r"\s", text):
            link = text.removeprefix(site.address)
            if not _is_others(link, site):
                yield link


def _is_others(link: str, site: Site) -> bool:
    return is_below(unquote(re.split("[?#]", link)[0]).strip("/"), site.elsewhere)


def _offered(content: Content) -> set[str]:
    """The addresses of the pages from which others may copy a story."""
    urls, urls_of = content.urls, content.addresses.urls_of
    ours = (each for each in published(content) if each.data.republish == "yes" and not each.data.canonical)
    return {urls.republish(urls_of[each.path]) for each in ours if each.path in urls_of}


def _line(content: Content, record: Record[Data], written: str) -> int:
    """The first line of the text that has an address, else the first line of the header that has it.

    1 if it is written differently, such as with a backslash.
    """
    lines = (content.root / record.path).read_text("utf-8", "replace").split("\n")
    header = max(record.lines.values(), default=0)
    numbers = [*range(header, len(lines)), *range(header)]
    return next((number + 1 for number in numbers if written in unescape(lines[number])), 1)


def _of_entry(entry: ListEntry[TermData], written: str) -> int:
    """The line of a list's entry that has an address."""
    key = next((name for name in entry.data.__struct_fields__ if getattr(entry.data, name) == written), "")
    return entry.lines.get(key, entry.line)
