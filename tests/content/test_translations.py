"""Which stories are one story in several languages, as each of them is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.reading import read
from tests.sample import NOW, Outlet


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    """A story in three languages, and one that stands alone."""
    made = Outlet(tmp_path)
    made.story("straits", title="Straits")
    made.story("meerengen", title="Meerengen", lang="de", translation_of="straits")
    made.story("madaiq", title="مضائق", lang="ar", translation_of="straits", date="2026-11-22")
    made.story("alone")
    return made


def languages(
    outlet: Outlet, *, drafts: bool = False, now: str = NOW
) -> dict[str, list[tuple[str, str]]]:
    content = read(outlet, drafts=drafts, now=now)
    assert [fault for fault in content.faults if fault.severity == "error"] == []
    return {
        path: [(each.lang, each.url) for each in told] for path, told in content.languages.items()
    }


def test_each_translation_knows_all_with_the_original_first(outlet: Outlet) -> None:
    every = [("en", "2026/11/straits/"), ("ar", "2026/11/madaiq/"), ("de", "2026/11/meerengen/")]
    found = languages(outlet)
    assert found == dict.fromkeys(
        ["articles/straits.md", "articles/madaiq.md", "articles/meerengen.md"], every
    )
    arabic = read(outlet).languages["articles/straits.md"][1]
    assert (arabic.dir, arabic.title) == ("rtl", "مضائق")


def test_translations_that_readers_cannot_see_are_not_mentioned(outlet: Outlet) -> None:
    every = [("en", "2026/11/straits/"), ("de", "2026/11/meerengen/")]
    before = languages(outlet, now="2026-11-21T09:00")
    assert before == dict.fromkeys(["articles/straits.md", "articles/meerengen.md"], every), (
        "the third is held"
    )
    outlet.story("meerengen", lang="de", translation_of="straits", status="draft")
    assert languages(outlet, now="2026-11-21T09:00") == {}
    assert languages(outlet, now="2026-11-21T09:00", drafts=True) == {}


def test_translations_of_a_story_that_was_taken_back_stand_alone(outlet: Outlet) -> None:
    outlet.story("straits", title="Straits", status="withdrawn")
    assert languages(outlet) == {}
    assert {fault.code for fault in read(outlet).faults} == {"unpublished"}


def test_the_newest_of_two_stories_with_one_slug_is_the_original(outlet: Outlet) -> None:
    outlet.story("straits", date="2020-01-01", where="articles/2020")
    assert languages(outlet)["articles/meerengen.md"][0] == ("en", "2026/11/straits/")
    assert "articles/2020/straits.md" not in languages(outlet)
