"""Index pages of sections, story types, topics, authors, years and months; the archive; the lists of authors, topics and types.

Settings: INDEX_SIZE (stories on a full page, default 20). Signals used: article_generator_finalized,
article_writer_finalized. Needs newsroom and press. Adds to the context: stories (published ones, oldest first) and collected.
Writes the templates listing, archive, authors, topics and types.
"""

from __future__ import annotations

from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals

from broadside.plugins.indexes.collect import Index, archive, collect
from broadside.plugins.indexes.pages import pages
from broadside.plugins.newsroom.story import Story
from broadside.plugins.newsroom.terms import once_each
from broadside.plugins.press import Press
from broadside.plugins.rails.rail import Rail
from broadside.plugins.urls import ARCHIVE, LATEST, save_as

WITH_RAILS = ("latest", "section", "type")
"""The few kinds of index whose front shows the rails; if all had them, all would change with every new story."""


def collect_stories(generator: ArticlesGenerator) -> None:
    """File the published stories once for all plugins that list some of them."""
    context, terms = generator.context, generator.context["terms"]
    stories = sorted(generator.articles, key=lambda story: (story.date, story.slug))
    standing = [
        *terms.sections.values(),
        *terms.story_types.values(),
        *{person.url: person for person in terms.authors.values()}.values(),
    ]
    context["stories"] = stories
    context["collected"] = collect(stories, terms.urls, standing)
    # Pelican's own lists would only cost time: nothing reads them.
    generator.categories, generator.tags, generator.authors = [], {}, []


def write_indexes(generator: ArticlesGenerator, writer: Press) -> None:
    """Write every index page."""
    context = generator.context
    urls, found = context["terms"].urls, context["collected"]
    latest = Index("latest", "Latest", "", LATEST, "feed.xml")
    for index in (latest, *found.indexes.values()):
        stories = context["stories"] if index is latest else found.stories[index.url]
        rails = [rail for rail in context.get("rails", ()) if index.kind in WITH_RAILS and rail.url != index.url]
        _write_pages(generator, writer, index, stories, rails)
    _write(generator, writer, "archive", ARCHIVE, years=archive(found, urls))
    authors = sorted(each.term for each in found.indexes.values() if each.kind == "author")
    _write(generator, writer, "authors", urls.lists["author"], authors=authors)
    topics = sorted(
        (each.term, len(found.stories[each.url])) for each in found.indexes.values() if each.kind == "topic"
    )
    _write(generator, writer, "topics", urls.lists["topic"], topics=topics)
    _write(generator, writer, "types", urls.lists["type"])


def _write_pages(
    generator: ArticlesGenerator, writer: Press, index: Index, stories: list[Story], rails: list[Rail]
) -> None:
    """Write the pages of one index, with the rails on its front.

    A page lists a story in one language. Other pages are left alone, so that a translation does not change a full page.
    """
    context, listing = generator.context, generator.get_template("listing")
    for page in pages(stories, index.url, generator.settings.get("INDEX_SIZE", 20), context["terms"].urls):
        values = {
            "articles": once_each(page.stories, context["desk"].lang),
            "pagination": page.pagination,
            "rails": [] if page.pagination.number else rails,
        }
        writer.write_file(save_as(page.url), listing, context, index=index, **values)


def _write(generator: ArticlesGenerator, writer: Press, template: str, url: str, **values: Any) -> None:
    writer.write_file(save_as(url), generator.get_template(template), generator.context, **values)


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_finalized.connect(collect_stories)
    signals.article_writer_finalized.connect(write_indexes)
