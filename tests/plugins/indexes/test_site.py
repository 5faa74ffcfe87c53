"""What the lists of a real build show of a story in several languages, and of the page that they
are on.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sample import Outlet


def listed(outlet: Outlet, url: str, where: str = "article.teaser") -> list[str]:
    return [str(teaser["data-slug"]) for teaser in outlet.html(url).select(f"{where}[data-slug]")]


def test_an_index_page_lists_a_story_in_one_language(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.author("Ben Okafor")
    outlet.story("ferry")
    authors = ["Ana Pereira", "Ben Okafor (translated by)"]
    outlet.story("bac", authors=authors, lang="fr", translation_of="ferry", date="2026-11-21")
    assert "published," in outlet.rebuild()
    shared = (
        "",
        "latest/",
        "sections/europe/",
        "types/analysis/",
        "authors/ana-pereira/",
        "archive/2026/11/",
    )
    assert {url: listed(outlet, url) for url in shared} == {url: ["ferry"] for url in shared}
    assert listed(outlet, "authors/ben-okafor/") == ["bac"], "the translator has no other"
    for slug in ("ferry", "bac"):
        assert outlet.html(f"2026/11/{slug}/").select("aside.rail") == [], "there is no other story"


def test_translations_are_listed_side_by_side_only_when_nothing_joins_them_any_more(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.story("bac", lang="fr")
    for slug, lang in (("boot", "de"), ("barca", "es")):
        outlet.story(slug, lang=lang, translation_of="bac", section="Asia", date="2026-11-21")
    assert "published," in outlet.rebuild()
    assert listed(outlet, "sections/asia/") == ["boot"]
    outlet.story("bac", lang="fr", status="hidden")
    assert "published," in outlet.rebuild()
    assert listed(outlet, "sections/asia/") == ["boot", "barca"]


def test_an_older_page_says_which_days_it_has_and_stays_as_it_is_when_a_translation_comes(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    for number, day in enumerate((3, 3, 4, 20, 21, 22, 23)):
        outlet.story(
            f"story-{number}", date=f"2026-11-{day:02}T0{number}:00", lang="en" if number else "fr"
        )
    assert "published," in outlet.rebuild(settings={"INDEX_SIZE": 2})
    told = {}
    for url in ("latest/", "latest/page/1/", "latest/page/2/", "latest/page/3/"):
        page = outlet.html(url)
        shown = [each.get_text() for each in page.select(".index-period, .pagination span")]
        assert page.title is not None
        told[url] = page.title.get_text().removesuffix(" | Halyard"), len(shown)
        assert all(told[url][0].removeprefix("Latest, ") in each for each in shown)
    assert told == {
        "latest/": ("Latest", 0),
        "latest/page/1/": ("Latest, 3 November 2026", 2),
        "latest/page/2/": ("Latest, 4 November 2026 to 20 November 2026", 2),
        "latest/page/3/": ("Latest, 21 November 2026 to 23 November 2026", 2),
    }
    full = {
        name: data
        for name, data in outlet.files().items()
        if "latest/page/1/" in name or "latest/page/2/" in name
    }
    assert len(full) == 2
    outlet.story("story-0-in-english", date="2026-11-24", translation_of="story-0")
    assert "published," in outlet.rebuild(settings={"INDEX_SIZE": 2})
    assert {name: outlet.files()[name] for name in full} == full
    assert "story-0-in-english" in listed(outlet, "latest/")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    """An outlet with two pages of stories, the newest of them in two sections; look, but change
    nothing.
    """
    outlet = Outlet(tmp_path_factory.mktemp("lists"))
    for number in range(40):
        outlet.story(
            f"story-{number}",
            date=f"2026-{1 + number // 20:02}-{1 + number % 20:02}",
            topics=["Ice"],
        )
    outlet.story("story-40", sections=["Asia", "Europe"], topics=["Ice"])
    assert "published," in outlet.rebuild(settings={"FRONT_DAYS": 0})
    return outlet


def test_only_the_front_of_a_section_begins_with_five_larger_stories(many: Outlet) -> None:
    def told(url: str) -> tuple[list[str], list[str]]:
        return listed(many, url, ".lead-group .teaser"), listed(
            many, url, ".listing-stories .teaser"
        )

    newest = [f"story-{number}" for number in range(40, -1, -1)]
    for url in ("sections/europe/", "types/analysis/", "topics/ice/"):
        assert told(url) == (newest[:5], newest[5:21])
        assert told(f"{url}page/2/") == ([], newest[:21])
        assert told(f"{url}page/1/") == ([], newest[21:])
    assert told("authors/ana-pereira/") == (newest[:5], newest[5:21])
    assert told("latest/") == ([], newest[:21])


def test_a_section_is_led_by_the_newest_of_a_type_that_leads(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.write("story_types.yml", "- name: Analysis\n- name: Letters\n  leads: no\n")
    outlet.story("argument")
    outlet.story("post", type="Letters", date="2026-11-21")
    assert "published," in outlet.rebuild()
    assert listed(outlet, "sections/europe/") == ["argument", "post"]
    assert listed(outlet, "types/letters/") == ["post"]
    assert listed(outlet, "latest/") == ["post", "argument"]


def test_the_page_of_a_section_does_not_say_its_name_with_each_story(many: Outlet) -> None:
    def kickers(url: str, where: str = "") -> set[str]:
        return {each.get_text() for each in many.html(url).select(f"{where} .teaser .kicker")}

    assert kickers("sections/europe/") == {"Analysis", "Analysis | Asia"}
    assert kickers("types/analysis/") == {"Europe", "Asia, Europe"}
    assert kickers("latest/") == {"Analysis | Europe", "Analysis | Asia, Europe"}
    assert kickers("", ".section-block") == {"Analysis"}
    assert kickers("", ".newest-stories") == {"Analysis | Europe"}


def test_nothing_is_left_empty_beside_the_latest_where_there_is_no_newsletter(
    tmp_path: Path,
) -> None:
    outlet = Outlet(tmp_path)
    outlet.write("sections.yml", "- name: Europe\n")
    for number in range(14):
        outlet.story(f"s{number}", date=f"2026-11-{number + 1:02}")
    for settings in ({}, {"NEWSLETTER": None}):
        assert "published," in outlet.rebuild(settings=settings)
        assert outlet.html("").select_one(".newest-stories .teaser")
        assert bool(outlet.html("").select_one(".newest--beside")) is not bool(settings)
