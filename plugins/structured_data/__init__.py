"""Describes pages to machines in schema.org's JSON-LD: stories, authors, indexes and the front page.

Settings: POLICIES (kind of policy -> address of the page with it; those that lead somewhere become a value for templates),
SITENAME, SITESUBTITLE, SOCIAL, DEFAULT_LANG.
Adds the filters story_data, index_data, series_data and collection_data, and the function front_data, whose values templates hand to
the component structured_data; the filter json_ld, which prints them; and the filter changed. They depend only on what the
page was handed and on what all pages see.

What search engines require of authors' pages: https://developers.google.com/search/docs/appearance/structured-data/profile-page
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from broadside.content.terms import NEWS, Author
from broadside.markdown.body import plain_text
from broadside.plugins.indexes import Pagination
from broadside.plugins.structured_data.outlet import CONTEXT, Outlet, front_data, publisher, with_values
from broadside.plugins.structured_data.story import person, series, story_data
from broadside.site import Site, signals
from broadside.site.gathered import SeriesFront
from broadside.site.indexes import Index
from broadside.site.story import Story, changed

MAIL = "mailto:"


def add_filters(site: Site) -> None:
    """Give the templates the filters and the function."""
    # The settings are the demo's until an outlet writes its own, which may be after it has added its content.
    targets = ((name, *site.content.target(url, "")) for name, url in (site.settings.get("POLICIES") or {}).items())
    site.values["POLICIES"] = {name: url for name, url, problem in targets if not problem}

    @cache
    def outlet() -> Outlet:
        return _outlet(site)

    site.filters.update(
        json_ld=json_ld,
        story_data=lambda story: story_data(story, outlet()),
        index_data=lambda index, stories, pagination: index_data(index, stories, pagination, outlet()),
        series_data=lambda front, stories, first: [series_data(front, stories, first, outlet())],
        collection_data=lambda listed, name, url, description: [collection(listed, name, url, description, outlet())],
        changed=changed,
    )
    site.functions["front_data"] = lambda: front_data(outlet())


def _outlet(site: Site) -> Outlet:
    settings = site.settings
    return Outlet(
        settings["SITENAME"],
        site.urls,
        settings.get("SITESUBTITLE") or "",
        settings["DEFAULT_LANG"],
        site.values.get("icon_url") or "",
        site.values["POLICIES"],
        tuple(url for _, url in settings.get("SOCIAL") or ()),
    )


def json_ld(data: Any) -> Markup:
    """The data as JSON in which no tag can end the script or begin another, because each "<" is written by number."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))


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
        **with_values(description=description),
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
        **with_values(
            description=term.description, image=[absolute(crop.url) for crop in term.photo.crops] if term.photo else []
        ),
        "publisher": publisher(outlet),
        **with_values(hasPart=parts),
    }


def profile(author: Author, outlet: Outlet) -> dict[str, Any]:
    """The page of an author: the person, their subjects, and their other addresses."""
    links = [link.url for link in author.links]
    mail = [link.removeprefix(MAIL).partition("?")[0] for link in links if link.startswith(MAIL)]
    portrait = author.portrait
    who = person(author, outlet) | with_values(
        description=" ".join(plain_text(author.bio).split()),
        image=outlet.urls.absolute(portrait.src) if portrait else "",
        knowsAbout=list(author.expertise),
        email=mail[0] if mail else "",
        sameAs=[link for link in links if not link.startswith(MAIL)],
    )
    page = {"@context": CONTEXT, "@type": "ProfilePage", "url": outlet.urls.absolute(author.url)}
    return page | {"mainEntity": who | {"worksFor": publisher(outlet)}}


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_filters)
