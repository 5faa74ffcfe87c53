"""The pages of series, and the place of every part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from broadside.content.terms import Translation, version_for
from broadside.plugin import Page, Site, add_stylesheet
from broadside.plugins.indexes.numbering import IndexPage, Pagination, paginated
from broadside.plugins.series.content import FORMED
from broadside.plugins.series.terms import FormedSeries, Part, SeriesFront
from broadside.site.linked_files import file_notes
from broadside.site.story import Story, charts_of, films_of, inline_photos
from broadside.site.texts import Texts
from broadside.urls import numbered, save_as
from broadside.words import unmarked

COUNTED = 30
"""The number of parts up to which each says how many there are.

In a longer series, a new part changes only its neighbour.
"""
Work = Mapping[str, Story]
"""A part in each of its languages, by address, the first published one first."""
NEVER = datetime.min.replace(tzinfo=UTC)
PAGE = 100
"""Parts on a page: more than nearly every series has.

They are numbered from the first, so that a full page stays as it is.
"""


def find_parts(site: Site) -> None:
    """Give each story its places, and the site its series."""
    found: list[SeriesFront] = []
    of_stories: dict[Story, dict[str, Part]] = {}
    for record in site.content.series:
        term = site.terms.series.get(record.slug)
        if term is None:  # nothing of it is published
            continue
        # a column goes by its dates alone
        listed = () if term.form == "column" else record.data.listed
        works = in_order(site.indexes[term.url].listed, listed)
        sides = {slug: side.name for side in FORMED.of(record.data).sides for slug in side.stories}
        for story, part in places(works, term, sides):
            of_stories.setdefault(story, {})[term.url] = part
        parts = tuple(version(work, site.options.lang) for work in works)
        links, photos = (
            tuple(site.content.links_of(record)),
            tuple(inline_photos(record, site.photos)),
        )
        notes = file_notes(record, site.content, site.options.lang)
        charts = tuple(charts_of(record, site.content, site.options.lang))
        films = tuple(films_of(record, photos, site.settings.EMBEDS))
        found.append(SeriesFront(term, record, parts, links, photos, notes, charts, films))
    for story, here in of_stories.items():
        story.parts = tuple(here[term.url] for term in story.series)
    for story in site.others:  # they do not count, but show where they belong
        story.parts = tuple(Part(site.terms.series[term.slug]) for term in story.series)
    newest = {
        front.term.url: max((story.date for story in front.parts), default=NEVER) for front in found
    }
    if any(front.term.form == "debate" for front in found):
        add_stylesheet(site, "css/components/debate.css")
    site.series = sorted(
        found, key=lambda front: (newest[front.term.url], front.term.slug), reverse=True
    )


def pages(site: Site) -> Iterator[Page]:
    """The list of all series, and the pages of each."""
    if site.series:
        listed = [(front.term, len(front.parts)) for front in site.series]
        yield Page(save_as(site.urls.lists["series"]), "all_series", {"all_series": listed})
    for front in site.series:
        yield from _pages_of(front, site)


def _pages_of(front: SeriesFront, site: Site) -> Iterator[Page]:
    """The front of a series, with its introduction and first parts, and numbered pages for the
    rest.

    A column begins with its newest part, so its pages are numbered like those of an index; only its
    front has a `first` part.
    """
    url, sides = front.term.url, [side.name for side in FORMED.of(front.record.data).sides]
    for first, page in _stretches(front, site.settings.INDEX_SIZE):
        total = 0
        if first == 1:
            total = len(front.parts)
        values = {
            "series": front,
            "articles": page.stories,
            "sides": (
                [(side, _of_side(side, page.stories, front.term)) for side in (*sides, "")]
                if sides
                else []
            ),
            "first": first,
            "card": site.series_cards.get(url),
            "total": total,
            "pagination": page.pagination,
        }
        yield Page(save_as(page.url), "series", values)


def _of_side(side: str, stories: Sequence[Story], debate: FormedSeries) -> list[Story]:
    """The stories on this side of a debate; "": those on none, which are replies."""
    return [
        story
        for story in stories
        for part in story.parts
        if part.series == debate and part.side == side
    ]


def _stretches(front: SeriesFront, size: int) -> Iterator[tuple[int, IndexPage]]:
    """Each page of a series, and the number of its first part; those of a column are of `size`."""
    url, last = front.term.url, max(1, -(-len(front.parts) // PAGE))
    if front.term.form == "column":
        yield from (
            (0 if page.pagination.number else 1, page) for page in paginated(front.parts, url, size)
        )
        return
    urls = ["", url, *(numbered(url, number) for number in range(2, last + 1)), ""]
    for number in range(1, last + 1):
        first, place = (
            (number - 1) * PAGE,
            Pagination(urls[number], number, urls[number - 1], urls[number + 1]),
        )
        yield first + 1, IndexPage(urls[number], list(front.parts[first : first + PAGE]), place)


def in_order(oldest_first: Sequence[Story], listed: Sequence[str]) -> list[Work]:
    """The parts of a series, from all their versions: first those that it lists by slug, then the
    others by date.
    """
    works: dict[str, dict[str, Story]] = {}
    for story in oldest_first:
        original = story.url
        if story.languages:
            original = story.languages[0].url
        works.setdefault(original, {})[story.url] = story
    places = {slug: at for at, slug in enumerate(listed)}

    def place(work: Work) -> int:
        return min(places.get(story.slug, len(places)) for story in work.values())

    return sorted(works.values(), key=place)


def version(work: Work, lang: str) -> Story:
    """A part in the language, or in that of its original."""
    first = next(iter(work.values()))
    return work.get(version_for(first, lang, work), first)


def places(
    works: Sequence[Work], series: FormedSeries, sides: Mapping[str, str]
) -> Iterator[tuple[Story, Part]]:
    """Each version of each part with its place in the series; `sides` is slug -> side of a
    debate.
    """
    # "Part 1 of 1" would say that there are no more to come.
    total = 0
    if 1 < len(works) <= COUNTED and series.is_counted:
        total = len(works)
    for at, work in enumerate(works):
        before, after = (
            works[at - 1] if at else None,
            works[at + 1] if at + 1 < len(works) else None,
        )
        side = next((sides[story.slug] for story in work.values() if story.slug in sides), "")
        for story in work.values():
            previous, following = (
                (
                    _link(other, story.lang)
                    if other and not (series.form == "debate" and _answers(story, other))
                    else None
                )
                for other in (before, after)
            )
            yield story, Part(series, at + 1, total, previous, following, side)


def _answers(story: Story, other: Work) -> bool:
    """Whether this version of a part answers another part, or the other it: its page then has a
    line of its own for that.
    """
    own = story.record.data.answers
    return any(
        own == each.slug or each.record.data.answers == story.slug for each in other.values()
    )


def _link(work: Work, lang: str) -> Translation:
    story = version(work, lang)
    return Translation(story.lang, story.dir, story.title, story.url, story.paid_by)


def series_label(series: FormedSeries, texts: Texts) -> str:
    """What a series is called, such as "Dossier" or "Issue 3, Spring 2026", in the words of the
    templates.
    """
    words = texts.environment.get_template("series_words.html").module
    return unmarked(str(words.series_label(series)).strip())  # type: ignore[attr-defined]
