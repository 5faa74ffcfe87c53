"""The pages of a Broadside site's indexes, the archive, and the lists of all terms of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from broadside.content.terms import Author, led, once_each
from broadside.front_matter.vocabulary import AUTHOR_GROUPS
from broadside.plugin import Page, Plugin, Site, give
from broadside.plugins.indexes.numbering import paginated
from broadside.site.indexes import Index, archive
from broadside.site.story import Story
from broadside.urls import KINDS, save_as

LEADS = 5
"""How many stories lead the front of an index, and the front page: one large, the others beside
it.
"""
LAST = 13
"""The place of an author in a group who has none there."""
WITH_RAILS = ("latest", "section", "type")
"""The few kinds of index whose front shows the rails; with rails, an index changes with every new
story.
"""


def pages(site: Site) -> Iterator[Page]:
    """Every index page and list."""
    lists, own, listings = site.urls.lists, site.urls.own, site.indexes.values()
    yield from index_pages(
        site,
        Index(
            "latest",
            site.words.of(marks=True).gettext("Latest"),
            own["latest"],
            feed_url="feed.xml",
        ),
        site.stories,
    )
    for listing in listings:
        if listing.index.kind != "series":  # the plugin series makes these
            yield from index_pages(site, listing.index, listing.listed)
    yield Page(
        save_as(own["archive"]),
        "archive",
        {"years": archive(site.indexes, site.urls, site.words.of())},
    )
    for kind, url in lists.items():
        numbers = sorted(
            (term, len(each.listed))
            for each in listings
            if (term := each.index.term) and term.kind == kind
        )
        name = KINDS[kind].folder.rstrip("/")
        template = KINDS[kind].template or name
        if kind == "author":
            payers = _writers(site.paid) - _writers(site.stories)
            known = (
                each for each, _ in numbers if isinstance(each, Author) and each.url not in payers
            )
            authors = sorted(known, key=_in_masthead)
            yield Page(save_as(url), template, {"authors": authors, "page": site.text_at(url)})
        elif kind == "type":  # every page is handed the story types
            yield Page(save_as(url), template)
        elif kind != "series" and (numbers or not KINDS[kind].is_optional):
            # the plugin series makes the list of them
            yield Page(save_as(url), template, {name: numbers})


def _writers(stories: Iterable[Story]) -> set[str]:
    """The addresses of all who are named in the bylines."""
    return {line.author.url for story in stories for line in story.byline}


def _in_masthead(author: Author) -> tuple[int, int]:
    """The place of an author among all, who are given by name: by their group, then by their own
    place in it.
    """
    return AUTHOR_GROUPS.index(author.group), author.order or LAST


def index_pages(site: Site, index: Index, stories: Sequence[Story]) -> Iterator[Page]:
    """The pages of an index of these stories, given oldest first: its front, and numbered ones
    below its address.

    A story is listed in one language. It stays on that page, so that a translation does not change
    a full page.
    """
    rails = [rail for rail in site.rails if index.kind in WITH_RAILS and rail.url != index.url]
    for page in paginated(stories, index.url, site.settings.INDEX_SIZE):
        shown = once_each(page.stories, site.options.lang)
        leads = LEADS
        if page.pagination.number or index.kind not in KINDS:
            leads = 0
        values = {
            "index": index,
            "articles": [*led(shown[:leads]), *shown[leads:]],
            "leads": leads,
            "pagination": page.pagination,
            "rails": [] if page.pagination.number else rails,
        }
        yield Page(save_as(page.url), "listing", values)


def connect() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(pages=[pages]))
