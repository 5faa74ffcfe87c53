"""Draws a table as SVG of flexible width: horizontal lengths are percentages, so that words and
lines keep their size.

Colours are in attributes, for pages without our style sheet; with it, classes give each column a
colour of the outlet's look.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from html import escape
from itertools import pairwise

from markupsafe import Markup
from msgspec import Struct

from broadside.media.charts import Chart, Column, Table
from broadside.words import Catalogs, Language

COLOURS = ("#8a2432", "#2d5f73", "#9a6b1f", "#555555")
DASHES = ("", "7 3", "2 3", "9 3 2 3")
"""The dash patterns of columns, so that lines can be told apart without colour."""
LETTER = 2.1
"""The percentage of a phone's column that a letter of an axis takes."""
SIZE, LEADING = 13, 18
"""Font size and line height, in px."""
HEIGHT, PANEL = 280, 130
"""The height of a line chart, and of each of several, in px."""
TOP, FOOT = 12, 26
LEFT_OF_DOTS, RIGHT_OF_DOTS = 2.0, 98.0
ROW, BAR, BETWEEN = 22, 14, 12
"""Of bars, in px: the line with the label, a bar, and the space between two labels."""
INSIDE = 1000
"""The width of the coordinate system in which lines are drawn; it is stretched to fit."""
YEAR = re.compile(r"\d{4}", re.ASCII)
ROUND = (2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)
"""Intervals in years between the labels of an axis, if there is no room for all."""
STEPS = (1, 2, 2.5, 5, 10)
ALIKE = 1e-9
"""Numbers whose relative difference is smaller look the same in a chart."""


class Scale(Struct, frozen=True):
    """Maps numbers to positions: `least` at `start`, `most` at `end`."""

    least: float
    most: float
    start: float
    end: float

    def __call__(self, number: float) -> float:
        """The position of a number."""
        return round(
            self.start + (self.end - self.start) * (number - self.least) / (self.most - self.least),
            2,
        )


def filters(words: Catalogs) -> dict[str, Callable[..., object]]:
    """The filters for the component chart, by name."""
    return {
        "drawn": lambda chart, lang="": Markup(drawn(chart, words.of(lang))),
        "chart_key": lambda chart, number: Markup(key_sample(chart, number)),
        "chart_rows": lambda chart: list(rows_of(chart.table)),
        "chart_number": lambda number, lang="": written(number, words.of(lang)),
    }


def drawn(chart: Chart, words: Language) -> str:
    """The drawing of a chart as HTML, with a description of it as its accessible name."""
    table = chart.table
    if chart.kind == "bar":
        return _svg(*_bars(table.labels, table.columns, words), chart.alt)
    if chart.kind == "dot":
        return _svg(*_dots(table.labels, table.columns, words), chart.alt)
    least, most = bounds(_numbers(table.columns), from_zero=False)
    if chart.kind == "line":
        marks = steps(least, most)
        return _svg(_lines(table.labels, table.columns, marks, HEIGHT, words), HEIGHT, chart.alt)
    marks = steps(least, most, 2)
    panels = ""
    for column in table.columns:
        lines = _lines(table.labels, [column], marks, PANEL, words)
        drawn = _svg(lines, PANEL, f"{chart.alt} {column.name}")
        panels += f"<div><p>{escape(column.name)}</p>{drawn}</div>"
    return f'<div class="chart-panels">{panels}</div>'


def as_table(chart: Chart, words: Language) -> str:
    """A chart as plain HTML for other outlets, whose systems accept no drawings: its title, its
    numbers, and its source.
    """
    table = chart.table
    heads = "".join(
        f"<th>{escape(name)}</th>"
        for name in (table.corner, *(each.name for each in table.columns))
    )
    rows = "".join(
        f"<tr><th>{escape(label)}</th>"
        + "".join(
            f"<td>{'' if number is None else written(number, words)}</td>" for number in numbers
        )
        + "</tr>"
        for label, numbers in rows_of(table)
    )
    unit = ""
    if chart.unit:
        unit = f" ({escape(chart.unit)})"
    note = ""
    if chart.note:
        note = f"{escape(chart.note)} "
    source = escape(words.label(words.gettext("Source"), chart.source))
    return (
        f"<figure><figcaption><strong>{escape(chart.title)}</strong>{unit}</figcaption>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table><p>{note}{source}</p></figure>"
    )


