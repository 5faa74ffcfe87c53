"""A run into the second tree of a pair, whatever happened to either."""

from __future__ import annotations

import os
import time
from pathlib import Path
from uuid import uuid4

import pytest
from broadside.plugins.manifest import STRAYS
from broadside.plugins.press.exchange import exchange
from broadside.plugins.press.look import look
from broadside.plugins.press.pair import Exchanged
from broadside.plugins.press.times import Times, time_of
from broadside.plugins.press.trees import bring
from broadside.plugins.shelf import SECOND, kept
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadside.plugins.paths import folders_of
from broadside.plugins.press import pair as pairs
from broadside.plugins.press import times
from tests.plugins.press.shop import Shop

PAGES = st.dictionaries(st.sampled_from(["a", "b/c", "b/d", "e/f/g"]), st.sampled_from(["1", "2"]), min_size=1)


HARMS = st.sampled_from(
    ["none", "none", "stranger", "lost page", "lost in next", "stray in next", "no journal", "no manifest"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.tuples(PAGES, HARMS), min_size=2, max_size=6))
def test_the_live_site_is_what_was_printed_whatever_happened_to_the_trees(
    tmp_path: Path, builds: list[tuple[dict[str, str], str]]
) -> None:
    shop = Shop(tmp_path / uuid4().hex)
    shop.output.mkdir(parents=True)
    for pages, harm in builds:
        shop.run(pages, staged=True)
        assert shop.files() == pages
        _harm(shop, pages, harm)


def _harm(shop: Shop, pages: dict[str, str], harm: str) -> None:
    following = shop.manifest.with_name("next")
    if harm == "lost page":
        (shop.output / min(pages)).unlink()
    elif harm == "stranger":
        (shop.output / "CNAME").write_text("x")
        os.utime(
            shop.output, ns=(time.time_ns(),) * 2
        )  # two changes of a folder in one tick of an older system's clock are not told apart
    elif harm == "lost in next":
        for file in [file for file in following.rglob("*") if file.is_file()][:1]:
            file.unlink()
    elif harm == "stray in next":
        following.mkdir(exist_ok=True)
        (following / "stray").write_text("x")
    elif harm in ("no journal", "no manifest"):
        name = "exchanged.json" if harm == "no journal" else shop.manifest.name
        shop.manifest.with_name(name).unlink(missing_ok=True)


def test_a_run_that_finds_nothing_to_change_leaves_the_second_tree_alone(shop: Shop) -> None:
    shop.run({"a.html": "1"})
    shop.run({"a.html": "2"}, staged=True)
    assert (shop.manifest.with_name("next") / "a.html").read_text() == "1"
    assert shop.run({"a.html": "2"}, staged=True).written == []
    assert (shop.manifest.with_name("next") / "a.html").read_text() == "1"


