"""The theme's templates in a bare Jinja environment, as strict as can be: an unknown name is an error."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plugins.photos.credit import line_of
from plugins.press.once import Once
from plugins.structured_data.json_ld import json_ld

THEME = Path(__file__).parents[2] / "theme"
SITE = {
    "SITENAME": "Halyard",
    "SITESUBTITLE": "",
    "SITEURL": "https://halyard.example/magazine",
    "DEFAULT_LANG": "en",
    "SOCIAL": [("Elsewhere", "https://social.example/")],
    "NEWSLETTER": None,
    "LICENSE_TEXT": "",
    "FOOTER_LINKS": [],
    "POLICIES": {"actionableFeedbackPolicy": "corrections-policy/"},
    "SHARE": [("Elsewhere", "https://share.example/?t={title}&u={url}")],
    "SEARCH_FALLBACK_URL": "https://engine.example/",
    "root": "/magazine",
    "sections": [],
    "story_types": [],
    "css_url": "theme/site.css",
    "rails_js_url": "theme/rails.js",
    "search_js_url": "theme/search.js",
    "icon_url": "theme/mark.svg",
    "year": 2026,
}


@pytest.fixture(scope="session")
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(THEME / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(SITE, once=Once(), front_data=list)
    made.filters.update(
        long_date=lambda moment: f"{moment.day} {moment:%B %Y}",
        clock=lambda moment: f"{moment:%H:%M}",
        iso=lambda moment: moment.isoformat(),
        body=lambda story: "",
        opening=lambda story, place: "",
        rest=lambda story, place: "",
        credit_line=line_of,
        changed=lambda story: story.updated or story.date,
        story_data=lambda story: [{"headline": story.title}],
        index_data=lambda index, stories, pagination: [],
        collection_data=lambda listed, name, url, said: [],
        json_ld=json_ld,
    )
    return made


@pytest.fixture
def macro(environment: Environment) -> Callable[..., str]:
    """Call a component by its name."""

    def call(name: str, *values: Any, **named: Any) -> str:
        return str(getattr(environment.get_template(f"components/{name}.html").module, name)(*values, **named)).strip()

    return call


def term(name: str, url: str) -> SimpleNamespace:
    return SimpleNamespace(
        name=name, slug=name.lower(), url=url, description="", role="", bio="", links=[], portrait=None
    )


def photo(**values: Any) -> SimpleNamespace:
    given = {
        "alt": "Cranes.",
        "caption": "A port.",
        "credit": "Photo by X/Agency",
        "credit_label": "photo",
        "width": 1600,
        "height": 1000,
    }
    source = SimpleNamespace(type="image/avif", candidates=(("photos/a-480.avif", 480), ("photos/a-800.avif", 800)))
    crop = SimpleNamespace(url="photos/a-1200x675.jpg", width=1200, height=675)
    return SimpleNamespace(**(given | {"src": "photos/a-1600.jpg", "sources": (source,), "crops": (crop,)} | values))


def story(**values: Any) -> SimpleNamespace:
    given = {
        "slug": "a-story",
        "url": "2026/11/a-story/",
        "title": "A <b>story</b>",
        "dek": "One sentence.",
        "date": datetime(2026, 11, 24, 9, tzinfo=UTC),
        "updated": None,
        "lang": "en",
        "dir": "ltr",
        "byline": [],
        "authors": [],
        "sections": [term("North America", "sections/north-america/")],
        "story_type": term("Analysis", "types/analysis/"),
        "topics": [],
        "photo": None,
        "corrections": [],
        "corrected": False,
        "reading_time": 6,
        "words": 1250,
        "desk_status": "published",
        "canonical": "",
        "languages": [],
        "stream": [],
    }
    return SimpleNamespace(**(given | values))
