"""Stories as plugins see them, without a content folder behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from broadside.content.terms import Author, Byline, Section, StoryType
from broadside.plugins.feeds.entries import Entries
from broadside.urls import Urls

URLS = Urls("https://outlet.example", "{slug}/", "drafts/{slug}/", "{slug}/", {})
DAWN = datetime.fromisoformat("2026-11-01T09:00:00+01:00")
EUROPE = Section("Europe", "europe", "sections/europe/")
ASIA = Section("Asia", "asia", "sections/asia/")
BRIEFS = Section("Briefs", "briefs", "sections/briefs/", rail="briefs")
ANALYSIS = StoryType("Analysis", "analysis", "types/analysis/")
ANA = Author("Ana Pereira", "ana-pereira", "authors/ana-pereira/")


class Given(SimpleNamespace):
    """A story that can be remembered."""

    def __hash__(self) -> int:  # type: ignore[override]
        """By identity."""
        return id(self)


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
        "series": [],
        "filed_as": None,
        "reviews": [],
        "parts": [],
        "photo": None,
        "inline_photos": [],
        "audio": None,
        "films": [],
        "file": None,
        "file_notes": {},
        "corrections": [],
        "paid_by": "",
        "lang": "en",
        "dir": "ltr",
        "languages": [],
        "canonical": "",
        "live": "",
        "ai": "",
        "ai_for": "",
        "checked_by": "",
        "method": "",
        "sources": [],
        "conflicts": "",
        "in_reply_to": "",
    }
    given = usual | values
    return Given(**({"first_url": given["url"]} | given))


def entries(
    urls: Urls = URLS, html: str | Callable[[Any], str] = "", outlet: str = "Outlet"
) -> Entries:
    """What makes the entries of feeds, with the same text for all stories, or with what a function
    makes.
    """
    body = html if callable(html) else lambda _: Markup(html)
    texts: Any = Given(body=body, body_elsewhere=body)
    return Entries(urls, texts, outlet)
