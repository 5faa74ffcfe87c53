"""Series, dossiers, issues, columns and debates: a list of them all, the pages of each, and the
place of every part.

No settings. Adds parts to articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from broadside.digests import BESIDE, NAMED
from broadside.plugin import Attribute, Page, Plugin, Site, give
from broadside.plugins.series.content import FORMED, check
from broadside.plugins.series.terms import formed

if TYPE_CHECKING:
    from broadside.content.records import Record
    from broadside.content.terms import Series
    from broadside.front_matter.data import StoryData
    from broadside.plugins.series.terms import Part
    from broadside.site.attributes import Around


def column_of(record: Record[StoryData], around: Around) -> Series | None:
    """The column that a story is in."""
    every = around.terms.series_with(record)
    return next((each for each in every if FORMED.of(each).form == "column"), None)


def none_yet(_: Record[StoryData], __: Around) -> tuple[Part, ...]:
    """The parts that stories have until the site is arranged."""
    return ()


def arranged(site: Site) -> None:
    """Give each story its places, and the site its series."""
    from broadside.plugins.series.fronts import find_parts

    find_parts(site)


def pages(site: Site) -> Iterator[Page]:
    """The list of all series, and the pages of each."""
    from broadside.plugins.series.fronts import pages

    yield from pages(site)


def register() -> None:
    """Give the keys of each form, their checks, and what it adds to a build."""
    attributes = [
        Attribute("filed_as", NAMED, "the column that it is in, or None", column_of),
        Attribute("parts", BESIDE, "its place in each of its series", none_yet),
    ]
    give(
        __name__,
        Plugin(
            keys=[FORMED],
            checks=[check],
            series=[formed],
            attributes=attributes,
            arranged=[arranged],
            pages=[pages],
        ),
    )
