"""Running coverage: a story told in entries, the newest first, whose page asks for more by itself.

Values for templates: live_css_url, live_js_url.
"""

from __future__ import annotations

from typing import Any

from broadside.plugin import Plugin, Site, give
from broadside.plugins.coverage.content import COVERED, in_entries


def add_assets(site: Site) -> None:
    """Have the styles and the script published."""
    from broadside.plugins.assets import add_script, add_stylesheet

    add_stylesheet(site, "live")
    add_script(site, "live")


def extras(story: Any) -> list[str]:
    """What the page of such a story needs."""
    if getattr(story, "live", ""):
        return ["live"]
    return []


def register() -> None:
    """Give the key, what becomes of the text, and what its page needs."""
    give(
        __name__, Plugin(keys=[COVERED], texts=[in_entries], extras=[extras], arranged=[add_assets])
    )
