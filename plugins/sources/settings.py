"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only the check of settings needs the types
    from broadside.plugins.sources.shapes import Archive
    from broadside.shapes import Outside

## The outlet
SOURCES: Outside = ""
"""The file in which `./inv sources` notes what became of the pages that stories [link
to](editors-reference.md#pages-that-stories-link-to), such as `"sources.json"`: keep it in the
repository. `""` notes nothing.
"""
SOURCES_BELOW: bool = False
"""Whether each story ends with a list of those pages: "What this story rests on"."""
SOURCES_ARCHIVE: Archive | None = None
"""Where `./inv sources` finds or saves copies of them: a public archive or a folder."""
