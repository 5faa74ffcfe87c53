"""Which tables are read, and what is said of the others."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.media.charts import LARGEST, Table, parsed, read

CELL = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=8).map(str.strip)
NUMBER = st.none() | st.integers(-10_000, 10_000) | st.decimals(-1000, 1000, places=3)


def table(text: str) -> Table:
    found, faults = parsed(text, "data/x.csv")
    assert faults == []
    assert found
    return found


@given(
    st.lists(st.lists(NUMBER, min_size=2, max_size=2), min_size=1, max_size=9),
    st.lists(CELL, min_size=9, max_size=9),
)
def test_a_table_is_read_as_it_was_written(rows: list[list[object]], labels: list[str]) -> None:
    rows[0] = [1, 2]  # a column has a number
    text = io.StringIO()
    lines = [
        [labels[at] or "x", *("" if cell is None else cell for cell in row)]
        for at, row in enumerate(rows)
    ]
    csv.writer(text).writerows([["Year", "A", "B"], *lines])
    found = table(text.getvalue())
    assert found.labels == tuple(str(line[0]) for line in lines)
    assert [list(row) for row in zip(*(each.numbers for each in found.columns), strict=True)] == [
        [None if cell is None else float(str(cell)) for cell in row] for row in rows
    ]


@pytest.mark.parametrize(
    ("cell", "between", "number"),
    [
        ("1234.5", ",", 1234.5), ('"1,234.5"', ",", 1234.5), ("−3", ",", -3.0), ("12%", ",", 12.0), (".5", ",", 0.5),
        ("–", ",", None), ("1.234,5", ";", 1234.5), ("1 234,5", ";", 1234.5), ("1234.5", "\t", 1234.5), ("2e3", ",", 2000.0),
    ],
)  # fmt: skip
def test_ways_to_write_a_number(cell: str, between: str, number: float | None) -> None:
    assert table(f"a{between}b\nx{between}{cell}\ny{between}1\n").columns[0].numbers[0] == number


@pytest.mark.parametrize(
    ("data", "code"), [(b"Year,A\n\xff,1\n", "encoding"), (b"x" * (LARGEST + 1), "chart")]
)
def test_a_file_that_is_no_text_or_too_large(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "x.csv").write_bytes(data)
    found, faults = read(tmp_path, "x.csv")
    assert (found, [each.code for each in faults]) == (None, [code])


@given(st.text(max_size=200))
def test_no_text_fails(text: str) -> None:
    found, faults = parsed(text, "data/x.csv")
    assert (found is None) == bool(faults)
