"""A print run writes what changed, and nothing else."""

from __future__ import annotations

import logging
import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from broadside.plugins.press.run import Run
from broadside.plugins.press.sheets import Sheet, TwoForOnePlace

from tests.forked import alone
from tests.plugins.press.shop import Shop


def test_only_what_changed_is_made_and_written(shop: Shop) -> None:
    assert shop.run({"a.html": "1", "b/c.html": "2"}).written == ["a.html", "b/c.html"]
    shop.made.clear()
    done = shop.run({"a.html": "1", "b/c.html": "3"})
    assert (done.written, done.skipped, done.removed) == (["b/c.html"], {"a.html"}, [])
    assert shop.made == ["b/c.html"]
    assert shop.files() == {"a.html": "1", "b/c.html": "3"}


def test_a_page_that_is_gone_is_removed_with_its_empty_folders(shop: Shop) -> None:
    shop.run({"a.html": "1", "b/c/d.html": "2", "b/e.html": "3"})
    assert shop.run({"a.html": "1", "b/e.html": "3"}).removed == ["b/c/d.html"]
    assert not (shop.output / "b" / "c").exists()
    shop.run({"a.html": "1"})
    assert [path.name for path in shop.output.iterdir()] == ["a.html"]


@pytest.mark.parametrize("harm", ["delete", "edit", "touch"])
def test_a_file_that_somebody_changed_is_written_anew(shop: Shop, harm: str) -> None:
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


def test_a_run_uses_the_manifest_whose_files_it_looked_at(shop: Shop) -> None:
    shop.run({"a": "1", "b": "1"})
    hidden = shop.manifest.rename(shop.manifest.with_name("hidden"))  # as where the look could not open it
    (shop.output / "a").write_text("mine")
    shop.looked = lambda: hidden.rename(shop.manifest)
    assert shop.run({"a": "1", "b": "1"}).written == ["a", "b"]
    assert shop.files() == {"a": "1", "b": "1"}


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
def test_two_pages_with_one_path_are_refused_before_anything_is_written(shop: Shop, pair: tuple[str, str]) -> None:
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


def test_a_run_that_is_interrupted_leaves_nothing_that_a_later_one_does_not_know(shop: Shop) -> None:
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
    for number in "23":
        shop.run({"a.html": number, "gone.html": number}, staged=True)
    shop.manifest.unlink()  # and the journal is left, which knows of both
    assert shop.run({"a.html": "3"}, staged=True).removed == ["gone.html"]


def test_an_empty_output_loses_nothing(shop: Shop) -> None:
    shop.output.mkdir()
    assert shop.run({"a.html": "1"}, staged=True).removed == []


def test_what_others_put_into_the_output_goes(
    shop: Shop, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, "broadside")
    monkeypatch.setattr(logging.getLogger("broadside"), "propagate", True)  # which a build in this process turns off
    shop.run({"a.html": "1"})
    (shop.output / "notes.txt").write_text("outlet.example")
    assert shop.run({"a.html": "2"}, staged=True).removed == ["notes.txt"]
    assert shop.files() == {"a.html": "2"}
    (shop.output / "robots.txt").write_text("all")
    shop.run({"a.html": "3", "robots.txt": "none"}, staged=True)
    assert shop.files() == {"a.html": "3", "robots.txt": "none"}
    (shop.output / os.fsdecode(b"caf\xe9") / "x").mkdir(parents=True)  # a name that is no text
    assert shop.run({"a.html": "4"}, staged=True).removed == ["caf\udce9/x", "robots.txt"]
    shop.run({"a.html": "5"}, staged=True)
    assert "damaged" not in caplog.text
    # Pelican has each warning told once in a process, and so no other test may have this one.
    begins, ends = (
        "Not part of the site, and removed from the output:",
        "(a plugin of your own adds files with writer.add_data).",
    )
    for names in ("uvw", "uvwx"):
        for name in names:
            (shop.output / name).write_text("")
        shop.run({"a.html": names}, staged=True)
    shop.manifest.unlink()  # from here on nobody knows what is of the site and what is not
    (shop.output / "old.html").write_text("")
    assert shop.run({"a.html": "5"}, staged=True).removed == ["old.html"]
    told = ("notes.txt", "caf\\xe9/x", "u, v, w", "u, v, w and 1 more")
    said = [each for each in caplog.messages if each.startswith(begins)]
    assert said == [f"{begins} {names} {ends}" for names in told]


def test_many_pages_are_shared_among_processes_with_the_same_result(tmp_path: Path) -> None:
    pages = {f"{number}/index.html": f"page {number}" for number in range(200)}
    shop = Shop(tmp_path)
    run = Run(shop.output, shop.manifest, jobs=2)

    def made(text: str) -> bytes:
        return f"{text} by {os.getpid()}".encode()

    for path, text in pages.items():
        run.add(Sheet(path, text, partial(made, text)))
    alone(run.print)
    makers = {text.split(" by ")[1] for text in shop.files().values()}
    assert len(makers) == 2
    assert {path: text.split(" by ")[0] for path, text in shop.files().items()} == pages
    assert shop.run(pages).written == []
