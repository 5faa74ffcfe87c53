"""Stories are Pelican's articles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from pelican.contents import Article
from pelican.plugins import signals

from broadside.config.options import Options, settings_of
from broadside.content.read import read_content, read_options
from broadside.media.derivatives import Photos
from broadside.plugins.structured_data import is_translator
from broadside.site.all_terms import terms_of
from broadside.site.story import Maker, Story, digest_stories
from broadside.site.texts import Texts
from tests.sample import NOW, Outlet

PELICANS = {"author", "authors", "category", "tags", "save_as", "override_url", "override_save_as"}
"""Names that Pelican's articles have if their sources have something for them."""


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    """Makes the story of an outlet that has one."""
    outlet = Outlet(tmp_path)
    outlet.story("north", updated="2026-11-24", dek='See {filename}x.md and href="{static}a.pdf".')
    settings = settings_of(Options(content=str(outlet.content), now=NOW), outlet.output)
    reading = read_options(settings)
    content = read_content(outlet.content, reading)
    photos = Photos(content.originals)
    return Maker(
        content,
        reading,
        terms_of(content, photos),
        photos,
        settings,
        Texts(Environment(autoescape=True)),
    )


def made(maker: Maker) -> Story:
    (record,) = maker.content.stories
    return maker.story(record)


def test_a_story_has_all_that_pelicans_article_has(maker: Maker) -> None:
    story: Any = made(maker)
    assert isinstance(story, Article)
    assert story.is_valid()
    assert story.locale_date == "20 November 2026"
    assert (story.url, story.save_as) == (story.override_url, story.override_save_as)
    assert (story.status, story.category) == ("published", story.sections[0])
    theirs = vars(Article("", story.metadata, story.settings, story.source_path))
    assert {
        name: value for name, value in theirs.items() if getattr(story, name, None) != value
    } == {}
    assert not story.from_others, "what Pelican works out is set by nobody else"


@pytest.mark.parametrize(
    ("lang", "role", "said"),
    [
        ("fr", "translated by", "traduit par"),
        ("fr", "Translated by", "traduit par"),
        ("fr", "cartes de", "cartes de"),
        ("en", "translated by", "translated by"),
        ("cy", "translated by", "translated by"),
    ],
)
def test_the_role_of_a_translator_is_in_the_words_for_the_story(
    maker: Maker, lang: str, role: str, said: str
) -> None:
    (record,) = maker.content.stories
    record.data.lang, record.data.authors = lang, [("Ana Pereira", role)]
    (line,) = maker.story(record).byline
    assert line.role == said
    assert is_translator(line.role) == (said != "cartes de")


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (344, 1), (345, 2)])
def test_reading_takes_a_minute_for_230_words_and_at_least_one(
    maker: Maker, words: int, minutes: int
) -> None:
    (record,) = maker.content.stories
    record.words = words
    assert made(maker).reading_time == minutes


def test_every_attribute_that_a_story_is_made_with_is_declared(maker: Maker) -> None:
    story = made(maker)
    pelicans = {
        *vars(
            Article(
                "",
                dict.fromkeys(("date", "modified"), story.date) | {"summary": ""},
                story.settings,
            )
        ),
        *PELICANS,
    }
    assert vars(story).keys() - story.attributes().keys() - pelicans == {
        "record",
        "_texts",
        "_made",
    }


def test_what_another_plugin_sets_counts(maker: Maker) -> None:
    seen: list[str] = []

    def note(article: Any) -> None:
        seen.append(article.locale_date)

    before = made(maker)
    digest_stories([before])
    with signals.content_object_init.connected_to(note):
        story: Any = made(maker)
    assert len(seen) == 1
    story.stream, story.title = [before], "Another title"
    assert story.from_others == []
    digest_stories([story])
    assert (story.whole != before.whole, story.teaser != before.teaser) == (True, True)


@pytest.mark.parametrize("name", ["locale_date", "country", "template"])
def test_what_another_plugin_sets_counts_though_nobody_declared_it(maker: Maker, name: str) -> None:
    before: Any = made(maker)
    story: Any = made(maker)
    setattr(story, name, "set later")
    assert (before.from_others, story.from_others) == ([], [name])
    digest_stories([before, story])
    assert (story.whole != before.whole, story.teaser != before.teaser) == (True, True)


def test_a_changed_text_leaves_the_teaser_as_it_is_whatever_a_plugin_has_set(maker: Maker) -> None:
    (record,) = maker.content.stories
    teasers, wholes = set(), set()
    for text, words in (("one", record.words), ("other", record.words + 3)):
        record.digest, record.words = text, words
        story: Any = made(maker)
        story.country = ["Chile"]
        digest_stories([story])
        teasers.add(story.teaser)
        wholes.add(story.whole)
    assert (len(teasers), len(wholes)) == (1, 2)


RING: list[Any] = []
RING.append(RING)


@pytest.mark.parametrize(
    ("name", "value"), [("thing", object()), ("ring", RING)], ids=["thing", "ring"]
)
def test_a_story_with_a_value_that_does_not_show_changes_is_new_in_each_build(
    maker: Maker, caplog: pytest.LogCaptureFixture, name: str, value: Any
) -> None:
    wholes = set()
    caplog.set_level("INFO")
    for _ in range(2):
        story = made(maker)
        setattr(story, name, value)
        digest_stories([story])
        wholes.add(story.whole)
    assert len(wholes) == 2
    assert name in caplog.text
