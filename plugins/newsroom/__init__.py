"""Reads the content folder and gives Pelican its stories and pages ready made; nothing is dropped silently.

Settings: NOW (ISO 8601, the one clock; default SOURCE_DATE_EPOCH, else the time of the build), SHOW_DRAFTS,
DEFAULT_STORY_TYPE, DEK_FROM_TEXT, STORY_TYPE_URL, SITE_PATHS (the site's own pages and files), SITE_FOLDERS (its folders
without a page), FOOTER_LINKS (those that lead somewhere stay in the context), JOBS, CACHE_PATH, PLUGINS, and Pelican's PATH,
TIMEZONE, DEFAULT_LANG, ARTICLE_URL, DRAFT_URL, PAGE_URL, CATEGORY_URL, AUTHOR_URL, TAG_URL.
Signals used: article_generator_init, page_generator_init, all_generators_finalized, article_writer_finalized. Sends
Pelican's article_generator_write_article for each story before any is written, and page_generator_write_page for pages.
Needs press. Adds to articles: all of vocabulary.ARTICLE_ATTRIBUTES; the stream stays empty. Adds to the context:
newsroom, desk, terms, keeping, album, texts, root, lists, sections, story_types, year. Adds the filters body, is_rtl, long_date, clock,
date_and_hour, day and iso.
Sends the signal was_read of broadside.plugins.signals, so that work on what was read can begin at once.
Raises FaultsFound, with every fault of the content, before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any, cast

from pelican.contents import Article, Page
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.plugins import signals

from broadside.plugins.dates import DATES, now_of
from broadside.plugins.faults import FaultsFound
from broadside.plugins.fingerprint import digest, of_code, of_own
from broadside.plugins.front_matter.data import Written
from broadside.plugins.front_matter.keys import OWN
from broadside.plugins.front_matter.validate import Rules
from broadside.plugins.markup.typography import is_rtl
from broadside.plugins.newsroom.addresses import published
from broadside.plugins.newsroom.cache import Cache
from broadside.plugins.newsroom.links import of_the_foot
from broadside.plugins.newsroom.read import in_processes, read_newsroom
from broadside.plugins.newsroom.records import Record
from broadside.plugins.newsroom.room import Desk, Newsroom
from broadside.plugins.newsroom.story import SET_BY_US, Story, attributes, count_in, handed, page_attributes
from broadside.plugins.newsroom.terms_of import terms_of
from broadside.plugins.newsroom.texts import Texts, drawing
from broadside.plugins.photos.album import Album
from broadside.plugins.press import Press
from broadside.plugins.press.environment import environments
from broadside.plugins.processes import Future
from broadside.plugins.shelf import Shelf
from broadside.plugins.signals import was_read
from broadside.plugins.urls import LISTS, Urls


def desk_of(settings: dict[str, Any]) -> Desk:
    """What the settings say about reading."""
    rules, urls = Rules.from_settings(settings), Urls.from_settings(settings)
    # An outlet's own settings may still name the lists, which may be elsewhere now.
    paths = dict.fromkeys([*urls.lists.values(), *settings.get("SITE_PATHS", ())])
    return Desk(
        rules,
        urls,
        now_of(settings.get("NOW"), rules.zone),
        settings["DEFAULT_LANG"],
        settings.get("SHOW_DRAFTS", False),
        tuple(path for path in paths if path in urls.lists.values() or path not in LISTS.values()),
        tuple(settings.get("SITE_FOLDERS", ())),
    )


def newsroom_of(settings: dict[str, Any]) -> tuple[Newsroom, Desk, Cache]:
    """The content folder that the settings name, read as they say, with the cache that it was read through.

    Its faults are for the caller to act on. A command that only asks does not save the cache, and leaves no trace.
    """
    desk, root = desk_of(settings), Path(settings["PATH"])
    read = in_processes(root, desk, settings.get("JOBS", 1))
    own = of_own(settings["PLUGINS"]) if OWN else ""  # whose checks of their own keys have made what is kept
    mark = digest(of_code(), repr(desk.rules), desk.lang, own)
    cache = Cache(Shelf(Path(settings["CACHE_PATH"]), "records", mark), root, read)
    return read_newsroom(root, desk, cache.read_many), desk, cache


class Made:
    """An article or page most of whose attributes are given, so that Pelican need not work them out.

    It works out the others, such as `locale_date`, when somebody asks for one: an archive has thousands of stories, and a
    build looks at few of them. The text stays in its record until a page shows it.
    """

    url = save_as = status = summary = ""
    """Plain attributes here, which are properties of Pelican's classes."""
    record: Record[Written]
    set_by_others: frozenset[str] = frozenset()
    _context: dict[str, Any]

    def __init__(self, content: str, values: dict[str, Any], *rest: Any) -> None:
        values |= {"_made_of": (content, *rest), "override_save_as": values["save_as"]}  # Pelican asks for the second
        object.__setattr__(self, "__dict__", values)  # not a copy: an archive would have thousands
        if signals.content_object_init.receivers:  # another plugin wants to see each object
            self._work_out()
            signals.content_object_init.send(self)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute, and note it if another plugin does so, since a page may show it."""
        super().__setattr__(name, value)
        if name not in SET_BY_US:
            self.__dict__["set_by_others"] = self.set_by_others | {name}

    def __getattr__(self, name: str) -> Any:
        """Have Pelican work out an attribute that was not given."""
        if "_made_of" not in self.__dict__ or name.startswith("__"):
            raise AttributeError(f"{type(self).__name__} has no {name}")
        self._work_out()
        return getattr(self, name)

    def _work_out(self) -> None:
        content, *rest = self.__dict__.pop("_made_of")
        known, noted = self.__dict__.copy(), self.set_by_others
        metadata = {name: value for name, value in known.items() if name not in ("override_save_as", "set_by_others")}
        with signals.content_object_init.muted():  # or what others set would be mixed with what Pelican sets
            super().__init__(*(content, metadata, *rest))
        self.__dict__.update(known, set_by_others=noted)  # other plugins may have set some since

    def _get_content(self) -> str:
        return str(self._context["texts"].body(self))

    def get_relative_source_path(self, source_path: str | None = None) -> str | None:
        """The path below the content folder, which our records know."""
        if source_path:
            return cast("str | None", super().get_relative_source_path(source_path))  # type: ignore[misc]
        return self.record.path

    def get_static_links(self) -> set[str]:
        """None: the only files that texts show are photos, which plugins.photos handles."""
        return set()

    def refresh_metadata_intersite_links(self) -> None:
        """Do nothing: front matter is plain text."""


class MadeArticle(Made, Article):
    """A story as Pelican's article."""


