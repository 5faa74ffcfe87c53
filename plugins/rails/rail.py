"""Which stories stand in which rail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from plugins.newsroom.terms import Section, is_short
from plugins.urls import LATEST


class Rail(Struct, frozen=True):
    """A short list of stories: its name in the page, its title, the address of all of them, and the newest ones."""

    name: str
    title: str
    url: str
    articles: list[Any]


def rails_of(oldest_first: Sequence[Any], sections: Sequence[Section], length: int) -> list[Rail]:
    """LATEST, and a rail for each section that sections.yml marks as one; a rail with nothing in it is not shown."""
    newest = oldest_first[::-1]
    rails = [
        Rail(
            "latest",
            "Latest",
            LATEST,
            _first(newest, length, lambda story: not is_short(story)),
        )
    ]
    rails += [
        Rail(
            section.rail,
            section.name,
            section.url,
            _first(newest, length, lambda story, url=section.url: any(s.url == url for s in story.sections)),
        )
        for section in sections
        if section.rail
    ]
    return [rail for rail in rails if rail.articles]


def _first(stories: Sequence[Any], length: int, belongs: Any) -> list[Any]:
    found: list[Any] = []
    for story in stories:
        if len(found) == length:
            break
        if belongs(story):
            found.append(story)
    return found
