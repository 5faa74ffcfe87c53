"""Tables of numbers, and the charts that show them."""

from __future__ import annotations

from msgspec import Struct

KINDS = ("line", "bar", "dot", "multiples")
"""How a table can be drawn: lines over time, bars, dots, or a small chart of lines for each column."""


MOST_DRAWN = 4
"""How many columns one drawing can show; more need small multiples."""


class Column(Struct, frozen=True):
    """A column of numbers; None where a cell is empty."""

    name: str
    numbers: tuple[float | None, ...]


class Table(Struct, frozen=True):
    """The rows' labels under the heading `corner`, and the columns of numbers; each column has a number for every label."""

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
