"""Index pages of sections, story types, topics, authors, years and months; the archive; the lists of authors, topics and types.

Settings: INDEX_SIZE (stories on a full page, default 20).
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugins import signals
from broadside.plugins.indexes.collect import Index, archive
from broadside.plugins.indexes.pages import pages as pages_of
from broadside.plugins.newsroom.terms import Author, once_each
from broadside.plugins.output.page import Page
from broadside.plugins.site import Site
from broadside.plugins.urls import ARCHIVE, LATEST, save_as

WITH_RAILS = ("latest", "section", "type")
"""The few kinds of index whose front shows the rails; if all had them, all would change with every new story."""


def pages(site: Site) -> Iterator[Page]:
    """Every index page and list."""
    found, lists = site.indexes, site.urls.lists
    latest = Index("latest", "Latest", "", LATEST, "feed.xml")
    for index in (latest, *found.indexes.values()):
        yield from _pages_of_index(site, index)
    yield Page(save_as(ARCHIVE), "archive", {"years": archive(found, site.urls)})
    authors = sorted(index.term for index in found.indexes.values() if isinstance(index.term, Author))
    yield Page(save_as(lists["author"]), "authors", {"authors": authors})
    topics = sorted(
        (index.term, len(found.stories[index.url])) for index in found.indexes.values() if index.kind == "topic"
    )
    yield Page(save_as(lists["topic"]), "topics", {"topics": topics})
    yield Page(save_as(lists["type"]), "types")


def _pages_of_index(site: Site, index: Index) -> Iterator[Page]:
    """The pages of one index, with the rails on its front.

    A page lists a story in one language. Other pages are left alone, so that a translation does not change a full page.
    """
    stories = site.stories if index.kind == "latest" else site.indexes.stories[index.url]
    rails = [rail for rail in site.rails if index.kind in WITH_RAILS and rail.url != index.url]
    for page in pages_of(stories, index.url, site.settings.get("INDEX_SIZE", 20), site.urls):
        values = {
            "index": index,
            "articles": once_each(page.stories, site.options.lang),
            "pagination": page.pagination,
            "rails": [] if page.pagination.number else rails,
        }
        yield Page(save_as(page.url), "listing", values)


def register() -> None:
    """Connect to the build."""
    signals.pages.connect(pages)
