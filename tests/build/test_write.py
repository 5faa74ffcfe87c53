"""A build writes what changed, and nothing else."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from broadside.build.write import TwoForOnePlace, write
from broadside.site import Bundle, Page
from tests.build.site import Site
from tests.forked import alone


def test_only_what_changed_is_made_and_written(site: Site) -> None:
    assert site.build({"a.html": "1", "b/c.html": "2"}).written == ["a.html", "b/c.html"]
    site.made.clear()
    done = site.build({"a.html": "1", "b/c.html": "3"})
    assert (done.written, done.skipped, done.removed) == (["b/c.html"], 1, [])
    assert site.made == ["b/c.html"]
    assert site.files() == {"a.html": "1", "b/c.html": "3"}
    assert site.build({"a.html": "1", "b/c.html": "3"}).written == []


def test_a_page_that_is_gone_is_removed_with_its_empty_folders(site: Site) -> None:
    site.build({"a.html": "1", "b/c/d.html": "2", "b/e.html": "3"})
    assert site.build({"a.html": "1", "b/e.html": "3"}).removed == ["b/c/d.html"]
    assert not (site.output / "b" / "c").exists()
    site.build({"a.html": "1"})
    assert [path.name for path in site.output.iterdir()] == ["a.html"]
    assert site.kept().keys() == {"a.html"}


@pytest.mark.parametrize("in_place", [False, True])
@pytest.mark.parametrize("harm", ["delete", "edit", "touch", "link"])
def test_a_file_that_somebody_changed_is_written_anew(
    site: Site, harm: str, in_place: bool
) -> None:
    site.build({"a.html": "1", "b.html": "2"}, in_place=in_place)
    file = site.output / "a.html"
    if harm in ("delete", "link"):
        file.unlink()
    if harm == "link":
        file.symlink_to(site.output / "b.html")
    elif harm == "edit":
        file.write_text("x")
    elif harm == "touch":
        os.utime(file, ns=(1, 1))
    assert site.build({"a.html": "1", "b.html": "2"}, in_place=in_place).written == ["a.html"]
    assert site.files() == {"a.html": "1", "b.html": "2"}


def test_a_new_file_never_writes_into_the_old_ones_inode(site: Site, tmp_path: Path) -> None:
    site.build({"a.html": "old"}, in_place=True)
    os.link(site.output / "a.html", tmp_path / "live.html")
    site.build({"a.html": "new"}, in_place=True)
    assert (tmp_path / "live.html").read_text() == "old"


@pytest.mark.parametrize("in_place", [False, True])
def test_a_file_in_the_way_of_a_folder_goes_and_so_does_a_folder_in_the_way_of_a_file(
    site: Site, in_place: bool
) -> None:
    site.build({"a": "file"}, in_place=in_place)
    assert site.build({"a/b.html": "page"}, in_place=in_place).written == ["a/b.html"]
    assert site.build({"a": "file"}, in_place=in_place).written == ["a"]
    (site.output / "b").write_text("a stranger")
    (site.output / "c" / "d").mkdir(parents=True)
    done = site.build({"a": "file", "b/x/y.html": "page", "c": "file"}, in_place=in_place)
    assert done.written == ["b/x/y.html", "c"]
    assert site.files() == {"a": "file", "b/x/y.html": "page", "c": "file"}


def bare(
    site: Site, *paths: str, made: object = b"", jobs: int = 1, bundles: Sequence[Bundle] = ()
) -> None:
    content = made if callable(made) else lambda: b""
    pages = [Page(path, content, {"path": path} if callable(made) else {}) for path in paths]
    write(
        pages,
        bundles,
        site.tree,
        digest_of=repr,
        render=lambda page: (page.content(**page.values), ""),  # type: ignore[operator]
        jobs=jobs,
    )


@pytest.mark.parametrize(
    "pair", [("a.html", "a.html"), ("A.html", "a.html"), ("b/c/d", "b/c"), ("B", "b/c")]
)
def test_two_pages_with_one_path_are_refused_before_anything_is_written(
    site: Site, pair: tuple[str, str]
) -> None:
    with pytest.raises(TwoForOnePlace):
        bare(site, *pair)
    assert not site.tree.next.exists()


@pytest.mark.parametrize("path", ["../x", "/x", "a/../../x", ""])
def test_a_page_outside_the_output_is_refused(site: Site, path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside"):
        bare(site, path)


def test_a_build_that_is_interrupted_leaves_the_site_and_the_next_one_is_right(site: Site) -> None:
    site.build({"a.html": "1"})

    def broken(path: str) -> None:
        if path == "z.html":
            raise RuntimeError("killed here")

    site.making = broken
    with pytest.raises(RuntimeError, match="killed here"):
        site.build({"a.html": "2", "new.html": "2", "z.html": "3"})
    assert site.files() == {"a.html": "1"}
    site.making = bool
    assert site.build({"a.html": "1"}).written == []
    assert site.build({"a.html": "3"}).written == ["a.html"]
    assert site.files() == {"a.html": "3"}


@pytest.mark.parametrize("in_place", [False, True])
def test_without_the_store_only_a_second_tree_loses_what_no_page_stands_for(
    site: Site, in_place: bool
) -> None:
    site.build({"a.html": "1", "b/gone.html": "2"}, in_place=in_place)
    shutil.rmtree(site.cache)
    done = site.build({"a.html": "1"}, in_place=in_place)
    assert (done.written, done.removed) == (["a.html"], [] if in_place else ["b/gone.html"])


def test_what_others_put_into_the_output_goes(site: Site) -> None:
    site.build({"a.html": "1"})
    (site.output / "notes.txt").write_text("outlet.example")
    assert site.build({"a.html": "2"}).removed == ["notes.txt"]
    (site.output / "robots.txt").write_text("all")
    site.build({"a.html": "3", "robots.txt": "none"})
    assert site.files() == {"a.html": "3", "robots.txt": "none"}
    (site.output / os.fsdecode(b"caf\xe9") / "x").mkdir(parents=True)  # a name that is no text
    assert site.build({"a.html": "4"}).removed == ["caf\udce9/x", "robots.txt"]
    for number in "56":
        site.build({"a.html": number})
        assert [path.name for path in site.output.iterdir()] == ["a.html"]
    shutil.rmtree(site.cache)  # from here on nobody knows what is of the site and what is not
    (site.output / "old.html").write_text("")
    assert site.build({"a.html": "5"}).removed == ["old.html"]


def test_many_pages_are_shared_among_processes_with_the_same_result(site: Site) -> None:
    paths = [f"{number}/index.html" for number in range(200)]
    alone(lambda: bare(site, *paths, made=lambda path: f"{path} by {os.getpid()}".encode(), jobs=2))
    texts = [(site.tree.next / path).read_text().split(" by ") for path in paths]
    assert [text[0] for text in texts] == paths
    assert len({text[1] for text in texts}) == 2


def test_a_few_pages_and_a_block_of_the_search_are_work_for_two_processes(site: Site) -> None:
    def made(path: str) -> bytes:
        time.sleep(0.005)  # long enough for another process to take one
        return f"{path} by {os.getpid()}".encode()

    paths = [f"{number}.html" for number in range(30)]
    block = Bundle("search/0", lambda: {"index": made("index")})
    alone(lambda: bare(site, *paths, made=made, jobs=8, bundles=[block]))
    texts = [
        (site.tree.next / path).read_text().split(" by ") for path in (*paths, "search/0/index")
    ]
    assert len({by for _, by in texts}) <= 2
