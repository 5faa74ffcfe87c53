"""What a reader fills in that a source does not say."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from broadside.content.reader import Reader
from broadside.front_matter.data import StoryData
from broadside.front_matter.validate import Rules
from tests.sample import front

KEYS = {"title": "T", "date": "2026-11-20", "author": "A", "section": "B", "type": "C"}


def test_an_update_on_the_day_of_publication_is_no_earlier_than_it() -> None:
    source = front(KEYS | {"date": "2026-11-20T09:00", "dek": "D.", "updated": "2026-11-20"})
    reader = Reader(Path(), Rules(ZoneInfo("UTC")))
    data = reader.understand(f"{source}Body.\n".encode(), "articles/a.md", "story").data
    assert isinstance(data, StoryData)
    assert data.updated == data.date


def test_a_dek_from_the_text_is_for_lists_and_one_of_its_own_for_the_page_too() -> None:
    reader = Reader(Path(), Rules(ZoneInfo("UTC"), dek_from_text=True))
    deks = []
    for dek in (None, "Of its own."):
        source = front(KEYS | {"dek": dek}) + "One, “two”. Three.\n"
        record = reader.understand(source.encode(), "articles/a.md", "story")
        assert record.faults == []
        assert isinstance(record.data, StoryData)
        deks.append((record.data.dek, record.data.dek_repeats))
    assert deks == [("One, “two”.", True), ("Of its own.", False)]
