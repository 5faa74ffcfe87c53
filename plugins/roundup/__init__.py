"""The weekly round-up on the site: a page for each that has an editor's note, and a list of them all.

No settings; the mail is made by a command (broadside/desk/roundup.py), not by the build.
Signals used: article_generator_finalized, article_writer_finalized. Needs newsroom and indexes.
If there are round-ups, adds to the context: roundups (those that are out, newest first), which feeds and sitemaps name,
and roundup_url. Writes the templates roundup (drafts and held ones below /drafts/) and roundups.
"""

from __future__ import annotations

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.press import Press
from broadside.plugins.urls import save_as


def collect_roundups(generator: ArticlesGenerator) -> None:
    """Find the stories of each round-up that this build shows."""
    context = generator.context
    newsroom, desk = context["newsroom"], context["desk"]
    records = [record for record in newsroom.roundups if record.path in newsroom.addresses.urls_of]
    if not records:
        return
    from broadside.plugins.roundup.edition import editions  # outlets without a round-up need none of it

    found = editions(records, context["stories"], context["sections"], desk.rules.zone, newsroom)
    context["roundups"] = [each for each in found if each.desk_status == "published"]
    context["waiting_roundups"] = [each for each in found if each.desk_status != "published"]
    if context["roundups"]:
        context["roundup_url"] = desk.urls.roundup()


def write_roundups(generator: ArticlesGenerator, writer: Press) -> None:
    """Write the page of each round-up, and the list of those that are out."""
    context = generator.context
    published = context.get("roundups", [])
    for each in (*published, *context.get("waiting_roundups", ())):
        writer.write_file(save_as(each.url), generator.get_template("roundup"), context, roundup=each)
    if published:
        index = save_as(context["roundup_url"])
        writer.write_file(index, generator.get_template("roundups"), context, roundups=published)


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(collect_roundups)
    signals.article_writer_finalized.connect(write_roundups)
