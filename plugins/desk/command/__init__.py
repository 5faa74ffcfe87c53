"""The command status."""

from __future__ import annotations

from invoke.context import Context
from invoke.tasks import task

from broadside.build.report import as_json
from broadside.commands.ending import NOW, WHERE, refuse_other_than
from broadside.config.options import Options
from broadside.terminal import show

MENU = {"Edit": {"status": "See drafts, held stories, today's stories"}}
FIRST = ("status",)


@task(
    help={
        "content": WHERE["content"],
        "now": NOW,
        "to-do": "instead, what an editor should fix, story by story, as after an import",
        "format": "text or json",
    }
)
def status(
    c: Context, content: str = "", now: str = "", to_do: bool = False, format: str = "text"
) -> None:
    """Say how things stand: drafts, held stories, what came out today, what lacks a photo,
    corrections, what is due.
    """
    from broadside.plugins.desk.command.board import board
    from broadside.plugins.desk.command.board import to_do as to_dos

    refuse_other_than(("text", "json"), format)
    made = (to_dos if to_do else board)(Options(content=content, now=now))
    if format == "json":
        print(as_json(made))
    else:
        show(str(made), made.table)
