"""Describes pages to machines in schema.org's JSON-LD: stories, authors, indexes and the front page.

Settings: POLICIES (kind of policy -> address of the page with it; those that lead somewhere stay in the context),
SITENAME, SITESUBTITLE, SOCIAL, DEFAULT_LANG. Signals used: all_generators_finalized. Needs newsroom, indexes and assets.
Adds the filters story_data, index_data and collection_data, and the function front_data, whose values templates hand to
the component structured_data; the filter json_ld, which prints them; and the filter changed. They depend only on what the
page was handed and on settings.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from pelican.generators import Generator
from pelican.plugins import signals

from broadside.plugins.newsroom.story import changed
from broadside.plugins.press.environment import environments
from broadside.plugins.structured_data import outlet as outlets
from broadside.plugins.structured_data.index import collection, index_data
from broadside.plugins.structured_data.json_ld import json_ld
from broadside.plugins.structured_data.outlet import Outlet
from broadside.plugins.structured_data.story import story_data


def add_filters(generators: list[Generator]) -> None:
    """Give the templates the filters and the function."""
    context, settings = generators[0].context, generators[0].settings
    # The settings are the demo's until an outlet writes its own, which may be after it has added its content.
    led = ((name, *context["newsroom"].target(url, "")) for name, url in (settings.get("POLICIES") or {}).items())
    context["POLICIES"] = {name: url for name, url, problem in led if not problem}

    @cache
    def outlet() -> Outlet:
        return _outlet(context)

    for environment in environments(generators):
        environment.filters.update(
            json_ld=json_ld,
            story_data=lambda story: story_data(story, outlet()),
            index_data=lambda index, stories, pagination: index_data(index, stories, pagination, outlet()),
            collection_data=lambda listed, name, url, said: [collection(listed, name, url, said, outlet())],
            changed=changed,
        )
        environment.globals["front_data"] = lambda: outlets.front_data(outlet())


def _outlet(context: dict[str, Any]) -> Outlet:
    return Outlet(
        context["SITENAME"],
        context["terms"].urls,
        context.get("SITESUBTITLE") or "",
        context["DEFAULT_LANG"],
        context.get("icon_url") or "",
        context["POLICIES"],
        tuple(url for _, url in context.get("SOCIAL") or ()),
    )


def register() -> None:
    """Connect to Pelican."""
    signals.all_generators_finalized.connect(add_filters)
