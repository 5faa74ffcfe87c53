"""Stories and letters for the tests of the round-up."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

from broadside.content.records import Record
from broadside.content.terms import Section
from broadside.look.data import look_of
from broadside.plugins.roundup.content import RoundupData
from broadside.plugins.roundup.edition import Roundup, chosen
from broadside.plugins.roundup.letter import Letter, Sender, letter_of
from broadside.plugins.roundup.mail import environment
from broadside.plugins.styleguide.command.stage import Stage
from broadside.site.story import Story
from broadside.urls import Urls
from tests.markdown.setting import SETTER
from tests.repository import PROJECT

ZONE = ZoneInfo("Europe/Brussels")
DATE = datetime(2026, 11, 20, 8, tzinfo=ZONE)
SINCE = DATE - timedelta(days=7)
URLS = Urls(
    "https://halyard.example/magazine",
    "{date:%Y}/{date:%m}/{slug}/",
    "drafts/{slug}/",
    "{slug}/",
    {},
)
OUTLET = Sender(
    "Halyard",
    "World affairs",
    "en",
    URLS,
    look_of({}),
    "4 Sailmakers’ Yard",
    "{{ unsubscribe_url }}",
)
EUROPE, ASIA, BRIEFS = (
    Section("Europe", "europe", "sections/europe/"),
    Section("Asia", "asia", "sections/asia/"),
    Section("Briefs", "briefs", "sections/briefs/", rail="briefs"),
)
SECTIONS = [EUROPE, ASIA, BRIEFS]
TEMPLATES = environment(PROJECT / "theme" / "templates")
STAGE = Stage()


def story(title: str = "A story", day: int = 15, section: Section = EUROPE, **given: Any) -> Any:
    """A story of a day in November 2026."""
    date = datetime(2026, 11, day, 9, tzinfo=ZONE)
    return STAGE.story(title, **({"date": date, "sections": [section], "teaser": title} | given))


def roundup(
    *stories: Story, note: str = "", title: str = "A week", dek: str = "A line."
) -> Roundup:
    """The round-up of 20 November; `note` is Markdown."""
    record = None
    if note:
        body, faults = SETTER.set(note, "roundups/2026-11-20.md")
        assert faults == []
        record = cast(Record[RoundupData], SimpleNamespace(body=body, digest="d"))
    url = "roundup/2026-11-20/" if note else ""
    found = chosen(stories, SECTIONS, SINCE, DATE)
    return Roundup(title, dek, "2026-11-20", url, DATE, SINCE, found, record=record)


def letter(*stories: Story, **given: Any) -> Letter:
    """The letter of that round-up."""
    return letter_of(roundup(*stories, **given), OUTLET)
