"""Lets readers ask the places that COUNT_REPLIES names how many replies a story has there.

Values for templates: discussion_css_url, discussion_js_url.
"""

from __future__ import annotations

from broadside.plugins.assets import add_script, add_stylesheet
from broadside.site import Site, signals


def add_counter(site: Site) -> None:
    """Publish the script that asks, and the style of its button."""
    if site.settings["COUNT_REPLIES"]:
        add_stylesheet(site, "discussion")
        add_script(site, "discussion")


def register() -> None:
    """Connect to the build."""
    signals.arranged.connect(add_counter)
