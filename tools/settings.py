"""Fills the tables of docs/settings.md from the declarations of the settings: python -m
tools.settings.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

ROOT = Path(__file__).parent.parent
DECLARED = [ROOT / "broadside" / "settings.py", *sorted((ROOT / "plugins").glob("*/settings.py"))]
DOCUMENT = ROOT / "docs" / "settings.md"
TABLES = re.compile(r"^\| setting \|.*\n(?:\|.*\n|\n(?=\| key of))*", re.M)
MOST = 60
"""The most characters that a default may have in a table; what is longer, the words have to say."""


class Declared(Struct, frozen=True):
    """A setting, or a key of one, as it is declared: its type and its default as code, what it
    does, and the line of its name.
    """

    name: str
    type: str
    default: str
    does: str
    line: int


def declared(body: Iterable[ast.stmt], text: str) -> Iterator[Declared]:
    """The declarations with a sentence below them."""
    for node, after in pairwise(body):
        match node, after:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                value=ast.Constant(value=str(does))
            ):
                kind = ast.unparse(node.annotation)
                yield Declared(
                    name, kind, _literal(node.value, text), " ".join(does.split()), node.lineno
                )


def settings() -> Iterator[tuple[str, Declared]]:
    """The settings in their order, each with the heading above it."""
    for path in DECLARED:
        text = path.read_text("utf-8")
        headings = [
            (number, line.strip()[3:])
            for number, line in enumerate(text.splitlines(), 1)
            if line.strip().startswith("## ")
        ]
        found = [node for node in classes(text) if node.name.endswith("Settings")]
        for setting in (each for node in found for each in declared(node.body, text)):
            yield max(heading for heading in headings if heading[0] < setting.line)[1], setting


def forms() -> dict[str, tuple[ast.ClassDef, str]]:
    """The classes of settings with keys, by name, each with the text that it is in."""
    texts = [path.read_text("utf-8") for path in DECLARED]
    return {node.name: (node, text) for text in texts for node in classes(text)}


def classes(text: str) -> list[ast.ClassDef]:
    """The classes of a module."""
    return [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]


def document() -> str:
    """The document as it should be: its own words, with tables below the headings that the
    declarations name.
    """
    tables: dict[str, tuple[str, str]] = {}
    for heading, setting in settings():
        of_settings, of_keys = tables.get(
            heading, ("| setting | default | what it does |\n| --- | --- | --- |\n", "")
        )
        default = f"`{setting.default}`" if 0 < len(setting.default) <= MOST else ""
        of_settings += f"| `{setting.name}` | {default} | {setting.does} |\n"
        tables[heading] = of_settings, of_keys + _keys(setting)
    parts = re.split(r"(?m)^## (.*)\n", DOCUMENT.read_text("utf-8"))
    found = parts[0]
    for heading, part in zip(parts[1::2], parts[2::2], strict=True):
        whole = "".join(tables.pop(heading, ""))
        found += (
            f"## {heading}\n{TABLES.sub(lambda _, whole=whole: whole, part) if whole else part}"
        )
    if tables:
        raise SystemExit(f"docs/settings.md has no heading for: {', '.join(tables)}")
    return found


def _keys(setting: Declared) -> str:
    """The table of a setting's keys, if it has any that are explained."""
    rows = ""
    for name, (node, text) in forms().items():
        if name in re.findall(r"\w+", setting.type):
            for key in declared(node.body, text):
                rows += (
                    f"| `{key.name}` | {'may be left out' if key.default else ''} | {key.does} |\n"
                )
    return (
        f"\n| key of `{setting.name}` | | what it says |\n| --- | --- | --- |\n{rows}"
        if rows
        else ""
    )


def _literal(node: ast.expr | None, text: str) -> str:
    """The code of a value; "" if there is none, or it is made."""
    try:
        ast.literal_eval(node or ast.Name("none"))
    except ValueError:
        return ""
    return ast.get_source_segment(text, node) or "" if node else ""


if __name__ == "__main__":
    DOCUMENT.write_text(document(), "utf-8")