def test_trees_that_nothing_is_known_of_are_made_alike_ahead(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.run({"a.html": "1", "b/c.html": "1"})
    following, pair = shop.manifest.with_name("next"), shop.pair()
    seen = look(shop.output, shop.noted, pair)
    assert seen.difference is not None
    assert (seen.difference.paths, seen.added) == ([], set())
    assert (following / "b" / "c.html").samefile(shop.output / "b" / "c.html")
    monkeypatch.setattr(pairs, "mirror", lambda *_: pytest.fail("it is known by now that they are alike"))
    assert shop.run({"a.html": "1", "b/c.html": "1"}, staged=True).written == []
    assert shop.run({"a.html": "2", "b/c.html": "1"}, staged=True).written == ["a.html"]
    assert shop.files() == {"a.html": "2", "b/c.html": "1"}


def test_an_added_file_is_seen_again_after_a_look_that_led_to_no_run(shop: Shop) -> None:
    shop.run({"a.html": "1"})
    (shop.output / "CNAME").write_text("x")
    for _ in range(2):
        assert look(shop.output, shop.noted, shop.pair()).added == {"CNAME"}
    assert shop.run({"a.html": "1"}, staged=True).removed == ["CNAME"]
    assert look(shop.output, shop.noted, shop.pair()).added == set()


def test_what_is_added_during_the_exchange_is_seen(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def disturbed(one: Path, other: Path) -> bool:
        done = exchange(one, other)
        (other / "CNAME").write_text("x")
        os.utime(other, ns=(time.time_ns(),) * 2)
        return done

    shop.run({"a.html": "1"})
    shop.run({"a.html": "2"}, staged=True)
    monkeypatch.setattr("tests.plugins.press.shop.exchange", disturbed)
    shop.run({"a.html": "3"}, staged=True)
    assert look(shop.output, shop.noted, shop.pair()).added == {"CNAME"}


@pytest.mark.parametrize("are_damaged", [False, True])
def test_a_page_of_the_size_and_second_of_the_one_that_a_killed_run_made_is_not_taken_for_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, are_damaged: bool
) -> None:
    """As where a file system counts in seconds: the manifest names the new page, and the old one is live."""
    shop.run({"a.html": "1"})

    def killed(_one: Path, _other: Path) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("tests.plugins.press.shop.exchange", killed)
        with pytest.raises(KeyboardInterrupt):
            shop.run({"a.html": "2"}, staged=True)
    made = shop.noted["a.html"][2]
    os.utime(shop.output / "a.html", ns=(made, made))
    if are_damaged:
        shop.manifest.with_name(STRAYS).write_text("[")
    assert shop.run({"a.html": "2"}, staged=True).written == ["a.html"]
    assert shop.files() == {"a.html": "2"}


def test_what_comes_in_the_second_of_the_exchange_is_seen(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a file system counts in seconds."""

    def whole(time: int) -> int:
        return time - time % SECOND

    for module in (times, pairs):
        monkeypatch.setattr(module, "time_of", lambda folder: whole(time_of(folder)))
    shop.run({"a.html": "1"})
    for text in "23":
        shop.run({"a.html": text}, staged=True)
    journal = shop.pair().journal
    os.utime(journal, ns=(whole(journal.stat().st_mtime_ns),) * 2)
    (shop.output / "CNAME").write_text("x")
    assert look(shop.output, shop.noted, shop.pair()).added == {"CNAME"}


def test_after_many_changes_the_whole_trees_are_made_alike(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "MANY", 1)
    shop.run({"a.html": "1", "b.html": "1"})
    shop.run({"a.html": "2", "b.html": "2"}, staged=True)
    monkeypatch.setattr(pairs, "bring", lambda *_: pytest.fail("path after path was brought over"))
    shop.run({"a.html": "2", "b.html": "3"}, staged=True)
    assert shop.files() == {"a.html": "2", "b.html": "3"}


def test_only_what_the_last_run_changed_is_brought_over(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.run({"a.html": "1", "b.html": "1", "c/d.html": "1"})
    shop.run({"a.html": "2", "b.html": "1", "c/d.html": "1"}, staged=True)
    shop.run({"a.html": "2", "b.html": "1"}, staged=True)
    brought: list[str] = []

    def noted(path: str, source: Path, target: Path) -> None:
        brought.append(path)
        bring(path, source, target)

    monkeypatch.setattr(pairs, "mirror", lambda *_: pytest.fail("the trees were compared as wholes"))
    monkeypatch.setattr(pairs, "bring", noted)
    shop.run({"a.html": "2", "b.html": "3"}, staged=True)
    assert brought == ["c/d.html"]
    assert shop.files() == {"a.html": "2", "b.html": "3"}


def test_the_journal_is_believed_from_exchange_to_exchange(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {"a.html": "1", "b/c.html": "1", "d/e.html": "1"}
    shop.run(pages)
    shop.run(pages | {"a.html": "2"}, staged=True)
    shop.run(pages | {"a.html": "3"}, staged=True)  # the trees are linked once
    monkeypatch.setattr(pairs, "mirror", lambda *_: pytest.fail("the trees were compared as wholes"))
    for number in range(4, 10):
        wanted = pages | {"a.html": str(number), f"n{number % 3}/x.html": "1", "b/c.html": str(number // 2)}
        if number % 2:
            del wanted["d/e.html"]
        shop.run(wanted, staged=True)
        assert shop.files() == wanted


def test_a_journal_that_leads_out_of_the_trees_is_not_believed(shop: Shop) -> None:
    for number in "123":
        shop.run({"a.html": number}, staged=number > "1")
    pair, files = shop.pair(), shop.noted
    manifest = kept(pair.journal, Exchanged).manifest
    for changed, believed in (["a.html"], True), (["a.html", "x/../../mine"], False):
        times = Times.of(folders_of([*files, *changed]), pair.live, pair.next)
        pair.note(Exchanged(changed, times.mark, False, manifest))
        assert (pair.difference(files) is not None) is believed


SITE = {"a.html": "1", "g.html": "1", "b/a.html": "1", "b/g.html": "1", "d/g.html": "1"}


def version(number: int) -> dict[str, str]:
    return SITE | {"a.html": str(number), "b/a.html": str(number)}


@pytest.mark.parametrize("tree", ["output", "cache/next"])
@pytest.mark.parametrize("gone", ["g.html", "b/g.html", "d/g.html"])
@pytest.mark.parametrize("before_it_catches_up", [True, False])
def test_a_file_that_somebody_removes_during_a_run_is_never_missing_from_the_site(
    shop: Shop, tmp_path: Path, tree: str, gone: str, before_it_catches_up: bool
) -> None:
    def meddle() -> None:
        (tmp_path / tree / gone).unlink(missing_ok=True)

    shop.run(version(1))
    shop.run(version(2), staged=True)
    if before_it_catches_up:
        shop.looked = meddle
    else:
        shop.making = meddle
    shop.run(version(3), staged=True)
    shop.looked = shop.making = bool
    for number in (4, 5, 6):
        shop.run(version(number), staged=True)
        assert shop.files() == version(number)


@pytest.mark.parametrize("where", ["b", "d", "."])
def test_what_somebody_puts_into_the_next_tree_before_a_run_catches_up_is_never_published(
    shop: Shop, tmp_path: Path, where: str
) -> None:
    """In a folder that this run touches, or the last one, it is seen at once, so that it cannot go to and fro between the trees."""
    shop.run(SITE)
    shop.run(SITE | {"b/a.html": "2"}, staged=True)
    shop.looked = lambda: (tmp_path / "cache" / "next" / where / "foreign").write_text("x")
    shop.run(SITE | {"b/a.html": "2", "d/g.html": "2"}, staged=True)
    shop.looked = bool
    assert shop.files() == SITE | {"b/a.html": "2", "d/g.html": "2"}
    for number in (4, 5):
        shop.run(version(number), staged=True)
        assert shop.files() == version(number)
