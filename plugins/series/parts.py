"""Puts the parts of a series in order, and gives each its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from broadside.content.terms import Part, Series, Translation, version_for
from broadside.site.story import Story

COUNTED = 30
"""How many parts a series may have for each to say how many there are. In a longer one, a new part changes only its neighbour."""
Work = Mapping[str, Story]
"""A part in each of its languages, by address, the first that came out first."""


def in_order(oldest_first: Sequence[Story], listed: Sequence[str]) -> list[Work]:
    """The parts of a series, of which these stories are all versions: those that it lists by their slugs, then the others by date."""
    works: dict[str, dict[str, Story]] = {}
    for story in oldest_first:
        original = story.languages[0].url if story.languages else story.url
        works.setdefault(original, {})[story.url] = story
    places = {slug: at for at, slug in enumerate(listed)}

    def place(work: Work) -> int:
        return min(places.get(story.slug, len(places)) for story in work.values())

    return sorted(works.values(), key=place)


def version(work: Work, lang: str) -> Story:
    """A part in the language, or else in that of its original."""
    first = next(iter(work.values()))
    return work.get(version_for(first, lang, work), first)


def places(works: Sequence[Work], series: Series) -> Iterator[tuple[Story, Part]]:
    """Each version of each part with its place in the series."""
    total = len(works) if 1 < len(works) <= COUNTED else 0  # "Part 1 of 1" would say that there are no more to come
    for at, work in enumerate(works):
        before, after = works[at - 1] if at else None, works[at + 1] if at + 1 < len(works) else None
        for story in work.values():
            neighbours = (_link(other, story.lang) if other else None for other in (before, after))
            yield story, Part(series, at + 1, total, *neighbours)


def _link(work: Work, lang: str) -> Translation:
    story = version(work, lang)
    return Translation(story.lang, story.dir, story.title, story.url)
