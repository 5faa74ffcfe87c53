"""The command related."""

from __future__ import annotations

from invoke.context import Context
from invoke.tasks import task

from broadside.commands.ending import WHERE, ending, explain_where_a_flag_stands
from broadside.config.options import Options

MENU = {"Write": {"related": "Explain the stories below a story"}}


@task(
    positional=["slug"],
    help={
        "slug": "the story's slug, the last part of its address",
        "figures": "also how much words, section and time count",
        "content": WHERE["content"],
    },
)
def related(c: Context, slug: str, figures: bool = False, content: str = "") -> None:
    """Say why the stories below a story were picked, each in a sentence.

    Each was named by hand, or found by the words, the section and the time that it shares with the
    story. For example, for the story at /2026/11/an-ice-road/: ./inv related an-ice-road
    """
    explain_where_a_flag_stands(slug, "related")
    from broadside.plugins.related.command.reasons import NoSuchStory, explain

    with ending(NoSuchStory):
        print(explain(Options(content=content), slug, figures))
