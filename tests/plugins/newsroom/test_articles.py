"""Stories are Pelican's articles, worked out no further than somebody asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pelican.contents import Article
from pelican.plugins import signals

from broadside.desk.options import Options, settings_of
from broadside.plugins.newsroom import MadeArticle, content_of, desk_of
from broadside.plugins.newsroom.read import read_newsroom
from broadside.plugins.newsroom.story import attributes, count_in
from broadside.plugins.newsroom.terms_of import terms_of
from broadside.plugins.photos.album import Album
from tests.outlet import NOW, Outlet

Made = tuple[dict[str, Any], dict[str, Any], str]

ADDRESSES = ("url", "save_as", "override_url", "override_save_as")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """The attributes of a story, the settings, and its path."""
    outlet = Outlet(tmp_path)
    path = outlet.story("north", updated="2026-11-24", dek='See {filename}x.md and href="{static}a.pdf".')
    settings = settings_of(Options(content=str(outlet.content), now=NOW), outlet.output)
    desk = desk_of(settings)
    newsroom = read_newsroom(outlet.content, desk)
    (record,) = newsroom.stories
    album = Album(newsroom.originals)
    data = attributes(record, newsroom, desk, terms_of(newsroom, album), album)
    assert data is not None
    return data, settings, str(path)


@pytest.fixture
def story(made: Made) -> Any:
    """The story itself, of which nothing was asked yet."""
    data, settings, _ = made
    return content_of(MadeArticle, dict(data), settings, {})


def test_a_story_has_all_that_pelicans_article_has(made: Made, story: Any) -> None:
    data, settings, path = made
    article = Article("", dict(data), settings, path, {})
    assert "locale_date" not in vars(story), "nobody has asked yet"
    told = {name: getattr(story, name) for name in vars(article) if name not in ("_content", "_context", "_status")}
    assert told == {name: getattr(article, name) for name in told}
    assert {"locale_date", "locale_modified", "timezone", "source_path", "metadata"} <= told.keys()
    assert [getattr(story, name) for name in ADDRESSES] == [getattr(article, name) for name in ADDRESSES]
    assert (story.status, story.summary, story.category) == (article.status, article.summary, article.category)
    assert story.is_valid()


def test_a_story_has_no_attribute_that_articles_lack(story: Any) -> None:
    for _ in range(2):
        assert not hasattr(story, "nothing_of_that_name")


def test_plain_words_are_no_links(made: Made, story: Any) -> None:
    story.refresh_metadata_intersite_links()
    assert story.get_static_links() == set()
    assert story.summary == story.dek == made[0]["dek"]


def test_a_plugin_that_wants_to_see_each_article_sees_it_whole(made: Made) -> None:
    data, settings, _ = made
    seen: list[str] = []

    def note(article: Any) -> None:
        seen.append(article.locale_date)

    with signals.content_object_init.connected_to(note):
        content_of(MadeArticle, dict(data), settings, {})
    assert len(seen) == 1


def test_what_other_plugins_have_set_stays_when_the_rest_is_worked_out(made: Made, story: Any) -> None:
    story.stream, story.card, story.title, story.whole = ["other"], "a card", "Another title", "a digest"
    assert story.locale_date
    assert not hasattr(story, "nothing_of_that_name")
    assert (story.stream, story.card, story.title, story.whole) == (["other"], "a card", "Another title", "a digest")
    assert story.url == made[0]["url"]
    assert story.set_by_others == {"title"}


def test_what_pelican_works_out_is_set_by_nobody_else(made: Made, story: Any) -> None:
    assert story.locale_date
    assert not story.set_by_others
    data, settings, _ = made

    def note(article: Any) -> None:
        article.seen, article.title = True, f"{article.title}, seen"

    with signals.content_object_init.connected_to(note):
        seen = content_of(MadeArticle, dict(data), settings, {})
    assert (seen.set_by_others, seen.title) == ({"seen", "title"}, "Headline of north, seen")


RING: list[Any] = []
RING.append(RING)


@pytest.mark.parametrize(("name", "value"), [("thing", object()), ("ring", RING)], ids=["thing", "ring"])
def test_a_story_with_a_value_that_does_not_show_changes_is_new_in_each_build(
    made: Made, caplog: pytest.LogCaptureFixture, name: str, value: Any
) -> None:
    data, settings, _ = made
    wholes = set()
    caplog.set_level("INFO")
    for _ in range(2):
        story = content_of(MadeArticle, dict(data), settings, {})
        setattr(story, name, value)
        count_in([story])
        wholes.add(story.whole)
    assert len(wholes) == 2
    assert f"Nothing says when {name} changes" in caplog.text


def test_what_pelican_makes_read_only_stays_read_only(story: Any) -> None:
    with pytest.raises(AttributeError, match="content"):
        story.content = "<p>Another text.</p>"
    assert not story.set_by_others
