"""Charts in a text are written like photos."""

from __future__ import annotations

from tests.markdown.setting import SETTER

GOOD = (
    '![A "line".](data/cod.csv){chart="dot" title="Half the cod" source="Harbour office" note="N"'
    ' unit="t"}'
)


def test_a_chart_is_noted_with_its_words() -> None:
    body, faults = SETTER.set(f"Before.\n\n{GOOD}\n\nAfter.", "a.md")
    assert faults == []
    (chart,) = body.charts
    assert (chart.data, chart.kind, chart.alt, chart.line) == (
        "data/cod.csv",
        "dot",
        "A “line”.",
        3,
    )
    assert (chart.title, chart.source, chart.note, chart.unit) == (
        "Half the cod",
        "Harbour office",
        "N",
        "t",
    )
    assert body.photos == []
    assert SETTER.set("Another.", "b.md")[0].charts == []
