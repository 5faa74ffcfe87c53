"""What a page is handed is hashed, all of it."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from broadside.digests import (
    Digests,
    digest,
    files_below,
    installed,
    of_code,
    of_files,
    of_folder,
    of_modules,
    of_own,
)

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


class Shelf(Struct, frozen=True):
    name: str
    articles: list[Any]


class Rack(Shelf, frozen=True):
    pass


@dataclass(frozen=True, slots=True)
class Pile:
    """A value of a plugin that is not ours."""

    name: str
    articles: list[Any]


def story(teaser: str = "t", whole: str = "w") -> SimpleNamespace:
    return SimpleNamespace(teaser=teaser, whole=whole)


@given(PLAIN, PLAIN)
def test_different_values_have_different_digests(one: object, other: object) -> None:
    assert (Digests().of_value(one) == Digests().of_value(other)) == (repr(one) == repr(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
        (("a", "b"), ["a", "b"]),
        ({1: "a"}, {"1": "a"}),
        ({"a"}, {"b"}),
        (date(2001, 1, 1), date(2002, 1, 1)),
        (str.upper, str.title),
        (Shelf, Rack),
    ],
)
def test_values_that_a_page_could_show_differently_have_different_digests(
    one: object, other: object
) -> None:
    assert Digests().of_value(one) != Digests().of_value(other)
    assert Digests().of_value(one) == Digests().of_value(one)


def test_sets_are_the_same_in_any_order() -> None:
    words = [f"word {number}" for number in range(50)]
    assert Digests().of_value(set(words)) == Digests().of_value({*words[25:], *words[:25]})


SAYS = """
class Upper:
    def __call__(self, text):
        return text.{how}()

def counting():
    def down(number):
        return number and down(number - 1)
    return down

shout, kind, itself = lambda text: text.{how}(), Upper, counting()
"""


@pytest.mark.parametrize("name", ["shout", "kind", "itself"])
def test_code_counts_with_all_of_its_file(tmp_path: Path, name: str) -> None:
    def mark(how: str) -> str:
        (tmp_path / "a.py").write_text(SAYS.format(how=how), "utf-8")
        return Digests().of_value(runpy.run_path(str(tmp_path / "a.py"))[name])

    assert mark("upper") == mark("upper") != mark("title")


def test_code_without_a_file_is_refused() -> None:
    space: dict[str, Any] = {}
    exec("shout = lambda text: text.upper()", space)
    with pytest.raises(TypeError):
        Digests().of_value(space["shout"])


def test_files_behind_links_count_once(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "kicker.html").write_text("one", "utf-8")
    (tmp_path / "theme" / "components").symlink_to(tmp_path / "shared")
    (tmp_path / "theme" / "back").symlink_to(tmp_path / "theme")
    (tmp_path / "theme" / "nowhere").symlink_to(tmp_path / "nothing")
    before = of_folder(tmp_path / "theme")
    assert [*files_below(tmp_path / "theme")] == [f"{tmp_path}/theme/components/kicker.html"]
    (tmp_path / "shared" / "kicker.html").write_text("two", "utf-8")
    assert of_folder(tmp_path / "theme") != before


PARTS = st.lists(st.text("\0a1:\ud800", max_size=3) | st.binary(max_size=2), max_size=3)


@given(PARTS, PARTS)
def test_digests_are_equal_exactly_if_all_parts_are(
    one: list[str | bytes], other: list[str | bytes]
) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_a_story_counts_whole_where_it_is_shown_whole_and_as_a_teaser_elsewhere() -> None:
    for name, seen in [
        ("article", "whole"),
        ("stories", "whole"),
        ("articles", "teaser"),
        ("slots", "teaser"),
    ]:
        before = Digests().of_values({name: [story()]})
        assert Digests().of_values({name: [story(**{seen: "changed"})]}) != before
        unseen = {"whole": "teaser", "teaser": "whole"}[seen]
        assert Digests().of_values({name: [story(**{unseen: "changed"})]}) == before


@pytest.mark.parametrize("kind", [Shelf, Pile])
def test_stories_deep_inside_count(kind: Callable[..., Any]) -> None:
    def front(teaser: str) -> str:
        return Digests().of_values({"by_section": [("Europe", [kind("x", [story(teaser)])])]})

    assert front("one") != front("other")


def test_every_field_of_a_value_counts_and_so_does_its_kind() -> None:
    values = [Shelf("a", []), Shelf("b", []), Shelf("a", [story()]), Rack("a", []), Pile("a", [])]
    assert len({Digests().of_value(value) for value in values}) == len(values)


def test_a_value_that_does_not_show_when_it_changes_is_refused() -> None:
    with pytest.raises(TypeError):
        Digests().of_value(object())


def test_files_count_by_name_and_bytes(tmp_path: Path) -> None:
    seen = set()
    for name, text in [("a.html", "1"), ("a.html", "2"), ("b.html", "2")]:
        for file in tmp_path.iterdir():
            file.unlink()
        (tmp_path / name).write_text(text)
        seen.add(of_files(tmp_path, map(str, tmp_path.iterdir())))
    assert len(seen) == 3


@pytest.mark.parametrize("name", ["pelicanconf.py", "publishconf.py"])
def test_settings_with_a_class_count_as_code(tmp_path: Path, name: str) -> None:
    def mark(text: str) -> str:
        (tmp_path / name).write_text(text, "utf-8")
        return of_own([], tmp_path)

    assert mark("SIGN = '!'  # class\n") == mark("SIGN = '?'\n")
    say = "if True:\n    class Say(str):\n        sign = '{}'\n"
    assert mark(say.format("!")) != mark(say.format("?"))


def test_bytecode_that_is_being_written_is_no_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadside.digests.ENGINE", tmp_path / "broadside")
    for file in ("broadside/plugins/mine.py", "ours/robot.py"):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).write_text("WORD = 1\n")

    def marks() -> tuple[str, str]:
        return of_code.__wrapped__(), of_modules.__wrapped__(tmp_path, frozenset({"ours"}))

    before = marks()
    for folder in ("broadside/plugins", "ours"):
        half = tmp_path / folder / "__pycache__" / "robot.cpython-311.pyc.139868"
        half.parent.mkdir()
        half.touch()
    assert marks() == before


def test_another_version_of_a_package_is_seen_by_the_name_of_its_folder(tmp_path: Path) -> None:
    path = [str(tmp_path), str(tmp_path / "nowhere")]
    (tmp_path / "almanac-1.0.dist-info").mkdir()
    (tmp_path / "almanac").mkdir()
    assert installed(path) == ["almanac-1.0.dist-info"]
    (tmp_path / "almanac-1.0.dist-info").rename(tmp_path / "almanac-2.0.dist-info")
    assert installed(path) == ["almanac-2.0.dist-info"]
