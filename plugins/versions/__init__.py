"""Shows what changed in stories that were corrected or updated, word by word and from Git, from the
day on that the setting VERSIONS names.

Makes a page and a JSON file below each such story. Its attribute `versions` has what they show; the
filter `changes` compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from broadside.plugin import ON_PAGE, Attribute, Page, Plugin, Site, give
from broadside.plugins.versions.content import KEPT, shown, unexplained
from broadside.plugins.versions.settings import VersionsSettings
from broadside.urls import below, save_as

if TYPE_CHECKING:
    from broadside.content.records import Record
    from broadside.front_matter.data import StoryData
    from broadside.site.attributes import Around

FILE = "versions.json"


def none_yet(_: Record[StoryData], __: Around) -> None:
    """What stories have until the site is arranged."""


def add(site: Site) -> None:
    """Give each story that declares changes its versions, and templates what compares them."""
    from broadside.plugins.versions.changes import changes

    site.filters["changes"] = changes
    if VersionsSettings.of(site.settings).VERSIONS:
        from broadside.plugins.versions.published import versions_of

        for story, versions in versions_of(site):
            story.versions = versions


def pages(site: Site) -> Iterator[Page]:
    """The page and the file of each such story."""
    if not VersionsSettings.of(site.settings).VERSIONS:
        return
    from broadside.plugins.versions.changes import as_json

    for story in site.published:
        if versions := getattr(story, "versions", None):
            yield Page(save_as(versions.url), "versions/versions", {"article": story})
            values = {"article": story, "address": site.urls.absolute(story.url)}
            yield Page(below(versions.url, FILE), as_json, values)


def register() -> None:
    """Give the keys, their check, and what it adds to a build."""
    attribute = Attribute("versions", ON_PAGE, "how it read before, or None", none_yet)
    give(
        __name__,
        Plugin(
            keys=[KEPT],
            checks=[unexplained],
            status_lines=[shown],
            attributes=[attribute],
            arranged=[add],
            pages=[pages],
        ),
    )
