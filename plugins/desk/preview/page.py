"""The desk's page: the week, drafts, held stories and faults."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from broadside.build.report import placed
from broadside.plugins.desk.command.board import Board, Line, arranged
from broadside.preview.editors import edited_at
from broadside.preview.pages import PreviewState
from broadside.site.doors import browser_editor

WEEK = timedelta(days=7)


def page(preview: PreviewState) -> bytes:
    """The page's HTML."""
    content, reading, options = preview.content, preview.reading, preview.options
    board = arranged(content, reading, options.content_prefix)
    listed = {line.path for line in (*board.drafts, *board.held, *board.today)}
    faults = [fault for fault in placed(content.faults, options) if fault.path not in listed]

    def editing(path: str, line: int = 1) -> str:
        return edited_at(preview.edit, path, line)

    editor = browser_editor(preview.settings)
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True
    )
    environment.filters["minute"] = lambda moment: f"{moment:%a %d %b %Y, %H:%M}"
    html = environment.get_template("desk.html").render(
        outlet=preview.settings.SITENAME,
        now=reading.now,
        week=[*_week(board)],
        slots=board.slots,
        lists=_lists(board),
        corrections=board.corrections,
        series=[each for each in board.series if each.held or each.draft],
        faults=faults,
        errors=board.errors,
        new_story=editor.new if editor else "",
        others=editor.others if editor else {},
        edit=editing if preview.edit else None,
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