def rows_of(table: Table) -> Iterator[tuple[str, tuple[float | None, ...]]]:
    """Each label with its numbers."""
    return zip(
        table.labels, zip(*(each.numbers for each in table.columns), strict=True), strict=True
    )


def key_sample(chart: Chart, number: int) -> str:
    """A column's sample in a chart's key."""
    if chart.kind == "line":
        inside = f'<line x1="0" x2="24" y1="6" y2="6" {_stroke(number)}/>'
    elif chart.kind == "bar":
        inside = f'<rect width="24" height="12" {_fill(number)}/>'
    else:
        inside = f'<circle cx="12" cy="6" r="5" {_fill(number)}/>'
    return f'<svg width="24" height="12" aria-hidden="true">{inside}</svg>'


def steps(least: float, most: float, number: int = 4) -> list[float]:
    """Round numbers at even distances, about `number` of them, from below the least to above the
    most.
    """
    if most <= least:
        least, most = min(least, 0.0), max(most, 0.0, least + 1)
    rough = (most - least) / number
    exponent = math.floor(math.log10(rough))
    power = 10.0**exponent
    step = next(each * power for each in STEPS if each * power >= rough * (1 - 1e-9))
    first, last = math.floor(least / step + 1e-9), math.ceil(most / step - 1e-9)
    return [round(at * step, 3 - exponent) for at in range(first, last + 1)]


def bounds(numbers: Iterable[float], *, from_zero: bool) -> tuple[float, float]:
    """The range of an axis; bars begin at zero, and lines do unless that would flatten them."""
    found = list(numbers)
    least, most = min(found), max(found)
    is_flat = most - least <= ALIKE * max(abs(least), abs(most))
    if from_zero or 0 < least < most * 0.6 or is_flat:
        least, most = min(least, 0.0), max(most, 0.0)
        return least, most if most > least else 1.0
    return least, most


def written(number: float, words: Language) -> str:
    """A number in the language's notation: 1,234.5."""
    if number == int(number):
        whole, part = int(number), ""
    else:
        text = f"{abs(number):.10f}".rstrip("0")
        whole, part = int(text.partition(".")[0]), text.partition(".")[2]
    sign = ""
    if number < 0:
        sign = "\N{MINUS SIGN}"
    point = ","
    if words.pgettext("number", "1,234").startswith("1,"):
        point = "."
    return sign + words.number(abs(whole)) + (point + words.digits(part) if part else "")


def _svg(inside: Iterable[str], height: int, alt: str) -> str:
    label = f'role="img" aria-label="{escape(alt)}"'
    return f'<svg width="100%" height="{height}" direction="ltr" {label}>{"".join(inside)}</svg>'


def _lines(
    labels: Sequence[str],
    columns: Sequence[Column],
    marks: Sequence[float],
    height: int,
    words: Language,
) -> Iterator[str]:
    """Lines over the labels, which are years, days, or steps of equal length."""
    up = Scale(marks[0], marks[-1], height - FOOT, TOP)
    named = [written(mark, words) for mark in marks]
    left = round(1 + LETTER * max(map(len, named)), 1)
    for mark, name in zip(marks, named, strict=True):
        y = up(mark)
        yield _rule(f"{left}%", y, strong=mark == 0)
        yield _text(f"{left}%", y + 4, name, "end", -6)
    places = _places(labels)
    across = Scale(places[0], max(places[-1], places[0] + 1), left, 99)
    yield from _below(labels, [across(place) for place in places], height)
    plane = Scale(across.least, across.most, 0, INSIDE)
    paths, points = [], []
    for at, each in enumerate(columns):
        for run in _runs(each.numbers):
            spots = [(plane(places[i]), up(each.numbers[i] or 0.0)) for i in run]
            if len(run) == 1:
                points.append(
                    f'<circle cx="{across(places[run[0]])}%" cy="{spots[0][1]}" r="3" {_fill(at)}/>'
                )
                continue
            line = " ".join(f"{x:g},{y:g}" for x, y in spots)
            paths.append(
                f'<polyline points="{line}" fill="none" vector-effect="non-scaling-stroke"'
                f" {_stroke(at)}/>"
            )
    stretched = f'viewBox="0 0 {INSIDE} {height}" preserveAspectRatio="none"'
    yield (
        f'<svg x="{left}%" width="{99 - left:g}%" height="{height}"'
        f" {stretched}>{''.join(paths)}</svg>"
    )
    yield from points


