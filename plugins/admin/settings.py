"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.plugins.admin.shapes import Editor

## The editor in the browser
ADMIN: Editor | None = None
"""The repository to which the [editor in the browser](the-editor.md), at `/admin/`, commits.

`None` makes no editor.
"""
