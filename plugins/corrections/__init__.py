"""The corrections ledger: every correction of every story on one page, newest first. No
settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from broadside.front_matter.data import Correction
from broadside.plugin import Page, Plugin, Site, give
from broadside.site.story import Story
from broadside.urls import save_as


def pages(site: Site) -> Iterator[Page]:
    """The page of the ledger."""
    yield Page(
        save_as(site.urls.own["corrections"]), "corrections", {"entries": ledger(site.stories)}
    )


def ledger(stories: Iterable[Story]) -> list[tuple[Story, Correction]]:
    """Each correction with its story, newest first; those of the same moment by the story's
    slug.
    """
    entries = [(story, correction) for story in stories for correction in story.corrections]
    entries.sort(key=lambda entry: entry[0].slug)
    entries.sort(key=lambda entry: datetime.fromisoformat(entry[1].date), reverse=True)
    return entries


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(pages=[pages]))
