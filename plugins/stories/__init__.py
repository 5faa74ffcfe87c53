"""The pages of stories, and plain pages such as /about/. No settings."""

from __future__ import annotations

from collections.abc import Iterator

from broadside.media import chart_drawing
from broadside.plugin import Page, Plugin, Site, give
from broadside.site.story_page import story_page
from broadside.site.texts import extras
from broadside.urls import OPTIONAL, WITH_TEXT


def pages(site: Site) -> Iterator[Page]:
    """The page of each story and plain page."""
    for story in site.every_story:
        yield story_page(story)
    there = site.content.addresses.own.keys() | {
        name for name, setting in OPTIONAL.items() if vars(site.settings).get(setting)
    }
    texts = site.urls.with_text - {site.urls.own[name] for name in WITH_TEXT if name not in there}
    for page in site.plain_pages:
        if page.url not in texts:  # a page of the site's own has this text
            yield Page(page.save_as, page.template, {"page": page})


def add_filters(site: Site) -> None:
    """Give templates the filters that draw charts in texts and that say what else a text
    contains.
    """
    site.filters.update(chart_drawing.filters(site.words))
    site.filters["extras"] = extras


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[add_filters], pages=[pages]))
