"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from broadside.settings import PluginSettings
from broadside.shapes import Outside


class RailsSettings(PluginSettings):
    """What an outlet sets of it."""

    ## How much
    MOST_READ: Outside = ""
    """The file with the most read stories, as [`./inv readers
    --json`](your-own-server.md#what-is-read) writes it, such as `"/srv/broadside/most_read.json"`.
    Beside stories and lists, a rail then shows the first five, or `RAIL_LENGTH` if that is less.
    Without the file, or if it is older than a week, there is no such rail.
    """
