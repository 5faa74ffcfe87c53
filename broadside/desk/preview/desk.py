"""The desk, /drafts/ of the preview: what is not out yet and what came out today, with what is wrong with it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from broadside.desk.options import Options
from broadside.desk.preview.state import Desk
from broadside.desk.reading import read
from broadside.desk.report import placed
from broadside.desk.status import Board, arranged
from broadside.plugins.content.content import Content, ReadOptions

if TYPE_CHECKING:  # it loads Pelican
    from broadside.plugins.build import Build

EDITORS = {
    "code": "vscode://file{file}:{line}",
    "code-insiders": "vscode-insiders://file{file}:{line}",
    "codium": "vscodium://file{file}:{line}",
    "cursor": "cursor://file{file}:{line}",
    "windsurf": "windsurf://file{file}:{line}",
    "zed": "zed://file{file}:{line}",
}
"""Addresses at which editors open a line of a file, by their commands."""


def desk(options: Options, build: Build | None) -> Desk:
    """The desk as of a build, or as the content is now if there was none."""
    if build:
        content, reading, settings = build.site.content, build.site.options, build.site.settings
    else:
        content, reading, settings = read(options)
    return Desk(page(content, reading, options, settings), edit_in(os.environ, settings))


def edit_in(environment: Mapping[str, str], settings: Mapping[str, Any]) -> str:
    """The address that opens a file, with {file} and {line} in their places; "" if no editor that has one is known.

    That is the writer's own editor, as VISUAL or EDITOR names it, and failing that the one in the browser.
    """
    for name in ("VISUAL", "EDITOR"):
        try:
            command = shlex.split(environment.get(name, ""))
        except ValueError:
            continue
        if command and (found := EDITORS.get(Path(command[0]).name)):
            return found
    return "/admin/" if settings.get("ADMIN") else ""


def page(content: Content, reading: ReadOptions, options: Options, settings: Mapping[str, Any]) -> bytes:
    """The page's HTML."""
    from jinja2 import Environment, FileSystemLoader

    board = arranged(content, reading, options.content_prefix)
    listed = {line.path for line in (*board.drafts, *board.held, *board.today)}
    faults = [fault for fault in placed(content.faults, options) if fault.path not in listed]
    edit = edit_in(os.environ, settings)

    def editing(path: str, line: int = 1) -> str:
        return edit.format(file=quote(os.path.abspath(path)), line=line or 1)

    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True)
    environment.filters["minute"] = lambda moment: f"{moment:%a %d %b %Y, %H:%M}"
    html = environment.get_template("desk.html").render(
        outlet=settings["SITENAME"],
        now=reading.now,
        lists=_lists(board),
        faults=faults,
        errors=board.errors,
        admin=bool(settings.get("ADMIN")),
        edit=editing if edit else None,
    )
    return html.encode()


def _lists(board: Board) -> list[tuple[str, str, list[Any]]]:
    """The heading, the state of a story there, and the stories of each list."""
    # If there are errors, nobody knows which stories an earlier build published.
    out = "Dated today" if board.errors else "Published today"
    return [
        ("Drafts", "Draft", list(board.drafts)),
        ("Held", "Held", list(board.held)),
        (out, "Dated today" if board.errors else "Out", list(board.today)),
    ]
