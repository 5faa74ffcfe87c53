"""Stories as plugins see them, without a content folder behind them."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from broadside.plugins.newsroom.terms import Author, Byline, Section, StoryType
from broadside.plugins.urls import Urls

URLS = Urls("https://outlet.example", "{slug}/", "drafts/{slug}/", "{slug}/", {})
DAWN = datetime.fromisoformat("2026-11-01T09:00:00+01:00")
EUROPE = Section("Europe", "europe", "sections/europe/")
ASIA = Section("Asia", "asia", "sections/asia/")
BRIEFS = Section("Briefs", "briefs", "sections/briefs/", rail="briefs")
ANALYSIS = StoryType("Analysis", "analysis", "types/analysis/")
ANA = Author("Ana Pereira", "ana-pereira", "authors/ana-pereira/")


def story(number: int = 0, *sections: Section, **values: Any) -> Any:
    """The story of day `number`; a later one is newer."""
    date = DAWN + timedelta(days=number)
    usual = {
        "slug": f"story-{number}",
        "url": f"{date:%Y/%m}/story-{number}/",
        "title": f"Story {number}",
        "dek": f"Dek {number}.",
        "date": date,
        "updated": None,
        "byline": [Byline(ANA)],
        "authors": [ANA],
        "sections": list(sections or (EUROPE,)),
        "story_type": ANALYSIS,
        "topics": [],
        "photo": None,
        "inline_photos": [],
        "corrections": [],
        "lang": "en",
        "dir": "ltr",
        "languages": [],
        "canonical": "",
    }
    given = usual | values
    return SimpleNamespace(**({"first_url": given["url"]} | given))
