"""A Jupyter notebook that a text shows, as HTML in the forms of `model`."""

from __future__ import annotations

import re
from typing import Any

from broadside_import.markdown import code, to_html
from broadside_import.readable import json_in

CELLS = re.compile(r"cells\[(-?\d*):(-?\d*)\]")


def notebook(text: str, cells: str = "") -> tuple[str, int]:
    """The HTML of a notebook, or of some of its cells (`cells[2:]`), and how many pictures in it were left out; "" if it is none."""
    try:
        values = json_in(text)
        written = values["cells"] if "cells" in values else values["worksheets"][0]["cells"]
        language = values.get("metadata", {}).get("language_info", {}).get("name", "python")
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return "", 0
    parts: list[str] = []
    pictures = 0
    match = CELLS.search(cells)
    shown = slice(*(int(part) if part else None for part in match.groups())) if match else slice(None)
    for cell in written[shown] if isinstance(written, list) else ():
        if not isinstance(cell, dict):
            continue
        kind, source = cell.get("cell_type"), _text(cell.get("source") or cell.get("input"))
        if kind == "code":
            parts.append(code(source, str(language)) if source.strip() else "")
            for output in cell.get("outputs") or ():
                html, left_out = _output(output)
                parts.append(html)
                pictures += left_out
        elif kind == "heading":
            parts.append(to_html(f"{'#' * int(cell.get('level', 2))} {source}", "commonmark")[0])
        elif kind in ("markdown", "raw"):
            parts.append(to_html(source, "commonmark")[0])
    return "\n".join(parts), pictures


def _output(output: Any) -> tuple[str, int]:
    """The HTML of what a cell printed, and how many pictures it holds."""
    if not isinstance(output, dict) or output.get("output_type") == "pyerr":
        return "", 0
    inside = output.get("data")
    data: dict[str, Any] = inside if isinstance(inside, dict) else output
    if any(key in data for key in ("image/png", "image/jpeg", "image/svg+xml", "png", "jpeg", "svg")):
        return "", 1
    html = _text(data.get("text/html") or data.get("html"))
    if html and "<script" not in html.lower():
        return html, 0
    words = _text(data.get("text/plain") or data.get("text"))
    return (code(words) if words.strip() else ""), 0


def _text(value: Any) -> str:
    return (
        "".join(part for part in value if isinstance(part, str))
        if isinstance(value, list)
        else value
        if isinstance(value, str)
        else ""
    )
