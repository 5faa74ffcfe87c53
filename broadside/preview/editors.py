"""The addresses at which a writer's editor, or the one in the browser, opens a file."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from broadside.settings import Settings
from broadside.site.doors import browser_editor

EDITORS = {
    "code": "vscode://file{file}:{line}",
    "code-insiders": "vscode-insiders://file{file}:{line}",
    "codium": "vscodium://file{file}:{line}",
    "cursor": "cursor://file{file}:{line}",
    "windsurf": "windsurf://file{file}:{line}",
    "zed": "zed://file{file}:{line}",
}
"""The addresses with which editors open a line of a file, by the editors' commands."""
STORY = re.compile(r"(?:^|/)articles/(.+)\.md$")
"""The name that the editor in the browser has for a story, found in a path."""


def edit_in(environment: Mapping[str, str], settings: Settings) -> str:
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
    if editor := browser_editor(settings):
        return editor.story
    return ""


def edited_at(edit: str, path: str, line: int) -> str:
    """The address at which a file is edited; live.js does the same."""
    if "{story}" not in edit:
        return edit.format(file=quote(os.path.abspath(path)), line=line or 1)
    if found := STORY.search(path):
        depth = found[1].count("/")
        return edit.format(story=quote(found[1]), depth="" if depth == 1 else f"_{depth}")
    return edit.partition("#")[0]
