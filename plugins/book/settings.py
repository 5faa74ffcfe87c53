"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import Literal

from broadside.settings import PluginSettings


class BookSettings(PluginSettings):
    """What an outlet sets of it."""

    ## What readers can do
    BOOKS: list[Literal["series", "dossier", "issue"]] = []
    """The forms of [series](editors-reference.md#a-book-of-an-issue) that readers can also have as
    a book (EPUB), such as `["issue", "dossier"]`.
    """
