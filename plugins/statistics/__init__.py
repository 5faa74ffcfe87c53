"""Counts readers with the service that STATISTICS names: by its script or a picture, on each page of the live site.

Values for templates: counter, privacy_url, matomo_js_url.
"""

from __future__ import annotations

from broadside.markdown.guard import PREVIEW
from broadside.plugin import Plugin, give
from broadside.plugins.assets import add_script
from broadside.site import Site
from broadside.site.statistics import PRIVACY, Counter, counter_of


def add_counter(site: Site) -> None:
    """Tell templates what counts readers: nothing, in a preview."""
    counter = _counter(site)
    site.values["counter"] = counter
    if counter:
        site.values["privacy_url"] = site.content.target(site.settings["STATISTICS"].get("privacy", PRIVACY), "")[0]
    if counter and counter.service == "matomo" and counter.script:
        # It tells Matomo's own script what to count, because no page may have a script in its text.
        add_script(site, "matomo")


def _counter(site: Site) -> Counter | None:
    setting, siteurl = site.settings["STATISTICS"], site.urls.site
    is_preview = site.settings["SHOW_DRAFTS"] or PREVIEW.match(siteurl)
    return counter_of(setting, siteurl) if setting and not is_preview else None


def register() -> None:
    """Give what it adds to a build."""
    give(__name__, Plugin(arranged=[add_counter]))
