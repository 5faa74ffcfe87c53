"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from typing import Annotated

from broadside.settings import PluginSettings
from broadside.shapes import ApartPlace
from broadside.typed import like

FirstDay = Annotated[str, like(r"^(\d{4}-\d\d-\d\d)?$", 'a day, such as "2026-12-01"')]
"""A day, or "" for none."""


class VersionsSettings(PluginSettings):
    """What an outlet sets of it."""

    ## The outlet
    VERSIONS: FirstDay = ""
    """The day from which readers can see [what changed](editors-reference.md#earlier-versions) in
    stories that are corrected or updated, word by word, as Git knows it: today's, such as
    `"2026-12-01"`, or an earlier one for older corrections too.
    """

    ## Addresses
    VERSIONS_URL: ApartPlace = "versions/"
    """The page of what changed in a story: the folder below the story's own address."""
