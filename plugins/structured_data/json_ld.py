"""Data as the text of a <script type="application/ld+json">."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def json_ld(data: Any) -> Markup:
    """The data as JSON in which no tag can end the script or begin another, because each "<" is written by number."""
    return Markup(_encode(data).replace("<", "\\u003c"))
