"""A list in a YAML file is rearranged, and what stays is not touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.desk.preview.rearrange import Item, NotPlain, rearranged, values_in

FRONT = """\
# The places at the top.
slots:
  - slot: lead # the best
    story: ice
  # The treaty expires that day.
  - slot: second
    story: wind
    until: 2026-12-12T18:00 # by the clock

# From top to bottom.
blocks:
  - block: lead
"""
WORDS = st.text("abc-:#'\"é 0", min_size=1, max_size=8).map(str.split).map(" ".join).filter(bool)
ENTRIES = st.dictionaries(st.sampled_from(["slot", "story", "until"]), WORDS, min_size=1)


def test_what_stays_keeps_its_lines_and_comments() -> None:
    items = [Item({"story": "tide", "until": ""}, 1), Item({"until": "2027-01-01"}, 0)]
    assert (
        rearranged(FRONT, "slots", items)
        == """\
# The places at the top.
slots:
  # The treaty expires that day.
  - slot: second
    story: tide
  - slot: lead # the best
    story: ice
    until: 2027-01-01

# From top to bottom.
blocks:
  - block: lead
"""
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "slots:\n  - story: ice\n"),
        ("# Mine\n", "# Mine\nslots:\n  - story: ice\n"),
        ("slots:\nblocks:\n- block: lead\n", "blocks:\n- block: lead\nslots:\n  - story: ice\n"),
        ("slots: []", "slots:\n  - story: ice\n"),
        ("slots: [{story: wind}]\n", "slots:\n  - story: ice\n"),
        ("- story: wind\n", "- story: ice\n"),
        ("slots:\n- story: >\n    wind\n", "slots:\n- story: ice\n"),
    ],
)
def test_a_list_may_be_missing_or_written_in_another_form(before: str, after: str) -> None:
    assert rearranged(before, "slots", [Item({"story": "ice"})]) == after


def test_a_list_without_entries_leaves_no_key() -> None:
    assert "slots:" not in (made := rearranged(FRONT, "slots", []))
    assert values_in(made, "blocks") == [{"block": "lead"}]


def test_a_key_without_a_value_gets_one() -> None:
    text = "slots:\n- until:\n  story: ice\n"
    made = rearranged(text, "slots", [Item({"until": "2027-01-01"}, 0)])
    assert made == text.replace("until:", "until: 2027-01-01")


def test_a_list_alone_is_that_of_the_slots() -> None:
    made = rearranged("- story: wind\n", "blocks", [Item({"block": "lead"})])
    assert made == "slots:\n- story: wind\nblocks:\n  - block: lead\n"


@pytest.mark.parametrize(
    "text",
    [
        "slots: {lead: ice}\n",
        "slots: [{story: wind}] # ours\n",
        "{slots: [{story: wind}], blocks: [{block: lead}]}\n",
        "slots:\n  - story: wind\n extra: [\n",
    ],
)
def test_what_would_be_lost_is_refused(text: str) -> None:
    with pytest.raises(NotPlain):
        rearranged(text, "slots", [Item({"story": "ice"})])


def test_an_entry_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotPlain):
        rearranged(FRONT, "slots", [Item(at=2)])


@given(st.lists(ENTRIES, max_size=4), st.data())
def test_any_arrangement_says_what_was_wanted(
    entries: list[dict[str, str]], data: st.DataObject
) -> None:
    text = rearranged(FRONT, "slots", [Item(entry) for entry in entries])
    assert values_in(text, "slots") == entries
    places = data.draw(st.permutations(range(len(entries))))
    changed = [data.draw(st.one_of(st.just({}), ENTRIES)) for _ in places]
    items = [Item(more, at) for at, more in zip(places, changed, strict=True)]
    again = rearranged(text, "slots", items)
    assert values_in(again, "slots") == [
        entries[at] | more for at, more in zip(places, changed, strict=True)
    ]
    assert values_in(again, "blocks") == [{"block": "lead"}]
    assert again.endswith(FRONT[FRONT.index("\n# From top") :])
