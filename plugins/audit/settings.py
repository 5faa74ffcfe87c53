"""Settings, declared as in broadside/settings.py."""

from __future__ import annotations

from broadside.settings import PluginSettings
from broadside.shapes import Some


class AuditSettings(PluginSettings):
    """What an outlet sets of it."""

    ## How much
    AUDIT_WORDS: Some = 30
    """Words that an edit of a published story may change without saying so; `./inv audit` reports
    edits that change more.
    """
