"""Which stories stand in which rail."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from msgspec import Struct

from plugins.newsroom.story import Story
from plugins.newsroom.terms import Section, is_short
from plugins.urls import LATEST


class Rail(Struct, frozen=True):
    """A short list of stories: its name in the page, its title, the address of all of them, and the newest ones."""

    name: str
    title: str
    url: str
    articles: list[Story]


def rails_of(oldest_first: Sequence[Story], sections: Sequence[Section], length: int) -> list[Rail]:
    """LATEST, and a rail for each section that sections.yml marks as one; a rail with nothing in it is not shown.

    Short-form stories stand in LATEST only where there are no others.
    """
    newest = oldest_first[::-1]
    long = islice((story for story in newest if not is_short(story)), length)
    rails = [Rail("latest", "Latest", LATEST, list(long) or list(newest[:length]))]
    for section in sections:
        if section.rail:
            filed = (story for story in newest if any(each.url == section.url for each in story.sections))
            rails.append(Rail(section.rail, section.name, section.url, list(islice(filed, length))))
    return [rail for rail in rails if rail.articles]
