"""Describes pages to machines in schema.org's JSON-LD: stories, authors, indexes and the front page.

Settings: POLICIES (kind of policy -> address of the page with it; those that lead somewhere become a value for templates),
SITENAME, SITESUBTITLE, SOCIAL, DEFAULT_LANG.
Adds the filters story_data, index_data, series_data and collection_data, and the function front_data, whose values templates hand to
the component structured_data; the filter json_ld, which prints them; and the filter changed. They depend only on what the
page was handed and on what all pages see.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from markupsafe import Markup

from broadside.plugins.structured_data import outlet as outlets
from broadside.plugins.structured_data.index import collection, index_data, series_data
from broadside.plugins.structured_data.outlet import Outlet
from broadside.plugins.structured_data.story import story_data
from broadside.site import Site, signals
from broadside.site.story import changed


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
    site.functions["front_data"] = lambda: outlets.front_data(outlet())


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


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_filters)
