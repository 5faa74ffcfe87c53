"""Two trees that share their files."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broadside.build.files import bring, delete, exchange, listed, make_way, mirror, remove
from tests.examples import times

Tree = dict[str, Any]
NAMES = st.sampled_from(["a", "b", "c.html"])
TREES = st.recursive(
    st.dictionaries(NAMES, st.text("xy", max_size=2), max_size=3),
    lambda inner: st.dictionaries(NAMES, inner | st.text("xy", max_size=2), max_size=3),
)


def grow(path: Path, tree: Tree) -> None:
    path.mkdir()
    for name, value in tree.items():
        if isinstance(value, dict):
            grow(path / name, value)
        else:
            (path / name).write_text(value)


def grow_both(path: Path, source: Tree, target: Tree) -> None:
    """Both trees anew, in place of those of the example before."""
    for name, tree in [("source", source), ("target", target)]:
        if (path / name).exists():
            delete(path / name)
        grow(path / name, tree)


def seen(path: Path) -> Tree:
    return {
        entry.name: seen(entry) if entry.is_dir() else entry.read_text() for entry in path.iterdir()
    }


def without_empty(tree: Tree) -> Tree:
    pruned = {
        name: without_empty(value) if isinstance(value, dict) else value
        for name, value in tree.items()
    }
    return {name: value for name, value in pruned.items() if value != {}}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=times(0.6))
@given(TREES)
def test_mirroring_makes_a_tree_of_the_same_files(tmp_path: Path, source: Tree) -> None:
    grow_both(tmp_path, source, {})
    delete(tmp_path / "target")
    mirror(tmp_path / "source", tmp_path / "target")
    assert seen(tmp_path / "source") == source
    assert seen(tmp_path / "target") == without_empty(source)
    for file in (tmp_path / "source").rglob("*"):
        assert file.is_dir() or file.samefile(
            tmp_path / "target" / file.relative_to(tmp_path / "source")
        )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=times(1))
@given(TREES, TREES)
def test_bringing_each_path_makes_the_target_equal_too(
    tmp_path: Path, source: Tree, target: Tree
) -> None:
    """Also where a page of one is a folder of the other."""
    grow_both(tmp_path, source, target)
    for path in sorted({*listed(tmp_path / "source"), *listed(tmp_path / "target")}):
        bring(path, tmp_path / "source", tmp_path / "target")
    assert without_empty(seen(tmp_path / "target")) == without_empty(source)
    for path in listed(tmp_path / "source"):
        assert (tmp_path / "source" / path).samefile(tmp_path / "target" / path)


def test_files_that_cannot_be_linked_are_copied_with_their_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(tmp_path / "source", {"a": "x"})
    os.utime(tmp_path / "source" / "a", ns=(5, 7_000_000_000))

    def refused(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refused)
    (tmp_path / "source" / "l").symlink_to("/etc/passwd")
    mirror(tmp_path / "source", tmp_path / "target")
    assert (tmp_path / "target" / "l").readlink() == Path("/etc/passwd"), (
        "it is copied as what it is"
    )
    (tmp_path / "target" / "l").unlink()
    assert seen(tmp_path / "target") == {"a": "x"}
    assert (tmp_path / "target" / "a").stat().st_mtime_ns == 7_000_000_000
    assert not (tmp_path / "target" / "a").samefile(tmp_path / "source" / "a")


def test_a_link_to_a_folder_is_deleted_and_the_folder_is_not(tmp_path: Path) -> None:
    grow(tmp_path / "kept", {"a": "x"})
    (tmp_path / "link").symlink_to(tmp_path / "kept")
    delete(tmp_path / "link")
    assert seen(tmp_path) == {"kept": {"a": "x"}}


def test_a_link_to_a_folder_is_mirrored_as_a_link(tmp_path: Path) -> None:
    grow(tmp_path / "theirs", {"a": "x"})
    grow(tmp_path / "source", {"b": "y"})
    (tmp_path / "source" / "link").symlink_to(tmp_path / "theirs")
    mirror(tmp_path / "source", tmp_path / "target")
    assert (tmp_path / "target" / "link").is_symlink()


def test_nothing_is_done_through_a_link_inside_a_tree_though_the_tree_may_be_a_link(
    tmp_path: Path,
) -> None:
    grow(tmp_path / "tree", {"a": {"b": "1"}})
    grow(tmp_path / "theirs", {"b": "2", "c": "3"})
    grow(tmp_path / "source", {"d": {"c": "4"}})
    (tmp_path / "link").symlink_to(tmp_path / "tree")
    (tmp_path / "tree" / "d").symlink_to(tmp_path / "theirs")
    bring("d/c", tmp_path / "source", tmp_path / "link")
    (tmp_path / "tree" / "e").symlink_to(tmp_path / "theirs")
    remove("e/b", tmp_path / "link")
    assert seen(tmp_path / "link").keys() == {"a", "d"}
    make_way(["d", "e/f"], tmp_path / "link")
    assert seen(tmp_path / "link") == {"a": {"b": "1"}, "d": {"c": "4"}, "e": {"f": {}}}
    assert seen(tmp_path / "theirs") == {"b": "2", "c": "3"}


def test_two_folders_are_exchanged(tmp_path: Path) -> None:
    grow(tmp_path / "one", {"a": "1"})
    grow(tmp_path / "two", {"b": {"c": "2"}})
    if exchange(tmp_path / "one", tmp_path / "two"):
        assert seen(tmp_path) == {"one": {"b": {"c": "2"}}, "two": {"a": "1"}}
    else:
        assert seen(tmp_path) == {"one": {"a": "1"}, "two": {"b": {"c": "2"}}}
