"""Counts readers with the service that STATISTICS names: by its script or a picture, on each page
of the live site.

Values for templates: counter, privacy_url.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from broadside.markdown.guard import PREVIEW
from broadside.plugin import Plugin, add_script, give
from broadside.plugins.statistics.services import Counter, allowed, counter_of
from broadside.plugins.statistics.shapes import PRIVACY
from broadside.site import Site

SCRIPT = Path(__file__).parent / "static" / "matomo.js"


def add_counter(site: Site) -> None:
    """Tell templates what counts readers: nothing, in a preview."""
    counter = _counter(site)
    site.values["counter"] = counter
    if counter:
        site.values["privacy_url"] = site.content.target(
            site.settings["STATISTICS"].get("privacy", PRIVACY), ""
        )[0]
    if counter and counter.service == "matomo" and counter.script:
        # It tells Matomo's own script what to count, because no page may have a script in its text.
        add_script(site, SCRIPT)


def _counter(site: Site) -> Counter | None:
    setting, siteurl = site.settings["STATISTICS"], site.urls.site
    is_preview = site.settings["SHOW_DRAFTS"] or PREVIEW.match(siteurl)
    if setting and not is_preview:
        return counter_of(setting, siteurl)
    return None


def origins(settings: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The service's origin, if there is one."""
    return allowed(settings["STATISTICS"])


def links(settings: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The page about privacy."""
    if settings["STATISTICS"]:
        yield "STATISTICS", settings["STATISTICS"].get("privacy", PRIVACY)


def register() -> None:
    """Give the counter, what the policy must allow for it, and its link."""
    give(__name__, Plugin(arranged=[add_counter], origins=[origins], links=[links]))
