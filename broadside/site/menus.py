"""The menus: the main one in the head, the small one beside the outlet's name, and the links in the
footer.

Settings: MENUITEMS, LINKS and FOOTER_LINKS, each a list of entries. An entry is a label and an
address. In MENUITEMS it may also be "sections", meaning all sections, or have "highlight" as its
third part. In FOOTER_LINKS it may be a title and a list of entries, which makes a group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from broadside.content.links import OUTSIDE
from broadside.content.terms import Section
from broadside.settings import Settings

MENUS = ("MENUITEMS", "LINKS", "FOOTER_LINKS")
Target = Callable[[str, str], tuple[str, str]]
"""Finds the address that a link leads to; see Content.target."""


class MenuLink(Struct, frozen=True):
    """A link in a menu; an address on this site begins with a slash."""

    label: str
    url: str
    highlight: bool = False


class MenuGroup(Struct, frozen=True):
    """Footer links under a title, which may be ""."""

    title: str
    links: list[MenuLink]


def main_menu(settings: Settings, sections: Iterable[Section], target: Target) -> list[MenuLink]:
    """The links in the head: the sections, unless the outlet's settings list others."""
    of_sections = [MenuLink(section.name, f"/{section.url}") for section in sections]
    found: list[MenuLink] = []
    for entry in settings.MENUITEMS or ["sections"]:
        if entry == "sections":
            found += of_sections
        else:
            found += _links([entry], target)
    return found


def utility_menu(settings: Settings, target: Target) -> list[MenuLink]:
    """The links beside the outlet's name."""
    return [*_links(settings.LINKS, target)]


def footer(settings: Settings, target: Target) -> list[MenuGroup]:
    """The footer's groups; links without a group come first, as a group without a title."""
    alone: list[tuple[str, str]] = []
    groups = [("", alone)]
    for title, below in settings.FOOTER_LINKS:
        if isinstance(below, str):
            alone.append((title, below))
        else:
            groups.append((title, below))
    found = [MenuGroup(title, [*_links(links, target)]) for title, links in groups]
    return [group for group in found if group.links]


def own_links(settings: Settings) -> Iterator[tuple[str, str]]:
    """The setting and the address of each menu link to this site, as the outlet wrote it."""
    for name in MENUS:
        for entry in getattr(settings, name):
            if entry == "sections":
                continue
            for _, address, *_ in entry[1] if _is_group(entry) else [entry]:
                if not OUTSIDE.match(address):
                    yield name, address


def _is_group(entry: Sequence[Any]) -> bool:
    return isinstance(entry[1], (list, tuple))


def _links(entries: Iterable[Sequence[str]], target: Target) -> Iterator[MenuLink]:
    """Menu links to other sites, and to pages that exist here; the settings may have been made for
    other content.
    """
    for label, address, *highlight in entries:
        if OUTSIDE.match(address):
            yield MenuLink(label, address, bool(highlight))
        else:
            url, problem = target(address, "")
            if not problem:
                yield MenuLink(label, f"/{url}", bool(highlight))
