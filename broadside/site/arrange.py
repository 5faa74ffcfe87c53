"""Arranges the site from the content: stories, pages, terms, photos and indexes."""

from __future__ import annotations

from broadside.content.cache import Cache
from broadside.content.content import Content, ReadOptions
from broadside.content.terms import oldest_first
from broadside.media.derivatives import Photos
from broadside.settings import Settings
from broadside.site import Site
from broadside.site.all_terms import terms_of
from broadside.site.indexes import collect
from broadside.site.menus import footer, main_menu, utility_menu
from broadside.site.story import Maker
from broadside.site.texts import Texts


def arrange(
    content: Content, options: ReadOptions, settings: Settings, cache: Cache, texts: Texts
) -> Site:
    """The site of a content folder without errors, before plugins add to it."""
    photos = Photos(content.originals)
    terms = terms_of(content, photos)
    maker = Maker(content, options, terms, photos, settings, texts)
    # Sorted by path: the first story with a topic decides how its name is spelled.
    stories = [
        maker.story(record)
        for record in content.stories
        if options.shows(content.states[record.path])
    ]
    published = oldest_first(story for story in stories if story.desk_status == "published")
    pages = [
        maker.plain_page(record)
        for record in content.pages
        if options.shows(content.states[record.path])
    ]
    sections = list(terms.sections.values())
    foot = footer(settings, content.target)
    return Site(
        settings=settings,
        content=content,
        options=options,
        mark=cache.mark,
        store=cache.store,
        terms=terms,
        photos=photos,
        maker=maker,
        texts=texts,
        stories=[story for story in published if not story.paid_by],
        paid=[story for story in published if story.paid_by],
        others=[story for story in stories if story.desk_status != "published"],
        plain_pages=pages,
        indexes=collect(published, options.urls, terms.every, options.words.of()),
        values={
            "root": options.urls.root,
            "lists": options.urls.lists,
            "addresses": options.urls.own,
            "sections": sections,
            "story_types": list(terms.story_types.values()),
            "year": options.now.year,
            "menu": main_menu(settings, sections, content.target),
            "utility_links": utility_menu(settings, content.target),
            "footer": foot,
            "FOOTER_LINKS": [(link.label, link.url) for group in foot for link in group.links],
        },
    )
