"""What is left of a header with errors, and where each entry of it was written."""

from __future__ import annotations

from datetime import UTC

from broadside.plugins.front_matter.schema import FrontPage, Sections, Story
from broadside.plugins.front_matter.sift import sift
from broadside.plugins.front_matter.yaml_nodes import Marks


def test_of_a_list_only_bad_entries_and_twins_go() -> None:
    written = ["Bad Slug", "a", "b", "A_", "a", "a"]
    sifted = sift(Story, {"title": "T", "related": written}, UTC, "file")
    assert isinstance(sifted.value, Story)
    assert sifted.value.related == ["a", "b"]
    assert [(error["type"], error["loc"]) for error in sifted.errors] == [
        ("slug", ("related", 0)),
        ("slug", ("related", 3)),
        ("twice", ("related",)),
    ]
    marks: Marks = {("related", number): (number + 2, 1) for number in range(len(written))}
    marks[("title",)] = (1, 1)
    assert sifted.marks(marks) == {("title",): (1, 1), ("related", 0): (3, 1), ("related", 1): (4, 1)}


def test_of_an_entry_only_bad_keys_go_unless_it_must_have_them() -> None:
    slots = [
        {"slot": "lead", "story": "a", "until": "soon"},
        {"slot": "second", "story": "Bad Slug"},
        {"slot": "third", "story": "c"},
        {"story": "d"},
    ]
    sifted = sift(FrontPage, {"slots": slots}, UTC, "file")
    assert isinstance(sifted.value, FrontPage)
    assert [(slot.slot, slot.story) for slot in sifted.value.slots] == [("lead", "a"), ("third", "c")]
    assert [error["loc"] for error in sifted.errors] == [
        ("slots", 0, "until"),
        ("slots", 1, "story"),
        ("slots", 3, "slot"),
    ]


def test_of_a_list_within_an_entry_only_bad_entries_and_twins_go() -> None:
    written = ["old", "/a/", "/b/", "/a/"]
    sifted = sift(Sections, {"items": [{"name": "Europe", "redirect_from": written}]}, UTC, "file")
    assert isinstance(sifted.value, Sections)
    assert [(each.name, each.redirect_from) for each in sifted.value.items] == [("Europe", ["/a/", "/b/"])]
    assert [error["type"] for error in sifted.errors] == ["address", "twice"]


def test_a_list_with_nothing_good_in_it_is_not_told_to_be_empty() -> None:
    sifted = sift(Story, {"authors": [["x"], {"nope": "y"}]}, UTC, "a-file")
    assert isinstance(sifted.value, Story)
    assert (sifted.value.title, sifted.value.authors) == ("a-file", None)
    assert [error["type"] for error in sifted.errors] == ["missing", "not-text", "unknown-key"]
