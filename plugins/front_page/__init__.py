"""The front page, and two pages of the site itself: search and 404.

Settings: FRONT_NEWEST (stories in the automatic list, default 8), FRONT_EACH (stories of each section, default 4).
Signals used: article_writer_finalized. Needs newsroom, indexes and rails.
Writes the templates front, search and not_found.
"""

from __future__ import annotations

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.front_page.arrange import EACH, NEWEST, arrange, current
from broadside.plugins.press import Press
from broadside.plugins.urls import LATEST, SEARCH, save_as


def write_front(generator: ArticlesGenerator, writer: Press) -> None:
    """Write the front page."""
    context, settings = generator.context, generator.settings
    wanted = current(context["newsroom"].lists.front_page, context["desk"].now)
    newest, each = settings.get("FRONT_NEWEST", NEWEST), settings.get("FRONT_EACH", EACH)
    front = arrange(wanted, context["stories"], context["sections"], newest, each, context["desk"].lang)
    values = {
        "slots": front.slots,
        "articles": front.articles,
        "by_section": front.by_section,
        "rails": [rail for rail in context["rails"] if rail.url != LATEST],  # its stories are on the page already
    }
    writer.write_file("index.html", generator.get_template("front"), context, **values)
    writer.write_file(save_as(SEARCH), generator.get_template("search"), context)
    writer.write_file("404.html", generator.get_template("not_found"), context)


def register() -> None:
    """Connect to Pelican."""
    signals.article_writer_finalized.connect(write_front)
