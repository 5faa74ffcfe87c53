"""Counts readers with the service that STATISTICS names: by its script or a picture, on each page
of the live site.

Values for templates: counter, privacy_url.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from broadside.markdown.guard import PREVIEW
from broadside.plugin import Plugin, Site, add_script, give
from broadside.plugins.statistics.services import allowed, counter_of
from broadside.plugins.statistics.settings import StatisticsSettings
from broadside.settings import Settings

SCRIPT = Path(__file__).parent / "static" / "matomo.js"


def add_counter(site: Site) -> None:
    """Tell templates what counts readers: nothing, in a preview."""
    setting, siteurl = StatisticsSettings.of(site.settings).STATISTICS, site.urls.site
    counter = None
    if setting and not (site.settings.SHOW_DRAFTS or PREVIEW.match(siteurl)):
        counter = counter_of(setting, siteurl)
        site.values["privacy_url"] = site.content.target(setting.privacy, "")[0]
    site.values["counter"] = counter
    if counter and counter.service == "matomo" and counter.script:
        # It tells Matomo's own script what to count, because no page may have a script in its text.
        add_script(site, SCRIPT)


def origins(settings: Settings) -> Iterable[tuple[str, str]]:
    """The service's origin, if there is one."""
    return allowed(StatisticsSettings.of(settings).STATISTICS)


def links(settings: Settings) -> Iterable[tuple[str, str]]:
    """The page about privacy."""
    if setting := StatisticsSettings.of(settings).STATISTICS:
        yield "STATISTICS", setting.privacy


def register() -> None:
    """Give the counter, what the policy must allow for it, and its link."""
    give(__name__, Plugin(arranged=[add_counter], origins=[origins], links=[links]))