class MadePage(Made, Page):
    """A plain page as Pelican's page."""


def take_over_articles(generator: ArticlesGenerator) -> None:
    """Read everything, stop at errors, and give Pelican its articles ready made."""
    settings, context = generator.settings, generator.context
    # Pelican takes stories or pages that share a slug for translations of each other, and lists only one of them.
    settings.update(ARTICLE_TRANSLATION_ID=None, PAGE_TRANSLATION_ID=None)
    newsroom, desk, cache = newsroom_of(settings)
    if newsroom.broken:
        cache.save()
        raise FaultsFound(newsroom.faults)
    album = Album(newsroom.originals)
    terms = terms_of(newsroom, album)
    context.update(newsroom=newsroom, desk=desk, terms=terms, album=album, year=desk.now.year)
    context.update(root=desk.urls.root, lists=desk.urls.lists)
    # If little is new, another process saves it. If much is, all processors will be busy, and one more process would only
    # take memory. All forks are made here, one after the other: after a fork, the first touch of each page of memory is slow.
    context["keeping"] = Future.of(cache.save, settings.get("JOBS", 1) if cache.has_little_to_save else 1)
    was_read.send(generator, newsroom=newsroom, published=published(newsroom), mark=cache.shelf.mark)
    context.update(sections=list(terms.sections.values()), story_types=list(terms.story_types.values()))
    # The settings are the demo's until an outlet writes its own; its content may be there before.
    context["FOOTER_LINKS"] = list(of_the_foot(settings.get("FOOTER_LINKS") or (), newsroom.target))
    context["texts"] = Texts(drawing(generator.env))
    stories = newsroom.stories  # in the order of their paths: the first that has a topic names it
    found = [data for each in stories if (data := attributes(each, newsroom, desk, terms, album))]
    found.sort(key=lambda data: data["record"].moment, reverse=True)  # as Pelican wants them
    _serve(generator, MadeArticle, found)

    # Pelican's own index pages scan every story for every term; the indexes plugin makes them instead.
    generator.generate_pages = partial(write_stories, generator)


