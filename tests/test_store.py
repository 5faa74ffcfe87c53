"""What is kept between builds is believed only whole and unchanged; whatever happens to the file,
it costs time and nothing else.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from broadside.store import FILE, VERSION, Change, File, Kept, Store, only
from tests.examples import times
from tests.forked import alone

PAGES = {"a.html": File("d1", 1, 2), "search/x": File("d2", 3, 4, "search")}
RECORD = Kept(b"{}", "mark", "1 2 3 4")


def filled(folder: Path) -> Store:
    store = Store(folder)
    store.keep(only("one", [1, "é"]), only("two", {"a": None}))
    store.keep_pages(PAGES, None, only("three", 3))
    store.keep(
        Change("records", {"a.md": RECORD}), Change("texts", {"a.md": Kept(b"text", "mark")})
    )
    return store


def seen(store: Store) -> tuple[Any, ...]:
    alone = [store.only(kind, object) for kind in ("one", "two", "three")]
    return alone, store.pages(), store.all("records"), store.value("texts", "a.md", "mark")


ALL = ([[1, "é"], {"a": None}, 3], PAGES, {"a.md": RECORD}, b"text")
NOTHING: tuple[Any, ...] = ([None] * 3, {}, {}, None)


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    assert seen(filled(tmp_path)) == ALL
    assert seen(Store(tmp_path)) == ALL
    assert seen(Store(tmp_path, only_asks=True)) == ALL
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_rows_are_replaced_added_and_dropped(tmp_path: Path) -> None:
    store = filled(tmp_path)
    store.keep(only("one", 2), only("two", None))
    assert (store.only("one", int), store.only("two", object)) == (2, None)
    store.keep_pages({"b.html": File("d", 1, 1)}, ["a.html"])
    assert store.pages().keys() == {"b.html", "search/x"}
    store.keep_pages({"c.html": File("d", 1, 1)}, None)
    assert store.pages().keys() == {"c.html"}
    store.keep(Change("records", {"a.md": RECORD._replace(state="later"), "b.md": RECORD}))
    assert {path: kept.state for path, kept in store.all("records").items()} == {
        "a.md": "later",
        "b.md": "1 2 3 4",
    }
    store.keep(Change("records", {}, ["a.md"]))
    assert (store.all("records"), store.value("texts", "a.md", "mark")) == (
        {"b.md": RECORD},
        b"text",
    )


def test_a_value_of_another_mark_or_type_is_not_believed(tmp_path: Path) -> None:
    store = filled(tmp_path)
    assert store.only("one", int) is None
    assert store.only("one", list, "other") is None
    assert store.value("texts", "a.md", "other") is None


def test_who_only_asks_leaves_no_trace(tmp_path: Path) -> None:
    asking = Store(tmp_path / "cache", only_asks=True)
    assert seen(asking) == NOTHING
    assert not (tmp_path / "cache").exists()
    filled(tmp_path / "cache").close()
    (tmp_path / "cache" / FILE).write_bytes(b"x" * 5000)
    assert seen(Store(tmp_path / "cache", only_asks=True)) == NOTHING
    assert (tmp_path / "cache" / FILE).read_bytes() == b"x" * 5000
    with pytest.raises(ValueError, match="only asked"):
        asking.keep(only("a", 1))


def test_what_a_killed_build_was_writing_is_taken_back(tmp_path: Path) -> None:
    filled(tmp_path)
    child = os.fork()
    if not child:
        connection = sqlite3.connect(tmp_path / FILE, isolation_level=None)
        connection.execute("PRAGMA cache_size = 1")  # so that it writes before it commits
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO kept VALUES ('', ?, '', '', ?, '')",
            [(str(n), b"x" * 4000) for n in range(99)],
        )
        os._exit(0)
    os.waitpid(child, 0)
    assert (tmp_path / f"{FILE}-journal").exists()
    assert seen(Store(tmp_path, only_asks=True)) == NOTHING
    assert (tmp_path / f"{FILE}-journal").exists()
    assert seen(Store(tmp_path)) == ALL


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(b"\x80\x04cos\nsystem\n."),
        lambda path: os.truncate(path, path.stat().st_size // 2),
        *(
            lambda path, version=VERSION + more: sqlite3.connect(path).execute(
                f"PRAGMA user_version = {version}"
            )
            for more in (1, -1)
        ),
        lambda path: sqlite3.connect(path).execute("DROP TABLE pages"),
        lambda path: (path.unlink(), path.mkdir(), (path / "x").touch()),
    ],
)
def test_a_file_that_cannot_be_believed_is_made_anew_with_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, harm: Any
) -> None:
    caplog.set_level(logging.INFO, "broadside")
    # which a build in this process turns off
    monkeypatch.setattr(logging.getLogger("broadside"), "propagate", True)
    filled(tmp_path).close()
    harm(tmp_path / FILE)
    store = Store(tmp_path)
    assert store.pages() == {}
    filled(tmp_path)
    assert seen(Store(tmp_path)) == ALL
    assert len(caplog.messages) == 1


@pytest.mark.parametrize("name", [FILE, f"{FILE}-journal", f"{FILE}-wal"])
def test_a_link_in_its_place_goes_and_what_it_leads_to_stays(tmp_path: Path, name: str) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / name).symlink_to(precious)
    filled(tmp_path / "cache").close()
    assert seen(Store(tmp_path / "cache")) == ALL
    assert precious.read_bytes() == b""


@pytest.mark.parametrize("name", [f"{FILE}-journal", f"{FILE}-wal"])
def test_a_folder_beside_it_goes(tmp_path: Path, name: str) -> None:
    (tmp_path / name / "inner").mkdir(parents=True)
    filled(tmp_path).close()
    assert seen(Store(tmp_path)) == ALL


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=times(1.5),
    deadline=None,
)
@given(st.integers(0, 10**6), st.integers(0, 7))
@example(18, 2)  # SQLite then says that the file may only be read
@example(8204, 0)  # of a page of the index: one record is never found again
def test_a_flipped_bit_is_never_read_as_something_else(tmp_path: Path, at: int, bit: int) -> None:
    folder = tmp_path / uuid4().hex
    filled(folder).close()
    data = bytearray((folder / FILE).read_bytes())
    data[at % len(data)] ^= 1 << bit
    (folder / FILE).write_bytes(data)
    for only_asks in (True, False):
        assert_all_right_or_missing(Store(folder, only_asks))
    for _ in range(2):  # only a write may show that the file is damaged
        filled(folder)
    assert_all_right_or_missing(Store(folder))


def assert_all_right_or_missing(store: Store) -> None:
    """What is missing is made anew, so that it may stay missing; it is never something else."""
    alone, _, records, text = seen(store)
    right = [value in (None, kept) for value, kept in zip(alone, ALL[0], strict=True)]
    assert right == [True] * 3
    assert all(record.value == RECORD.value for record in records.values())
    assert text in (None, b"text")


def test_a_full_disk_is_the_systems_fault_and_nothing_is_lost(tmp_path: Path) -> None:
    store = filled(tmp_path)
    connection = store._connection()
    assert connection is not None
    connection.execute("PRAGMA max_page_count = 1")
    with pytest.raises(OSError, match=FILE) as failed:
        store.keep(only("large", "x" * 100_000))
    assert failed.value.errno == 28
    assert seen(store) == ALL


def test_a_forked_process_reads_by_itself_and_cannot_write(tmp_path: Path) -> None:
    store = filled(tmp_path)

    def check() -> None:
        assert seen(store) == ALL
        with pytest.raises(ValueError, match="only asked"):
            store.keep(only("a", 1))

    alone(check)
    store.keep(only("one", [1, "é"]))
    assert seen(store) == ALL