def _bars(
    labels: Sequence[str], columns: Sequence[Column], words: Language
) -> tuple[list[str], int]:
    """For each label a bar of each column below it, with its number; and the total height."""
    least, most = bounds(_numbers(columns), from_zero=True)
    # There is room for the number after the longest bar, on either side.
    room = LETTER * max(len(written(number, words)) for number in _numbers(columns)) + 2
    across = Scale(least, most, room if least < 0 else 0, 100 - room if most > 0 else 99)
    parts, y = [], 0
    for i, label in enumerate(labels):
        y += ROW
        parts.append(_text("0", y - 7, label))
        for at, each in enumerate(columns):
            number = each.numbers[i]
            if number is not None:
                start, end = sorted((across(0), across(number)))
                parts.append(
                    f'<rect x="{start}%" y="{y}" width="{end - start:.2f}%" height="{BAR}"'
                    f" {_fill(at)}/>"
                )
                before = number < 0
                place = end
                if before:
                    place = start
                if before:
                    anchor, gap = ("end", -5)
                else:
                    anchor, gap = ("start", 5)
                parts.append(_text(f"{place}%", y + BAR - 3, written(number, words), anchor, gap))
            y += BAR + 2
        y += BETWEEN
    if least < 0:
        parts.append(
            f'<line x1="{across(0)}%" x2="{across(0)}%" y1="0" y2="{y - BETWEEN}"'
            f" {_ink(strong=True)}/>"
        )
    return parts, y - BETWEEN + 2


def _dots(
    labels: Sequence[str], columns: Sequence[Column], words: Language
) -> tuple[list[str], int]:
    """For each label a line with a dot for each column, below an axis; and the total height."""
    marks = steps(*bounds(_numbers(columns), from_zero=False))
    across = Scale(marks[0], marks[-1], LEFT_OF_DOTS, RIGHT_OF_DOTS)
    step = LEADING + ROW
    height = LEADING + step * len(labels)
    parts = []
    for mark in marks:
        x = across(mark)
        if mark == marks[0]:
            anchor = "start"
        elif mark == marks[-1]:
            anchor = "end"
        else:
            anchor = "middle"
        parts.append(
            f'<line x1="{x}%" x2="{x}%" y1="{LEADING}" y2="{height}" {_ink(strong=mark == 0)}/>'
        )
        parts.append(_text(f"{x}%", SIZE, written(mark, words), anchor))
    for i, label in enumerate(labels):
        y = LEADING + step * i + LEADING + 2
        parts.append(_text(f"{LEFT_OF_DOTS}%", y, label, "start", 4))
        found = [(at, each.numbers[i]) for at, each in enumerate(columns)]
        spots = [(at, across(number)) for at, number in found if number is not None]
        if len(spots) > 1:
            ends = min(x for _, x in spots), max(x for _, x in spots)
            parts.append(
                f'<line x1="{ends[0]}%" x2="{ends[1]}%" y1="{y + 12}" y2="{y + 12}"'
                f" {_ink(strong=True)}/>"
            )
        parts += [f'<circle cx="{x}%" cy="{y + 12}" r="5.5" {_fill(at)}/>' for at, x in spots]
    return parts, height


def _numbers(columns: Iterable[Column]) -> Iterator[float]:
    return (number for each in columns for number in each.numbers if number is not None)


