"""The desk: the page that lists drafts, held stories and faults, and the program that opens a file
from it at a line.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader

from broadside.build.report import placed
from broadside.config.options import Options
from broadside.content.content import Content, ReadOptions
from broadside.editing.status import Board, Line, arranged

EDITORS = {
    "code": "vscode://file{file}:{line}",
    "code-insiders": "vscode-insiders://file{file}:{line}",
    "codium": "vscodium://file{file}:{line}",
    "cursor": "cursor://file{file}:{line}",
    "windsurf": "windsurf://file{file}:{line}",
    "zed": "zed://file{file}:{line}",
}
"""The addresses with which editors open a line of a file, by the editors' commands."""
WEEK = timedelta(days=7)
ADMIN = "/admin/"
"""The editor in the browser; it opens a story, not a line of it."""
STORY = re.compile(r"(?:^|/)articles/([^/]+/[^/]+)\.md$")
"""Its name for a story, found in a path."""


def edit_in(environment: Mapping[str, str], settings: Mapping[str, Any]) -> str:
    """The address that opens a file, with {file} and {line}, or {story}, to fill in; "" if no
    editor with one is known.

    It is that of the writer's editor, from VISUAL or EDITOR, or else of the editor in the browser.
    """
    for name in ("VISUAL", "EDITOR"):
        try:
            command = shlex.split(environment.get(name, ""))
        except ValueError:
            continue
        if command and (found := EDITORS.get(Path(command[0]).name)):
            return found
    if settings["ADMIN"]:
        return f"{ADMIN}#/collections/stories/entries/{{story}}"
    return ""


def edited_at(edit: str, path: str, line: int) -> str:
    """The address at which a file is edited; live.js does the same."""
    found = STORY.search(path)
    if "{story}" in edit:
        if found:
            return edit.format(story=quote(found[1]))
        return ADMIN
    return edit.format(file=quote(os.path.abspath(path)), line=line or 1)


def page(
    content: Content, reading: ReadOptions, options: Options, settings: Mapping[str, Any], edit: str
) -> bytes:
    """The page's HTML; `edit` is the address that edits a file, or ""."""
    board = arranged(content, reading, options.content_prefix)
    listed = {line.path for line in (*board.drafts, *board.held, *board.today)}
    faults = [fault for fault in placed(content.faults, options) if fault.path not in listed]

    def editing(path: str, line: int = 1) -> str:
        return edited_at(edit, path, line)

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True
    )
    environment.filters["minute"] = lambda moment: f"{moment:%a %d %b %Y, %H:%M}"
    html = environment.get_template("desk.html").render(
        outlet=settings["SITENAME"],
        now=reading.now,
        week=[*_week(board)],
        slots=board.slots,
        lists=_lists(board),
        faults=faults,
        errors=board.errors,
        new_story=f"{ADMIN}#/collections/stories/new?status=draft" if settings["ADMIN"] else "",
        edit=editing if edit else None,
    )
    return html.encode()


def _week(board: Board) -> Iterator[tuple[date, list[tuple[str, Line]]]]:
    """The days until a week from now on which something is planned or comes out, with the state and
    the line of each story; a draft whose day has passed is there still.
    """
    coming = [("Planned", line) for line in board.planned] + [("Held", line) for line in board.held]
    dated = [
        (line.moment, state, line)
        for state, line in coming
        if line.moment and line.moment < board.now + WEEK
    ]
    dated.sort(key=lambda row: row[0])
    for day, rows in groupby(dated, key=lambda row: row[0].date()):
        yield day, [(state, line) for _, state, line in rows]


def _lists(board: Board) -> list[tuple[str, str, list[Any]]]:
    """The heading of each list, the state of its stories, and the stories."""
    # If there are errors, nobody knows which stories an earlier build published.
    out = "Published today"
    if board.errors:
        out = "Dated today"
    return [
        ("Drafts", "Draft", list(board.drafts)),
        ("Held", "Held", list(board.held)),
        (out, "Dated today" if board.errors else "Out", list(board.today)),
    ]
