"""The front page, and two pages of the site itself: search and 404.

Settings: FRONT_NEWEST (stories in the automatic list, default 8), FRONT_EACH (stories of each section, default 4).
"""

from __future__ import annotations

from collections.abc import Iterator

from broadside.plugins import signals
from broadside.plugins.front_page.arrange import EACH, NEWEST, arrange, current
from broadside.plugins.site import Site
from broadside.plugins.site.page import Page
from broadside.plugins.urls import save_as


def pages(site: Site) -> Iterator[Page]:
    """The front page, search and 404."""
    wanted = current(site.content.lists.front_page, site.options.now)
    newest, per_section = site.settings.get("FRONT_NEWEST", NEWEST), site.settings.get("FRONT_EACH", EACH)
    front = arrange(wanted, site.stories, list(site.terms.sections.values()), newest, per_section, site.options.lang)
    values = {
        "slots": front.slots,
        "articles": front.articles,
        "by_section": front.by_section,
        "rails": [
            rail for rail in site.rails if rail.url != site.urls.own["latest"]
        ],  # its stories are on the page already
    }
    yield Page("index.html", "front", values)
    yield Page(save_as(site.urls.own["search"]), "search")
    yield Page("404.html", "not_found")


def register() -> None:
    """Connect to the build."""
    signals.pages.connect(pages)
