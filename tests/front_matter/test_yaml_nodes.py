"""YAML is read as words, lists and mappings; what it would do beyond that is refused."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from broadside.front_matter.yaml_nodes import MOST_FAULTS, parse

WORDS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=12
)
PLAIN = st.recursive(
    WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def lowered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key.strip().lower(): lowered(each) for key, each in value.items()}
    return [lowered(each) for each in value] if isinstance(value, list) else value


def clash(value: Any) -> bool:
    if isinstance(value, dict):
        return len({key.strip().lower() for key in value}) < len(value) or any(
            map(clash, value.values())
        )
    return any(map(clash, value)) if isinstance(value, list) else False


def flat(value: Any, depth: int = 0) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return depth <= 8 and all(flat(each, depth + 1) for each in inner)


@given(st.dictionaries(WORDS, PLAIN, min_size=1, max_size=4))
def test_what_is_written_comes_back_as_words(data: dict[str, Any]) -> None:
    plain = parse(yaml.safe_dump(data, allow_unicode=True, default_style='"'), "a.md")
    if not clash(data) and flat(data):
        assert (plain.value, plain.faults) == (lowered(data), [])


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "null",
        "~",
        "12:30:00",
        "0o17",
        "1_000",
        "1.10",
        "0x1F",
        "2026-11-20",
        "true",
        "=",
        "1e3",
        ".inf",
    ],
)
def test_words_stay_words(word: str) -> None:
    assert parse(f"a: {word}\nb: [{word}]\n", "a.md").value == {"a": word, "b": [word]}


@pytest.mark.parametrize(
    "text", ["dek: One\n  mot:\u00a0two\n", "dek: |\n  mot:\u00a0two\n", "dek: \u00a0One\n"]
)
def test_a_hard_space_that_hides_no_key_may_stay(text: str) -> None:
    assert parse(text, "a.md").faults == []


@pytest.mark.parametrize(
    "text", ["topics: [a, b] # c", "[{name: A}, # b\n {name: C}] # d", "- {name: A} # b"]
)
def test_a_comment_after_a_closing_bracket_is_one(text: str) -> None:
    assert parse(text, "a.yml").faults == []


@pytest.mark.parametrize(
    "text",
    ["title: A # b", "topics: [a, # b\n c]", "topics: [a # b\n ]", "- {name: A, # b\n slug: c}"],
)
def test_a_comment_beside_words_may_be_some_of_them(text: str) -> None:
    (fault,) = parse(text, "a.yml").faults
    assert (fault.line, fault.code) == (1, "yaml")
    assert "everything after # would be lost" in fault.message


def test_a_bomb_does_not_go_off() -> None:
    lines = [
        "a0: &a0 [x, x, x, x]",
        *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)),
    ]
    plain = parse("\n".join(lines), "a.md")
    assert (plain.value, [fault.line for fault in plain.faults]) == (None, [1])


@pytest.mark.parametrize("text", ["a: b # c\nA: d\ne: f: g\nh: i: j\n", "title: A # b\ne: *x"])
def test_of_what_cannot_be_read_nothing_else_is_told(text: str) -> None:
    plain = parse(text, "a.md")
    assert plain.value is None
    assert len(plain.faults) == 1


def test_of_a_key_that_stands_there_twice_the_first_counts() -> None:
    plain = parse("a: b\nA: [c]\nd: {e: f, E: g}\n", "a.md")
    assert plain.value == {"a": "b", "d": {"e": "f"}}
    assert [(fault.code, fault.line) for fault in plain.faults] == [("twice", 2), ("twice", 3)]


def test_faults_without_end_are_not_all_told() -> None:
    assert len(parse("a: b\n" * 10_000, "a.md").faults) == MOST_FAULTS


@given(st.text(alphabet="-: ab\n\t[]{},&*!|>'\"#%@`é\\", max_size=60))
def test_any_text_is_data_or_faults_at_lines_that_are_there(text: str) -> None:
    plain = parse(text, "a.md")
    assert len(plain.faults) == len(set(plain.faults))
    assert all(1 <= fault.line <= text.count("\n") + 2 for fault in plain.faults)
