"""Fills the tables of docs/writers-reference.md from the declarations of the keys: python -m tools.keys."""

from __future__ import annotations

import re
from pathlib import Path

from broadside.front_matter.data import SINGLE, StoryData
from broadside.validation import keys_of

DOCUMENT = Path(__file__).parent.parent / "docs" / "writers-reference.md"
HEADER = re.compile(r"^## The header\n.*?(?=^## )", re.M | re.S)
ROW = re.compile(r"^\| `(\w+)`[^|]* \|.*\n", re.M)


def document() -> str:
    """The document as it should be: each row says what its key means, and keys without a row get one below the last."""
    text = DOCUMENT.read_text("utf-8")
    rows: dict[str, str] = {}
    for name, declared in keys_of(StoryData).items():
        single = SINGLE.get(name)
        names = f"`{single}` or `{name}`" if single else f"`{name}`"
        rows[single or name] = f"| {names} | {declared.key.means} |\n"
    header = HEADER.search(text)
    if header is None:
        raise SystemExit(f"{DOCUMENT} has no section on the header")
    *_, last = ROW.finditer(header[0])
    there = set(ROW.findall(header[0]))
    new = "".join(row for key, row in rows.items() if key not in there)
    filled = ROW.sub(lambda row: rows.get(row[1], ""), header[0][: last.end()]) + new + header[0][last.end() :]
    return text[: header.start()] + filled + text[header.end() :]


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
