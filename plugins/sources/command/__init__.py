"""The command sources."""

from __future__ import annotations

from invoke.context import Context
from invoke.tasks import task

from broadside.commands.ending import NOW, WHERE, ending, mending_first
from broadside.config.options import Options

MENU = {"Edit": {"sources": "See what became of linked pages"}}


@task(
    help={
        "days": "ask again about pages that were last asked for at least so many days ago",
        "most": "the most pages to ask for, those first that were not asked for the longest",
        "now": NOW,
        "content": WHERE["content"],
    }
)
def sources(c: Context, days: int = 6, most: int = 1000, now: str = "", content: str = "") -> None:
    """Ask for the pages that published stories link to, and note what became of each.

    It asks slowly, one page after the other, and finds or saves copies if SOURCES_ARCHIVE says
    where. After an interruption, it goes on where it was. At the end, it says what is gone, has
    moved, or no longer has what a story quotes.
    """
    from broadside.plugins.sources.command.asking import NoLedger, asked
    from broadside.plugins.sources.ledger import LedgerRefused

    undone = "Nobody was asked"
    stopped = ending(NoLedger, LedgerRefused, says=f"{undone}: ")
    with mending_first(undone), stopped:
        print(*asked(Options(content, now=now, production=True), days, most), sep="\n")
