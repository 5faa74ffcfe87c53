"""Running coverage: its entries, newest first, with nothing lost."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from broadside.markdown.body import PREFIX, Block, html_of
from broadside.markdown.dialect import Typesetter
from broadside.plugins.coverage.entries import entries_of, newest_first, slips

DAY, ZONE = "2026-11-20", ZoneInfo("Europe/Madrid")
TEXT = """\
What is known.

## 09:10 The doors open

They *open*.[^1]

### A detail

## 2026-11-21 00:10 The count

Two paragraphs.

The second.

## 14:05 A break

[^1]: A note.
"""


def shown(moment: datetime, with_day: bool) -> str:
    return f"{moment:%d %H:%M}" if with_day else f"{moment:%H:%M}"


def ordered(text: str) -> list[Block]:
    typeset, faults = Typesetter().set(text, "a.md", 1)
    assert faults == []
    return newest_first(typeset.blocks, DAY, ZONE, shown)


def test_the_newest_entry_comes_first_and_what_is_around_them_stays() -> None:
    blocks = ordered(TEXT)
    assert [block.kind for block in blocks[:2]] == ["paragraph", "heading"]
    assert blocks[-1].kind == "notes"
    assert [(entry.id, entry.moment, entry.headline) for entry in entries_of(blocks)] == [
        ("2026-11-21-0010-the-count", "2026-11-21T00:10:00+01:00", "The count"),
        ("1405-a-break", "2026-11-20T14:05:00+01:00", "A break"),
        ("0910-the-doors-open", "2026-11-20T09:10:00+01:00", "The doors open"),
    ]
    assert '<time datetime="2026-11-21T00:10:00+01:00">21 00:10</time> The count' in html_of(blocks)
    assert entries_of(blocks)[0].text == "Two paragraphs. The second."
    assert "A detail" in entries_of(blocks)[2].text


def test_headings_without_an_hour_are_told_with_their_lines() -> None:
    text = "## One\n\n~~~\n## no heading\n~~~\n\n## 24:10 Two\n\n## 09:10 Three\n\n## 09:20\n"
    assert [line for line, *_ in slips(text, DAY, ZONE)] == [1, 7, 11]


@given(
    st.lists(
        st.tuples(st.integers(0, 23), st.integers(0, 59), st.text("abc ", max_size=9)), max_size=6
    )
)
def test_no_block_is_lost_and_ordering_twice_changes_nothing(
    entries: list[tuple[int, int, str]],
) -> None:
    text = "Before.\n\n" + "".join(
        f"## {h:02}:{m:02} x{words}\n\nText {h}{words}\n\n" for h, m, words in entries
    )
    typeset, _ = Typesetter().set(text, "a.md", 1)
    blocks = newest_first(typeset.blocks, DAY, ZONE, shown)
    assert sorted(block.kind for block in blocks) == sorted(block.kind for block in typeset.blocks)
    moments = [entry.moment for entry in entries_of(blocks)]
    assert len(moments) == len(entries)
    assert moments == sorted(moments, reverse=True)
    assert newest_first(blocks, DAY, ZONE, shown) == blocks
    assert {entry.id for entry in entries_of(blocks)} == {
        block.html.partition('id="')[2].partition('"')[0].removeprefix(PREFIX)
        for block in blocks
        if block.kind == "heading"
    }
