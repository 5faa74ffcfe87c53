"""Quires: pages that lie together, and that nobody looks at one by one while all of them stand."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from broadside.plugins.manifest import Manifest
from broadside.plugins.press.run import Run
from broadside.plugins.press.sheets import Printed, Quire, Sheet, TwoForOnePlace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadside.plugins.press import Press
from tests.plugins.press.shop import Shop

Quires = dict[str, dict[str, str]]


class Filled:
    """Runs of quires, name -> path -> text, which notes what was filled and what was made."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.filled: list[str] = []
        self.run = Run(shop.output, shop.manifest)

    def print(self, given: Quires, pages: dict[str, str] | None = None) -> Printed:
        self.shop.made.clear()
        self.filled.clear()
        self.run = Run(self.shop.output, self.shop.manifest)
        self._add(pages or {})
        for name, texts in given.items():
            self.run.quires.append(Quire(name, repr(texts), partial(self._fill, name, texts)))
        return self.run.print()

    def _fill(self, name: str, texts: dict[str, str]) -> None:
        self.filled.append(name)
        self._add(texts)

    def _add(self, texts: dict[str, str]) -> None:
        for path, text in texts.items():
            self.run.add(Sheet(path, text, partial(self.shop.make, path, text)))


@pytest.fixture
def filled(shop: Shop) -> Filled:
    return Filled(shop)


def test_only_the_quire_that_changed_is_filled_and_only_its_changed_pages_are_made(filled: Filled) -> None:
    filled.print({"old": {"a": "1", "b": "1"}, "new": {"c": "1", "d": "1"}}, {"front": "1"})
    done = filled.print({"old": {"a": "1", "b": "1"}, "new": {"c": "1", "d": "2"}}, {"front": "1"})
    assert (filled.filled, filled.shop.made) == (["new"], ["d"])
    assert (done.written, done.skipped, done.removed) == (["d"], {"a", "b", "c", "front"}, [])
    assert all(filled.run.has(path) for path in "abcd")
    assert not filled.print({"old": {"a": "1", "b": "1"}, "new": {"c": "1", "d": "2"}}, {"front": "1"}).written
    assert not filled.filled


@pytest.mark.parametrize("harm", ["edit", "delete"])
def test_a_quire_with_a_file_that_somebody_changed_is_compared_page_by_page(filled: Filled, harm: str) -> None:
    given: Quires = {"one": {"a": "1", "b": "1"}, "two": {"c": "1"}}
    filled.print(given)
    file = filled.shop.output / "b"
    file.unlink() if harm == "delete" else file.write_text("other")
    assert filled.print(given).written == ["b"]
    assert filled.filled == ["one"]
    assert filled.shop.files() == {"a": "1", "b": "1", "c": "1"}


@pytest.mark.parametrize("names", [["a", "A"], ["a", "gone"], ["a"]], ids=str)
def test_a_quire_that_has_other_files_in_the_manifest_leaves_the_site_right(filled: Filled, names: list[str]) -> None:
    given: Quires = {"one": {"a": "1", "b": "1"}, "two": {"c": "1"}}
    filled.print(given)
    manifest = Manifest.read(filled.shop.manifest)
    entries, made = manifest.quires["one"].files, {"one": {"a": "1", "b": "2"}, "two": {"c": "1"}}
    manifest.quires["one"] = manifest.quires["one"]._replace(files=dict.fromkeys(names, entries["a"]))
    manifest.save(filled.shop.manifest)
    filled.print(made)
    assert filled.filled == ["one"]
    assert filled.shop.files() == {"a": "1", "b": "2", "c": "1"}


def test_the_manifest_has_each_file_once_in_its_own_group(filled: Filled) -> None:
    filled.print({"one": {"a": "1", "b": "1"}, "two": {"c": "1"}}, {"front": "1"})
    filled.print({"one": {"a": "1", "b": "2"}, "two": {"c": "1"}}, {"front": "1"})
    manifest = Manifest.read(filled.shop.manifest)
    assert {name: {*group.files} for name, group in manifest.quires.items()} == {"one": {"a", "b"}, "two": {"c"}}
    assert {*manifest.alone} == {"front"}
    assert {*manifest.files} == {"a", "b", "c", "front"}


def test_the_pages_of_a_quire_that_is_gone_go(filled: Filled) -> None:
    filled.print({"one": {"a": "1"}, "two": {"b": "1"}})
    assert filled.print({"two": {"b": "1"}}).removed == ["a"]
    assert filled.print({"one": {"a": "1"}, "two": {"b": "1"}}).written == ["a"]


def test_a_page_that_moves_from_one_quire_to_another_stays_as_it_is(filled: Filled) -> None:
    filled.print({"1": {"a": "1", "b": "1"}, "2": {"c": "1"}})
    done = filled.print({"1": {"a": "1"}, "2": {"b": "1", "c": "1"}})
    assert (done.written, done.removed) == ([], [])
    assert filled.print({"1": {"a": "1"}, "2": {"b": "1", "c": "1"}}).skipped == {"a", "b", "c"}
    assert filled.filled == []


@pytest.mark.parametrize(("second", "pages"), [({"A": "1"}, {}), ({"b": "1"}, {"A": "1"}), ({"a/b": "1"}, {})])
def test_no_sheet_may_take_the_path_of_a_page_that_was_carried_over(
    filled: Filled, second: dict[str, str], pages: dict[str, str]
) -> None:
    filled.print({"one": {"a": "1"}})
    with pytest.raises(TwoForOnePlace):
        filled.print({"one": {"a": "1"}, "two": second}, pages)
    assert filled.shop.files() == {"a": "1"}


PAGES = st.dictionaries(st.sampled_from(["a", "b/c", "b/d", "e", "f"]), st.sampled_from(["1", "2"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.tuples(PAGES, st.integers(0, 3)), min_size=2, max_size=6))
def test_pages_are_the_same_in_any_quires_and_in_none(tmp_path: Path, builds: list[tuple[dict[str, str], int]]) -> None:
    filled = Filled(Shop(tmp_path / uuid4().hex))
    for pages, shift in builds:
        dealt: Quires = {}
        for number, (path, text) in enumerate(sorted(pages.items())):
            dealt.setdefault(str((number + shift) // 2), {})[path] = text
        before = filled.shop.files()
        done = filled.print(dealt)
        assert filled.shop.files() == pages
        assert done.written == sorted(path for path in pages if before.get(path) != pages[path])
        assert done.removed == sorted(before.keys() - pages.keys())


@pytest.mark.parametrize("quire", [1, 3, 50])
def test_a_full_quire_keeps_its_stories_when_others_are_added(tmp_path: Path, quire: int) -> None:
    writer = Press(str(tmp_path / "output"), {"CACHE_PATH": str(tmp_path), "QUIRE": quire})
    for size in (1, quire, 3 * quire + 1):
        before, after = (list(writer.quires(range(number))) for number in (size, size + quire))
        assert [story for _, some in before for story in some] == list(range(size))
        assert after[: size // quire] == before[: size // quire]
