"""The menus: the main one in the head, the small one beside the outlet's name, and the links at the foot.

Settings: MENUITEMS, LINKS and FOOTER_LINKS, each a list of entries. An entry is a label and an address; in MENUITEMS it may also be
"sections", which stands for all sections, or have "highlight" as its third part; in FOOTER_LINKS it may be a title and a list of
entries, which is a group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from broadside.content.links import OUTSIDE
from broadside.content.terms import Section

SECTIONS = "sections"
MENUS = ("MENUITEMS", "LINKS", "FOOTER_LINKS")
Target = Callable[[str, str], tuple[str, str]]
"""Finds the address that a link leads to; see Content.target."""


class MenuLink(Struct, frozen=True):
    """A link in a menu; an address on this site begins with a slash."""

    label: str
    url: str
    highlight: bool = False


class MenuGroup(Struct, frozen=True):
    """Links at the foot under a title, which may be ""."""

    title: str
    links: list[MenuLink]


def main_menu(settings: Mapping[str, Any], sections: Iterable[Section], target: Target) -> list[MenuLink]:
    """The links of the head: the sections, if the outlet did not write otherwise."""
    of_sections = [MenuLink(section.name, f"/{section.url}") for section in sections]
    found: list[MenuLink] = []
    for entry in settings.get("MENUITEMS") or [SECTIONS]:
        found += of_sections if entry == SECTIONS else _links([entry], target)
    return found


def utility_menu(settings: Mapping[str, Any], target: Target) -> list[MenuLink]:
    """The links beside the outlet's name."""
    return [*_links(settings.get("LINKS") or (), target)]


def footer(settings: Mapping[str, Any], target: Target) -> list[MenuGroup]:
    """The groups at the foot; links without a group are one without a title, which comes first."""
    entries = settings.get("FOOTER_LINKS") or ()
    alone = [entry for entry in entries if not _is_group(entry)]
    groups = [("", alone), *(entry for entry in entries if _is_group(entry))]
    found = [MenuGroup(title, [*_links(links, target)]) for title, links in groups]
    return [group for group in found if group.links]


def own_links(settings: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The setting and the address of each link to this site in a menu, as the outlet wrote it."""
    for name in MENUS:
        for entry in settings.get(name) or ():
            if entry == SECTIONS:
                continue
            for _, address, *_ in entry[1] if _is_group(entry) else [entry]:
                if not OUTSIDE.match(address):
                    yield name, address


def _is_group(entry: Sequence[Any]) -> bool:
    return isinstance(entry[1], (list, tuple))


def _links(entries: Iterable[Sequence[str]], target: Target) -> Iterator[MenuLink]:
    """Links to other sites as written, and those to pages that this site has; the settings may be those of other content."""
    for label, address, *highlight in entries:
        if OUTSIDE.match(address):
            yield MenuLink(label, address, bool(highlight))
        else:
            url, problem = target(address, "")
            if not problem:
                yield MenuLink(label, f"/{url}", bool(highlight))
