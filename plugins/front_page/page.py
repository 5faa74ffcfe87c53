"""The front page, and two pages of the site itself: search and 404."""

from __future__ import annotations

from collections.abc import Iterator

from broadside.content.series import by_name
from broadside.content.terms import StoryType, Term, version_for
from broadside.front_matter.data import BlockData
from broadside.plugins.front_page.arrange import (
    EACH,
    FrontPart,
    Stock,
    arrange,
    current_slots,
    usual_parts,
)
from broadside.plugins.indexes.pages import LEADS
from broadside.plugins.rails import without
from broadside.plugins.search import choices_of
from broadside.site import Page, Site
from broadside.site.doors import FRONT_BLOCKS
from broadside.slugs import slug_of
from broadside.urls import LISTED, save_as


def pages(site: Site) -> Iterator[Page]:
    """The front page, search and 404."""
    wanted = current_slots(
        site.content.lists.slots, site.options.now, {story.slug for story in site.stories}
    )
    lang, parts = site.options.lang, [*parts_of(site)]
    shown = site.rails
    if {"latest", "briefs"}.isdisjoint(part.kind for part in parts):
        shown = []
    # it stays as it is, whatever else the page shows
    most_read = [rail for rail in shown if not rail.url]
    # The stories of the latest are on the page already.
    rails = [rail for rail in shown if rail.url not in ("", site.urls.own["latest"])]
    days = site.settings.FRONT_DAYS
    given = {block.name: block.stories(site) for block in FRONT_BLOCKS}
    stock = Stock(
        site.stories, lambda term: site.indexes[term.url].stories, lang, days, LEADS, given
    )
    short = [story.url for rail in rails for story in rail.articles]
    front = arrange(parts, wanted, list(site.terms.sections.values()), stock, short)
    picked = {
        version_for(each, lang) for each in (*(slot.article for slot in front.slots), *front.beside)
    }
    values = {
        "slots": front.slots,
        "beside": front.beside,
        "blocks": front.blocks,
        "rails": [*without(rails, picked, site.settings.RAIL_LENGTH), *most_read],
    }
    yield Page("index.html", "front", values)
    yield Page(
        save_as(site.urls.own["search"]),
        "search",
        {"choices": choices_of(site.published, site.terms)},
    )
    yield Page("404.html", "not_found")


def parts_of(site: Site) -> Iterator[FrontPart]:
    """The blocks of front_page.yml, without those about something that no published story has; or
    the usual ones.
    """
    newest, per_section = site.settings.FRONT_NEWEST, site.settings.FRONT_EACH
    usually = {"latest": newest, "sections": per_section} | {
        block.name: block.most for block in FRONT_BLOCKS
    }
    wanted = [entry.data for entry in site.content.lists.blocks]
    if not wanted:
        yield from usual_parts(newest, per_section, opinions(site))
        return
    if "lead" not in [data.block for data in wanted]:
        yield FrontPart("lead")
    for data in wanted:
        terms = terms_of(data, site)
        if terms or not (
            data.section or data.type or data.topic or data.block in ("opinion", "series")
        ):
            stories = data.stories or usually.get(data.block, EACH)
            yield FrontPart(data.block, terms, data.title, stories)


def terms_of(data: BlockData, site: Site) -> tuple[Term, ...]:
    """What the stories of a block are filed under; empty if any story will do."""
    for kind in LISTED:
        if name := getattr(data, kind.name, ""):
            return (site.terms.listed[kind.name][name],)
    if data.topic:
        topic = site.terms.free.get("topic", {}).get(
            slug_of(data.topic, site.content.lists.slugs_of["topic"])
        )
        if topic and topic.url:
            return (topic,)
        return ()
    if data.block == "series":  # the one that is named, or the one with the newest part
        named = by_name(site.content).get(data.series)
        wanted = [
            front.term
            for front in site.series
            if front.parts and (not named or front.record is named)
        ]
        return tuple(wanted[:1])
    if data.block == "opinion":
        return opinions(site)
    return ()


def opinions(site: Site) -> tuple[StoryType, ...]:
    """The story types that search engines are told are opinions."""
    return tuple(kind for kind in site.terms.story_types.values() if kind.is_opinion)
