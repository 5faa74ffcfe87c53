"""The second tree, whatever happened to it or to the site that readers see."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadside.build import tree as module
from broadside.build.files import bring, delete, exchange
from broadside.build.tree import NOTE, Exchanged
from broadside.store import FILE, only
from tests.build.site import Site
from tests.examples import times

PAGES = st.dictionaries(
    st.sampled_from(["a", "b/c", "b/d", "e/f/g"]), st.sampled_from(["1", "2"]), min_size=1
)


def stranger(site: Site, _: str) -> None:
    (site.output / "CNAME").write_text("x")


def older(site: Site, _: str) -> None:
    """As a backup that is put back, which has other inodes."""
    shutil.copytree(site.output, site.cache / "copy")
    delete(site.output)
    (site.cache / "copy").rename(site.output)


HARMS: dict[str, Callable[[Site, str], object]] = {
    "none": lambda *_: None,
    "none again": lambda *_: None,
    "stranger": stranger,
    "lost page": lambda site, path: (site.output / path).unlink(),
    "other page": lambda site, path: (site.output / path).write_text("something else"),
    "no site": lambda site, _: shutil.rmtree(site.output),
    "no second tree": lambda site, _: shutil.rmtree(site.cache / "next", ignore_errors=True),
    "another site": older,
    "no store": lambda site, _: (site.cache / FILE).unlink(missing_ok=True),
    "killed before the exchange": lambda site, path: killed(site, path, after=False),
    "killed after the exchange": lambda site, path: killed(site, path, after=True),
}


def killed(site: Site, path: str, after: bool) -> None:
    """A build that another one follows after a kill."""

    def stop(one: Path, other: Path) -> None:
        if after:
            exchange(one, other)
        raise KeyboardInterrupt

    site.exchange = stop
    with pytest.raises(KeyboardInterrupt):
        site.build({path: "killed", "more/of it": "1"})
    site.exchange = exchange


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=times(1.5),
    deadline=None,
)
@given(st.lists(st.tuples(PAGES, st.sampled_from(sorted(HARMS))), min_size=2, max_size=6))
def test_the_site_is_what_was_written_whatever_happened(
    tmp_path: Path, builds: list[tuple[dict[str, str], str]]
) -> None:
    site = Site(tmp_path / uuid4().hex)
    for pages, harm in builds:
        site.build(pages)
        assert site.files() == pages
        HARMS[harm](site, min(pages))


def test_a_build_that_finds_nothing_to_change_leaves_the_second_tree_alone(site: Site) -> None:
    site.build({"a.html": "1"})
    site.build({"a.html": "2"})
    assert site.build({"a.html": "2"}).has_begun is False
    assert (site.tree.next / "a.html").read_text() == "1"


def test_only_what_the_last_build_changed_is_brought_over(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought: list[str] = []

    def noted(path: str, source: Path, target: Path) -> None:
        brought.append(path)
        bring(path, source, target)

    site.build({"a.html": "1", "b.html": "1", "c/d.html": "1"})
    site.build({"a.html": "2", "b.html": "1", "c/d.html": "1"})
    monkeypatch.setattr(module, "bring", noted)
    monkeypatch.setattr(module, "mirror", lambda *_: pytest.fail("the whole tree was made anew"))
    site.build({"a.html": "2", "b.html": "1"})
    assert brought == ["a.html"]
    site.build({"a.html": "2", "b.html": "2"})
    assert brought == ["a.html", "c/d.html"]
    assert site.files() == {"a.html": "2", "b.html": "2"}


def test_after_many_changes_the_second_tree_is_made_anew(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MANY", 1)
    site.build({"a.html": "1", "b.html": "1"})
    site.build({"a.html": "2", "b.html": "2"})
    monkeypatch.setattr(module, "bring", lambda *_: pytest.fail("path after path was brought over"))
    site.build({"a.html": "2", "b.html": "3"})
    assert site.files() == {"a.html": "2", "b.html": "3"}


def test_what_is_added_during_the_exchange_is_seen(site: Site) -> None:
    def disturbed(one: Path, other: Path) -> None:
        exchange(one, other)
        (other / "CNAME").write_text("x")

    site.build({"a.html": "1"})
    site.exchange = disturbed
    site.build({"a.html": "2"})
    site.exchange = exchange
    assert site.build({"a.html": "2"}).removed == ["CNAME"]


def test_a_page_of_the_size_and_second_of_the_one_that_a_killed_build_made_is_not_taken_for_it(
    site: Site,
) -> None:
    """As where a file system counts in seconds: the store names the old page, and the new one is
    live.
    """
    site.build({"a.html": "1"})
    file = site.kept()["a.html"]
    killed(site, "a.html", after=True)
    (site.output / "a.html").write_text("2")
    os.utime(site.output / "a.html", ns=(file.mtime_ns, file.mtime_ns))
    assert site.kept() == {}
    assert site.build({"a.html": "1"}).written == ["a.html"]


@pytest.mark.parametrize("path", ["../theirs", "/etc/hostname"])
def test_nothing_outside_the_trees_is_touched_whatever_the_store_says(
    site: Site, path: str
) -> None:
    site.build({"a.html": "1"})
    site.build({"a.html": "2"})
    theirs = site.cache / "theirs"
    theirs.write_text("theirs")
    store, note = site.tree.store, site.tree.store.only(NOTE, Exchanged)
    assert note is not None
    store.keep(only(NOTE, note._replace(differing=["a.html", path])))
    site.build({"a.html": "3"})
    store.keep_pages({path: site.kept()["a.html"]}, ())
    assert site.kept() == {}
    site.build({"a.html": "4"})
    assert theirs.read_text() == "theirs"
    assert site.files() == {"a.html": "4"}


def test_after_a_build_in_place_no_old_page_goes_live(site: Site) -> None:
    """As plain pelican builds, whose tree is the site itself."""
    site.build({"a.html": "1", "b.html": "1"})
    site.build({"a.html": "2", "b.html": "1"})
    site.build({"a.html": "2", "b.html": "2"}, in_place=True)
    site.build({"a.html": "3", "b.html": "2"})
    assert site.files() == {"a.html": "3", "b.html": "2"}
