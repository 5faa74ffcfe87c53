"""Rails: short lists of the newest stories beside a page.

Settings: RAIL_LENGTH (stories in a rail, default 6), RAIL_PAGES (how many of the newest story pages carry the rails,
default 200; older pages link to /latest/, and a script may put the shared fragment in its place).
Signals used: article_generator_finalized, article_writer_finalized. Needs newsroom and indexes.
Adds rails to articles and to the context. Writes the template rails to latest/rails.html.
"""

from __future__ import annotations

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.press import Press
from broadside.plugins.rails.rail import rails_of, without
from broadside.plugins.urls import LATEST


def add_rails(generator: ArticlesGenerator) -> None:
    """Put the rails beside the newest stories; they do not list the story itself, in any language."""
    settings, context = generator.settings, generator.context
    stories, pages = context["stories"], settings.get("RAIL_PAGES", 200)
    filed, length = context["collected"].stories, settings.get("RAIL_LENGTH", 6)
    # One story more than is shown, which stands in for a story on its own page.
    longer = rails_of(stories, context["sections"], filed, length + 1, context["desk"].lang)
    context["rails"] = rails = without(longer, (), length)
    listed = {each.url for rail in rails for each in rail.articles}
    newest = stories[max(0, len(stories) - pages) :]
    for story in [*newest, *generator.drafts, *generator.hidden_articles]:
        own = {story.url, *(each.url for each in story.languages)}
        story.rails = rails if own.isdisjoint(listed) else without(longer, own, length)


def write_fragment(generator: ArticlesGenerator, writer: Press) -> None:
    """Write the fragment that old pages share."""
    writer.write_file(
        f"{LATEST}rails.html", generator.get_template("rails"), generator.context, rails=generator.context["rails"]
    )


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(add_rails)
    signals.article_writer_finalized.connect(write_fragment)
