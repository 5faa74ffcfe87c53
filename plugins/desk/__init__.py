"""What only the desk sees: who has a story or what it waits for, and the day it is planned for; its
page is in preview/.
"""

from __future__ import annotations

from broadside.plugin import Plugin, give
from broadside.plugins.desk.content import AT_DESK, note


def register() -> None:
    """Give the keys, and what the desk makes of them."""
    give(__name__, Plugin(keys=[AT_DESK], desk_notes=[note]))
