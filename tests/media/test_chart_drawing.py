"""Drawings are sound, stay within their place, and lose no number."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadside.media.chart_drawing import as_table, drawn, key_sample, steps, written
from broadside.media.charts import KINDS, MOST_DRAWN, Chart, Column, Table
from broadside.words import ENGLISH, Catalogs

NUMBERS = st.none() | st.floats(-1e9, 1e9, allow_subnormal=False).map(
    lambda number: round(number, 3)
)
HOSTILE = "<script>\"&' ]]>"


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    rows, columns = draw(st.integers(1, 12)), draw(st.integers(1, MOST_DRAWN))
    labels = draw(
        st.sampled_from(
            [
                tuple(str(2000 + at) for at in range(rows)),
                tuple(f"{HOSTILE}{at}" for at in range(rows)),
            ]
        )
    )
    made = []
    for at in range(columns):
        numbers = draw(st.lists(NUMBERS, min_size=rows, max_size=rows))
        numbers[0] = draw(
            st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda number: round(number, 3))
        )
        made.append(Column(f"{HOSTILE}{at}", tuple(numbers)))
    kind = draw(st.sampled_from(KINDS))
    return Chart(
        data="",
        kind=kind,
        alt=HOSTILE,
        title="",
        source="",
        table=Table(HOSTILE, labels, tuple(made)),
    )


@given(charts())
def test_a_drawing_is_well_formed_and_within_its_place(chart: Chart) -> None:
    root = ET.fromstring(f"<div>{drawn(chart, ENGLISH)}</div>")
    for svg in [each for each in root.iter("svg") if each.get("role")]:
        assert chart.alt in (svg.get("aria-label") or "")
        height = float(svg.get("height") or 0)
        for element in svg.iter():
            for name in ("x", "x1", "x2", "cx", "y", "y1", "y2", "cy"):
                value = element.get(name, "0")
                most = 100 if value.endswith("%") else height
                assert -0.1 <= float(value.removesuffix("%")) <= most + 0.1, (
                    element.tag,
                    name,
                    value,
                )
    assert HOSTILE not in drawn(chart, ENGLISH)


def below(labels: tuple[str, ...]) -> list[str]:
    """The labels below a chart of lines."""
    table = Table("", labels, (Column("Cod", tuple(float(at) for at in range(len(labels)))),))
    html = drawn(Chart(data="", kind="line", alt="A", title="", source="", table=table), ENGLISH)
    return [text for text in re.findall(r"<text[^>]*>([^<]*)</text>", html) if text in labels]


@pytest.mark.parametrize(
    ("years", "shown"),
    [
        (range(2015, 2027), [2016, 2018, 2020, 2022, 2024, 2026]),
        (range(2016, 2027), [2016, 2018, 2020, 2022, 2024, 2026]),
        (range(1990, 2025), [1990, 2000, 2010, 2020]),
        (range(2002, 2023, 4), [2002, 2006, 2010, 2014, 2018, 2022]),
        (range(2020, 2022), [2020, 2021]),
        (range(2026, 2027), [2026]),
    ],
)
def test_years_are_named_at_equal_steps(years: range, shown: list[int]) -> None:
    assert below(tuple(map(str, years))) == [str(year) for year in shown]


def test_years_at_unequal_distances_are_named_where_there_is_room() -> None:
    assert below(("1990", "1991", "2000", "2025", "2026")) == ["1990", "2000", "2026"]


@given(st.integers(1, 200), st.sampled_from(["w{}", "Week {}", "A much longer label {}"]))
def test_labels_at_equal_distances_are_named_at_equal_steps(number: int, form: str) -> None:
    labels = tuple(form.format(at) for at in range(number))
    named = [labels.index(label) for label in below(labels)]
    assert named[:1] == [0]
    assert len({other - one for one, other in pairwise(named)}) <= 1


@given(charts())
def test_the_table_for_others_has_every_number(chart: Chart) -> None:
    cells = ET.fromstring(as_table(chart, ENGLISH)).iter("td")
    said = [cell.text or "" for cell in cells]
    rows = zip(*(each.numbers for each in chart.table.columns), strict=True)
    assert said == [
        "" if number is None else written(number, ENGLISH) for row in rows for number in row
    ]


@given(st.floats(-1e12, 1e12), st.floats(1e-3, 1e12))
def test_the_marks_of_an_axis_hold_all_numbers_at_equal_distances(
    least: float, span: float
) -> None:
    marks = steps(least, least + span)
    assert marks[0] <= least + 1e-6 * span
    assert marks[-1] >= least + span - 1e-6 * span
    assert 2 <= len(marks) <= 8
    gaps = [other - one for one, other in pairwise(marks)]
    assert max(gaps) - min(gaps) <= 1e-6 * max(map(abs, marks)) + 1e-9


@pytest.mark.parametrize(
    ("number", "lang", "words"),
    [(1234.5, "en", "1,234.5"), (1234.5, "de", "1.234,5"), (-0.25, "en", "−0.25"), (1234.0, "fr", "1 234"), (12345.5, "es", "12.345,5")],
)  # fmt: skip
def test_numbers_are_written_as_the_language_does(number: float, lang: str, words: str) -> None:
    said = written(number, Catalogs().of(lang))
    assert re.sub(r"\s", " ", said) == words


def test_series_differ_without_colour() -> None:
    table = Table("", ("a",), tuple(Column(str(at), (1.0,)) for at in range(MOST_DRAWN)))
    chart = Chart(data="", kind="line", alt="", title="", source="", table=table)
    samples = {
        re.sub(r'class="[^"]*"|stroke="[^"]*"', "", key_sample(chart, at))
        for at in range(MOST_DRAWN)
    }
    assert len(samples) == MOST_DRAWN


@pytest.mark.parametrize(
    "numbers",
    [
        (0.0, 0.0),
        (-0.0,),
        (1e-9, 3e-9),
        (1.0, 1.0000000000000002),
        (1e15, 1e15 - 0.125),
        (-1e-9, 1e15),
        (-2.0, -2.0),
        (1e-9, 1.00000001e-9),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_numbers_that_are_all_zero_or_nearly_the_same_are_drawn(
    kind: str, numbers: tuple[float, ...]
) -> None:
    labels = tuple(f"Label {at}" for at in range(len(numbers)))
    table = Table("", labels, (Column("Cod", numbers),))
    drawing = drawn(Chart(data="", kind=kind, alt="a", title="", source="", table=table), ENGLISH)
    assert "nan" not in drawing
    assert all(0 <= float(place) <= 100 for place in re.findall(r'"(-?[\d.]+)%"', drawing))
