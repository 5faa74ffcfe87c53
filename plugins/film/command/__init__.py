"""The command film."""

from __future__ import annotations

import sys

from invoke.context import Context
from invoke.tasks import task

from broadside.commands.ending import WHERE, ending, explain_where_a_flag_stands
from broadside.config.options import Options

MENU = {"Write": {"film": "Fetch a film's still and title"}}


@task(
    positional=["address"],
    help={"address": "the film's address, in quotes", "content": WHERE["content"]},
)
def film(c: Context, address: str, content: str = "") -> None:
    """Save a film's still, and print the line that shows the film in a story.

    The film is on YouTube, on Vimeo or on a PeerTube, which is asked for its title, its still and
    who made it. For example: ./inv film "https://tube.example.org/w/8vKqYb3nDw5RzT2mXcJ7Ls"
    """
    explain_where_a_flag_stands(address, "film")
    from broadside.plugins.film.command.fetching import NoFilm, ready

    with ending(NoFilm, says="Nothing was saved: "):
        made = ready(Options(content=content), address)
    print(made.line)
    says = (
        f"The still is {made.still}. Put the line into a story, with an empty line before and after"
        f" it. {made.told}"
    )
    print(says, file=sys.stderr)
