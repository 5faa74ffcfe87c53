"""Weighs code in tokens without comments and docstrings, so that neither docs nor packed lines
count.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("broadside", "plugins", "extras", "tests")
LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}


def weights(root: Path) -> dict[str, int]:
    """The tokens of each folder of a checkout that is there."""
    return {name: _of_folder(root / name) for name in FOLDERS if (root / name).is_dir()}


def _of_folder(folder: Path) -> int:
    links = {path for path in folder.glob("*") if path.is_symlink()}
    files = (path for path in folder.rglob("*.py") if not links.intersection(path.parents))
    return sum(weight(path.read_text("utf-8")) for path in files)


def weight(source: str) -> int:
    """The tokens of a module."""
    said = set(_lines_of_docstrings(ast.parse(source)))
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return sum(
        token.type not in LAYOUT and not (token.type == tokenize.STRING and token.start[0] in said)
        for token in tokens
    )


def _lines_of_docstrings(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for each in body if isinstance(body, list) else []:
            if (
                isinstance(each, ast.Expr)
                and isinstance(each.value, ast.Constant)
                and isinstance(each.value.value, str)
            ):
                yield from range(each.lineno, (each.end_lineno or each.lineno) + 1)
