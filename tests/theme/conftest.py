"""The theme's templates as the style guide shows them, as strict as can be: an unknown name is an
error.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from broadside.build.render import Once
from broadside.look import SLOTS
from broadside.plugins.styleguide.command.guide import environment as theme_environment
from broadside.plugins.styleguide.command.stage import Stage
from broadside.settings import defaults

THEME = Path(__file__).parents[2] / "theme"
SITE: dict[str, Any] = defaults() | {
    "SITENAME": "Halyard",
    "SITESUBTITLE": "World affairs, argued in the open",
    "SITEURL": "https://halyard.example/magazine",
    "DEFAULT_LANG": "en",
    "PREFERRED_SOURCE": True,
    "SOCIAL": [("Elsewhere", "https://social.example/"), ("RSS", "/feed.xml")],
    "NEWSLETTER": {
        "action": "https://list.example/",
        "field": "email",
        "title": "The weekly",
        "text": "A round-up.",
        "hidden": {"list": 'The "weekly"'},
        "day": "On Fridays",
        "promise": "One letter a week.",
        "sample": "/roundup/2026-11-20/",
    },
    "SUPPORT": {
        "title": "Keep it open",
        "text": "Give.",
        "button": "Give",
        "url": "https://give.example/",
    },
    "POLICIES": {"actionableFeedbackPolicy": "corrections-policy/"},
    "FEEDBACK_MAIL": "desk@outlet.example",
    "LETTERS_MAIL": "letters@outlet.example",
    "LICENSE_TEXT": "Some rights reserved",
    "ADDRESS": "4 Harbour Street",
    "FOOTER_LINKS": [("About", "/about/"), ("Shop", "https://shop.example/")],
    "SHARE": [("Elsewhere", "https://share.example/?t={title}&u={url}")],
    "SEARCH_FALLBACK_URL": "https://engine.example/",
    "root": "/magazine",
    "counter": None,
    "story_js_url": "theme/story.js",
    "extra_css": {},
    "extra_js": {},
    "audio_js_url": "theme/audio.js",
    "slots_of_plugins": dict.fromkeys(SLOTS, ()),
    "rails_js_url": "theme/rails.js",
    "republish_js_url": "theme/republish.js",
    "search_js_url": "theme/search.js",
    "spelling_js_url": "theme/spelling.js",
}
STAGE = Stage()
"""Makes stories, photos and authors."""


@pytest.fixture(scope="session")
def environment() -> Environment:
    made = theme_environment(SITE, Stage())
    made.globals.update(once=Once(), story_types=[], front_data=list)
    made.filters.update(
        story_data=lambda story: [{"headline": story.title}],
        index_data=lambda index, stories, pagination: [],
        extras=lambda shown, below=(): [],
        series_data=lambda front, stories, first: [],
        collection_data=lambda listed, name, url, said: [],
    )
    return made


@pytest.fixture
def macro(environment: Environment) -> Callable[..., str]:
    """Call a component by its name."""
    # it knows a value by where it lies, which is true only while a build lasts
    environment.globals["once"] = Once()

    def call(name: str, *values: Any, **named: Any) -> str:
        return str(
            getattr(environment.get_template(f"components/{name}.html").module, name)(
                *values, **named
            )
        ).strip()

    return call
