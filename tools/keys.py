"""Fills tables of keys in the documents from the declarations of the keys: python -m tools.keys."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from broadside.doors import load
from broadside.front_matter.data import StoryData, keys_in
from broadside.plugins.podcasts.keys import PodcastData
from broadside.plugins.roundup.content import RoundupData
from broadside.settings import pipeline

DOCS = Path(__file__).parent.parent / "docs"
TABLES: tuple[tuple[str, str, type[Struct]], ...] = (
    ("writers-reference.md", "The header", StoryData),
    ("editors-reference.md", "Podcasts", PodcastData),
    ("editors-reference.md", "The weekly round-up", RoundupData),
)
"""A document, the heading of a section with tables, and whose keys are in them."""
ROW = re.compile(r"^\| `(\w+)`[^|]* \|.*\n", re.M)


def documents() -> dict[Path, str]:
    """The documents as they should be: each row says what its key means, and keys without a row get
    one below the last.
    """
    load(pipeline())  # plugins declare keys too
    texts = {name: (DOCS / name).read_text("utf-8") for name, *_ in TABLES}
    for name, heading, kind in TABLES:
        before, after = texts[name].split(f"\n## {heading}\n")
        section, *others = re.split(r"^(?=## )", after, maxsplit=1, flags=re.M)
        texts[name] = "".join((before, f"\n## {heading}\n", _filled(section, kind), *others))
    return {DOCS / name: text for name, text in texts.items()}


def _filled(section: str, kind: type[Struct]) -> str:
    rows: dict[str, str] = {}
    for name, declared in keys_in(kind).items():
        single = declared.key.single
        names = f"`{single}` or `{name}`" if single else f"`{name}`"
        rows[single or name] = f"| {names} | {declared.key.means} |\n"
    *_, last = ROW.finditer(section)
    there = set(ROW.findall(section))
    new = "".join(row for key, row in rows.items() if key not in there)
    return (
        ROW.sub(lambda row: rows.get(row[1], ""), section[: last.end()])
        + new
        + section[last.end() :]
    )


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text, "utf-8")
