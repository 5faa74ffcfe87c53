"""Decides which stories are in which rail."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from msgspec import Struct

from broadside.plugins.newsroom.story import Story
from broadside.plugins.newsroom.terms import Section, is_short
from broadside.plugins.urls import LATEST


class Rail(Struct, frozen=True):
    """A short list of the newest stories: its name in the page, its title, the address of the full list, and the stories."""

    name: str
    title: str
    url: str
    articles: list[Story]


def rails_of(
    oldest_first: Sequence[Story], sections: Sequence[Section], filed: Mapping[str, Sequence[Story]], length: int
) -> list[Rail]:
    """The rail LATEST, and one for each section that sections.yml marks as a rail; an empty rail is not shown.

    `filed` has the stories of each section, oldest first, by its address. Short-form stories are in LATEST only if there
    are no others.
    """
    long = (story for story in reversed(oldest_first) if not is_short(story))
    latest = Rail("latest", "Latest", LATEST, _first(long, length) or _first(reversed(oldest_first), length))
    others = [
        Rail(section.rail, section.name, section.url, _first(reversed(filed[section.url]), length))
        for section in sections
        if section.rail
    ]
    return [rail for rail in (latest, *others) if rail.articles]


def _first(stories: Iterable[Story], length: int) -> list[Story]:
    return list(islice(stories, length))
