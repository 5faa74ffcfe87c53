"""Bundles: files that are made together, and whose names are known only then."""

from __future__ import annotations

import pytest

from broadside.build.write import TwoForOnePlace
from tests.build.site import Site


def test_a_bundle_is_made_once_and_only_its_changed_files_are_written(site: Site) -> None:
    assert site.build({}, {"search": {"a": "1", "b": "2"}}).written == ["search/a", "search/b"]
    assert site.build({}, {"search": {"a": "1", "b": "2"}}).written == []
    assert site.made == ["search"]
    done = site.build({}, {"search": {"a": "1", "c": "3"}})
    assert (done.written, done.skipped, done.removed) == (["search/c"], 1, ["search/b"])
    (site.output / "search" / "a").unlink()
    assert site.build({}, {"search": {"a": "1", "c": "3"}}).written == ["search/a"]
    assert site.build({"a.html": ""}).removed == ["search/a", "search/c"]


def test_bundles_may_be_nested_and_only_the_changed_one_is_made(site: Site) -> None:
    both = {"search": {"a": "1"}, "search/7": {"b": "2", "c/d": "3"}}
    page = {"search/list": ""}
    assert site.build(page, both).written == [
        "search/7/b",
        "search/7/c/d",
        "search/a",
        "search/list",
    ]
    assert site.build(page, both | {"search": {"a": "4"}}).written == ["search/a"]
    assert site.build(page, both).written == ["search/a"]
    done = site.build(page, both | {"search/7": {"b": "2"}})
    assert (done.written, done.removed) == ([], ["search/7/c/d"])
    assert site.build({}, {"search": {"a": "1"}}).removed == ["search/7/b", "search/list"]
    assert site.files() == {"search/a": "1"}


@pytest.mark.parametrize("before", [{}, {"search/7": {"b": "2"}}])
def test_a_page_that_stands_cannot_be_the_folder_of_a_new_bundle(
    site: Site, before: dict[str, dict[str, str]]
) -> None:
    site.build({"search/8": ""}, before)
    with pytest.raises(TwoForOnePlace):
        site.build({"search/8": ""}, before | {"search/8": {"c": "3"}})


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize(
    ("more", "pages"),
    [({}, ["search/7/b"]), ({}, ["search/7/B"]), ({"search": {"7/b": "other"}}, [])],
)
def test_neither_a_page_nor_another_bundle_takes_a_bundles_file(
    site: Site, kept: bool, more: dict[str, dict[str, str]], pages: list[str]
) -> None:
    files = {"search/7": {"b": "2"}}
    if kept:
        site.build({}, files)
    with pytest.raises(TwoForOnePlace):
        site.build(dict.fromkeys(pages, ""), files | more)
    if kept:
        assert site.files() == {"search/7/b": "2"}


def test_a_bundle_that_fails_leaves_the_site_as_it_was(site: Site) -> None:
    site.build({"a.html": "1"}, {"search": {"x": "1"}})

    def fails(path: str) -> None:
        if path == "search":
            raise RuntimeError("no index")

    site.making = fails
    with pytest.raises(RuntimeError, match="no index"):
        site.build({"a.html": "1", "new.html": "1"}, {"search": {"x": "2"}})
    assert site.files() == {"a.html": "1", "search/x": "1"}
    site.making = bool
    done = site.build({"a.html": "1"}, {"search": {"x": "2"}})
    assert (done.written, done.removed) == (["search/x"], [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"x/y": "1"}, {"x": "2"}),
        ({"x": "1"}, {"x/y": "2"}),
        ({"x/y/z": "1", "x/k": "1"}, {"x/y": "2"}),
    ],
)
def test_in_a_bundle_a_file_may_become_a_folder_and_a_folder_a_file(
    site: Site, before: dict[str, str], after: dict[str, str]
) -> None:
    site.build({"a.html": "1"}, {"search": before})
    done = site.build({"a.html": "1"}, {"search": after})
    assert done.written == [f"search/{name}" for name in after]
    assert site.files() == {"a.html": "1"} | {
        f"search/{name}": text for name, text in after.items()
    }
    assert site.build({"a.html": "1"}, {"search": after}).written == []
