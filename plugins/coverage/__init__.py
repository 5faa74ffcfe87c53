"""Running coverage: a story told in entries, the newest first, whose page asks for more itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from broadside.plugin import Plugin, Site, add_script, add_stylesheet, give
from broadside.plugins.coverage.content import COVERED, in_entries

SCRIPT = Path(__file__).parent / "static" / "live.js"


def add_assets(site: Site) -> None:
    """Have the styles and the script published."""
    add_stylesheet(site, "css/components/live.css")
    add_script(site, SCRIPT)


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
