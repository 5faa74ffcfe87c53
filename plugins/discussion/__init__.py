"""Lets readers ask the places that COUNT_REPLIES names how many replies a story has there.

Values for templates: discussion_css_url, discussion_js_url.
"""

from __future__ import annotations

from broadside.plugin import Plugin, give
from broadside.plugins.assets import add_script, add_stylesheet
from broadside.site import Site


def add_counter(site: Site) -> None:
    """Publish the script that asks, and the style of its button."""
    if site.settings["COUNT_REPLIES"]:
        add_stylesheet(site, "discussion")
        add_script(site, "discussion")


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[add_counter]))