def _places(labels: Sequence[str]) -> list[float]:
    """Each label's position between the first and the last: years and days by time, others at equal
    distances.
    """
    if all(map(YEAR.fullmatch, labels)):
        found = [float(label) for label in labels]
    else:
        try:
            found = [float(date.fromisoformat(label).toordinal()) for label in labels]
        except ValueError:
            found = [float(at) for at in range(len(labels))]
    if all(one < other for one, other in pairwise(found)):
        return found
    return [float(at) for at in range(len(labels))]


def _below(labels: Sequence[str], places: Sequence[float], height: int) -> Iterator[str]:
    """The labels printed below a chart."""
    last = len(labels) - 1
    for at in _named(labels, places):
        if at == 0:
            anchor = "start"
        elif at == last:
            anchor = "end"
        else:
            anchor = "middle"
        yield _text(f"{places[at]}%", height - 7, labels[at], anchor)


def _named(labels: Sequence[str], places: Sequence[float]) -> Iterable[int]:
    """Which labels are printed: evenly spaced ones if their distances are equal, at round years;
    else those with room.
    """
    last = len(labels) - 1
    gap = (places[-1] - places[0]) / max(last, 1)
    if any(abs(other - one - gap) > 0.1 for one, other in pairwise(places)):
        return _with_room(labels, places)
    # The first and last labels are not centred on their positions, so the ones beside them need
    # half as much room again.
    need = 1.5 * LETTER * max(map(len, labels)) + 3
    if all(map(YEAR.fullmatch, labels)) and last:
        first, span = int(labels[0]), int(labels[1]) - int(labels[0])
        round_steps = (
            step for step in (span, *ROUND) if step % span == 0 and step / span * gap >= need
        )
        step = next(round_steps, 0)
        named = (
            range(0 if step == span else -first % step // span, last + 1, step // span)
            if step
            else ()
        )
        if len(named) > 1:
            return named
    fitting = range(1, last + 1) if gap else ()
    step = next((step for step in fitting if step * gap >= need), last or 1)
    # so the last is printed too
    whole = (each for each in range(step, min(2 * step, last) + 1) if last % each == 0)
    return range(0, last + 1, next(whole, step))


def _with_room(labels: Sequence[str], places: Sequence[float]) -> Iterator[int]:
    """The first label, the last, and those between for which there is room."""
    last, until = len(labels) - 1, places[0] - 100
    reserved = LETTER * len(labels[last]) + 3
    for at, (label, place) in enumerate(zip(labels, places, strict=True)):
        width = LETTER * len(label) + 3
        if at == 0:
            start = place
        elif at == last:
            start = place - width
        else:
            start = place - width / 2
        if start >= until and (at in (0, last) or start + width <= places[last] - reserved):
            yield at
            until = start + width


def _runs(numbers: Sequence[float | None]) -> Iterator[list[int]]:
    """The indexes of numbers without a gap between them."""
    run: list[int] = []
    for at, number in enumerate(numbers):
        if number is not None:
            run.append(at)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _rule(x: str, y: float, *, strong: bool) -> str:
    return f'<line x1="{x}" x2="99%" y1="{y}" y2="{y}" {_ink(strong=strong)}/>'


def _ink(*, strong: bool) -> str:
    if strong:
        return 'class="axis" stroke="#777777"'
    return 'class="grid" stroke="#cccccc"'


def _text(x: str, y: float, words: str, anchor: str = "start", dx: int = 0) -> str:
    moved = ""
    if dx:
        moved = f' dx="{dx}"'
    anchored = ""
    if anchor != "start":
        anchored = f' text-anchor="{anchor}"'
    return (
        f'<text x="{x}" y="{y:g}"{moved}{anchored} font-size="{SIZE}"'
        f' fill="currentColor">{escape(words)}</text>'
    )


def _stroke(at: int) -> str:
    dash = ""
    if DASHES[at]:
        dash = f' stroke-dasharray="{DASHES[at]}"'
    return f'class="line-{at + 1}" stroke="{COLOURS[at]}" stroke-width="2.5"{dash}'


def _fill(at: int) -> str:
    return f'class="mark-{at + 1}" fill="{COLOURS[at]}"'
