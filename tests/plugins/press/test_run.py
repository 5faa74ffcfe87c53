"""A print run writes what changed, and nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from functools import reduce
from operator import or_
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.press import pair as pairs
from plugins.press.links import bits_of
from plugins.press.look import look
from plugins.press.manifest import STRAYS, Strays
from plugins.press.pair import Pair
from plugins.press.run import Run
from plugins.press.sheets import Bundle, Doubt, Printed, Proof, Sheet, TwoForOnePlace, Unsound
from plugins.press.trees import bring, exchange
from tests.forked import alone


class Shop:
    """An output folder, printed again and again."""

    def __init__(self, path: Path) -> None:
        self.output, self.manifest = path / "output", path / "cache" / "manifest.json"
        self.made: list[str] = []
        self.looked: Callable[[], object] = bool
        """Done when a run has looked at what readers see, long before it prints."""

    def run(self, pages: dict[str, str], bundle: dict[str, str] | None = None, staged: bool = False) -> Printed:
        """Print pages, path -> text; a bundle's files lie below search/."""
        pair = Pair(self.output, self.manifest.with_name("next"), self.manifest.with_name("exchanged.json"))
        run = Run(pair.next, self.manifest, pair=pair) if staged else Run(self.output, self.manifest)
        seen = look(self.output, self.manifest, pair if staged else None)
        run.look = lambda: seen
        self.looked()
        for path, text in pages.items():
            run.add(Sheet(path, text, lambda path=path, text=text: self._made(path, text)))  # type: ignore[misc]
        if bundle is not None:
            data = {name: text.encode() for name, text in bundle.items()}
            run.bundles.append(Bundle("search", repr(sorted(bundle.items())), lambda: data))
        done = run.print()
        if staged and (done.written or done.removed):
            exchange(pair.next, pair.live)
            Strays(self.manifest.with_name(STRAYS)).save([])
            pair.note([*done.written, *done.skipped], [*done.written, *done.removed])
        return done

    def _made(self, path: str, text: str) -> bytes:
        self.made.append(path)
        return text.encode()

    def files(self) -> dict[str, str]:
        files = (file for file in self.output.rglob("*") if file.is_file())
        return {file.relative_to(self.output).as_posix(): file.read_text() for file in files}


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_only_what_changed_is_made_and_written(shop: Shop) -> None:
    assert shop.run({"a.html": "1", "b/c.html": "2"}).written == ["a.html", "b/c.html"]
    shop.made.clear()
    done = shop.run({"a.html": "1", "b/c.html": "3"})
    assert (done.written, done.skipped, done.removed) == (["b/c.html"], ["a.html"], [])
    assert shop.made == ["b/c.html"]
    assert shop.files() == {"a.html": "1", "b/c.html": "3"}


def test_a_page_that_is_gone_is_removed_with_its_empty_folders(shop: Shop) -> None:
    shop.run({"a.html": "1", "b/c/d.html": "2", "b/e.html": "3"})
    assert shop.run({"a.html": "1", "b/e.html": "3"}).removed == ["b/c/d.html"]
    assert not (shop.output / "b" / "c").exists()
    shop.run({"a.html": "1"})
    assert [path.name for path in shop.output.iterdir()] == ["a.html"]


@pytest.mark.parametrize("harm", ["delete", "edit", "touch"])
def test_a_file_that_is_not_as_it_was_left_is_written_anew(shop: Shop, harm: str) -> None:
    shop.run({"a.html": "1", "b.html": "2"})
    file = shop.output / "a.html"
    if harm == "delete":
        file.unlink()
    elif harm == "edit":
        file.write_text("x")
    else:
        os.utime(file, ns=(1, 1))
    assert shop.run({"a.html": "1", "b.html": "2"}).written == ["a.html"]
    assert shop.files() == {"a.html": "1", "b.html": "2"}


def test_a_new_file_never_writes_into_the_old_ones_inode(shop: Shop, tmp_path: Path) -> None:
    shop.run({"a.html": "old"})
    os.link(shop.output / "a.html", tmp_path / "live.html")
    shop.run({"a.html": "new"})
    assert (tmp_path / "live.html").read_text() == "old"


