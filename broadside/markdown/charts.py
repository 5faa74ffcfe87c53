"""Charts in a text: written like a photo whose file is a table in data/."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from broadside.faults import did_you_mean, quoted
from broadside.media.charts import KINDS, InlineChart

KEYS = ("chart", "title", "source", "note", "unit")
TABLE = re.compile(r"/?data/.+\.csv", re.I)


def is_table(source: str) -> bool:
    """Whether what is written in the place of a photo's file is a table."""
    return TABLE.fullmatch(source) is not None


def described(
    alt: str, source: str, words: Mapping[str, str], line: int, refuse: Callable[[str, str, str], None]
) -> InlineChart:
    """The chart that a writer described; what is missing or unknown is refused with a code, a message and a hint."""
    kind = words.get("chart", "line").lower()
    if kind not in KINDS:
        refuse("unknown-word", f"{quoted(kind)} is not a kind of chart", did_you_mean(kind, KINDS))
        kind = KINDS[0]
    if not alt:
        refuse("chart-alt", "the chart has no alt text", "say between [ and ] what one sees in it")
    if not words.get("title"):
        refuse("chart-title", "the chart has no title", 'add title="Exports have doubled" between { and }')
    if not words.get("source"):
        refuse("chart-source", "the chart does not say where its numbers are from", 'add source="…" between { and }')
    return InlineChart(
        data=source.removeprefix("/"),
        kind=kind,
        alt=alt,
        title=words.get("title", ""),
        source=words.get("source", ""),
        note=words.get("note", ""),
        unit=words.get("unit", ""),
        line=line,
    )
