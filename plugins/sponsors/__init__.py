"""Paid content: who paid for a story, said wherever it is listed; such a story stands apart from
all others.

The block `sponsored` of the front page shows the newest of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from broadside.media.photos import Description, Photo
from broadside.plugin import (
    IN_LISTS,
    ON_PAGE,
    Attribute,
    FrontBlock,
    Plugin,
    Site,
    add_stylesheet,
    give,
)
from broadside.plugins.sponsors.content import NAMES_OF_TYPES, PAID, SPONSORS, faults, said_of

if TYPE_CHECKING:
    from broadside.content.records import Record
    from broadside.front_matter.data import StoryData
    from broadside.site.attributes import Around


COLUMNS = 3
"""How many paid stories are side by side on the front page."""


class Sponsor(Struct, frozen=True):
    """Who paid for a story: the name, the address of their own site, what they had a say in, and
    their logo; only a name is certain.
    """

    name: str
    url: str = ""
    say: str = ""
    logo: Photo | None = None


def sponsor_of(record: Record[StoryData], around: Around) -> Sponsor | None:
    """Who paid for a story; beside the name, a logo needs no words."""
    said = said_of(record.data, around.content.lists)
    if said is None:
        return None
    logo = None
    if said.logo:
        logo = around.photos.shown(said.logo, Description(""))
    return Sponsor(said.name, said.url, said.say, logo)


def rel_of(record: Record[StoryData], _: Around) -> str:
    """What search engines are told of the links in a story that somebody paid for."""
    if record.data.paid_by:
        return "sponsored nofollow"
    return ""


def add_styles(site: Site) -> None:
    """Have the mark of paid stories published, if there is one."""
    if any(story.paid_by for story in site.every_story):
        add_stylesheet(site, "css/components/sponsor.css")


def register() -> None:
    """Give the key and the list, their checks, and what stories show."""
    attributes = [
        Attribute("sponsor", IN_LISTS, "who paid for it, or None", sponsor_of),
        Attribute(
            "link_rel",
            ON_PAGE,
            "what the links of its text to other sites are to search engines",
            rel_of,
        ),
    ]
    block = FrontBlock(
        "sponsored", ("title", "stories"), lambda site: site.paid, COLUMNS, after="series"
    )
    give(
        __name__,
        Plugin(
            keys=[PAID],
            lists=[SPONSORS],
            types=NAMES_OF_TYPES,
            checks=[faults],
            attributes=attributes,
            arranged=[add_styles],
            blocks=[block],
        ),
    )
