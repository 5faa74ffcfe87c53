"""Rails: short lists of the newest stories beside a page.

Settings: RAIL_LENGTH (stories in a rail, default 6), RAIL_PAGES (how many of the newest story pages carry the rails,
default 200; older pages link to /latest/, and a script may put the shared fragment in its place).
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugins import signals
from broadside.plugins.rails.rail import rails_of, without
from broadside.plugins.site import Site
from broadside.plugins.site.page import Page
from broadside.plugins.urls import LATEST


def add_rails(site: Site) -> None:
    """Put the rails beside the newest stories; they do not list the story itself, in any language."""
    length = site.settings.get("RAIL_LENGTH", 6)
    # One story more than is shown, which stands in for a story on its own page.
    sections = list(site.terms.sections.values())
    longer = rails_of(site.stories, sections, site.indexes, length + 1, site.options.lang)
    site.rails = without(longer, (), length)
    listed = {story.url for rail in site.rails for story in rail.articles}
    newest = site.stories[max(0, len(site.stories) - site.settings.get("RAIL_PAGES", 200)) :]
    for story in [*newest, *site.others]:
        own = {story.url, *(version.url for version in story.languages)}
        story.rails = site.rails if own.isdisjoint(listed) else without(longer, own, length)


def pages(site: Site) -> Iterator[Page]:
    """The fragment that old pages share."""
    yield Page(f"{LATEST}rails.html", "rails", {"rails": site.rails})


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_rails)
    signals.pages.connect(pages)
