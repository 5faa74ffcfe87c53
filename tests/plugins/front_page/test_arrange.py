"""The front page: the editor's choice first, blocks from top to bottom, no story twice, and none
lost for which there is room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.content.lists import ListEntry
from broadside.content.terms import (
    Author,
    Byline,
    Section,
    StoryType,
    Term,
    Translation,
)
from broadside.front_matter.data import SlotData
from broadside.plugins.front_page.arrange import (
    LAYOUTS,
    Front,
    FrontPart,
    Stock,
    arrange,
    current_slots,
    laid_out,
    usual_parts,
)
from broadside.plugins.series.terms import FormedSeries, Part
from tests.stories import ANALYSIS, ASIA, BRIEFS, EUROPE, story

AFRICA = Section("Africa", "africa", "sections/africa/")
SECTIONS = [EUROPE, ASIA, BRIEFS]
OPINION = StoryType("Opinion", "opinion", "types/opinion/")
LETTERS = StoryType("Letters", "letters", "types/letters/", leads=False)
WATER = Term("Water", "water", "topics/water/", kind="topic")
STORIES = [story(number, (EUROPE, ASIA, BRIEFS)[number % 3]) for number in range(24)]
NOON = datetime.fromisoformat("2026-11-25T12:00:00+00:00")
PHOTO: Any = object()
"""What a story has for a photo; that there is one is all that counts."""
WRITERS = [
    Author(name, name.lower(), f"authors/{name.lower()}/")
    for name in ("Ana", "Bo", "Chidi", "Dorota", "Emeka")
]


def entry(slot: str, slug: str, until: str = "") -> ListEntry[SlotData]:
    return ListEntry(SlotData(slot, slug, until), 1)


def filed(each: Any) -> set[str]:
    terms = (*each.sections, each.story_type, *each.topics, *each.series)
    return {term.url for term in terms}


def page(
    parts: Sequence[FrontPart],
    stories: Sequence[Any] = STORIES,
    wanted: Mapping[str, str] | None = None,
    sections: Sequence[Section] = SECTIONS,
    short: Sequence[str] = (),
    lang: str = "",
) -> Front:
    def stories_of(term: Term) -> list[Any]:
        return [each for each in stories if term.url in filed(each)]

    return arrange(parts, wanted or {}, sections, Stock(stories, stories_of, lang), short)


def standard(
    stories: Sequence[Any] = STORIES, newest: int = 8, each: int = 4, **given: Any
) -> Front:
    return page(usual_parts(newest, each, [OPINION]), stories, **given)


def shown(front: Front) -> list[str]:
    stories = [slot.article for slot in front.slots] + [
        each for block in front.blocks for each in block.articles
    ]
    return [each.slug for each in stories]


def told(front: Front) -> list[tuple[str, str, list[int]]]:
    """Each block that has stories: its kind, what it is about, and the numbers of its stories."""
    return [
        (
            block.kind,
            block.term.name if block.term else "",
            [int(each.slug.rpartition("-")[2]) for each in block.articles],
        )
        for block in front.blocks
        if block.articles
    ]


def test_the_editors_story_takes_its_slot_and_the_newest_fill_the_rest() -> None:
    front = standard(wanted={"second": "story-3"})
    assert [(slot.name, slot.article.slug) for slot in front.slots] == [
        ("lead", "story-22"),
        ("second", "story-3"),
        ("third", "story-21"),
    ]


def test_below_the_slots_come_the_newest_and_then_what_is_left_of_each_section() -> None:
    front = standard(newest=2, each=1, sections=[EUROPE, AFRICA, ASIA, BRIEFS])
    assert told(front) == [
        ("latest", "", [18, 16]),
        ("feature", "Europe", [15]),
        ("wide", "Asia", [13]),
    ]
    assert [block.kind for block in front.blocks] == ["lead", "latest", "feature", "wide"]


def test_a_type_that_does_not_lead_is_first_only_where_the_editor_says_so() -> None:
    letters = story(40, story_type=LETTERS, photo=PHOTO)
    front = standard([*STORIES, letters])
    assert [slot.article.slug for slot in front.slots] == ["story-22", "story-40", "story-21"]
    assert standard([*STORIES, letters], wanted={"lead": "story-40"}).slots[0].article is letters
    older = story(39, photo=PHOTO)
    assert laid_out("feature", [letters, older]) == [older, letters]
    assert laid_out("feature", [letters]) == [letters]


def test_briefs_are_not_among_others_unless_the_editor_says_so() -> None:
    assert "story-23" not in shown(standard())
    assert shown(standard(wanted={"lead": "story-23"}))[0] == "story-23"
    both = story(-1, ASIA, BRIEFS, slug="both")
    assert "both" in shown(standard([both, *STORIES], newest=99))
    assert "both" not in shown(standard([both, *STORIES], newest=99, short=[both.url])), (
        "the briefs have it"
    )


def test_of_two_stories_with_one_slug_in_different_months_both_may_stand() -> None:
    old, new = story(0), story(60, slug="story-0")
    assert [slot.article for slot in standard([old, new], wanted={"lead": "story-0"}).slots] == [
        new,
        old,
    ]


def test_a_block_takes_what_those_above_it_left_and_a_section_with_a_block_of_its_own_is_not_among_the_others() -> (
    None
):
    water = story(40, ASIA, topics=[WATER])
    parts = [
        FrontPart("lead"),
        FrontPart("wide", (ASIA,), "The east", 2),
        FrontPart("latest", stories=2),
        FrontPart("trio", (WATER,)),
        FrontPart("sections", stories=2),
        FrontPart("newsletter"),
    ]
    front = page(parts, [*STORIES, water])
    assert [slot.article.slug for slot in front.slots] == ["story-40", "story-22", "story-21"]
    assert told(front) == [
        ("wide", "Asia", [19, 16]),
        ("latest", "", [18, 15]),
        ("feature", "Europe", [12, 9]),
    ]
    assert [block.kind for block in front.blocks] == [
        "lead",
        "wide",
        "latest",
        "feature",
        "newsletter",
    ]
    assert front.blocks[1].title == "The east"


def test_an_opinion_strip_has_each_writer_once_and_is_there_of_itself_only_if_there_are_some() -> (
    None
):
    def column(number: int, writer: int) -> Any:
        return story(
            number, story_type=OPINION, byline=[Byline(WRITERS[writer])], authors=[WRITERS[writer]]
        )

    columns = [column(number, writer) for number, writer in enumerate((0, 1, 2, 2, 0, 3, 4, 4))]
    later = [story(30 + number) for number in range(11)]
    assert told(standard([*columns, *later], each=0))[1:] == [("opinion", "Opinion", [7, 5, 4, 3])]
    few = [*columns[2:5], *later]
    assert "opinion" not in [kind for kind, _, _ in told(standard(few, each=0))]
    asked = page([FrontPart("lead"), FrontPart("opinion", (OPINION, ANALYSIS))], few)
    (strip,) = [block for block in asked.blocks if block.kind == "opinion"]
    assert (strip.term, len(strip.faces)) == (
        None,
        len(strip.articles),
    ), "two types have no common name"
    assert [each.byline[0].author.name for each in strip.articles] == [
        "Ana Pereira",
        "Ana",
        "Chidi",
    ]


def test_a_section_and_a_strip_show_nothing_stale_while_there_is_newer() -> None:
    def told_of(*days: int, of: Any = EUROPE, **given: Any) -> list[Any]:
        return [story(day, of, **given) for day in days]

    def blocks(stories: list[Any], days: int) -> list[tuple[str, str, list[int]]]:
        ordered = sorted(stories, key=lambda each: each.date)
        parts = [FrontPart("lead"), FrontPart("opinion", (OPINION,)), FrontPart("sections")]
        front = arrange(
            parts,
            {},
            [EUROPE, ASIA, AFRICA],
            Stock(
                ordered,
                lambda term: [each for each in ordered if term.url in filed(each)],
                days=days,
            ),
        )
        return told(front)

    columns = [
        story(day, BRIEFS, story_type=OPINION, byline=[Byline(WRITERS[day % 5])])
        for day in (2, 501)
    ]
    stories = [
        *told_of(1, 499, 500),
        *told_of(3, 4, of=ASIA),
        *told_of(5, 505, 506, 507, of=AFRICA),
        *columns,
    ]
    assert blocks(stories, 0) == [
        ("opinion", "Opinion", [501, 2]), ("feature", "Europe", [500, 499, 1]), ("wide", "Asia", [4, 3]), ("feature", "Africa", [5])
    ]  # fmt: skip
    assert blocks(stories, 180) == [
        ("opinion", "Opinion", [501]),
        ("feature", "Europe", [500, 499]),
        ("wide", "Asia", [4, 3]),
    ], "one whose newest are above has no block; one that has nothing newer shows what it has"


def test_the_newest_fill_the_lead_up() -> None:
    stock = Stock(STORIES, lambda _: [], leads=5)
    front = arrange([FrontPart("lead"), FrontPart("latest", stories=2)], {}, SECTIONS, stock)
    assert [each.slug for each in front.beside] == ["story-18", "story-16"]
    assert told(front) == [("latest", "", [15, 13])]


def with_photos(section: Section, first: int, photos: str) -> list[Any]:
    """Stories of a section, the oldest first; p has a photo."""
    return [
        story(first + number, section, photo=PHOTO if kind == "p" else None)
        for number, kind in enumerate(photos)
    ]


@pytest.mark.parametrize(
    ("photos", "layouts"),
    [
        (["pppp"] * 7, ["feature", "trio", "wide"] * 2 + ["feature"]),
        (["----"] * 7, ["feature", "trio", "wide"] * 2 + ["feature"]),
        (["p-p-"] * 4, ["feature", "wide"] * 2),
        (["pp"] * 4, ["feature", "wide"] * 2),
        (["p-pp", "-ppp", "p---", "-"], ["feature", "trio", "wide", "feature"]),
    ],
)
def test_sections_take_turns_in_the_layouts_in_which_they_look_right(
    photos: list[str], layouts: list[str]
) -> None:
    sections = [
        Section(str(number), str(number), f"sections/{number}/") for number in range(len(photos))
    ]
    stories = [
        each
        for number, kinds in enumerate(photos)
        for each in with_photos(sections[number], number * 10, kinds)
    ]
    front = page(
        [FrontPart("sections")],
        [*stories, *(story(100 + number) for number in range(3))],
        sections=sections,
    )
    assert [block.kind for block in front.blocks] == layouts
    for block in front.blocks:
        pictured = [bool(each.photo) for each in block.articles]
        if block.kind == "trio":
            assert pictured in ([True] * 3, [False] * 3)
        else:
            assert pictured[0] == any(pictured), "the large story is one with a photo"


def test_a_trio_has_full_rows_and_one_story_alone_is_no_trio() -> None:
    def trio(number: int) -> tuple[str, int]:
        front = page([FrontPart("trio", stories=number)], STORIES[-number - 9 :])
        return front.blocks[0].kind, len(front.blocks[0].articles)

    assert [trio(number) for number in (1, 2, 3, 4, 6)] == [
        ("feature", 1), ("trio", 2), ("trio", 3), ("trio", 3), ("trio", 6)
    ]  # fmt: skip


CASH = FormedSeries("Cash?", "cash", "series/cash/", form="debate")
RIVERS = FormedSeries("Rivers", "rivers", "series/rivers/")


def part_of(series: FormedSeries, number: int, side: str = "") -> Any:
    return story(number, series=[series], parts=[Part(series, side=side)])


def test_a_series_whose_parts_are_all_above_has_no_block() -> None:
    rivers = [part_of(RIVERS, number) for number in (30, 31)]
    parts = [FrontPart("latest", stories=2), FrontPart("series", (RIVERS,))]
    assert [block.kind for block in page(parts, [*STORIES, *rivers]).blocks] == ["latest"]
    assert [block.kind for block in page(parts[1:], STORIES).blocks] == []


def test_a_debate_shows_its_sides_and_then_its_replies_whatever_is_above() -> None:
    said = ["For", "For", "Against", "", ""]
    debate = [part_of(CASH, 30 + number, side) for number, side in enumerate(said)]

    def shown_of(stories: int, above: int) -> tuple[list[int], list[str]]:
        parts = [FrontPart("latest", stories=above), FrontPart("series", (CASH,), stories=stories)]
        block = page(parts, [*STORIES, *debate]).blocks[-1]
        assert isinstance(block.term, FormedSeries)
        return [int(each.slug[-2:]) for each in block.articles], [
            place.side for place in block.parts
        ]

    assert shown_of(4, above=9) == ([31, 32, 34, 33], ["For", "Against", "", ""])
    assert shown_of(4, above=0) == shown_of(4, above=9)
    assert shown_of(5, above=9)[0] == [31, 32, 34, 33, 30]
    assert shown_of(1, above=9)[1] == ["For", "Against"], "never one side alone"


TERMS: list[tuple[Term, ...]] = [
    (),
    (EUROPE,),
    (ASIA,),
    (WATER,),
    (ANALYSIS,),
    (OPINION,),
    (OPINION, ANALYSIS),
]
PARTS = st.lists(
    st.builds(
        FrontPart,
        st.sampled_from(
            ["lead", "latest", "opinion", "sections", "briefs", "newsletter", *LAYOUTS]
        ),
        st.sampled_from(TERMS),
        stories=st.integers(0, 7),
        optional=st.booleans(),
    ),
    max_size=8,
)
SOURCES = st.lists(
    st.tuples(
        st.sampled_from([(EUROPE,), (ASIA,), (BRIEFS,), (EUROPE, BRIEFS), (ASIA, EUROPE)]),
        st.sampled_from([ANALYSIS, OPINION]),
        st.booleans(),
        st.booleans(),
        st.sampled_from(WRITERS),
    ),
    max_size=40,
)


@given(
    PARTS,
    SOURCES,
    st.dictionaries(
        st.sampled_from(["lead", "second", "third", "feature"]),
        st.integers(0, 30).map("story-{}".format),
    ),
)
def test_no_story_stands_twice_and_none_is_lost_for_which_there_is_room(
    parts: list[FrontPart], sources: list[Any], wanted: dict[str, str]
) -> None:
    stories = [
        story(
            number,
            *sections,
            story_type=kind,
            photo=PHOTO if photo else None,
            topics=[WATER] * wet,
            byline=[Byline(by)],
        )
        for number, (sections, kind, photo, wet, by) in enumerate(sources)
    ]
    briefs = [each for each in stories if BRIEFS in each.sections][-3:]
    short = [each.url for each in briefs]
    front = page(parts, stories, wanted, short=short)
    slugs = shown(front)
    assert len(slugs) == len(set(slugs))
    slots = {slot.article.slug for slot in front.slots}
    assert {each.slug for each in briefs}.isdisjoint(set(slugs) - slots), "the briefs have them"
    everything = page([*parts, FrontPart("latest", stories=99)], stories, wanted, short=short)
    left = {each.slug for each in stories if not each.sections[0].rail and each.url not in short}
    assert left <= set(shown(everything)), "what no block has, a long enough list of the newest has"
    assert all(block.articles for block in front.blocks if block.kind in (*LAYOUTS, "opinion"))


def test_an_entry_stands_until_its_time_is_over_and_then_the_next_one_does() -> None:
    entries = [
        entry("lead", "flash", "2026-11-25T12:00:00+00:00"),
        entry("lead", "steady"),
        entry("second", "other"),
    ]
    out = {"flash", "steady", "other"}
    assert current_slots(entries, NOON, out) == {"lead": "steady", "second": "other"}
    assert current_slots(entries, NOON.replace(hour=11), out) == {
        "lead": "flash",
        "second": "other",
    }


def test_an_entry_whose_story_is_not_out_gives_way_to_the_next_of_its_slot() -> None:
    entries = [
        entry("lead", "held"),
        entry("box", "held"),
        entry("lead", "today"),
        entry("lead", "older"),
    ]
    assert current_slots(entries, NOON, {"today", "older"}) == {"lead": "today", "box": "held"}
    assert current_slots(entries, NOON, {"held", "today", "older"}) == {
        "lead": "held",
        "box": "held",
    }
    assert current_slots(entries, NOON, {"other"}) == {
        "lead": "held",
        "box": "held",
    }, "the newest takes the slot"


def test_of_a_story_and_its_translations_one_is_on_the_page() -> None:
    tongues = [Translation("en", "ltr", "Ferry", "ferry/"), Translation("fr", "ltr", "Bac", "bac/")]
    ferry, bac = (
        story(30 + day, ASIA, slug=each.title, url=each.url, languages=tongues)
        for day, each in enumerate(tongues)
    )
    stories = [*STORIES, ferry, bac]

    def versions(**given: Any) -> list[str]:
        return [slug for slug in shown(standard(stories, **given)) if slug in ("Ferry", "Bac")]

    assert versions(lang="en") == ["Ferry"]
    assert versions(lang="fr") == ["Bac"]
    assert versions(wanted={"lead": "Bac", "second": "Ferry"}, lang="en") == ["Bac"], (
        "the one that came first"
    )
