"""Lets readers ask the places that COUNT_REPLIES names how many replies a story has there.

Values for templates: discussion_css_url, discussion_js_url.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from broadside.plugin import Plugin, give
from broadside.site import Site
from broadside.site.discussion import allowed


def add_counter(site: Site) -> None:
    """Publish the script that asks, and the style of its button."""
    if site.settings["COUNT_REPLIES"]:
        from broadside.plugins.assets import add_script, add_stylesheet

        add_stylesheet(site, "discussion")
        add_script(site, "discussion")


def origins(settings: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The places that are asked."""
    return allowed(settings["COUNT_REPLIES"])


def register() -> None:
    """Give the counter, and what the policy must allow for it."""
    give(__name__, Plugin(arranged=[add_counter], origins=[origins]))
