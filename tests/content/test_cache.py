"""A source is read again when it has changed, and only then."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from broadside.content.cache import Cache
from broadside.content.read import in_processes
from broadside.content.records import Record
from broadside.front_matter.data import Data
from broadside.store import FILE, SETTLED, Store
from tests.content.reading import options_for
from tests.sample import Outlet


class Reading:
    """The cache of an outlet, and which sources were read through it."""

    def __init__(self, outlet: Outlet, cache: Path) -> None:
        self.outlet, self.cache, self.reading = outlet, cache, options_for(outlet)
        self.opened: list[str] = []

    def records(self, mark: str = "m", write: bool = True) -> dict[str, Record[Data]]:
        self.opened = []
        cache = Cache(Store(self.cache, only_asks=not write), mark, self.outlet.content, self._read)
        paths = sorted(
            path.relative_to(self.outlet.content).as_posix()
            for path in self.outlet.content.rglob("*.md")
        )
        wanted = [(path, "author" if path.startswith("authors") else "story") for path in paths]
        records = {record.path: record for record in cache.read_many(wanted)}
        if write:
            cache.save()
        return records

    def _read(self, wanted: Sequence[tuple[str, str]]) -> list[Record[Data]]:
        self.opened += [path for path, _ in wanted]
        return in_processes(self.outlet.content, self.reading, 1)(wanted)


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    outlet = Outlet(tmp_path)
    outlet.story(
        "a",
        body=(
            'One [b](/2026/11/b/).[^1]\n\n![x](photos/x.jpg "A ferry (Photo by Y)")\n\n[^1]: Note.'
        ),
    )
    outlet.story("b", title='"Quoted"', lang="fr", topics=["x", "y"])
    outlet.story("faulty", section="Nowhere else", typ="x")
    return Reading(outlet, tmp_path / "cache")


def age(outlet: Outlet) -> None:
    """Make the sources look as old as they are in a real outlet."""
    for path in outlet.content.rglob("*.md"):
        os.utime(path, (1e9, 1e9))


def told(records: dict[str, Record[Data]]) -> dict[str, tuple[object, ...]]:
    keys = (
        "kind",
        "digest",
        "data",
        "links",
        "photos",
        "words",
        "faults",
        "body",
        "lines",
        "notes",
    )
    return {path: tuple(getattr(record, key) for key in keys) for path, record in records.items()}


def test_what_comes_from_the_cache_is_what_was_read(reading: Reading) -> None:
    first = told(reading.records())
    assert len(reading.opened) == len(first)
    assert told(reading.records()) == first
    assert reading.opened == []
    assert first["articles/faulty.md"][6]


@pytest.mark.parametrize("keep_times", [False, True])
def test_only_an_edited_source_is_read_again(reading: Reading, keep_times: bool) -> None:
    reading.records()
    file = reading.outlet.content / "articles" / "a.md"
    before = file.stat()
    file.write_text(file.read_text().replace("One", "Two"))
    if keep_times:
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "Two" in reading.records()["articles/a.md"].body.html
    assert reading.opened == ["articles/a.md"]


def test_a_source_that_was_only_touched_is_not_read_again(reading: Reading) -> None:
    reading.records()
    age(reading.outlet)
    reading.records()
    assert reading.opened == []


def test_another_file_of_the_same_size_and_times_is_read(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where two content folders were written at once, and one takes the place of the other."""
    stat = os.stat

    def at_one_moment(*path: Any, **how: Any) -> os.stat_result:
        return os.stat_result(
            tuple(stat(*path, **how)), {"st_mtime_ns": 10**18, "st_ctime_ns": 10**18}
        )

    monkeypatch.setattr(os, "stat", at_one_moment)
    before = reading.records()
    story = reading.outlet.content / "articles" / "b.md"
    other = story.with_name("other")
    other.write_text(story.read_text("utf-8").replace("Quoted", "quoted"), "utf-8")
    other.replace(story)
    assert told(reading.records())["articles/b.md"] != told(before)["articles/b.md"]
    assert reading.opened == ["articles/b.md"]


def test_added_renamed_and_deleted_sources_are_noticed(reading: Reading) -> None:
    reading.records()
    articles = reading.outlet.content / "articles"
    (articles / "a.md").rename(articles / "c.md")
    (articles / "b.md").unlink()
    records = reading.records()
    assert reading.opened == ["articles/c.md"]
    assert "articles/b.md" not in records
    assert told(reading.records()) == told(records)


def test_times_are_believed_only_when_a_change_is_sure_to_show_in_them(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = (reading.outlet.content / "articles" / "a.md").stat().st_ctime_ns
    now = written + 1_000
    monkeypatch.setattr("broadside.content.cache.time.time_ns", lambda: now)
    reading.records()
    hashed: list[str] = []
    real = Path.read_bytes

    def noted(path: Path) -> bytes:
        hashed.append(path.name)
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    reading.records()
    assert "a.md" in hashed  # written a moment ago
    now = written + SETTLED + 1_000
    reading.records()
    hashed.clear()
    reading.records()
    assert "a.md" not in hashed


def test_other_rules_read_everything_anew_and_a_check_keeps_nothing(reading: Reading) -> None:
    reading.records(write=False)
    assert not reading.cache.exists()
    reading.records()
    kept = (reading.cache / FILE).read_bytes()
    (reading.outlet.content / "articles" / "b.md").unlink()
    reading.records(write=False)
    assert (reading.cache / FILE).read_bytes() == kept
    reading.records(mark="other rules")
    assert len(reading.opened) > 2


def test_a_damaged_text_is_read_from_its_source_again(reading: Reading) -> None:
    before = told(reading.records())
    with closing(sqlite3.connect(reading.cache / FILE)) as store:
        store.execute("UPDATE kept SET value = 'x' WHERE kind = 'texts'")
        store.commit()
    records = reading.records()
    assert reading.opened == []
    assert told(records) == before
    assert reading.opened