def write_stories(generator: ArticlesGenerator, writer: Press) -> None:
    """Write the pages of stories; those of published ones are in quires from the oldest on, most of which do not change."""
    hidden = [*generator.hidden_translations, *generator.hidden_articles]
    others = [*generator.translations, *hidden, *generator.drafts_translations, *generator.drafts]
    if signals.article_generator_write_article.receivers:
        for story in [*generator.articles, *others]:
            signals.article_generator_write_article.send(generator, content=story)
    count_in([*generator.articles, *others])

    def write(stories: Iterable[Story]) -> None:
        for story in stories:
            template = generator.get_template(story.template)
            writer.write_file(story.save_as, template, generator.context, **handed(story))

    for number, some in writer.quires(generator.articles[::-1]):
        writer.add_quire(
            f"stories/{number}",
            generator.context,
            partial(write, some),
            save_as=" ".join([f"{story.save_as} {story.template} {len(story.stream)}" for story in some]),
            article=some,
            stories=[each for story in some for each in story.stream],
            rails=[(story.save_as, story.rails) for story in some if story.rails],
        )
    write(others)


def keep_records(generator: ArticlesGenerator, writer: Press) -> None:
    """Have the records saved by the time the site is printed."""
    writer.meanwhile(generator.context["keeping"])


def take_over_pages(generator: PagesGenerator) -> None:
    """Give Pelican its plain pages ready made, from what was read for the articles."""
    context = generator.context
    newsroom, desk, album = context["newsroom"], context["desk"], context["album"]
    pages = newsroom.pages
    _serve(generator, MadePage, [data for each in pages if (data := page_attributes(each, newsroom, desk, album))])
    generator.generate_output = partial(write_pages, generator)


def write_pages(generator: PagesGenerator, writer: Press) -> None:
    """Write plain pages as Pelican does, but only after other plugins have seen all of them."""
    pages = [*generator.pages, *generator.hidden_pages, *generator.draft_pages]
    for page in pages:
        signals.page_generator_write_page.send(generator, content=page)
    count_in(pages)
    for page in pages:
        writer.write_file(page.save_as, generator.get_template(page.template), generator.context, page=page)
    signals.page_writer_finalized.send(generator, writer=writer)


def content_of(kind: type[Any], data: dict[str, Any], settings: dict[str, Any], context: dict[str, Any]) -> Any:
    """A MadeArticle or MadePage with these attributes; it keeps the dict itself."""
    return kind("", data, settings, f"{settings['PATH']}/{data['record'].path}", context)


def _serve(generator: Any, kind: type[Any], found: list[dict[str, Any]]) -> None:
    """Answer Pelican from what was read when it asks for files, and for what it cached of them."""
    settings, context = generator.settings, generator.context
    contents = {data["record"].path: content_of(kind, data, settings, context) for data in found}
    generator.get_files = lambda *args, **kwargs: list(contents)
    generator.get_cached_data = lambda path, default=None: contents.get(path, default)
    generator.cache_data = lambda path, data: None
    generator._check_disabled_readers = lambda *args, **kwargs: None


def add_filters(generators: list[Generator]) -> None:
    """Add our filters to the templates' environments."""
    for environment in environments(generators):
        environment.filters.update(DATES, body=generators[0].context["texts"].body, is_rtl=is_rtl)


def register() -> None:
    """Connect to Pelican."""
    signals.article_generator_init.connect(take_over_articles)
    signals.page_generator_init.connect(take_over_pages)
    signals.all_generators_finalized.connect(add_filters)
    signals.article_writer_finalized.connect(keep_records)
