"""A story as search engines are told of it."""

from __future__ import annotations

from datetime import datetime

import pytest

from broadside.content.terms import Author, Byline, StoryType, Translation
from broadside.front_matter.data import Correction
from broadside.front_matter.vocabulary import SCHEMA_TYPES
from broadside.media.derivatives import Photos
from broadside.media.photos import Description, Original
from broadside.plugins.structured_data import article, breadcrumbs, story_data
from broadside.plugins.structured_data.outlet import WITH_A_STORY, Outlet, front_data
from broadside.site.policies import POLICIES
from tests.plugins.structured_data.validators import judged
from tests.stories import ANA, ASIA, EUROPE, URLS, story

OUTLET = Outlet(
    "The Outlet",
    URLS,
    "It argues.",
    "en",
    "theme/mark.svg",
    dict.fromkeys(POLICIES, "ethics/"),
    ("https://x.example/", "/feed.xml", "mailto:post@x.example"),
)
BEN = Author("Ben Okafor", "ben-okafor", "authors/ben-okafor/", role="Translator")


def test_a_story_says_where_it_stands_in_which_pictures_and_by_whose_rules() -> None:
    photos = Photos({"dam.jpg": Original("dam", "ab" * 32, 4000, 3000, "jpeg")})
    told = article(
        story(0, EUROPE, ASIA, photo=photos.lead("dam.jpg", Description("A dam"))), OUTLET
    )
    assert judged(told) == "AnalysisNewsArticle"
    assert told["description"] == "Dek 0."
    assert told["articleSection"] == ["Europe", "Asia"]
    assert [each.rpartition("-")[2] for each in told["image"]] == [
        "1200x675.jpg",
        "1200x900.jpg",
        "900x900.jpg",
    ]
    assert told["isAccessibleForFree"] is True
    assert {name: told["publisher"][name] for name in WITH_A_STORY} == dict.fromkeys(
        WITH_A_STORY, "https://outlet.example/ethics/"
    )


def test_what_a_story_lacks_is_not_told_as_empty() -> None:
    told = article(
        story(sections=[], story_type=None, dek=""),
        Outlet("The Outlet", URLS, logo="theme/mark.svg"),
    )
    assert judged(told) == "NewsArticle"
    assert not told.keys() & {
        "description",
        "image",
        "articleSection",
        "correction",
        "translator",
        "contributor",
    }
    assert told["publisher"].keys() == {"@type", "name", "url", "logo"}
    assert breadcrumbs(story(sections=[]), OUTLET) == []


def test_everybody_is_named_for_what_they_did() -> None:
    byline = [Byline(BEN, "translated by"), Byline(ANA), Byline(BEN, "maps by")]
    told = article(story(byline=byline), OUTLET)
    judged(told)
    assert [each["name"] for each in told["author"]] == ["Ana Pereira"]
    assert told["translator"][0] == {
        "@type": "Person",
        "name": "Ben Okafor",
        "url": "https://outlet.example/authors/ben-okafor/",
        "jobTitle": "Translator",
    }
    assert (told["contributor"][0]["roleName"], told["contributor"][0]["contributor"]["name"]) == (
        "maps by",
        "Ben Okafor",
    )
    nobody = article(story(byline=[Byline(BEN, "translated by")]), OUTLET)
    judged(nobody)
    assert nobody["author"][0]["@type"] == "NewsMediaOrganization", "a translator is not the author"


def test_a_correction_is_told_and_moves_the_date_but_news_that_came_later_is_no_correction() -> (
    None
):
    notes = [
        Correction("2026-11-09T00:00:00+01:00", "update", "It came to pass."),
        Correction("2026-11-08T00:00:00+01:00", "correction", "It was five."),
    ]
    told = article(
        story(corrections=notes, updated=datetime.fromisoformat("2026-11-05T00:00:00+01:00")),
        OUTLET,
    )
    judged(told)
    assert told["correction"] == [
        {
            "@type": "CorrectionComment",
            "datePublished": "2026-11-08T00:00:00+01:00",
            "text": "It was five.",
        }
    ]
    assert told["dateModified"] == "2026-11-09T00:00:00+01:00"


def test_a_copy_names_the_page_that_it_is_a_copy_of() -> None:
    told = article(story(canonical="https://elsewhere.example/a"), OUTLET)
    assert (told["mainEntityOfPage"], told["url"]) == (
        "https://elsewhere.example/a",
        "https://outlet.example/2026/11/story-0/",
    )


def test_a_translation_names_its_original_and_an_original_its_translations() -> None:
    own, other = story(0), story(1, lang="fr")
    both = [Translation(each.lang, "ltr", each.title, each.url) for each in (own, other)]
    own.languages = other.languages = both
    first, second = article(own, OUTLET), article(other, OUTLET)
    assert (judged(first), judged(second)) == ("AnalysisNewsArticle", "AnalysisNewsArticle")
    assert [each["url"] for each in first["workTranslation"]] == [
        "https://outlet.example/2026/11/story-1/"
    ]
    assert second["translationOfWork"]["url"] == "https://outlet.example/2026/11/story-0/"
    assert "workTranslation" not in second
    assert "translationOfWork" not in first


def test_the_way_to_a_story_is_its_primary_section() -> None:
    _, way = story_data(story(0, ASIA, EUROPE), OUTLET)
    assert judged(way) == "BreadcrumbList"
    assert [(step["name"], step.get("item")) for step in way["itemListElement"]] == [
        ("Asia", "https://outlet.example/sections/asia/"),
        ("Story 0", None),
    ]


@pytest.mark.parametrize(
    ("name", "chosen", "kind"),
    [
        ("Analysis", "", "AnalysisNewsArticle"),
        ("Opinion", "", "OpinionNewsArticle"),
        ("Reporting", "", "ReportageNewsArticle"),
        ("Sponsored content", "", "AdvertiserContentArticle"),
        ("Q&A", "", "NewsArticle"),
        ("Commento", "", "NewsArticle"),
        ("Commento", "OpinionNewsArticle", "OpinionNewsArticle"),
        ("Analysis", "NewsArticle", "NewsArticle"),
    ],
)
def test_a_story_type_is_told_by_its_name_unless_an_editor_says_otherwise(
    name: str, chosen: str, kind: str
) -> None:
    assert kind in SCHEMA_TYPES
    story_type = StoryType(name, "x", "types/x/", schema_type=chosen)
    assert story_type.is_opinion == (kind == "OpinionNewsArticle")
    told = article(story(story_type=story_type), OUTLET)
    assert judged(told) == kind


def test_the_front_page_tells_of_the_site_and_of_every_policy() -> None:
    site, outlet = front_data(OUTLET)
    assert (judged(site), judged(outlet)) == ("WebSite", "NewsMediaOrganization")
    assert outlet.keys() >= {*POLICIES, "sameAs", "description"}
    assert outlet["sameAs"] == ["https://x.example/"]
