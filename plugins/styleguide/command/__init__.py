"""The command styleguide."""

from __future__ import annotations

from invoke.context import Context
from invoke.tasks import task

MENU = {"Maintain": {"styleguide": "Show every component of the theme"}}


@task
def styleguide(c: Context) -> None:
    """Show every component of the theme with its examples: write a page for your browser, and print
    where it is.
    """
    from broadside.plugins.styleguide.command.guide import write

    print(write())
