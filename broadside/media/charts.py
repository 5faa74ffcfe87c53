"""Charts and their tables: a table is a CSV file with a line of headings, then a line for each
label with its numbers.

Writers name it like a photo: `![What it shows](data/x.csv){chart="line" title="…" source="…"}`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from broadside.faults import Fault, quoted
from broadside.letters import UNPRINTABLE

KINDS = ("line", "bar", "dot", "multiples")
"""How a table can be drawn: lines over time, bars, dots, or a small line chart for each column."""


MOST_DRAWN = 4
"""How many columns one drawing can show; more need small multiples."""
LARGEST = 200_000
"""The maximum size of a file in bytes."""
MOST_ROWS, MOST_COLUMNS = 1000, 12
LARGEST_NUMBER, SMALLEST_NUMBER = 1e15, 1e-9
NUMBERS = (
    "write it without its unit, as 1234.5, with at most 15 digits before the point and 9 after it"
)
NUMBER = re.compile(r"[-+−]?(\d+(\.\d+)?|\.\d+)(e[-+]?\d{1,2})?", re.ASCII | re.I)
EMPTY = ("", "-", "–", "—", "n/a", "NA")
"""Cells without a number."""


class Column(Struct, frozen=True):
    """A column of numbers; None for an empty cell."""

    name: str
    numbers: tuple[float | None, ...]


class Table(Struct, frozen=True):
    """The rows' labels under the heading `corner`, and the columns of numbers; each column has a
    number for every label.
    """

    corner: str
    labels: tuple[str, ...]
    columns: tuple[Column, ...]


class InlineChart(Struct, frozen=True, kw_only=True):
    """A chart in a text, as the writer described it; `alt` says what one sees."""

    data: str
    kind: str
    alt: str
    title: str
    source: str
    note: str = ""
    unit: str = ""
    line: int = 0


class Chart(InlineChart, frozen=True, kw_only=True):
    """A chart with its table."""

    table: Table


def read(root: Path, path: str) -> tuple[Table | None, list[Fault]]:
    """The table in a file of the content folder, or None with what is wrong with it."""
    try:
        with (root / path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as problem:
        return None, [
            _fault(
                path,
                0,
                "unreadable",
                f"the file cannot be read ({problem.strerror})",
                "change its permissions",
            )
        ]
    if len(data) > LARGEST:
        return None, [
            _fault(path, 0, "chart", f"the file has more than {LARGEST:,} bytes", "leave out rows")
        ]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        return None, [
            _fault(path, line, "encoding", "the file is not UTF-8", "save it as CSV UTF-8")
        ]
    return parsed(text, path)


def parsed(text: str, path: str) -> tuple[Table | None, list[Fault]]:
    """The table in a text, or None with what is wrong with it."""
    between = max(",;\t", key=text.split("\n", 1)[0].count)
    reader = csv.reader(text.splitlines(), delimiter=between, strict=True)
    try:
        rows = [
            (reader.line_num, [cell.strip() for cell in row])
            for row in reader
            if any(map(str.strip, row))
        ]
    except csv.Error as problem:
        return None, [
            _fault(
                path,
                reader.line_num,
                "chart",
                f"the line cannot be read ({problem})",
                "fix the quotation marks",
            )
        ]
    faults = list(_shape_faults(rows, path))
    if faults:
        return None, faults
    (_, heads), *rest = rows
    numbers, faults = _numbers(rest, heads, path, decimal_comma=between != ",")
    if faults:
        return None, faults
    columns = [Column(name, tuple(column)) for name, column in zip(heads[1:], numbers, strict=True)]
    return Table(heads[0], tuple(cells[0] for _, cells in rest), tuple(columns)), []


def _numbers(
    rows: Iterable[tuple[int, list[str]]], heads: list[str], path: str, *, decimal_comma: bool
) -> tuple[list[list[float | None]], list[Fault]]:
    """The columns of numbers, and a fault for each cell without one."""
    columns: list[list[float | None]] = [[] for _ in heads[1:]]
    faults = []
    for line, cells in rows:
        for column, name, cell in zip(columns, heads[1:], cells[1:], strict=True):
            try:
                column.append(_number(cell, decimal_comma=decimal_comma))
            except ValueError:
                message = f"{quoted(cell)} in the column {quoted(name)} is not a number"
                faults.append(_fault(path, line, "chart", message, NUMBERS))
    for name, column in zip(heads[1:], columns, strict=True):
        if not faults and all(number is None for number in column):
            faults.append(
                _fault(path, 1, "chart", f"the column {quoted(name)} has no number", "delete it")
            )
    return columns, faults


def _shape_faults(rows: list[tuple[int, list[str]]], path: str) -> Iterator[Fault]:
    """What is wrong with the shape of a table, before its numbers are read."""
    if len(rows) < 2 or len(rows[0][1]) < 2:
        hint = (
            "begin with a line of headings, such as Year,Exports, and have a line for each label"
            " below it"
        )
        yield _fault(path, 1, "chart", "this is no table", hint)
        return
    (_, heads), *rest = rows
    if len(rest) > MOST_ROWS or len(heads) - 1 > MOST_COLUMNS:
        message = f"the table has {len(rest)} rows and {len(heads) - 1} columns of numbers"
        yield _fault(
            path, 1, "chart", message, f"keep to {MOST_ROWS} rows and {MOST_COLUMNS} columns"
        )
        return
    for line, cells in rows:
        if len(cells) != len(heads):
            message = f"the line has {len(cells)} cells, but there are {len(heads)} headings"
            yield _fault(
                path,
                line,
                "chart",
                message,
                "write as many, with nothing between two commas for no number",
            )
        if any(UNPRINTABLE.search(cell) for cell in cells):
            yield _fault(path, line, "chart", "the line has an invisible character", "delete it")
    names = heads[1:]
    if "" in names or len(set(names)) < len(names):
        yield _fault(
            path, 1, "chart", "two columns have the same heading, or a column has none", "name each"
        )


def _number(cell: str, *, decimal_comma: bool) -> float | None:
    """The number in a cell; raises ValueError if it holds something else."""
    if cell in EMPTY:
        return None
    plain = cell.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").removesuffix("%")
    if decimal_comma and "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    elif "," in plain and re.fullmatch(r"[-+−]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    if not NUMBER.fullmatch(plain):
        raise ValueError(cell)
    number = float(plain.replace("−", "-"))
    if abs(number) > LARGEST_NUMBER or 0 < abs(number) < SMALLEST_NUMBER:
        raise ValueError(cell)
    return number


def _fault(path: str, line: int, code: str, message: str, hint: str) -> Fault:
    return Fault(path, line, 0, "error", code, message, hint)
