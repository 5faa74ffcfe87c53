"""./inv related: it explains the very stream that a build makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadside.config.options import OptionRefused, Options
from broadside.plugins.related.command.reasons import NoSuchStory, explain
from tests.sample import NOW, Outlet

WORDS = {
    "ferry": "ferry harbour tide",
    "harbour": "harbour tide crane",
    "tide": "tide ferry moon",
    "mines": "cobalt shaft ore",
    "ore": "ore cobalt smelter",
}


@pytest.fixture(scope="module")
def outlet(tmp_path_factory: pytest.TempPathFactory) -> Outlet:
    made = Outlet(tmp_path_factory.mktemp("related"))
    for day, (slug, words) in enumerate(WORDS.items(), 1):
        body = f"{words} " * 20
        made.story(
            slug,
            body=body,
            date=f"2026-11-{day:02}",
            title=f"On {slug}",
            related=["mines"] if slug == "ferry" else [],
        )
    made.story("waiting", body="ferry harbour " * 20, date="2027-01-01", related=["tide"])
    made.story("half", body="ferry", status="draft")
    made.story("paid", body="ferry harbour " * 20, sponsor="A shipping line", related=["mines"])
    made.story("gone", body="ferry", status="withdrawn", related=["mines"])
    made.story(
        "tide", where="articles/old", body="tide moon " * 20, date="2019-01-01", title="An old tide"
    )
    made.story("tide", where="articles/ideas", status="draft", date=None, title="A tide to come")
    return made


@pytest.fixture(scope="module")
def options(outlet: Outlet) -> Options:
    return Options(content=str(outlet.content), now=NOW)


def test_it_names_the_stories_that_the_built_page_shows(outlet: Outlet, options: Options) -> None:
    done = outlet.build()
    assert done.returncode == 0
    assert [line.split(": ")[2] for line in done.stderr.splitlines()] == ["same-name"], (
        "two are called tide"
    )
    for slug in WORDS:
        page = outlet.html(f"2026/11/{slug}/")
        shown = [each.get_text() for each in page.select("section.stream h2.headline a")]
        lines = explain(options, slug).splitlines()
        assert [line[3:].rpartition(",")[0] for line in lines if line[:1].isdigit()] == shown
        assert len(shown) == 3


def test_what_was_picked_comes_first(options: Options) -> None:
    assert explain(options, "ferry").splitlines()[1] == "1. On mines, 4 November 2026"


@pytest.mark.parametrize(
    "word",
    [
        "ferry",
        "ferry.md",
        "/2026/11/ferry/",
        "https://example.org/2026/11/ferry/",
        "content/articles/ferry.md",
    ],
)
def test_a_story_is_found_by_slug_address_and_file(options: Options, word: str) -> None:
    assert explain(options, word).startswith("On ferry (")


def test_the_newest_story_with_a_slug_is_meant(options: Options) -> None:
    assert explain(options, "tide").startswith("On tide (")


@pytest.mark.parametrize(
    ("slug", "picked"), [("waiting", 1), ("half", 0), ("gone", 0), ("paid", 1)]
)
def test_what_is_not_published_or_paid_for_has_at_most_what_was_picked(
    options: Options, slug: str, picked: int
) -> None:
    assert sum(line[:1].isdigit() for line in explain(options, slug).splitlines()) == picked


def test_an_unknown_slug_and_a_missing_folder_are_refused(
    outlet: Outlet, options: Options, tmp_path: Path
) -> None:
    for asked in (options, Options(content=str(Outlet(tmp_path).content))):
        with pytest.raises(NoSuchStory):
            explain(asked, "fery")
    assert outlet.run("related", "fery", "--content", "content").returncode == 1
    with pytest.raises(OptionRefused):
        explain(Options(content=str(tmp_path / "none")), "ferry")


def test_each_story_has_a_verdict_and_figures_where_they_are_wanted(options: Options) -> None:
    for slug in WORDS:
        lines = explain(options, slug).splitlines()
        verdicts = [line for line in lines if line.startswith("   ")]
        assert len(verdicts) == 3
        assert not any("%" in line or "0." in line for line in verdicts)
        more = explain(options, slug, figures=True).splitlines()
        assert [line for line in more if line in lines] == lines
        assert len(more) == len(lines) + 3
    first = [explain(options, slug).splitlines()[2].strip().partition(":")[0] for slug in WORDS]
    assert first[0] not in first[1:], "that an editor picked it is said of this one alone"
