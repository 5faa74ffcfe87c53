"""Sections in a plain Pelican site: articles name theirs in their headers, and each has pages and a
feed.

The pages are those of a category: made by the theme's template `section`, or by `category` if the
theme has none of that name.
"""

from __future__ import annotations

from typing import Any

from pelican.generators import PelicanTemplateNotFound
from pelican.paginator import Page, Paginator
from pelican.plugins import signals
from pelican.urlwrappers import URLWrapper

from broadside.plugins.indexes.numbering import IndexPage, paginated
from broadside.site.plain import every_article, listed
from broadside.urls import below, save_as

ADDRESS = "sections/{slug}/"


class Section(URLWrapper):
    """A section as templates have it, like one of Pelican's categories: its name, slug and
    address.
    """

    @property
    def feed_url(self) -> str:
        """The address of its feed."""
        return below(self.url, "feed.xml")


def add_settings(generator: Any) -> None:
    """Have sections at their address, unless the site's settings have them elsewhere."""
    url = generator.settings.setdefault("SECTION_URL", ADDRESS)
    generator.settings.setdefault("SECTION_SAVE_AS", save_as(url))


def add_sections(generator: Any) -> None:
    """Give every article its `section` and `sections`, and templates `sections`: pairs of a section
    and its articles, newest first.
    """
    for article in every_article(generator):
        named = (
            Section(name, generator.settings) for name in listed(article, "sections", "section")
        )
        # Pelican warns of one without
        article.sections = [section for section in named if section.slug]
        if article.sections:
            article.section = article.sections[0]
        else:
            article.section = None
    found: dict[Section, list[Any]] = {}
    for article in sorted(
        generator.articles, key=lambda article: (article.date, article.slug), reverse=True
    ):
        for section in article.sections:
            found.setdefault(section, []).append(article)
    generator.sections = sorted(found.items())
    generator._update_context(["sections"])


def write_sections(generator: Any, writer: Any) -> None:
    """Write the pages and the feed of each section."""
    try:
        template = generator.get_template("section")
    except PelicanTemplateNotFound:
        template = generator.get_template("category")
    relative = generator.settings["RELATIVE_URLS"]
    for section, articles in generator.sections:
        if generator.settings["NEWEST_FIRST_ARCHIVES"]:
            dates = articles
        else:
            dates = articles[::-1]
        shown = {
            "section": section,
            "category": section,
            "articles": articles,
            "dates": dates,
            "all_articles": generator.articles,
            "blog": True,
            "page_name": section.page_name,
            # By these, themes name the feed of a category.
            "CATEGORY_FEED_ATOM": section.feed_url,
            "CATEGORY_FEED_ATOM_URL": section.feed_url,
            "CATEGORY_FEED_RSS": None,
        }
        pages = FromOldest(section, articles, generator.settings)
        for number in pages.page_range:
            page = pages.page(number)
            next_page = None
            if page.has_next():
                next_page = pages.page(number + 1)
            previous_page = None
            if page.has_previous():
                previous_page = pages.page(number - 1)
            around = {
                "page": page,
                "paginator": pages,
                "previous_page": previous_page,
                "next_page": next_page,
            }
            places = {
                f"{key}_{name}": value
                for key in ("articles", "dates")
                for name, value in around.items()
            }
            writer.write_file(
                page.save_as, template, generator.context, relative, url=page.url, **shown, **places
            )
        writer.write_feed(articles, generator.context, section.feed_url, feed_title=section.name)


class FromOldest(Paginator):
    """Pelican's paginator with our pages: readers see page 1 first, but addresses are numbered from
    the oldest page.
    """

    def __init__(self, section: Section, newest_first: list[Any], settings: Any) -> None:
        super().__init__(section.save_as, section.url, newest_first, settings)
        size = settings["DEFAULT_PAGINATION"] or max(1, len(newest_first))
        front, *others = paginated(newest_first[::-1], section.url, size)
        # The second is the front again, under the number that it has once it is closed.
        self._pages = [front, *others[1:]]
        self._num_pages = len(self._pages)

    def page(self, number: int) -> Numbered:
        """A page by the number that readers see."""
        return Numbered(self._pages[number - 1], number, self)


class Numbered(Page):
    """A page at an address that stays its own."""

    def __init__(self, made: IndexPage, number: int, pages: FromOldest) -> None:
        super().__init__(save_as(made.url), made.url, made.stories, number, pages, pages.settings)
        self.url, self.save_as = made.url, save_as(made.url)

    url = save_as = ""  # what Pelican works out from the number


def connect() -> None:
    """Connect to Pelican."""
    signals.article_generator_init.connect(add_settings)
    signals.article_generator_finalized.connect(add_sections)
    signals.article_writer_finalized.connect(write_sections)
