"""The door for commands: a plugin's are the tasks in its command.py, or in its folder command/,
whoever made the plugin.
"""

from __future__ import annotations

from typing import Any

from invoke.tasks import Task

from broadside.parts import modules


def commands() -> dict[str, Task[Any]]:
    """The commands of all plugins, by the names of their functions."""
    found: dict[str, Task[Any]] = {}
    for module in modules("command"):
        found |= {name: value for name, value in vars(module).items() if isinstance(value, Task)}
    return found
