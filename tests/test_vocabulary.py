"""The vocabulary is what is really used: by the schema, by articles, by templates."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from broadside.desk.options import Options, settings_of
from broadside.plugins.dates import DATES
from broadside.plugins.front_matter import schema
from broadside.plugins.newsroom.read import desk_of, read_newsroom
from broadside.plugins.newsroom.story import Maker
from broadside.plugins.newsroom.terms_of import terms_of
from broadside.plugins.newsroom.texts import Texts
from broadside.plugins.photos.album import Album
from broadside.plugins.vocabulary import (
    ALIASES,
    ARTICLE_ATTRIBUTES,
    AUTHOR_KEYS,
    ELSEWHERE,
    PAGE_CONTEXT,
    PLURALS,
    ROUNDUP_KEYS,
    SITE_CONTEXT,
    SITES_OWN,
    STORY_KEYS,
    WORDS,
)

ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "theme" / "templates"
FILTERS = (
    *(
        "body",
        "changed",
        "collection_data",
        "copy",
        "credit_line",
        "cut",
        "index_data",
        "is_rtl",
        "json_ld",
        "story_data",
    ),
)

FOR_OUTLETS = {"static_urls"}
"""Names that are there for an outlet's own templates; the theme uses none of them."""


@pytest.mark.parametrize(
    ("keys", "model"),
    [
        (STORY_KEYS, schema.Story),
        (AUTHOR_KEYS, schema.Author),
        (ROUNDUP_KEYS, schema.Roundup),
    ],
)
def test_front_matter_keys_are_those_of_the_schema(keys: dict[str, str], model: type[schema.Strict]) -> None:
    assert set(keys) == set(model.model_fields)


def test_a_plain_page_says_nothing_that_a_story_does_not() -> None:
    assert schema.Page.model_fields.keys() <= STORY_KEYS.keys()


def test_aliases_and_plurals_lead_to_keys() -> None:
    assert {PLURALS.get(name, name) for name in ALIASES.values()} <= STORY_KEYS.keys()
    assert set(PLURALS.values()) <= STORY_KEYS.keys()
    assert {PLURALS.get(name, name) for name in ELSEWHERE.values()} <= STORY_KEYS.keys()
    assert not (ELSEWHERE.keys() | SITES_OWN) & {*STORY_KEYS, *ALIASES, *PLURALS}


def test_keys_that_hold_words_are_keys() -> None:
    others = (schema.Correction, schema.Link, schema.Section, schema.StoryType, schema.Slot)
    models: list[type[schema.Strict]] = [*schema.MODELS.values(), *others]
    keys = {key for model in models for key in model.model_fields}
    assert {*WORDS} <= {*keys, *ALIASES, *PLURALS, "role"}
    assert not WORDS & {"status", "date", "type", "slug", "minor", "until"}


def test_articles_have_the_attributes() -> None:
    settings = settings_of(Options())
    desk = desk_of(settings)
    newsroom = read_newsroom(ROOT / "content", desk)
    album = Album(newsroom.originals)
    texts = Texts(Environment(autoescape=True))
    maker = Maker(newsroom, desk, terms_of(newsroom, album), album, texts, settings)
    story = maker.story(newsroom.stories[0])
    assert [name for name in ARTICLE_ATTRIBUTES if not hasattr(story, name)] == []


def free_names() -> set[str]:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    environment.filters |= dict.fromkeys((*DATES, *FILTERS), str)
    names: set[str] = set()
    for path in TEMPLATES.rglob("*.html"):
        names |= meta.find_undeclared_variables(environment.parse(path.read_text("utf-8")))
    return names


def test_templates_use_only_names_of_the_vocabulary_and_settings() -> None:
    macros = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    macros |= {"page_links", "period_of", "once", "front_data", "of_story", "of_site", "lead_sizes"}
    assert {name for name in free_names() if not name.isupper()} - macros <= SITE_CONTEXT.keys() | PAGE_CONTEXT.keys()


def test_every_name_of_the_vocabulary_is_used_by_a_template() -> None:
    assert (SITE_CONTEXT.keys() | PAGE_CONTEXT.keys()) - free_names() == FOR_OUTLETS
