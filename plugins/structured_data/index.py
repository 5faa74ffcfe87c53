"""An index as schema.org's CollectionPage, an author's as a ProfilePage, and a series as a CreativeWorkSeries or PublicationIssue.

What search engines require: https://developers.google.com/search/docs/appearance/structured-data/profile-page
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from broadside.content.terms import NEWS, Author
from broadside.markdown.body import plain_text
from broadside.plugins.indexes.pagination import Pagination
from broadside.plugins.structured_data.outlet import CONTEXT, Outlet, known, publisher
from broadside.plugins.structured_data.story import person, series
from broadside.site.indexes import Index
from broadside.site.series import SeriesFront
from broadside.site.story import Story

MAIL = "mailto:"


def index_data(index: Index, stories: Sequence[Story], pagination: Pagination, outlet: Outlet) -> list[dict[str, Any]]:
    """The data of an index page: the person on an author's first page, elsewhere the stories that it lists."""
    if isinstance(index.term, Author) and pagination.url == index.url:
        return [profile(index.term, outlet)]
    return [collection(stories, index.title, pagination.url, index.description, outlet)]


def collection(listed: Sequence[Any], name: str, url: str, description: str, outlet: Outlet) -> dict[str, Any]:
    """A page that lists things with addresses, in order."""
    absolute = outlet.urls.absolute
    items = [{"@type": "ListItem", "position": i, "url": absolute(thing.url)} for i, thing in enumerate(listed, 1)]
    return {
        "@context": CONTEXT,
        "@type": "CollectionPage",
        "name": name,
        "url": absolute(url),
        **known(description=description),
        "isPartOf": {"@type": "WebSite", "name": outlet.name, "url": absolute("")},
        "mainEntity": {"@type": "ItemList", "itemListElement": items},
    }


def series_data(front: SeriesFront, stories: Sequence[Story], first: int, outlet: Outlet) -> dict[str, Any]:
    """The page of a series, or a later page of it, with these parts, of which the first has the number `first`."""
    absolute, term = outlet.urls.absolute, front.term
    parts = [
        {"@type": NEWS, "headline": story.title, "url": absolute(story.url), "position": number}
        for number, story in enumerate(stories, first)
    ]
    return {
        "@context": CONTEXT,
        **series(term, outlet),
        **known(
            description=term.description, image=[absolute(crop.url) for crop in term.photo.crops] if term.photo else []
        ),
        "publisher": publisher(outlet),
        **known(hasPart=parts),
    }


def profile(author: Author, outlet: Outlet) -> dict[str, Any]:
    """The page of an author: the person, their subjects, and their other addresses."""
    links = [link.url for link in author.links]
    mail = [link.removeprefix(MAIL).partition("?")[0] for link in links if link.startswith(MAIL)]
    portrait = author.portrait
    who = person(author, outlet) | known(
        description=" ".join(plain_text(author.bio).split()),
        image=outlet.urls.absolute(portrait.src) if portrait else "",
        knowsAbout=list(author.expertise),
        email=mail[0] if mail else "",
        sameAs=[link for link in links if not link.startswith(MAIL)],
    )
    page = {"@context": CONTEXT, "@type": "ProfilePage", "url": outlet.urls.absolute(author.url)}
    return page | {"mainEntity": who | {"worksFor": publisher(outlet)}}
