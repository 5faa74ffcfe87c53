"""What the commands of an outlet's own plugins use of Broadside: docs/plugins.md shows how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from broadside.commands.ending import NOW, WHERE, ending, explain_where_a_flag_stands, mending_first
from broadside.config.options import Options

if TYPE_CHECKING:
    from broadside.content.content import Content

__all__ = [
    "NOW",
    "WHERE",
    "Options",
    "content_of",
    "ending",
    "explain_where_a_flag_stands",
    "mending_first",
]


def content_of(options: Options) -> Content:
    """What is in the content folder, with its faults, as ./inv check reads it."""
    from broadside.build.reading import read  # loaded by those alone that need it

    return read(options)[0]
