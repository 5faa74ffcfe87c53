"""Bundles: files that are made together, and whose names are known only then."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from broadside.plugins.press.run import Run
from broadside.plugins.press.sheets import Bundle, Doubt, Printed, Proof, Sheet, TwoForOnePlace, Unsound

from tests.plugins.press.shop import Shop, to_files


def test_a_bundle_is_made_once_and_only_its_changed_files_are_written(shop: Shop) -> None:
    assert shop.run({}, {"a": "1", "b": "2"}).written == ["search/a", "search/b"]
    assert shop.run({}, {"a": "1", "b": "2"}).written == []
    done = shop.run({}, {"a": "1", "c": "3"})
    assert (done.written, done.skipped, done.removed) == (["search/c"], {"search/a"}, ["search/b"])
    (shop.output / "search" / "a").unlink()
    assert shop.run({}, {"a": "1", "c": "3"}).written == ["search/a"]
    assert shop.run({}).removed == ["search/a", "search/c"]


def bundled(shop: Shop, bundles: dict[str, dict[str, str]], pages: Sequence[str] = ()) -> Printed:
    """Print several bundles, folder -> path -> text, beside pages."""
    run = Run(shop.output, shop.manifest)
    for path in pages:
        run.add(Sheet(path, path, path.encode))
    for folder, files in bundles.items():
        run.bundles.append(Bundle(folder, repr(files), {path: text.encode() for path, text in files.items()}.copy))
    return run.print()


def test_bundles_may_be_nested_and_only_the_changed_one_is_made(shop: Shop) -> None:
    both = {"search": {"a": "1"}, "search/7": {"b": "2", "c/d": "3"}}
    assert bundled(shop, both, ["search/list"]).written == ["search/7/b", "search/7/c/d", "search/a", "search/list"]
    assert bundled(shop, both | {"search": {"a": "4"}}, ["search/list"]).written == ["search/a"]
    assert bundled(shop, both, ["search/list"]).written == ["search/a"]
    done = bundled(shop, both | {"search/7": {"b": "2"}}, ["search/list"])
    assert (done.written, done.removed) == ([], ["search/7/c/d"])
    assert bundled(shop, {"search": {"a": "1"}}).removed == ["search/7/b", "search/list"]
    assert shop.files() == {"search/a": "1"}


@pytest.mark.parametrize("before", [{}, {"search/7": {"b": "2"}}])
def test_a_page_that_stands_cannot_be_the_folder_of_a_new_bundle(shop: Shop, before: dict[str, dict[str, str]]) -> None:
    bundled(shop, before, ["search/8"])
    with pytest.raises(TwoForOnePlace, match="search/8 would be both a page and the folder of"):
        bundled(shop, before | {"search/8": {"c": "3"}}, ["search/8"])


@pytest.mark.parametrize("carried", [False, True])
@pytest.mark.parametrize(
    ("more", "pages"), [({}, ["search/7/b"]), ({}, ["search/7/B"]), ({"search": {"7/b": "other"}}, [])]
)
def test_neither_a_page_nor_another_bundle_takes_a_bundles_file(
    shop: Shop, carried: bool, more: dict[str, dict[str, str]], pages: list[str]
) -> None:
    files = {"search/7": {"b": "2"}}
    if carried:
        bundled(shop, files)
    with pytest.raises(TwoForOnePlace, match="would be written to search/7/b"):
        bundled(shop, files | more, pages)
    if carried:
        assert shop.files() == {"search/7/b": "2"}


def test_bundles_come_after_the_pages_to_give_their_makers_time(shop: Shop) -> None:
    order: list[str] = []

    def made(name: str) -> bytes:
        order.append(name)
        return b""

    run = Run(shop.output, shop.manifest)
    run.bundles.append(Bundle("search", "1", lambda: {"x": made("bundle")}))
    run.add(Sheet("a.html", "1", lambda: made("page")))
    run.print()
    assert order == ["page", "bundle"]
    assert shop.files().keys() == {"a.html", "search/x"}


def test_a_page_may_not_take_the_folder_of_a_bundle(shop: Shop) -> None:
    run = Run(shop.output, shop.manifest)
    run.bundles.append(Bundle("search", "1", lambda: {"x": b""}))
    run.add(Sheet("search", "1", lambda: b""))
    with pytest.raises(TwoForOnePlace):
        run.print()
    assert not shop.files()


def test_a_bundle_that_fails_leaves_nothing_that_a_later_run_does_not_know(shop: Shop) -> None:
    shop.run({"a.html": "1"}, {"x": "1"})

    def fails() -> dict[str, bytes]:
        raise RuntimeError("no index")

    run = Run(shop.output, shop.manifest)
    run.bundles.append(Bundle("search", "2", fails))
    run.add(Sheet("a.html", "1", lambda: b"1"))
    run.add(Sheet("new.html", "1", lambda: b"1"))
    with pytest.raises(RuntimeError, match="no index"):
        run.print()
    done = shop.run({"a.html": "1"}, {"x": "2"})
    assert (done.written, done.removed) == (["search/x"], ["new.html"])


def test_bundles_are_printed_one_after_the_other_so_that_only_one_is_in_memory(shop: Shop) -> None:
    run = Run(shop.output, shop.manifest)
    there: list[list[str]] = []

    def make() -> dict[str, bytes]:
        there.append(sorted(shop.files()))
        return {"x": b"1"}

    for prefix in ("one", "two", "three"):
        run.bundles.append(Bundle(prefix, "mark", make))
    assert run.print().written == ["one/x", "three/x", "two/x"]
    assert there == [[], ["one/x"], ["one/x", "two/x"]]
    assert run.sheets == {}, "they would hold the data"


@pytest.mark.parametrize("staged", [False, True])
@pytest.mark.parametrize(
    ("before", "after"),
    [({"x/y": "1"}, {"x": "2"}), ({"x": "1"}, {"x/y": "2"}), ({"x/y/z": "1", "x/k": "1"}, {"x/y": "2"})],
)
def test_in_a_bundle_a_file_may_become_a_folder_and_a_folder_a_file(
    shop: Shop, before: dict[str, str], after: dict[str, str], staged: bool
) -> None:
    shop.run({"a.html": "1"}, before)
    done = shop.run({"a.html": "1"}, after, staged)
    assert done.written == [f"search/{name}" for name in after]
    assert shop.files() == {"a.html": "1"} | {f"search/{name}": text for name, text in after.items()}
    assert shop.run({"a.html": "1"}, after, staged).written == []


def test_what_a_stopped_run_left_of_a_bundle_goes_and_what_somebody_put_there_later_stays(shop: Shop) -> None:
    """Its files have names that nobody knows before they are made, so the folder was noted."""
    shop.run({"a.html": "1"}, {"x": "1"})
    run = Run(shop.output, shop.manifest)
    run.bundles.append(Bundle("search", "other", lambda: {"half": b"1", "way": b"1"}))
    run.proof = lambda path, _: Proof((Doubt("is odd"),) if path == "search/way" else ())
    with pytest.raises(Unsound):
        run.print()
    assert "search/half" in shop.files()
    assert shop.run({"a.html": "1"}, {"x": "1"}).removed == ["search/half", "search/way"]
    (shop.output / "search" / "stranger").write_text("")
    shop.run({"a.html": "2"}, {"x": "1"})
    shop.run({"a.html": "3"}, {"x": "2"})
    assert set(shop.files()) == {"a.html", "search/x", "search/stranger"}


def test_remaking_a_bundle_does_not_cause_pages_to_be_read_again(shop: Shop) -> None:
    read: list[str] = []

    def run(name: str) -> Printed:
        made = Run(shop.output, shop.manifest)
        made.proof = to_files(made.has, read, known=False)
        made.add(Sheet("a.html", "1", lambda: b"to nowhere"))
        made.bundles.append(Bundle("search", name, lambda: {name: b"1"}))
        return made.print()

    run("x")
    read.clear()
    assert run("y").removed == ["search/x"]
    assert read == ["search/y"]
