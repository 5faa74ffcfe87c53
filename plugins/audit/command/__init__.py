"""The command audit."""

from __future__ import annotations

from invoke.context import Context
from invoke.tasks import task

from broadside.build.report import sources_of
from broadside.commands.ending import NOW, WHERE, ending, refuse_other_than, tell
from broadside.config.options import Options
from broadside.faults import FORMATS

MENU = {"Edit": {"audit": "Find edits readers don't know of"}}
FIRST = ("audit",)


@task(
    help={
        "content": WHERE["content"],
        "since": (
            "the revision that readers saw before (default: where this branch left main; on main,"
            " the commit before)"
        ),
        "until": "the revision to compare with it (default: the files as they are)",
        "format": "text, json or github",
        "now": NOW,
    },
)
def audit(
    c: Context,
    content: str = "",
    since: str = "",
    until: str = "",
    format: str = "text",
    now: str = "",
) -> None:
    """Find edits of published stories that no reader is told of.

    An edit of more words than AUDIT_WORDS needs a later "updated", one more entry in "corrections",
    or "minor: true". This needs Git and the history of the stories.
    """
    from broadside.editing.history import NotCompared
    from broadside.plugins.audit.command.comparing import audit

    refuse_other_than(FORMATS, format)
    with ending(NotCompared, code=2):
        done = audit(Options(content=content, now=now), since, until)
    tell(done.faults, format, {} if until else sources_of(done.faults))
    if format == "text":
        print(f"No silent edits: {done}.")
