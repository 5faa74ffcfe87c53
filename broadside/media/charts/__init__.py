"""Charts in texts: a table in content/data/ is drawn as SVG when a page is rendered, in the colours of the outlet's look.

Writers name the table as they name a photo: `![What it shows](data/x.csv){chart="line" title="…" source="…"}`.
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from broadside.media.charts.draw import drawn, key_sample, rows_of
from broadside.media.charts.numbers import written
from broadside.words import Catalogs


def filters(words: Catalogs) -> dict[str, Callable[..., object]]:
    """What the component chart needs, by name."""
    return {
        "drawn": lambda chart, lang="": Markup(drawn(chart, words.of(lang))),
        "chart_key": lambda chart, number: Markup(key_sample(chart, number)),
        "chart_rows": lambda chart: list(rows_of(chart.table)),
        "chart_number": lambda number, lang="": written(number, words.of(lang)),
    }
