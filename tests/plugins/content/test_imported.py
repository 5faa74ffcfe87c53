"""The list of what was imported: what it is in the folder, and what is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.plugins.content.folder import IMPORTED
from broadside.plugins.content.imported import Entry, read, written

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ENTRIES = st.lists(st.builds(Entry, WORDS, WORDS, WORDS, WORDS), unique_by=lambda entry: entry.path, max_size=6)


@given(entries=ENTRIES)
def test_what_was_written_is_read_in_whichever_order_it_was_given(
    tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]
) -> None:
    data = written(entries)
    assert data == written(reversed(entries))
    assert data.count(b"\n") == len(entries)
    folder = tmp_path_factory.mktemp("content")
    (folder / IMPORTED).write_bytes(data)
    assert read(folder) == ({entry.path: entry for entry in entries}, [])


@given(data=st.binary(max_size=80))
def test_whatever_the_list_holds_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("content")
    (folder / IMPORTED).write_bytes(data)
    entries, faults = read(folder)
    assert len(entries) + len(faults) == len(data.splitlines())
