"""What a writer is told: one form of message, whatever went wrong."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.faults import Fault, FaultsFound, did_you_mean, grouped, one_line, render

ERROR = Fault(
    "content/a.md",
    7,
    3,
    "error",
    "unknown-section",
    '"Eurpoe" is not in sections.yml',
    'did you mean "Europe"?',
)
WARNING = Fault("content/a.md", 9, 0, "warning", "list", "these lines are not read as a list")
WHOLE = Fault("content/b.md", 0, 0, "error", "too-long", "the file is large")


def test_a_fault_is_a_line_with_place_code_and_remedy() -> None:
    assert (
        str(ERROR)
        == 'content/a.md:7: error: unknown-section: "Eurpoe" is not in sections.yml; did you mean'
        ' "Europe"?'
    )
    assert str(WHOLE) == "content/b.md:1: error: too-long: the file is large"


def test_all_faults_are_told_once_and_in_the_order_of_the_files() -> None:
    found = FaultsFound([WHOLE, WARNING, ERROR, ERROR])
    assert found.faults == [ERROR, WARNING, WHOLE]
    assert str(found).splitlines()[-1] == "2 errors; nothing was published"
    assert render([WHOLE, ERROR, WHOLE], "text") == f"{ERROR}\n{WHOLE}"


def test_text_shows_the_line_and_the_place_in_it() -> None:
    source = "\n" * 6 + "a\tbc\n"
    assert render([ERROR], "text", {"content/a.md": source}).splitlines()[1:] == [
        "    7 | a bc",
        "      |   ^",
    ]
    source = "\n" * 6 + "\t\ta\n"
    assert render([ERROR], "text", {"content/a.md": source}).splitlines()[1:] == [
        "    7 | →→a",
        "      |   ^",
    ]
    assert render([ERROR], "text", {"content/a.md": "short"}) == str(ERROR)


@pytest.mark.parametrize("sign", ["\u2028", "\f", "\v", "\x1c", "\u0085"])
def test_lines_end_where_the_file_says_so_and_at_no_other_sign(sign: str) -> None:
    source = f"a{sign}b\r\nc\rd\n\n\n\nhere\n"
    assert render([ERROR], "text", {"content/a.md": source}).splitlines()[1] == "    7 | here"


def test_json_has_every_field_and_leaves_letters_as_they_are() -> None:
    (told,) = json.loads(render([Fault("é.md", 1, 2, "error", "c", "mé", "h")], "json"))
    assert told == {
        "path": "é.md", "line": 1, "column": 2, "severity": "error", "code": "c", "message": "mé", "hint": "h"
    }  # fmt: skip
    assert "é" in render([Fault("é.md", 1, 2, "error", "c", "m")], "json")
    assert json.loads(render([], "json")) == []


def test_github_annotations_cannot_be_left_by_a_name_or_a_message() -> None:
    fault = Fault("a,b:c%.md", 3, 0, "error", "c", "one\ntwo", "100 %")
    assert (
        render([fault], "github")
        == "::error file=a%2Cb%3Ac%25.md,line=3,title=c::one%0Atwo; 100 %25"
    )


@given(st.text())
def test_no_name_and_no_message_can_disguise_a_line(text: str) -> None:
    line = str(Fault(f"{text}.md", 1, 1, "error", "code", text, text))
    assert len(line.splitlines()) == 1
    assert not any(sign in line for sign in "\x1b\u202e\u2067\u200f\u2028")
    assert one_line(one_line(text)) == one_line(text)


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("Eurpoe", ["Europe", "Asia"], 'did you mean "Europe"?'),
        ("analisis", ["Análisis", "Opinión"], 'did you mean "Análisis"?'),
        (
            "/2026/10/montreux-at-nintey/",
            ["/about/", "/2026/11/montreux-at-ninety/"],
            "montreux-at-ninety/",
        ),
        ("zzz", ["b", "a"], "known: a, b"),
        ("Pacific", ["Europe", "Asia-Pacific"], 'did you mean "Asia-Pacific"'),
        ("zzz", [], ""),
        ("zzz", [f"word {n:02}" for n in range(13)], ""),
    ],
)
def test_a_hint_names_what_is_near_or_all_if_there_are_few(
    word: str, known: list[str], hint: str
) -> None:
    found = did_you_mean(word, known)
    assert hint in found
    assert bool(found) == bool(hint)


def test_gitlab_is_told_each_fault_once_and_at_a_line() -> None:
    faults = [
        Fault("content/a.md", 3, 1, "error", "slug", "one", "two"),
        Fault("content/b.md", 0, 0, "warning", "topic", "x"),
    ]
    found = json.loads(render([*faults, faults[0]], "gitlab"))
    assert [each["location"] for each in found] == [
        {"path": "content/a.md", "lines": {"begin": 3}},
        {"path": "content/b.md", "lines": {"begin": 1}},
    ]
    assert [(each["check_name"], each["severity"], each["description"]) for each in found] == [
        ("slug", "critical", "one; two"),
        ("topic", "minor", "x"),
    ]
    assert len({each["fingerprint"] for each in found}) == 2


def test_faults_of_one_cause_are_one_and_others_stay() -> None:
    gone = [
        Fault(f"content/articles/{n}.md", 5, 0, "error", "unknown-name", '"Jo" is not in authors/')
        for n in range(4)
    ]
    twice = (
        gone[0],
        Fault("content/articles/0.md", 9, 0, "error", "unknown-name", '"Jo" is not in authors/'),
    )
    other = [
        Fault(f"content/articles/{n}.md", 3, 0, "error", "key-twice", '"dek" is there twice')
        for n in range(2)
    ]
    told = grouped([*gone, *twice, *other])
    assert [(each.path[-4:], each.line, each.code) for each in told] == [
        ("0.md", 3, "key-twice"), ("0.md", 5, "unknown-name"), ("0.md", 9, "unknown-name"), ("1.md", 3, "key-twice")
    ]  # fmt: skip
    assert all(f"content/articles/{n}.md:5" in told[1].message for n in (1, 2, 3))
    assert grouped(gone[:1]) == gone[:1]


def test_a_wrong_key_in_many_stories_is_told_once_with_places_for_each_way_out() -> None:
    made = [
        Fault(f"{n:02}.md", 3, 0, "error", "unknown-key", '"Summery" is not a key', hint)
        for n in range(24)
        for hint in ["write summary" if n % 2 else "delete it"]
    ]
    told = grouped(made)
    assert [(each.path, each.hint) for each in told] == [
        ("00.md", "delete it"),
        ("01.md", "write summary"),
    ]
    assert "03.md:3, 05.md:3" in told[1].message
    assert "6 more" in told[1].message
    assert "23.md" not in told[1].message