def test_a_file_in_the_way_of_a_folder_goes_and_so_does_a_folder_in_the_way_of_a_file(shop: Shop) -> None:
    shop.run({"a": "file"})
    assert shop.run({"a/b.html": "page"}).written == ["a/b.html"]
    assert shop.run({"a": "file"}).written == ["a"]
    assert shop.files() == {"a": "file"}
    (shop.output / "b").write_text("a stranger")
    (shop.output / "c" / "d").mkdir(parents=True)
    assert shop.run({"a": "file", "b/x/y.html": "page", "c": "file"}).written == ["b/x/y.html", "c"]
    assert shop.files() == {"a": "file", "b/x/y.html": "page", "c": "file"}


@pytest.mark.parametrize("pair", [("a.html", "a.html"), ("A.html", "a.html"), ("b/c/d", "b/c"), ("B", "b/c")])
def test_two_pages_for_one_place_are_refused_before_anything_is_written(shop: Shop, pair: tuple[str, str]) -> None:
    def printed() -> None:
        run = Run(shop.output, shop.manifest)
        for path in pair:
            run.add(Sheet(path, "", bytes))
        run.print()

    with pytest.raises(TwoForOnePlace):
        printed()
    assert not shop.files()


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", ""])
def test_a_page_outside_the_output_is_refused(shop: Shop, path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside"):
        Run(shop.output, shop.manifest).add(Sheet(path, "", bytes))


def test_a_bundle_is_made_once_and_only_its_changed_files_are_written(shop: Shop) -> None:
    assert shop.run({}, {"a": "1", "b": "2"}).written == ["search/a", "search/b"]
    assert shop.run({}, {"a": "1", "b": "2"}).written == []
    done = shop.run({}, {"a": "1", "c": "3"})
    assert (done.written, done.skipped, done.removed) == (["search/c"], ["search/a"], ["search/b"])
    (shop.output / "search" / "a").unlink()
    assert shop.run({}, {"a": "1", "c": "3"}).written == ["search/a"]
    assert shop.run({}).removed == ["search/a", "search/c"]


def bundled(shop: Shop, bundles: dict[str, dict[str, str]], pages: Sequence[str] = ()) -> Printed:
    """Print several bundles, folder -> path -> text, beside pages."""
    run = Run(shop.output, shop.manifest)
    for path in pages:
        run.add(Sheet(path, path, lambda path=path: path.encode()))  # type: ignore[misc]
    for folder, files in bundles.items():
        data = {path: text.encode() for path, text in files.items()}
        run.bundles.append(Bundle(folder, repr(files), lambda data=data: data))  # type: ignore[misc]
    return run.print()


def test_bundles_may_lie_in_one_another_and_only_the_changed_one_is_made(shop: Shop) -> None:
    both = {"search": {"a": "1"}, "search/7": {"b": "2", "c/d": "3"}}
    assert bundled(shop, both, ["search/list"]).written == ["search/7/b", "search/7/c/d", "search/a", "search/list"]
    assert bundled(shop, both | {"search": {"a": "4"}}, ["search/list"]).written == ["search/a"]
    assert bundled(shop, both, ["search/list"]).written == ["search/a"]
    done = bundled(shop, both | {"search/7": {"b": "2"}}, ["search/list"])
    assert (done.written, done.removed) == ([], ["search/7/c/d"])
    assert bundled(shop, {"search": {"a": "1"}}).removed == ["search/7/b", "search/list"]
    assert shop.files() == {"search/a": "1"}


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
    with pytest.raises(TwoForOnePlace):
        bundled(shop, files | more, pages)
    if carried:
        assert shop.files() == {"search/7/b": "2"}


def test_a_run_that_breaks_off_leaves_nothing_that_a_later_one_does_not_know(shop: Shop) -> None:
    shop.run({"a.html": "1"})

    def broken() -> bytes:
        raise RuntimeError("killed here")

    run = Run(shop.output, shop.manifest)
    run.add(Sheet("a.html", "1", lambda: b"1"))
    run.add(Sheet("new.html", "2", lambda: b"2"))
    run.add(Sheet("z.html", "3", broken))
    with pytest.raises(RuntimeError, match="killed here"):
        run.print()
    assert (shop.output / "new.html").is_file()
    assert shop.run({"a.html": "1"}).removed == ["new.html"]
    assert shop.files() == {"a.html": "1"}


def test_a_removed_page_that_comes_back_with_the_old_tree_is_removed_again(shop: Shop) -> None:
    shop.run({"a.html": "1", "gone.html": "2"})
    shop.run({"a.html": "1"})
    (shop.output / "gone.html").write_text("2")
    assert shop.run({"a.html": "1"}).removed == ["gone.html"]
    assert shop.run({"a.html": "1"}).removed == []


def test_without_a_manifest_only_a_staged_output_loses_what_no_page_stands_for(shop: Shop) -> None:
    shop.run({"a.html": "1", "b/gone.html": "2"})
    shutil.rmtree(shop.manifest.parent)
    assert shop.run({"a.html": "1"}).removed == []
    shutil.rmtree(shop.manifest.parent)
    assert shop.run({"a.html": "1"}, staged=True).removed == ["b/gone.html"]
    assert shop.files() == {"a.html": "1"}


def test_what_others_put_into_the_output_stays(shop: Shop) -> None:
    shop.run({"a.html": "1"})
    (shop.output / "CNAME").write_text("outlet.example")
    shop.run({"a.html": "2"}, staged=True)
    assert shop.files() == {"a.html": "2", "CNAME": "outlet.example"}
    (shop.output / "robots.txt").write_text("all")
    shop.run({"a.html": "3"}, staged=True)
    assert shop.files() == {"a.html": "3", "CNAME": "outlet.example", "robots.txt": "all"}


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
    strangers: dict[str, str] = {}
    for pages, harm in builds:
        shop.run(pages, staged=True)
        assert shop.files() == pages | strangers
        if harm == "stranger":
            (shop.output / "CNAME").write_text("x")
            strangers = {"CNAME": "x"}
        _harm(shop, pages, harm)
        if harm == "no manifest":
            strangers = {}  # nobody knows any more whose file it is


def _harm(shop: Shop, pages: dict[str, str], harm: str) -> None:
    following = shop.manifest.with_name("next")
    if harm == "lost page" and pages:
        (shop.output / min(pages)).unlink()
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


def test_only_what_the_last_run_changed_is_brought_over(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.run({"a.html": "1", "b.html": "1", "c/d.html": "1"})
    shop.run({"a.html": "2", "b.html": "1", "c/d.html": "1"}, staged=True)
    shop.run({"a.html": "2", "b.html": "1"}, staged=True)
    brought: list[str] = []
    monkeypatch.setattr(pairs, "mirror", lambda *_: pytest.fail("the trees were compared as wholes"))
    monkeypatch.setattr(pairs, "bring", lambda path, *_: brought.append(path) or bring(path, *_))
    shop.run({"a.html": "2", "b.html": "3"}, staged=True)
    assert brought == ["c/d.html"]
    assert shop.files() == {"a.html": "2", "b.html": "3"}


PAGES = {"a.html": "1", "g.html": "1", "b/a.html": "1", "b/g.html": "1", "d/g.html": "1"}


@pytest.mark.parametrize("tree", ["output", "cache/next"])
@pytest.mark.parametrize("gone", ["g.html", "b/g.html", "d/g.html"])
@pytest.mark.parametrize("before_it_levels", [True, False])
def test_what_somebody_takes_away_while_a_run_goes_on_is_never_published_as_it_is(
    shop: Shop, tmp_path: Path, tree: str, gone: str, before_it_levels: bool
) -> None:
    def version(number: int) -> dict[str, str]:
        return PAGES | {"a.html": str(number), "b/a.html": str(number)}

    def meddle() -> None:
        (tmp_path / tree / gone).unlink(missing_ok=True)

    def meddling(path: str, text: str) -> bytes:
        meddle()
        return text.encode()

    shop.run(version(1))
    shop.run(version(2), staged=True)
    if before_it_levels:
        shop.looked = meddle
    else:
        shop._made = meddling  # type: ignore[method-assign]
    shop.run(version(3), staged=True)
    shop.looked, shop._made = bool, Shop._made.__get__(shop)  # type: ignore[method-assign]
    for number in (4, 5, 6):
        shop.run(version(number), staged=True)
        assert shop.files() == version(number)


def test_many_pages_are_shared_among_processes_with_the_same_result(tmp_path: Path) -> None:
    pages = {f"{number}/index.html": f"page {number}" for number in range(200)}
    shop = Shop(tmp_path)
    run = Run(shop.output, shop.manifest, jobs=2)
    for path, text in pages.items():
        run.add(Sheet(path, text, lambda text=text: f"{text} by {os.getpid()}".encode()))  # type: ignore[misc]
    alone(run.print)
    makers = {text.split(" by ")[1] for text in shop.files().values()}
    assert len(makers) == 2
    assert {path: text.split(" by ")[0] for path, text in shop.files().items()} == pages
    assert shop.run(pages).written == []


def test_bundles_are_made_after_the_pages_so_that_what_makes_them_can_be_at_work_meanwhile(shop: Shop) -> None:
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
def test_files_and_folders_of_a_bundle_may_take_each_others_places(
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


def test_a_bundle_that_is_made_anew_has_no_page_read_again(shop: Shop) -> None:
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


def test_a_run_with_a_doubt_is_not_noted_and_the_next_one_makes_it_good(tmp_path: Path) -> None:
    def run(pages: dict[str, str], proof: Callable[[str, bytes], Proof]) -> Printed:
        made = Run(tmp_path / "output", tmp_path / "cache" / "manifest.json", proof=proof)
        for path, text in pages.items():
            made.add(Sheet(path, text, text.encode))
        return made.print()

    with pytest.raises(Unsound, match=r"a.html:1: is odd \(1 more like it\)"):
        run(
            {"a.html": "A", "b.html": "A", "c.html": "C"},
            lambda path, data: Proof((Doubt("is odd", data).of(path, data),) * (data == b"A")),
        )
    assert run({"a.html": "A", "b.html": "B"}, lambda _path, _data: Proof()).written == ["a.html", "b.html"]
    assert not (tmp_path / "output" / "c.html").exists()


def to_files(has: Callable[[str], bool], read: list[str], known: bool) -> Callable[[str, bytes], Proof]:
    """A proofreader for which every word that ends in .html is a link."""

    def proof(path: str, data: bytes) -> Proof:
        read.append(path)
        links = [word for word in data.decode().split() if word.endswith(".html")]
        bits = reduce(or_, map(bits_of, links), 0)
        return Proof(tuple(Doubt(f"leads to {link}") for link in links if not has(link)), bits if known else None)

    return proof


@pytest.mark.parametrize("known", [True, False])
def test_a_page_that_stands_may_not_lead_to_one_that_goes(tmp_path: Path, known: bool) -> None:
    """Of the pages that stand, only those that may lead to it are read again, or all where nothing was noted of them."""
    pages = {"a.html": "to b.html", "b.html": "B", **{f"{n}.html": f"to {n + 1}.html" for n in range(9)}, "9.html": ""}
    read: list[str] = []

    def run() -> Printed:
        made = Run(tmp_path / "output", tmp_path / "cache" / "manifest.json")
        made.proof = to_files(made.has, read, known)
        for path, text in pages.items():
            made.add(Sheet(path, text, text.encode))
        return made.print()

    run()
    read.clear()
    del pages["b.html"]
    with pytest.raises(Unsound, match=r"leads to b\.html"):
        run()
    assert read == (["a.html"] if known else sorted(pages))
    pages["b.html"] = "B"
    assert "b.html" in run().written
    read.clear()
    pages["a.html"] = "to nowhere"
    run()
    del pages["b.html"]
    run()
    assert read == (["a.html"] if known else ["a.html", *sorted(pages)])


def test_a_doubt_is_settled_by_what_another_page_holds(tmp_path: Path) -> None:
    def run(other: str) -> Printed:
        made = Run(tmp_path / "output", tmp_path / "cache" / "manifest.json")
        doubts = (Doubt("is odd", file="b.html", unless=b"place"),)
        made.proof = lambda path, _: Proof(doubts if path == "a.html" else ())
        for path, text in {"a.html": "A", "b.html": other}.items():
            made.add(Sheet(path, text, text.encode))
        return made.print()

    with pytest.raises(Unsound, match="is odd"):
        run("nothing")
    assert run("a place").written == ["a.html", "b.html"]
