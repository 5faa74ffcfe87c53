"""A file's header, in YAML or in Pelican's plain form, and where its text begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.front_matter.source import split

YAML = "---\ntitle: A\ntopics:\n  - b\n  - c: d\n---\n\nBody.\n"
PELICAN = "Title: A: b\nTags: c, d\nSummary: One\n    two\nAuthors: E; F, G\n\nBody.\n"


def test_yaml_between_hyphens() -> None:
    head = split(YAML, "a.md")
    assert head.data == {"title": "A", "topics": ["b", {"c": "d"}]}
    assert (head.body, head.body_line, head.faults) == ("\nBody.\n", 7, [])
    assert head.marks["topics", 1, "c"] == (5, 5)


def test_pelicans_form() -> None:
    head = split(PELICAN, "a.md")
    assert head.data == {
        "title": "A: b",
        "tags": ["c", "d"],
        "summary": "One\ntwo",
        "authors": ["E", "F, G"],
    }
    assert (head.body, head.body_line, head.faults) == ("Body.\n", 7, [])
    assert head.marks["authors",] == (5, 1)


@pytest.mark.parametrize("key", ["Tags", "Authors"])
@pytest.mark.parametrize("written", ["a, b; c", "\n    a, b\n    c"])
def test_a_semicolon_or_a_line_outranks_the_comma(key: str, written: str) -> None:
    assert split(f"{key}: {written}\n\nBody.\n", "a.md").data == {key.lower(): ["a, b", "c"]}


@pytest.mark.parametrize(
    "written", ["a,\n    b,\n    c", "\n    a,\n    b,\n    c", "a, b\n    c", "a;\n\tb;\n\tc"]
)
def test_a_list_that_is_wrapped_holds_no_comma(written: str) -> None:
    assert split(f"Tags: {written}\n\nBody.\n", "a.md").data == {"tags": ["a", "b", "c"]}


def test_a_key_may_stand_up_to_three_spaces_in_as_in_pelican() -> None:
    head = split(
        " Title: A\nSummary: One\n  two\n    Note: three\n   Status: draft\n\nBody.\n", "a.md"
    )
    assert head.data == {"title": "A", "summary": "One\ntwo\nNote: three", "status": "draft"}
    assert (head.body, head.body_line, head.faults) == ("Body.\n", 7, [])


@pytest.mark.parametrize("text", [YAML, PELICAN])
def test_blank_lines_before_it_move_every_line(text: str) -> None:
    head, later = split(text, "a.md"), split("\n \n" + text, "a.md")
    assert (later.data, later.body, later.body_line) == (head.data, head.body, head.body_line + 2)
    assert later.marks["title",] == (head.marks["title",][0] + 2, head.marks["title",][1])


@pytest.mark.parametrize(("before", "line"), [("---\n", 2), ("", 1), ("\n\n---\n", 4)])
def test_keys_without_spaces_are_told_where_they_begin(before: str, line: int) -> None:
    assert [
        fault.line for fault in split(f"{before}Title:A\nTags:b, c\n---\nBody.\n", "a.md").faults
    ] == [line]


@pytest.mark.parametrize(
    "keys",
    ["title: A\ntopics:\n  - b\n", 'title: "A: b"\ndek: One\n    two\n', " title: A\n dek: b\n"],
)
def test_the_first_line_of_hyphens_may_be_forgotten(keys: str) -> None:
    whole, without = (split(f"{begin}{keys}---\nBody.\n", "a.md") for begin in ("---\n", ""))
    assert (without.data, without.body, without.faults) == (whole.data, "Body.\n", [])
    assert (without.body_line, without.marks["title",]) == (
        whole.body_line - 1,
        (1, whole.marks["title",][1]),
    )
    blank = split(f"{keys} \n\n---\nBody.\n", "a.md")
    assert (blank.data, blank.body, blank.faults) == (whole.data, "Body.\n", [])


def test_what_the_plain_form_means_and_yaml_does_not_is_told_and_not_read_otherwise() -> None:
    assert [fault.code for fault in split("Title: A: b\n---\nBody.", "a.md").faults] == ["yaml"]


@pytest.mark.parametrize(
    "text", ["Title: A\n\nWords.\n\n---\n\nMore.\n", "Title: A\nWords.\n\n---\n\nMore.\n"]
)
def test_a_break_in_the_text_ends_no_plain_header(text: str) -> None:
    head = split(text, "a.md")
    assert (head.data, head.faults) == ({"title": "A"}, [])
    assert "---" in head.body


def test_a_rule_in_the_text_does_not_end_the_header() -> None:
    assert split("---\ntitle: A\n---\na\n\n---\n\nb\n", "a.md").body == "a\n\n---\n\nb\n"


@given(
    st.sampled_from(["", "---\n", "Title: a\n", "---\ntitle: a\n---\n"]),
    st.text(alphabet="-: ab\n\t[]{}&*!|>'\"#é", max_size=80),
)
def test_any_text_has_a_header_or_faults_and_loses_no_line(begin: str, rest: str) -> None:
    text = begin + rest
    head = split(text, "a.md")
    assert head.data or head.faults or text.lstrip().startswith("---")
    if head.body and not head.faults:
        assert text.endswith(head.body)
        assert head.body_line == text.count("\n") - head.body.count("\n") + 1
